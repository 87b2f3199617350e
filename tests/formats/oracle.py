"""What of real files is lost: `python -m tests.formats.oracle FILE…`, one line a file.

Of every word in a cell or an element it is asked whether it stands in a record, a
refusal or a remark of what is left out. A question, or a refusal of the whole file,
loses nothing. The command ends with 1 when a word of a file is lost.
"""

import csv
import io
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from lxml import etree

from glossary.errors import GlossaryError
from glossary.formats import ReadOptions, Record, Refused, Remark, of_file
from glossary.formats.record import Given

#: Of a file in XML, what holds what somebody wrote.
_SPEAKING: Final = ("term", "seg", "descrip", "note", "definition", "item")
#: Attributes in which somebody says something: names, dates, people, what is meant.
_TELLING: Final = frozenset(
    "id target tuid creationid creationdate changeid changedate lastusagedate"
    " usagecount creationtool href".split()
)
_FRAME: Final = frozenset({"martif", "tbx", "TBX", "tmx", "header", "text", "body"})
_MOST_SHOWN: Final = 5
WORD = re.compile(r"[\u4e00-\u9fff]+|[^\W\d_\u4e00-\u9fff]+|\d+")
#: Words of our own for what a cell says: they stand for it in an entry.
SAID_AS = {
    "首选": "preferred",
    "禁用": "forbidden",
    "名词": "noun",
    "n": "noun",
    "b": "b",
}


def _strings(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        for name, value in data.items():
            yield str(name)
            yield from _strings(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _strings(value)
    elif data is not None:
        yield str(data)


def out(given: Iterable[Given]) -> tuple[str, set[str], set[int]]:
    """Return all that comes out as one text, and what is accounted for as a whole.

    That are columns, and lines of rows that are refused.
    """
    texts: list[str] = []
    columns: set[str] = set()
    lines: set[int] = set()
    for each in given:
        if isinstance(each, Record):
            texts += _strings(each.data)
        elif isinstance(each, Refused):
            lines.add(each.line)
        elif isinstance(each, Remark):
            texts.append(each.value)
            if each.code == "column" and each.column:
                columns.add(each.column)
    return "\n".join(texts), columns, lines


def lost(path: Path) -> tuple[str, int, list[str]]:
    """Return how a file was taken, how many records, and what is lost."""
    content = path.read_bytes()
    try:
        told = of_file(io.BytesIO(content), path.name)
        name, read = told.name, told.read
        assert read
        options = ReadOptions(source="en", target="zh-Hans")
        given = [*read(io.BytesIO(content), options).records]
    except GlossaryError as error:
        return f"not read: {error.code}", 0, []
    text, columns, lines = out(given)
    said = f"{text} {' '.join(str(r) for r in given if isinstance(r, Refused))}"
    words = {
        word
        for line, place, cell in _cells(content)
        if line not in lines and place not in columns
        for word in WORD.findall(cell)
    }
    missing = [
        w for w in sorted(words) if w not in said and SAID_AS.get(w, "\0") not in said
    ]
    refused = sum(isinstance(each, Refused) for each in given)
    return f"{name}, {refused} refused", len(given) - refused, missing


def _cells(content: bytes) -> Iterator[tuple[int, str, str]]:
    """Yield line, column and text of all that a file says."""
    if content.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\0").startswith(b"<"):
        parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
        root = etree.fromstring(content, parser)
        for element in root.iter("{*}*"):
            # What a file is made of says nothing of what it holds.
            if etree.QName(element).localname not in _FRAME:
                for name, value in element.attrib.items():
                    if etree.QName(name).localname in _TELLING:
                        yield element.sourceline or 0, "", str(value)
            if etree.QName(element).localname in _SPEAKING:
                yield element.sourceline or 0, "", "".join(element.itertext())
        return
    coding = "utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    text = content.decode(coding, "replace")
    delimiter = "\t" if "\t" in text.partition("\n")[0] else ","
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    heads = next(reader, [])
    for row in reader:
        for at, cell in enumerate(row):
            yield reader.line_num, heads[at] if at < len(heads) else "", cell


def main() -> None:
    """Judge the files that are named."""
    is_lost = False
    for path in map(Path, sys.argv[1:]):
        how, records, missing = lost(path)
        is_lost = is_lost or bool(missing)
        shown = f"; LOST {len(missing)}: {missing[:_MOST_SHOWN]}" if missing else ""
        sys.stdout.write(f"{path.name}: {how}, {records} given{shown}\n")
    sys.exit(is_lost)


if __name__ == "__main__":
    main()
