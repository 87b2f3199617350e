"""NDJSON: an entry a line, exactly as the API gives it; a JSON array is read too."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any, BinaryIO, Final

import orjson

from glossary.errors import UnreadableFile
from glossary.formats.clue import id_of, pieces_of, pieces_of_json, texts_of
from glossary.formats.encoding import decoded, lines
from glossary.formats.imprint import NAMELESS, Imprint
from glossary.formats.noun import KIND, is_noun
from glossary.formats.record import (
    Drop,
    FileReading,
    Limits,
    ReadOptions,
    Record,
    Refused,
)
from glossary.message import N_, Message

#: A line may be as long as so many of its longest texts.
_TEXTS_IN_A_LINE: Final = 10
#: What may stand before the elements of an array: `[`, or `{"next": null, "items": [`.
_ARRAY: Final = re.compile(
    r'\s*(?:\[|\{(?:\s*"[^"\\]*"\s*:\s*(?:"(?:[^"\\]|\\.)*"|[-\w.+]+)\s*,)*'
    r'\s*"items"\s*:\s*\[)'
)
#: Keys of which an entry has one at least, or a noun.
_ENTRY: Final = frozenset({"terms", "kind", "id"})
#: So many elements tell whether a file has any.
_ENOUGH: Final = 20
#: The kind of the line that says what the file itself is.
FILE: Final = "file"
_IN_TEXT: Final = re.compile(r'["\\\n]')
_BETWEEN: Final = re.compile(r'["\[\]{},\n]')


def read(stream: BinaryIO, options: ReadOptions) -> FileReading:
    """Read NDJSON, a JSON array, or an object with the array `items`.

    Return the records; a line that is broken, too deep or no object is refused. Raise
    UnreadableFile when the file is no text or an element is over the limits.
    """
    longest = options.limits.cell * _TEXTS_IN_A_LINE
    pieces = decoded(stream)
    head = ""
    for piece in pieces:
        head += piece
        if head.strip():
            break
    if start := _ARRAY.match(head):
        line = head.count("\n", 0, start.end()) + 1
        rest = chain([head[start.end() :]], pieces)
        texts = _Elements(line, longest, options.limits.depth).cut(rest)
    else:
        stream.seek(0)
        texts = enumerate(lines(stream, longest=longest), start=1)
    records = _records(texts, options.limits)
    first = list(islice(records, _ENOUGH))
    _must_hold_entries(first)
    return FileReading(chain(first, records))


def _must_hold_entries(first: Sequence[Record | Refused]) -> None:
    """Refuse JSON of another kind as a whole: nothing in it is like an entry."""
    keys = [record.data.keys() for record in first if isinstance(record, Record)]
    if keys and len(keys) == len(first) and not any(_ENTRY & keys for keys in keys):
        raise UnreadableFile(
            N_(
                "This is JSON, but not a glossary of ours: it has "
                "“%(names)s”, but neither “terms” nor “kind”. Turn it into a "
                "table (CSV), or write one entry per line."
            ),
            names="”, “".join(list(keys[0])[:5]),
        )


def _records(
    texts: Iterable[tuple[int, str]], limits: Limits
) -> Iterator[Record | Refused]:
    for line, text in texts:
        if bare := text.strip():
            blank = text.index(bare)
            record = _record(line + text.count("\n", 0, blank), bare, limits)
            if not isinstance(record, Record) or record.data.get(KIND) != FILE:
                yield record


def _record(line: int, text: str, limits: Limits) -> Record | Refused:
    try:
        data = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        at = line + error.lineno - 1
        message = Message(
            N_("Line %(line)s, column %(column)s: this is not JSON: %(reason)s."),
            line=at,
            column=error.colno,
            reason=error.msg,
        )
        around = text[max(error.pos - 40, 0) : error.pos + 40]
        entry, texts = pieces_of_json(text)
        place = str(error.colno)
        return Refused(
            at, place, "broken-json", message, around, entry, texts, guessed=True
        )
    if not isinstance(data, dict):
        message = Message(
            N_("Line %(line)s is not a JSON object, so it is not an entry."), line=line
        )
        texts = pieces_of(text)
        return Refused(
            line, None, "not-an-object", message, text[:200], texts=texts, guessed=True
        )
    if text.count("{") + text.count("[") > limits.depth and _is_deep(data, limits):
        message = Message(
            N_("Line %(line)s: the JSON is nested more than %(depth)s levels deep."),
            line=line,
            depth=limits.depth,
        )
        entry, texts = id_of(data), texts_of(data)
        return Refused(line, None, "too-deep", message, text[:200], entry, texts)
    return Record(line, data)


def _is_deep(data: Any, limits: Limits) -> bool:
    """Walk level by level, so that depth costs no stack."""
    level = [data]
    for _ in range(limits.depth):
        inner: list[Any] = []
        for value in level:
            if isinstance(value, dict):
                inner.extend(value.values())
            elif isinstance(value, list):
                inner.extend(value)
        level = [value for value in inner if isinstance(value, dict | list)]
        if not level:
            return False
    return True


class _Elements:
    """The elements of an array whose text comes in pieces, cut apart one by one."""

    def __init__(self, line: int, longest: int, deepest: int) -> None:
        self.line = self.began = line
        self.longest, self.deepest = longest, deepest
        self.pieces: list[str] = []
        self.depth = 0
        self.in_text = self.escaped = self.is_over = False

    def cut(self, pieces: Iterable[str]) -> Iterator[tuple[int, str]]:
        """Yield the text of each element, and the line that it begins on.

        An array that is not closed ends with a text that is no JSON.
        """
        for piece in pieces:
            yield from self._cut(piece)
            if self.is_over:
                return
            if sum(map(len, self.pieces)) > self.longest:
                raise UnreadableFile(
                    N_("Line %(line)s: an entry has more than %(longest)s characters."),
                    line=self.began,
                    longest=self.longest,
                )
        rest = "".join(self.pieces)
        yield self.began, rest if rest.strip() else "]"

    def _cut(self, piece: str) -> Iterator[tuple[int, str]]:
        start, at = 0, int(self.escaped)
        self.escaped = False
        while match := (_IN_TEXT if self.in_text else _BETWEEN).search(piece, at):
            at = match.end()
            if match[0] == "\\":
                self.escaped = at == len(piece)
                at += 1
            elif self._ends(match[0]):
                yield self.began, "".join([*self.pieces, piece[start : at - 1]])
                self.pieces.clear()
                self.began, start = self.line, at
                if match[0] != ",":
                    self.is_over = True
                    return
        self.pieces.append(piece[start:])

    def _ends(self, mark: str) -> bool:
        """Take note of a mark; say whether it ends an element."""
        if mark == "\n":
            self.line += 1
        elif mark == '"':
            self.in_text = not self.in_text
        elif mark in "[{":
            self.depth += 1
            if self.depth > self.deepest:
                raise UnreadableFile(
                    N_(
                        "Line %(line)s: the JSON is nested more than "
                        "%(depth)s levels deep."
                    ),
                    line=self.line,
                    depth=self.deepest,
                )
        elif not self.depth:
            return True
        elif mark in "]}":
            self.depth -= 1
        return False


def write(
    entries: Iterable[Mapping[str, Any] | bytes],
    stream: BinaryIO,
    _drop: Drop,
    *,
    imprint: Imprint = NAMELESS,
) -> None:
    """Write an entry a line. Nothing is left out. One may come as its JSON.

    Where nouns stand before the entries, a line before all says what the file is.
    """
    rest = iter(entries)
    first = next(rest, None)
    if isinstance(first, Mapping) and is_noun(first) and imprint.revision:
        stream.write(_line(_facts(imprint)))
    stream.writelines(_line(entry) for entry in chain([first] if first else [], rest))


def _facts(imprint: Imprint) -> dict[str, Any]:
    facts = ("id", "licence", "release")
    return {
        KIND: FILE,
        "revision": imprint.revision,
        "date": imprint.date,
        "glossaries": [
            {name: value for name in facts if (value := getattr(glossary, name))}
            for glossary in imprint.glossaries
        ],
    }


def _line(entry: Mapping[str, Any] | bytes) -> bytes:
    if isinstance(entry, bytes):
        return entry + b"\n"
    try:
        return orjson.dumps(dict(entry), option=orjson.OPT_APPEND_NEWLINE)
    except orjson.JSONEncodeError:
        # Numbers beyond 64 bits, which only fields of other tools can hold.
        return json.dumps(entry, ensure_ascii=False).encode() + b"\n"
