"""Every wording of a store in one automaton, built from rows and kept in a file.

The automaton knows tapes only (see `tape`). What a tape stands for is a list
of references: which term of which entry. They lie in flat arrays, six bytes each, and
the file holds all of it as it lies in memory, so that a million entries are read in a
second.
A term with slots, `build {…} between {…}`, is kept as its segments. So is one with an
owner inside, *present one's credentials*, beside what it is as a whole.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, Self

import orjson
from daachorse import CharwiseDoubleArrayAhoCorasick

from glossary import late
from glossary.entry import codec
from glossary.recognition.tape import tape
from glossary.store import WholeFile
from glossary.text import segments as segments_of
from glossary.text import unowned

if TYPE_CHECKING:
    import numpy as np
else:
    np = late("numpy")

#: Belongs to a file; raised when tapes are made in another way than before.
FORM: Final = 6
_MAGIC: Final = b"glossary lexicon\n"
_KINDS: Final = ("I", "I", "H")
_NO_PATTERN: Final = "\x00"


class WordingRow(NamedTuple):
    """A wording as the store gives it; `text` is None where the key says all."""

    entry: int
    ordinal: int
    key: str
    text: str | None = None


class Ref(NamedTuple):
    """A term: the number of its entry and its place there."""

    entry: int
    ordinal: int


class SlotPart(NamedTuple):
    """One part of a term with slots: which term, the how manyth part, of how many."""

    ref: Ref
    at: int
    of: int


class _References(NamedTuple):
    """References by pattern: those of pattern `i` stand at `first[i]:first[i + 1]`."""

    first: array[int]
    entry: array[int]
    ordinal: array[int]


def _grouped(
    number: array[int], entry: array[int], ordinal: array[int], size: int
) -> _References:
    """Return tables of `size` patterns from columns of references in any order."""
    numbers = np.frombuffer(number, dtype=_KINDS[0])
    entries = np.frombuffer(entry, dtype=_KINDS[1])
    ordinals = np.frombuffer(ordinal, dtype=_KINDS[2])
    # Of the terms of an entry with one pattern, the one that stands first leads.
    order = np.lexsort((ordinals, entries, numbers))
    counts = np.bincount(numbers, minlength=size)
    columns = (
        np.append(0, np.cumsum(counts)),
        entries[order],
        ordinals[order],
    )
    return _References(
        *(
            array(kind, column.astype(kind).tobytes())
            for kind, column in zip(_KINDS, columns, strict=True)
        )
    )


class Lexicon:
    """What is found on a tape, as of a revision of the store."""

    def __init__(
        self,
        revision: int,
        automaton: CharwiseDoubleArrayAhoCorasick,
        tables: _References,
        segments: dict[int, list[SlotPart]],
    ) -> None:
        self.revision = revision
        self.find = automaton.find_overlapping
        self.segments = segments
        self._automaton = automaton
        self._tables = tables

    def __len__(self) -> int:
        """Return the number of references."""
        return len(self._tables.entry)

    def __bool__(self) -> bool:
        """Say whether there is any term, in one piece or with slots."""
        return len(self) > 0 or bool(self.segments)

    def refs(self, pattern: int) -> list[Ref]:
        """Return the terms that a pattern stands for."""
        first, entry, ordinal = self._tables
        return [
            Ref(entry[i], ordinal[i]) for i in range(first[pattern], first[pattern + 1])
        ]

    @classmethod
    def of(cls, revision: int, rows: Iterable[WordingRow]) -> Self:
        """Build a lexicon; long wordings by the million take minutes and gigabytes."""
        patterns: dict[str, int] = {}
        #: Pattern, entry and place of each reference, in the order of the rows.
        number, entry, ordinal = (array(kind) for kind in _KINDS)
        segments: dict[int, list[SlotPart]] = {}
        for row in rows:
            text = row.text or row.key
            slotted = _tapes(segments_of(text))
            for split in (slotted, _tapes(unowned(text))):
                if len(split) > 1:
                    ref = Ref(row.entry, row.ordinal)
                    for at, part in enumerate(split):
                        pattern = patterns.setdefault(part, len(patterns))
                        segment = SlotPart(ref, at, len(split))
                        segments.setdefault(pattern, []).append(segment)
                    break
            if len(slotted) < 2 and (wording := tape(text).text):
                number.append(patterns.setdefault(wording, len(patterns)))
                entry.append(row.entry)
                ordinal.append(row.ordinal)
        size = max(len(patterns), 1)
        tables = _grouped(number, entry, ordinal, size)
        all_patterns = list(patterns) or [_NO_PATTERN]
        del patterns
        automaton = CharwiseDoubleArrayAhoCorasick(all_patterns)
        return cls(revision, automaton, tables, segments)

    def save(self, path: Path, mark: str) -> None:
        """Write the lexicon to a file, which is there as a whole or not at all.

        `mark` tells the store that it is of.
        """
        parts = [bytes(table) for table in self._tables]
        parts.append(self._automaton.serialize())
        head = codec.write(
            {
                "form": FORM,
                "mark": mark,
                "revision": self.revision,
                "segments": list(self.segments.items()),
                "sizes": [len(part) for part in parts],
            }
        )
        with WholeFile(path) as whole:
            whole.stream.write(_MAGIC + len(head).to_bytes(8, "little") + head)
            whole.stream.writelines(parts)

    @classmethod
    def load(cls, path: Path, mark: str) -> Self | None:
        """Read a lexicon; None when none was made of this store by this program."""
        try:
            data = memoryview(path.read_bytes())
            start = len(_MAGIC) + 8
            end = start + int.from_bytes(data[len(_MAGIC) : start], "little")
            head = orjson.loads(data[start:end])
            sizes = head["sizes"]
            made_by = bytes(data[: len(_MAGIC)]), head["form"], head["mark"]
            if made_by != (_MAGIC, FORM, mark):
                return None
            begins = list(accumulate(sizes, initial=end))
            if begins[-1] != len(data):
                return None
            parts = [bytes(data[x:y]) for x, y in pairwise(begins)]
            automaton = CharwiseDoubleArrayAhoCorasick.deserialize(parts.pop())
        except (OSError, ValueError, KeyError):
            return None
        tables = (array(kind, part) for kind, part in zip(_KINDS, parts, strict=True))
        segments = {
            pattern: [SlotPart(Ref(*ref), at, of) for ref, at, of in rows]
            for pattern, rows in head["segments"]
        }
        return cls(head["revision"], automaton, _References(*tables), segments)


def _tapes(parts: Iterable[str]) -> list[str]:
    """Return the tapes of parts; an article has nothing on its tape and is no end."""
    return [text for part in parts if (text := tape(part).text)]
