"""DeepL's glossary files: source,target and no heading; each source once.

A file for several languages has two columns more, the language of each
(developers.deepl.com/docs/resources/glossaries). What is a draft, or not to be used, is
left out: an engine would put it into every text.
"""

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, BinaryIO, Final

from glossary.entry import is_draft
from glossary.formats.encoding import lines
from glossary.formats.pairs import DEFAULT_SIDES, Term, pairs_of
from glossary.formats.record import Drop, Dropped, FileReading, Limits, ReadOptions
from glossary.formats.table import delimited
from glossary.message import N_, Message
from glossary.text import canonical


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineLimits:
    """What an engine takes, in bytes of UTF-8: of one term, and of a whole file."""

    term: int = 1024
    file: int = 10_485_760


#: Those of DeepL, and of engines that say none of their own.
USUAL: Final = EngineLimits()
#: Quotation marks, separators, and a tag of a language may stand around a pair.
_AROUND: Final = 24
#: What the columns of a file for several languages are, in their order.
_COLUMNS: Final = ("source", "target", "source_lang", "target_lang")


def read(stream: BinaryIO, options: ReadOptions) -> FileReading:
    """Read CSV or TSV without a heading, of two columns or with the languages of both.

    Languages that are neither said nor in the file are told from the script. Raise
    UnreadableFile as for any table.
    """
    if options.heading is None:
        options = replace(options, heading=0)
    if not options.mapping and _names_languages(stream, options.limits):
        mapping = {field: str(at) for at, field in enumerate(_COLUMNS, start=1)}
        options = replace(options, mapping=mapping)
    return delimited.read(stream, options)


def _names_languages(stream: BinaryIO, limits: Limits) -> bool:
    """Say whether the first row has four cells, of which two are languages."""
    place = stream.tell()
    first = next(lines(stream, longest=10 * limits.cell), "")
    stream.seek(place)
    delimiter = "\t" if "\t" in first else ","
    row = next(csv.reader([first], delimiter=delimiter), [])
    return len(row) == len(_COLUMNS) and all(map(canonical, row[2:]))


def write(
    entries: Iterable[Mapping[str, Any]],
    stream: BinaryIO,
    drop: Drop,
    sides: tuple[str, str] = DEFAULT_SIDES,
) -> None:
    """Write CSV of source,target: for each source its best rendering, once.

    Tell `drop` of every other rendering, of a source that stood before, and of terms
    over 1,024 bytes.
    """
    text = io.TextIOWrapper(stream, "utf-8", newline="")
    try:
        csv.writer(text).writerows(rows(entries, drop, sides))
    finally:
        text.detach()


def rows(
    entries: Iterable[Mapping[str, Any]],
    drop: Drop,
    sides: tuple[str, str],
    *,
    limits: EngineLimits = USUAL,
) -> Iterator[tuple[str, str]]:
    """Yield each source once with its best rendering; tell `drop` of the rest.

    Of a draft nothing is given, and nothing more once the file is full.
    """
    sources: set[bytes] = set()
    room = limits.file - _AROUND
    for entry in entries:
        state = str(entry.get("state") or "")
        if is_draft(state):
            message = Message(N_("Drafts are not given to a translation engine."))
            drop(Dropped(entry["id"], "/state", message, state))
            continue
        pairs = list(pairs_of(entry, drop, sides=sides))
        best = dict(_best(entry, pairs, sources, drop, limits=limits))
        room -= sum(_size(pair) for pair in best.items())
        if room < 0:
            message = Message(
                N_(
                    "The engine takes files of at most %(most)s bytes, and "
                    "this one is full."
                ),
                most=limits.file,
            )
            drop(Dropped(entry["id"], "", message, entry["id"]))
            continue
        yield from best.items()
        for text, target in {target["text"]: target for _, target in pairs}.items():
            if not _is_short(text, limits):
                _tell(drop, entry, target, _too_long(limits))
            elif text not in best.values():
                message = Message(
                    N_("This format holds one rendering for each source.")
                )
                _tell(drop, entry, target, message)


def _best(
    entry: Mapping[str, Any],
    pairs: Iterable[tuple[Term, Term]],
    digests: set[bytes],
    drop: Drop,
    *,
    limits: EngineLimits,
) -> Iterator[tuple[str, str]]:
    """Yield each source of an entry with the rendering that leads, if it has one."""
    renderings: dict[str, list[str]] = {}
    sources: dict[str, Term] = {}
    for source, target in pairs:
        sources.setdefault(source["text"], source)
        renderings.setdefault(source["text"], []).append(target["text"])
    for text, source in sources.items():
        best = next((t for t in renderings[text] if _is_short(t, limits)), None)
        if not _is_short(text, limits):
            _tell(drop, entry, source, _too_long(limits))
        elif not _is_new(text, digests):
            message = Message(N_("Another entry already has the same source."))
            _tell(drop, entry, source, message)
        elif best is not None:
            yield text, best


def _is_short(text: str, limits: EngineLimits) -> bool:
    return len(text.encode()) <= limits.term


def _size(pair: tuple[str, str]) -> int:
    """Return the most bytes that a row of a pair may have in a file."""
    return sum(len(text.encode()) + text.count('"') for text in pair) + _AROUND


def _is_new(source: str, sources: set[bytes]) -> bool:
    """Remember a source by its digest, which is small whatever the source is."""
    digest = hashlib.blake2b(source.encode(), digest_size=12).digest()
    if digest in sources:
        return False
    sources.add(digest)
    return True


def _too_long(limits: EngineLimits) -> Message:
    return Message(N_("The term has more than %(most)s bytes."), most=limits.term)


def _tell(drop: Drop, entry: Mapping[str, Any], term: Term, message: Message) -> None:
    at = next(at for at, one in enumerate(entry["terms"]) if one is term)
    drop(Dropped(entry["id"], f"/terms/{at}", message, term["text"]))
