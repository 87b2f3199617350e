"""What a glossary elsewhere lacks, has otherwise, or has too much, beside ours."""

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from glossary.errors import Invalid
from glossary.formats import Dropped, by_name
from glossary.message import N_, Message, Problem
from glossary.query import Part
from glossary.store import Store
from glossary.transfer.taking import take_out


@dataclass(frozen=True, slots=True)
class Push:
    """What is to be done there: pairs by their source, and sources to be removed."""

    additions: Mapping[str, str]
    changes: Mapping[str, str]
    removals: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.additions or self.changes or self.removals)


def pairs_for(
    store: Store,
    format_: str,
    *,
    part: Part,
    sides: tuple[str, str],
    drop: Callable[[Dropped], None],
    most: int,
) -> dict[str, str]:
    """Return the pairs that an engine is to have, by the rules of its format.

    `drop` is told what is left out. Raise Invalid for more than `most` bytes.
    """
    stream = io.BytesIO()
    source, target = sides
    take_out(
        store,
        by_name(format_),
        stream,
        part=part,
        drop=drop,
        source=source,
        target=target,
    )
    size = stream.tell()
    if size > most:
        template = N_(
            "The pairs have %(size)s bytes; at most %(most)s are taken. Send "
            "only a part."
        )
        raise Invalid([Problem("/glossary", Message(template, size=size, most=most))])
    text = io.StringIO(stream.getvalue().decode(), newline="")
    return {row[0]: row[1] for row in csv.reader(text)}


def pushed(ours: Mapping[str, str], theirs: Mapping[str, str]) -> Push:
    """Return what makes theirs the same as ours.

    >>> pushed({"和平": "peace", "互信": "trust"}, {"互信": "faith", "旧": "old"})
    Push(additions={'和平': 'peace'}, changes={'互信': 'trust'}, removals=('旧',))
    """
    return Push(
        additions={s: t for s, t in ours.items() if s not in theirs},
        changes={s: t for s, t in ours.items() if theirs.get(s, t) != t},
        removals=tuple(s for s in theirs if s not in ours),
    )
