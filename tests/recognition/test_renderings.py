"""A check uses places up as the plain loops over all pairs of places would."""

import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.entry.nouns import STATES, STATUSES, Entry, Finding, Relation, Term
from glossary.query import Wanted
from glossary.recognition import is_han_word, settlement, within
from glossary.recognition.automaton import Lexicon, Ref, WordingRow
from glossary.recognition.check import check
from glossary.recognition.longest import longest
from glossary.recognition.occurrences import Occurrence, occurrences
from glossary.recognition.renderings import GRADES, Cover, TargetWording
from glossary.recognition.senses import Senses
from glossary.recognition.sentences import Piece
from glossary.recognition.snapshot import Sense, Shelf, Snapshot
from glossary.store import IssuerNames, SqliteStore, open_store
from glossary.text import has_han
from glossary.text.fold import key

checks = import_module("glossary.recognition.check")

ENGLISH = "mutual respect cooperation sea South China a new China hold held".split()
HAN = "中国 国家 家 新 新中国 合作 相互 尊重 南海 海 对 进行".split()
SLOTTED = ["new {…} China", "hold … cooperation", "新{…}合作", "对…进行{…}尊重"]
GLUE = [" ", " ", ", ", " and ", "，", "、", "。", ""]

XINHUA = IssuerNames([], ["Xinhua"])
english = st.one_of(
    st.lists(st.sampled_from(ENGLISH), min_size=1, max_size=3).map(" ".join),
    st.sampled_from(SLOTTED[:2]),
)
chinese = st.one_of(
    st.lists(st.sampled_from(HAN), min_size=1, max_size=3).map("".join),
    st.sampled_from(SLOTTED[2:]),
)


def terms(lang: str, wordings: st.SearchStrategy[str]) -> st.SearchStrategy[list[Term]]:
    made = st.builds(
        Term,
        st.just(lang),
        wordings,
        status=st.sampled_from(STATUSES),
        issuer=st.sampled_from([None, "Xinhua"]),
        since=st.sampled_from([None, "2010"]),
        until=st.sampled_from([None, "2012"]),
    )
    return st.lists(made, min_size=1, max_size=3, unique_by=lambda term: term.text)


@st.composite
def glossaries(draw: st.DrawFn) -> list[Entry]:
    found = []
    for number in range(draw(st.integers(1, 6))):
        parts = draw(st.lists(st.integers(0, 5), max_size=3, unique=True))
        found.append(
            Entry(
                id=f"e{number}",
                glossary="g",
                subjects=(),
                definition={},
                note="",
                relations=tuple(Relation("part", f"e{part}") for part in parts),
                terms=(*draw(terms("zh-Hans", chinese)), *draw(terms("en", english))),
                state=draw(st.sampled_from(STATES[:2])),
            )
        )
    return found


def texts(words: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(st.one_of(words, st.sampled_from(GLUE)), max_size=12).map("".join)


class Filled(Shelf):
    """A shelf whose entries are given."""

    def __init__(self, entries: list[Entry], store: SqliteStore) -> None:
        placed = [(n, at, t) for n, e in enumerate(entries) for at, t in _numbered(e)]
        rows = [WordingRow(n, at, key(t.text), t.text) for n, at, t in placed]
        super().__init__(Lexicon.of(1, rows), store)
        for n, at, t in placed:
            self._senses[Ref(n, at)] = Sense(n, entries[n], t, key(t.text))


def _numbered(entry: Entry) -> Iterable[tuple[int, Term]]:
    return enumerate(entry.terms)


@pytest.fixture(scope="module")
def empty() -> Iterator[SqliteStore]:
    with tempfile.TemporaryDirectory() as folder:
        opened = open_store(str(Path(folder) / "empty.db"))
        yield opened
        opened.close()


class PlainCover:
    """What is used up, as a list that is gone over for every place."""

    def __init__(self, _length: int) -> None:
        self.places: list[Occurrence] = []
        self.users: list[Occurrence] = []

    @property
    def entries(self) -> set[str]:
        return {sense.entry.id for at in self.places for sense in at.senses}

    def add(self, at: Occurrence, asked: Occurrence) -> None:
        self.places.append(at)
        self.users.append(asked)

    def user(self, at: Occurrence) -> Occurrence | None:
        for place, asked in zip(self.places, self.users, strict=True):
            if not place.parts and place.start <= at.start and at.end <= place.end:
                return asked
        return None

    def is_short_for(self, wordings: tuple[str, str], texts: tuple[str, str]) -> bool:
        short = [wording.casefold() for wording in wordings]
        for at, asked in zip(self.places, self.users, strict=True):
            longer = [
                text[place.start : place.end].casefold()
                for text, place in zip(texts, (asked, at), strict=True)
            ]
            if at.parts or len(longer[0]) <= len(short[0]):
                continue
            if longer[0].endswith(short[0]) and longer[1].endswith(f" {short[1]}"):
                return True
        return False

    def overlaps(self, at: Occurrence) -> bool:
        if at.parts and not at.is_slotted:
            return any(at.parts == other.parts for other in self.places)
        if not at.parts and any(
            not other.parts and _cross(at, other) for other in self.places
        ):
            return True
        own = [each for each in self.places if each.is_slotted or not each.parts]
        return _characters([at]) <= _characters(own)


def _cross(one: Occurrence, other: Occurrence) -> bool:
    return one.start < other.end and other.start < one.end


def _characters(places: Iterable[Occurrence]) -> set[int]:
    spans = [s for at in places for s in at.parts or ((at.start, at.end),)]
    return {character for start, end in spans for character in range(start, end)}


class PlainRenderings:
    """The places of a target, gone over from the first to the last each time."""

    def __init__(
        self,
        places: Iterable[Occurrence],
        _wanted: Collection[str],
        bars: Callable[[Occurrence, Entry], bool],
    ) -> None:
        self._places = list(places)
        self._bars = bars

    def may_render(self, _: Occurrence) -> bool:
        return True

    def users(
        self, entry: str, cover: PlainCover, within: Piece
    ) -> Iterator[Occurrence]:
        for at in self._places:
            if within.start <= at.start < within.end:
                user = cover.user(at)
                if user is not None and entry in {s.entry.id for s in at.senses}:
                    yield user

    def best(
        self,
        entry: str,
        cover: PlainCover,
        verdict: Callable[[Term], str | None],
        within: Piece,
    ) -> tuple[int, TargetWording] | None:
        best: tuple[int, int, TargetWording] | None = None
        for at in self._places:
            if cover.overlaps(at) or not within.start <= at.start < within.end:
                continue
            for sense in at.senses:
                stands = verdict(sense.term) if sense.entry.id == entry else None
                if stands is not None and not self._bars(at, sense.entry):
                    grade = GRADES.index(stands)
                    if best is None or (grade, at.start) < best[:2]:
                        best = grade, at.start, TargetWording(at, sense.term)
        return (best[0], best[2]) if best else None


def tears(one: Occurrence, other: Occurrence, text: str) -> bool:
    """Say whether one place tears a character off another that it crosses.

    What the other one leaves of it is a word: 核安全 leaves 合作 of 安全合作.
    """
    if one.start < other.start < one.end < other.end:
        torn, rest = text[one.end : other.end], text[one.start : other.start]
    elif other.start < one.start < other.end < one.end:
        torn, rest = text[other.start : one.start], text[other.end : one.end]
    else:
        return False
    is_torn = len(torn) == 1 and has_han(torn) and torn not in "的之了等者"
    return is_torn and is_han_word(rest)


def plainly_longest(places: list[Occurrence], text: str) -> list[Occurrence]:
    """Take the longest, then the leftmost, as long as it shares no character.

    One that tears a character off another comes after all others.
    Of those in pieces, take what lies in no whole one; of those with slots, what has
    any character of its own, and leave out what lies in their pieces.
    """
    whole: list[Occurrence] = []
    unbroken = [each for each in places if not each.parts]
    tearing = [o for o in unbroken if any(tears(o, other, text) for other in unbroken)]
    for each in sorted(
        unbroken, key=lambda o: (o in tearing, o.start - o.end, o.start)
    ):
        if not any(_cross(each, other) for other in whole):
            whole.append(each)
    pieces = [
        each
        for each in places
        if each.parts
        and not each.is_loose
        and not any(o.start <= each.start and each.end <= o.end for o in whole)
    ]
    slotted: list[Occurrence] = []
    for each in sorted(pieces, key=lambda o: -len(_characters([o]))):
        if each.is_slotted and not _characters([each]) <= _characters(slotted):
            slotted.append(each)
    whole = [o for o in whole if not _characters([o]) <= _characters(slotted)]
    shared = [each for each in pieces if not each.is_slotted]
    return [each for each in places if each in [*whole, *slotted, *shared]]


def snapshot_of(entries: list[Entry], empty: SqliteStore) -> Snapshot:
    nothing = Shelf(Lexicon.of(1, []), empty)
    return Snapshot(1, Filled(entries, empty), nothing, frozenset(), XINHUA)


def plainly(
    snapshot: Snapshot, source: str, target: str, wanted: Wanted
) -> tuple[Finding, ...]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settlement, "Cover", PlainCover)
        patch.setattr(settlement, "Renderings", PlainRenderings)
        for module in (checks, within):
            patch.setattr(module, "longest", plainly_longest)
        return check(snapshot, source, target, wanted)


@settings(max_examples=60, deadline=None)
@given(
    glossaries(),
    texts(chinese),
    texts(english),
    st.builds(
        Wanted,
        as_of=st.sampled_from([None, "2011", "2013"]),
        issuer=st.sampled_from([None, "Xinhua"]),
    ),
)
def test_a_check_finds_what_plain_loops_find(
    empty: SqliteStore,
    entries: list[Entry],
    source: str,
    target: str,
    how: Wanted,
) -> None:
    snapshot = snapshot_of(entries, empty)
    for one, other, from_ in ((source, target, "zh-Hans"), (target, source, "en")):
        wanted = replace(how, from_=from_)
        assert check(snapshot, one, other, wanted) == plainly(
            snapshot, one, other, wanted
        )


@settings(max_examples=60, deadline=None)
@given(glossaries(), st.one_of(texts(chinese), texts(english)))
def test_the_longest_places_are_those_that_plain_loops_take(
    empty: SqliteStore, entries: list[Entry], text: str
) -> None:
    places = occurrences(snapshot_of(entries, empty), text, Wanted())
    assert longest(places, text) == plainly_longest(places, text)


def place(start: int, end: int, *parts: tuple[int, int]) -> Occurrence:
    """Return a place of no term, of one that shares words with another if in parts."""
    return Occurrence(start, end, Senses([], frozenset()), parts)


def test_a_place_is_used_up_from_its_first_character_to_its_last() -> None:
    """“mutual respect” is used in “for mutual respect for all”."""
    cover = Cover(26)
    cover.add(place(4, 18), place(0, 4))
    assert cover.overlaps(place(0, 10))
    assert cover.overlaps(place(10, 20))
    assert not cover.overlaps(place(18, 22))


def test_terms_that_share_a_word_are_each_used_up_once() -> None:
    """“East and South China Sea” renders 东海 and 南海, and neither twice."""
    east, south = place(0, 24, (0, 4), (15, 24)), place(9, 24, (9, 14), (15, 24))
    cover = Cover(24)
    cover.add(east, place(0, 2))
    assert cover.overlaps(east)
    assert not cover.overlaps(south)
    cover.add(south, place(3, 5))
    assert cover.overlaps(south)
