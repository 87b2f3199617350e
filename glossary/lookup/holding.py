"""Terms that begin with a query or hold it, and which of them stands for its entry."""

import re
from typing import Final

from glossary.entry import STATUSES, USABLE
from glossary.lookup.settled import Asked
from glossary.store import Candidate, Search
from glossary.text import american_start, has_han, is_of_acronyms, primary, stem

#: The shortest terms that begin so, or hold a part, are enough to choose from.
ENOUGH: Final = 40
#: Fewer letters say nothing inside a word.
_LEAST_INSIDE: Final = 5


def holding(
    question: Asked, tier: str, start: str, *, search: Search, typing: bool = False
) -> list[Candidate]:
    """Return terms that a search finds to begin with the query, or to hold it.

    Few letters, and those of an acronym, stand inside no word: RCEP is not *intercept*.
    """
    enough = ENOUGH if typing else max(ENOUGH, 4 * question.query.limit)
    limit = min(enough, question.limit)
    if tier == "prefix":
        return search.starting(start, question.scope, limit)
    is_short = len(question.key) < _LEAST_INSIDE or is_of_acronyms(question.query.q)
    if is_short and primary(question.from_) == "zh" and not has_han(question.key):
        # Between Han characters no space parts a word: 东盟与中日韩10+3合作.
        apart = re.compile(rf"(?<![a-z\d]){re.escape(start)}(?![a-z\d])")
        candidates = search.containing(start, question.scope, limit, quick=typing)
        return [c for c in candidates if apart.search(c.key)]
    return search.containing(
        start, question.scope, limit, quick=typing, inside=not is_short
    )


def best_of(
    candidates: list[Candidate],
    entries: set[int],
    limit: int,
    part: str,
    *,
    tier: str,
) -> list[Candidate]:
    """Return the best candidate of each entry that was not seen, as far as needed.

    Those come first that have the query as words of its own. Of what holds a part,
    the closest wording stands for an entry, unless it may not be used.
    """

    def worth(c: Candidate) -> tuple[bool, int, int, str]:
        return not holds_words(c.key, part), c.rank, len(c.key), c.key

    ordered: dict[int, list[Candidate]] = {}
    for candidate in sorted(candidates, key=worth):
        if candidate.entry not in entries:
            ordered.setdefault(candidate.entry, []).append(candidate)
    groups = list(ordered.values())[:limit]
    if tier == "prefix":
        return [own[0] for own in groups]
    return [own[0] if len(own) == 1 else _closest(own, part) for own in groups]


def _closest(own: list[Candidate], part: str) -> Candidate:
    """Return the wording of an entry that has least beside a part of it."""

    def distance(c: Candidate) -> tuple[bool, bool, int, int, str]:
        is_usable = STATUSES[c.rank % len(STATUSES)] in USABLE
        return not holds_words(c.key, part), not is_usable, len(c.key), c.rank, c.key

    return min(own, key=distance)


def holds_words(key: str, part: str) -> bool:
    """Say whether a key has a part as words of its own, or as a form of them."""
    if has_han(part[-1:]):
        return key.startswith(part)
    return f" {part} " in f" {key} " or f" {stem(part)} " in f" {stem(key)} "


def start_of(key: str) -> str:
    """Return the key with its last word cut back to what it surely begins with."""
    head, space, last = key.rpartition(" ")
    return head + space + american_start(last)


def covered(part: str, candidate: Candidate) -> float:
    """Return how much of a wording a part of it is, less than 1."""
    return min(len(part) / len(candidate.key), 0.99)
