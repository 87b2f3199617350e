"""Glossaries of machine translation keep the rules of each engine."""

import csv
import io
import json
from typing import Any

import pytest

from glossary.formats import by_name
from glossary.formats.engines import AMAZON_TAKES, GOOGLE_TAKES
from glossary.formats.parallel import USUAL, EngineLimits, rows
from tests.formats.whole_entries import diplomatic, entry

_ENGINES = ("google", "aws", "azure", "immersive", "qwen")
_HEADINGS = {"aws": ["zh", "en"], "immersive": ["source", "target", "tgt_lng"]}


def _pairs(
    name: str, entries: list[dict[str, Any]], *sides: str
) -> tuple[list[list[str]], list[str]]:
    """Return the rows of a file without its heading, and the values left out."""
    format_ = by_name(name)
    stream, lost = io.BytesIO(), []
    if sides:
        assert format_.directed is not None
        format_.directed(entries, stream, lambda d: lost.append(d.value), sides)  # type: ignore[arg-type]
    else:
        assert format_.write is not None
        format_.write(entries, stream, lambda d: lost.append(d.value))
    text = stream.getvalue().decode()
    if name == "qwen":
        return [[each["source"], each["target"]] for each in json.loads(text)], lost
    delimiter = "\t" if name == "azure" else ","
    rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    if not sides and name in _HEADINGS:
        assert rows[0] == _HEADINGS[name]
    return rows[name in _HEADINGS :], lost


@pytest.mark.parametrize("name", _ENGINES)
def test_an_engine_gets_each_source_once_and_nothing_banned(name: str) -> None:
    entries = list(diplomatic()[::2])
    rows, lost = _pairs(name, entries)
    sources = [row[0] for row in rows]
    assert len(rows) > 20
    assert len(set(sources)) == len(sources)
    assert max(len(cell.encode()) for row in rows for cell in row) <= 1024
    usable = {
        term["text"]
        for each in entries
        if each["state"] == "approved"
        for term in each["terms"]
        if term["status"] in {"preferred", "admitted"}
    }
    assert {cell for row in rows for cell in row[:2]} <= usable
    assert "draft" in lost


@pytest.mark.parametrize("name", _ENGINES)
def test_an_engine_gets_either_direction(name: str) -> None:
    rows, _ = _pairs(name, [entry(state="approved")], "en", "zh-Hans")
    assert rows[0][:2] == ["double standards", "双重标准"]
    assert rows[0][2:] == (["zh-CN"] if name == "immersive" else [])


@pytest.mark.parametrize("name", _ENGINES)
def test_a_term_that_is_too_long_is_left_out_and_told(name: str) -> None:
    terms = [
        {"lang": "zh-Hans", "text": "双" * 400},
        {"lang": "en", "text": "double"},
    ]
    rows, lost = _pairs(name, [entry(terms=terms, state="approved")])
    assert rows == []
    assert "双" * 400 in lost


#: Bytes of UTF-8 that the documentation of each engine says: of a term, of a file.
_LIMITS = {
    "google": (1_023, 10_000_000),
    "deepl": (1_024, 10_485_760),
    "aws": (200, 10_000_000),
}


@pytest.mark.parametrize("name", _LIMITS)
def test_a_term_may_be_as_long_as_the_engine_says_and_no_byte_longer(
    name: str,
) -> None:
    longest, _ = _LIMITS[name]
    # A character of Chinese has three bytes.
    most = "双" * (longest // 3) + "a" * (longest % 3)
    for text, is_taken in ((most, True), (most + "a", False)):
        for lang, other in (("zh-Hans", "en"), ("en", "zh-Hans")):
            terms = [{"lang": lang, "text": text}, {"lang": other, "text": "和"}]
            rows, lost = _pairs(name, [entry(terms=terms, state="approved")])
            assert bool(rows) == is_taken, (lang, len(text.encode()))
            assert (text in lost) != is_taken


def test_a_file_is_no_larger_than_the_engine_takes_and_the_rest_is_told() -> None:
    takes = {"google": GOOGLE_TAKES, "deepl": USUAL, "aws": AMAZON_TAKES}
    assert {n: (each.term, each.file) for n, each in takes.items()} == _LIMITS
    made = entry(state="approved")
    source, target = made["terms"]
    entries = [
        {
            **made,
            "id": f"e{at}",
            "terms": [
                {**source, "text": f'{at:03}"{"双" * 60}'},
                {**target, "text": f'{at:03}"{"重" * 60}'},
            ],
        }
        for at in range(60)
    ]
    lost: list[str] = []
    limits = EngineLimits(file=10_000)
    pairs = rows(
        entries, lambda d: lost.append(d.entry), ("zh-Hans", "en"), limits=limits
    )
    stream = io.StringIO()
    csv.writer(stream).writerows(pairs)
    size = len(stream.getvalue().encode())
    assert 9_000 < size <= 10_000
    kept = len(stream.getvalue().splitlines())
    assert lost == [each["id"] for each in entries[kept:]]
