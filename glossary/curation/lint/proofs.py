"""What an approved entry owes its readers: proof of the pair, its place and dates."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Final

from glossary.curation.lint.flaw import Flaw, flaw
from glossary.entry import HALF, Entry, Source, Term, bounds, leading_pair, proof
from glossary.text import counted_by

_FIGURES: Final = "[〇零一二三四五六七八九十百]+|[0-9]+"
_ROMAN: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
#: What is numbered in a document: in English, and what it may be in Chinese.
_UNITS: Final = tuple(
    (
        re.compile(rf"\b(?i:{english}) ([0-9]+|[IVXLC]+)\b"),
        re.compile(rf"(?:第({_FIGURES})(?:{chinese})|(?:{chinese})({_FIGURES}))"),
    )
    for english, chinese in (
        (r"art(?:icle|\.)|rule", "[条條]"),
        ("part", "部分"),
        (r"section|sec\.", "部分|[节節]"),
        ("chapter", "章"),
        ("annex", "附件"),
        (r"para(?:graph|\.)", "段"),
    )
)


def flaws(entry: Entry, sources: Collection[str] | None) -> Iterator[Flaw]:
    """Yield what is claimed and not proved; dates only where sources are known."""
    yield from _pair(entry)
    yield from _places(entry)
    if isinstance(sources, Mapping):
        for at, term in enumerate(entry.terms):
            yield from _dates(entry, at, term, sources)


def _pair(entry: Entry) -> Iterator[Flaw]:
    if entry.state != "approved" or not any(t.citations for t in entry.terms):
        return
    state = proof(entry).state
    if state == "pair":
        return
    text, other = (term.text if term else "" for term in leading_pair(entry))
    code = "half-proved" if state in HALF else "unproved"
    yield flaw(code, entry.id, "/terms", text=text, other=other)


def _places(entry: Entry) -> Iterator[Flaw]:
    """Yield citations of which one side stands in another article than the other."""
    for at, term in enumerate(entry.terms):
        for number, citation in enumerate(term.citations):
            other = citation.counterpart.locator if citation.counterpart else ""
            if other and not _may_be_one(citation.locator, other):
                place = f"/terms/{at}/citations/{number}/counterpart/locator"
                values = {"locator": citation.locator, "other": other}
                yield flaw("other-place", entry.id, place, **values)


def _may_be_one(locator: str, other: str) -> bool:
    """Say whether two places of a document agree in every unit that both number.

    >>> _may_be_one("Article 14(1)", "第十四条"), _may_be_one("Article 14", "Article 1")
    (True, False)
    >>> _may_be_one("Part XV, section 2", "第十五部分第二节")
    True
    """
    for unit in _UNITS:
        here, there = _numbers(locator, unit), _numbers(other, unit)
        if here and there and here.isdisjoint(there):
            return False
    return True


def _numbers(
    locator: str, unit: tuple[re.Pattern[str], re.Pattern[str]]
) -> frozenset[int]:
    english, chinese = unit
    figures = [match[1] or match[2] for match in chinese.finditer(locator)]
    han = {counted_by(f) if not f.isdecimal() else int(f) for f in figures}
    latin = {_latin(match[1]) for match in english.finditer(locator)}
    return frozenset(number for number in han | latin if number is not None)


def _latin(figures: str) -> int:
    if figures.isdecimal():
        return int(figures)
    values = [_ROMAN[letter] for letter in figures]
    following = [*values[1:], 0]
    return sum(-a if a < b else a for a, b in zip(values, following, strict=True))


def _dates(
    entry: Entry, at: int, term: Term, sources: Mapping[str, Source]
) -> Iterator[Flaw]:
    """Yield dates of a wording of which no document of that year and no note tells."""
    if term.usage or entry.every_note():
        return
    documents = (sources.get(name) for c in term.citations for name in c.sources)
    dates = (source.date for source in documents if source is not None)
    years = {bounds(date)[0].year for date in dates if date}
    for name in ("since", "until"):
        date = getattr(term, name)
        if date and bounds(date)[0].year not in years:
            values = {"text": term.text, "date": date}
            yield flaw("since-unproved", entry.id, f"/terms/{at}/{name}", **values)
