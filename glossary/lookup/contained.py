"""The known phrases that stand in a query: “mutual respect and win-win cooperation”."""

import re
from collections.abc import Iterator
from typing import Final

from glossary.lookup.settled import Asked
from glossary.store import Candidate
from glossary.text import SMALL_WORDS, UNIT, has_han, stemmed

_Found = list[tuple[Candidate, float, tuple[str, ...]]]
#: The longest phrase that is looked for, in words or Han characters.
_LONGEST: Final = 16
#: So much of a query is taken apart, in words or Han characters.
_MOST_UNITS: Final = 60


def within(asked: Asked) -> _Found:
    """Return the phrases of a query that together make up more than half of it.

    The longest phrase wins where two overlap. A lone word counts only when hardly
    anything else is left.
    """
    text = stemmed(asked.folded)
    units = list(UNIT.finditer(text))[:_MOST_UNITS]
    if len(units) < 2:
        return []
    spans = dict(_spans(text, units))
    found: dict[str, list[Candidate]] = {}
    for lang in ("zh", "en"):
        asked_for = [t for t in spans.values() if has_han(t) == (lang == "zh")]
        if asked_for:
            search = asked.store.search
            scope = asked.within(lang)
            find = search.having if lang == "zh" else search.forming
            for candidate in find(asked_for, scope, asked.limit):
                found.setdefault(candidate.stem, []).append(candidate)
    chosen = _longest(spans, found)
    weight = sum(map(_weight, UNIT.findall(text)))
    covered = sum(_weight(u) for phrase in chosen for u in UNIT.findall(phrase))
    needed = 0.5 if any(len(UNIT.findall(p)) > 1 for p in chosen) else 0.8
    if covered <= needed * weight:
        return []
    return [
        (candidate, len(phrase) / len(text), ("contained",))
        for phrase in chosen
        for candidate in found[phrase]
    ]


def _spans(
    text: str, units: list[re.Match[str]]
) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield each run of words or characters but the whole, by its place."""
    for first in range(len(units)):
        for last in range(first, min(first + _LONGEST, len(units))):
            if last - first + 1 < len(units):
                start, end = units[first].start(), units[last].end()
                yield (first, last), text[start:end]


def _longest(
    spans: dict[tuple[int, int], str], found: dict[str, list[Candidate]]
) -> list[str]:
    """Return the known phrases that do not overlap, the longest chosen first."""
    known = [(place, text) for place, text in spans.items() if text in found]
    taken: set[int] = set()
    chosen = []
    for (first, last), text in sorted(known, key=lambda k: (-len(k[1]), k[0])):
        place = set(range(first, last + 1))
        if not place & taken and _weight(text):
            taken |= place
            chosen.append(text)
    return list(dict.fromkeys(chosen))


def _weight(unit: str) -> int:
    """Return how much a word says: small words say nothing, a Han character two."""
    if has_han(unit):
        return 2 * len(unit)
    return 0 if unit in SMALL_WORDS else len(unit)
