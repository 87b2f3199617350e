"""PO files used as glossaries: msgid is a term, msgstr its translation."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, BinaryIO, Final

import polib

from glossary.errors import UnreadableFile
from glossary.formats.clue import pieces_of
from glossary.formats.encoding import lines
from glossary.formats.record import FileReading, ReadOptions, Record, Refused
from glossary.message import N_, Message
from glossary.text import canonical

_LANGUAGE: Final = re.compile(
    r'(?:^(?:msgstr )?"|\\n)Language:\s*([\w@.-]+?)(?:\\n|")', re.MULTILINE
)
_BEGINS: Final = re.compile(r"#|msgctxt\b|msgid\s")
#: A line of a message that is whole; the library would cut what has no end quote.
_WHOLE: Final = re.compile(
    r'\s*(?:#.*|(?:msg\w+(?:\[\d+\])?\s+)?"(?:[^"\\]|\\.)*"\s*)?'
)
#: The library takes the first comments for the file's, and a text without a line end
#: for a path; neither happens after a header.
_HEADER: Final = 'msgid ""\nmsgstr ""\n\n'
#: A message may be as long as so many of its longest lines.
_LONGEST_ENTRY: Final = 10


def read(stream: BinaryIO, options: ReadOptions) -> FileReading:
    """Read PO; the target language stands in its header unless it is declared.

    A fuzzy entry is a draft, `#.` is the definition, `#` the note. Raise
    UnreadableFile when the file has no language or an entry is over the limits.
    """
    longest = options.limits.cell * _LONGEST_ENTRY
    blocks = _blocks(lines(stream, longest=options.limits.cell), longest)
    first = next(blocks, None)
    if first is None:
        raise UnreadableFile(N_("The file is empty: it has no msgid."))
    match = _LANGUAGE.search(first[1])
    target = canonical(options.target or (match[1] if match else "") or "")
    if target is None:
        raise UnreadableFile(
            N_(
                "The PO header has no “Language”. Give the target language "
                "with target=… (--to)."
            )
        )
    source = canonical(options.source or "en") or "en"
    mapping = {"msgid": source, "msgstr": target, "#.": "definition", "#": "note"}
    return FileReading(_records(first, blocks, source, target), mapping)


def _blocks(texts: Iterable[str], longest: int) -> Iterator[tuple[int, str]]:
    """Yield the lines of each message together, so that one is parsed at a time."""
    several: list[str] = []
    began, size, translated = 1, 0, False
    for line, text in enumerate(texts, start=1):
        if translated and (not text.strip() or _BEGINS.match(text)):
            yield began, "\n".join(several)
            several, size, translated = [], 0, False
        if not several:
            if not text.strip():
                continue
            began = line
        several.append(text)
        size += len(text)
        translated = translated or text.startswith("msgstr")
        if size > longest:
            raise UnreadableFile(
                N_("Line %(line)s: a message has more than %(longest)s characters."),
                line=began,
                longest=longest,
            )
    if translated:
        yield began, "\n".join(several)


def _records(
    first: tuple[int, str],
    blocks: Iterable[tuple[int, str]],
    source: str,
    target: str,
) -> Iterator[Record | Refused]:
    for line, block in chain([first], blocks):
        yield from _of_block(line, block, source, target)


def _of_block(
    line: int, block: str, source: str, target: str
) -> Iterator[Record | Refused]:
    texts = block.split("\n")
    wrong = next((at for at, t in enumerate(texts) if not _WHOLE.fullmatch(t)), None)
    if wrong is not None:
        yield _refused(line + wrong, texts[wrong], block)
        return
    try:
        messages = polib.pofile(f"{_HEADER}{block}\n")
    except (OSError, ValueError, IndexError):
        yield _refused(line, block, block)
        return
    for message in messages:
        if message.msgid and not message.obsolete:
            yield Record(line, _entry(message, source, target), _COLUMNS)


def _refused(line: int, text: str, block: str) -> Refused:
    message = Message(
        N_("Line %(line)s: this is not PO, where every text is in quotation marks."),
        line=line,
    )
    texts = pieces_of(block)
    return Refused(
        line, None, "broken-po", message, text[:200], texts=texts, guessed=True
    )


_COLUMNS: Final = {
    "/terms/0/text": "msgid",
    "/terms/1/text": "msgstr",
    "/note": "#",
    "/definition/en": "#.",
}


def _entry(message: polib.POEntry, source: str, target: str) -> dict[str, Any]:
    terms = [{"lang": source, "text": message.msgid}]
    translation = message.msgstr or message.msgstr_plural.get(0, "")
    if translation:
        terms.append({"lang": target, "text": translation})
    entry: dict[str, Any] = {"terms": terms}
    if message.comment:
        entry["definition"] = {source: message.comment}
    if message.tcomment:
        entry["note"] = message.tcomment
    if "fuzzy" in message.flags:
        entry["state"] = "draft"
    extra: dict[str, Any] = {}
    if message.msgctxt:
        extra["msgctxt"] = message.msgctxt
    if message.msgid_plural:
        extra["msgid_plural"] = message.msgid_plural
    places = [f"{path}:{at}" if at else path for path, at in message.occurrences]
    if places:
        extra["occurrences"] = places
    if extra:
        entry["extra"] = {"po": extra}
    return entry
