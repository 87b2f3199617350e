"""Recognition finds what a naive search finds, in random glossaries and texts."""

import re
import tempfile
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from glossary.entry.nouns import Entry, Match, Term
from glossary.query import Wanted
from glossary.recognition.annotate import annotate
from glossary.recognition.automaton import Lexicon, WordingRow
from glossary.recognition.borders import Borders, is_short
from glossary.recognition.offsets import UNITS, measure
from glossary.recognition.snapshot import Sense, Shelf, Snapshot
from glossary.recognition.tier import CALM, LOUD, likeness
from glossary.store import SqliteStore, open_store
from glossary.text.fold import fold, key
from glossary.text.inflect import is_word, stems
from glossary.text.script import UNSPACED, has_han
from tests.recognition.phrases import phrase, text


class Known(Shelf):
    """A shelf whose entries are given, one for each wording."""

    def __init__(self, terms: list[str], store: SqliteStore) -> None:
        rows = [WordingRow(n, 0, key(t), t) for n, t in enumerate(terms)]
        super().__init__(Lexicon.of(1, rows), store)
        for n, wording in enumerate(terms):
            (ref,) = {r for p in range(len(rows)) for r in self._of(p) if r.entry == n}
            self._senses[ref] = Sense(n, entry(n, wording), term(wording), key(wording))

    def _of(self, pattern: int) -> list[object]:
        try:
            return list(self.lexicon.refs(pattern))
        except IndexError:
            return []


def term(wording: str) -> Term:
    return Term("zh-Hans" if wording[0] > "\u3000" else "en", wording)


def entry(number: int, wording: str) -> Entry:
    return Entry(f"e{number}", "g", (), {}, "", (), (term(wording),))


@pytest.fixture(scope="module")
def empty() -> Iterator[SqliteStore]:
    with tempfile.TemporaryDirectory() as folder:
        opened = open_store(str(Path(folder) / "empty.db"))
        yield opened
        opened.close()


def naive(terms: list[str], written: str) -> set[tuple[int, int, str]]:
    """Search every wording at every place of the stemmed text."""
    read = stems(fold(written))
    borders = Borders(written)
    found = set()
    for number, wording in enumerate(terms):
        wanted = stems(fold(wording)).text
        for at in range(len(read.text) - len(wanted) + 1):
            end = at + len(wanted)
            if read.text[at:end] != wanted or not bounded(read.text, at, end):
                continue
            start, stop = read.span(at, end)
            while stop < len(written) and unicodedata.combining(written[stop]):
                stop += 1
            if written[stop - 2 : stop + 1].count(".") == 2:
                stop += 1
            if is_short(written[start:stop]) and not borders.is_whole(start, stop):
                continue
            like = likeness(written[start:stop], term(wording), key(wording))
            wrong_line = {CALM: True, LOUD: False}
            if like and wrong_line.get(like.where) != shouts(written, start, stop):
                found.add((start, stop, f"e{number}"))
    return found


def shouts(written: str, start: int, end: int) -> bool:
    """Say whether a line has nothing but capitals, with an English word elsewhere."""
    first = written.rfind("\n", 0, start) + 1
    line = written[first : written.find("\n", start) % (len(written) + 1)]
    if re.search("[a-z]", line) or has_han(line):
        return False
    rest = f"{line[: start - first]} # {line[end - first :]}"
    return any(is_word(word.lower()) for word in re.findall("[A-Z]{2,}", rest))


def bounded(read: str, start: int, end: int) -> bool:
    """Say whether no word is cut at either end."""
    edges = ((start - 1, start), (end - 1, end))
    return not any(
        a >= 0 and b < len(read) and joins(read[a]) and joins(read[b]) for a, b in edges
    )


def joins(character: str) -> bool:
    spaced = not any(
        first <= character <= last
        for first, last in zip(UNSPACED[0::3], UNSPACED[2::3], strict=False)
    )
    return character.isalnum() and spaced


def found(shelf: Shelf, empty: SqliteStore, written: str) -> tuple[Match, ...]:
    nothing = Shelf(Lexicon.of(1, []), empty)
    snapshot = Snapshot(1, shelf, nothing, frozenset())
    return annotate(snapshot, written, Wanted(overlaps=True)).matches


@settings(max_examples=250, deadline=None)
@given(st.lists(phrase, min_size=1, max_size=8, unique_by=key), text)
@example(["China"], "China’s 😀China\u0301s")
@example(["不冲突、不对抗"], "不衝突不對抗，不冲突。不对抗")
@example(["5kg"], "a 5㎏ ﬁne")
@example(["国家"], "发展中国。家庭，中国，家")
@example(["国家、中国"], "发展中国家中国")
@example(["中国", "家庭"], "发展中国家庭")
@example(["WHO", "trip", "sea"], "WHO TRIPS SEAS\nWHO, TRIPS, Seas")
def test_recognition_finds_what_a_naive_search_finds(
    empty: SqliteStore, terms: list[str], written: str
) -> None:
    matches = found(Known(terms, empty), empty, written)
    plain = {
        (m.start, m.end, name)
        for m in matches
        if not m.parts
        for name in (m.entry, *m.also)
    }
    assert plain == naive(terms, written)


@settings(max_examples=200, deadline=None)
@given(st.lists(phrase, min_size=1, max_size=8, unique_by=key), text)
def test_offsets_slice_to_what_was_found_in_every_unit(
    empty: SqliteStore, terms: list[str], written: str
) -> None:
    codecs = {
        "codepoint": ("utf-32-le", 4),
        "utf16": ("utf-16-le", 2),
        "utf8": ("utf-8", 1),
    }
    matches = found(Known(terms, empty), empty, written)
    for unit in UNITS:
        codec, size = codecs[unit]
        raw = written.encode(codec)
        at = measure(written, unit)
        for match in matches:
            part = raw[at(match.start) * size : at(match.end) * size].decode(codec)
            assert part == match.text
            if match.tier in {"exact", "folded"}:
                assert key(part) == key(match.term.text)
