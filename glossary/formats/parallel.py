"""DeepL's glossary files: source,target and no heading; each source once.

A file for several languages has two columns more, the language of each
(developers.deepl.com/docs/resources/glossaries). What is a draft, or not to be used, is
left out: an engine would put it into every text.
"""

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, BinaryIO, Final

from glossary.entry import is_draft
from glossary.formats.encoding import lines
from glossary.formats.pairs import SOURCE, TARGET, Term, pairs_of
from glossary.formats.record import Drop, Dropped, FileReading, Limits, ReadOptions
from glossary.formats.table import delimited
from glossary.message import N_, Message
from glossary.text import canonical

#: What DeepL takes for one term, in bytes of UTF-8.
_LONGEST: Final = 1024
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
        said = {field: str(at) for at, field in enumerate(_COLUMNS, start=1)}
        options = replace(options, mapping=said)
    return delimited.read(stream, options)


def _names_languages(stream: BinaryIO, limits: Limits) -> bool:
    """Say whether the first row has four cells, of which two are languages."""
    place = stream.tell()
    first = next(lines(stream, longest=10 * limits.cell), "")
    stream.seek(place)
    delimiter = "\t" if "\t" in first else ","
    row = next(csv.reader([first], delimiter=delimiter), [])
    return len(row) == len(_COLUMNS) and all(map(canonical, row[2:]))


def write(entries: Iterable[Mapping[str, Any]], stream: BinaryIO, drop: Drop) -> None:
    """Write CSV of Chinese,English: for each source its best rendering, once.

    Tell `drop` of every other rendering, of a source that stood before, and of terms
    over 1,024 bytes.
    """
    write_pairs(entries, stream, drop, (SOURCE, TARGET))


def write_pairs(
    entries: Iterable[Mapping[str, Any]],
    stream: BinaryIO,
    drop: Drop,
    sides: tuple[str, str],
) -> None:
    """Write the same from one language to another one."""
    text = io.TextIOWrapper(stream, "utf-8", newline="")
    try:
        csv.writer(text).writerows(rows(entries, drop, sides))
    finally:
        text.detach()


def rows(
    entries: Iterable[Mapping[str, Any]], drop: Drop, sides: tuple[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield each source once with its best rendering; tell `drop` of the rest.

    Of a draft nothing is given.
    """
    seen: set[bytes] = set()
    for entry in entries:
        state = str(entry.get("state") or "")
        if is_draft(state):
            said = Message(N_("An engine is given no drafts."))
            drop(Dropped(entry["id"], "/state", said, state))
            continue
        pairs = list(pairs_of(entry, drop, sides=sides))
        written = dict(_best(entry, pairs, seen, drop))
        yield from written.items()
        for text, target in {target["text"]: target for _, target in pairs}.items():
            if not _is_short(text):
                _tell(drop, entry, target, _too_long())
            elif text not in written.values():
                said = Message(N_("The format holds one rendering of a source."))
                _tell(drop, entry, target, said)


def _best(
    entry: Mapping[str, Any],
    pairs: Iterable[tuple[Term, Term]],
    seen: set[bytes],
    drop: Drop,
) -> Iterator[tuple[str, str]]:
    """Yield each source of an entry with the rendering that leads, if it has one."""
    renderings: dict[str, list[str]] = {}
    sources: dict[str, Term] = {}
    for source, target in pairs:
        sources.setdefault(source["text"], source)
        renderings.setdefault(source["text"], []).append(target["text"])
    for text, source in sources.items():
        best = next(filter(_is_short, renderings[text]), None)
        if not _is_short(text):
            _tell(drop, entry, source, _too_long())
        elif not _is_new(text, seen):
            said = Message(N_("Another entry has the same source already."))
            _tell(drop, entry, source, said)
        elif best is not None:
            yield text, best


def _is_short(text: str) -> bool:
    return len(text.encode()) <= _LONGEST


def _is_new(source: str, seen: set[bytes]) -> bool:
    """Remember a source by its digest, which is small whatever the source is."""
    digest = hashlib.blake2b(source.encode(), digest_size=12).digest()
    if digest in seen:
        return False
    seen.add(digest)
    return True


def _too_long() -> Message:
    return Message(N_("The term has more than %(most)s bytes."), most=_LONGEST)


def _tell(drop: Drop, entry: Mapping[str, Any], term: Term, said: Message) -> None:
    at = next(at for at, held in enumerate(entry["terms"]) if held is term)
    drop(Dropped(entry["id"], f"/terms/{at}", said, term["text"]))
