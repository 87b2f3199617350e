"""What a wording is read as: its senses, the likeliest first."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final, NamedTuple

from glossary.entry import MATCHES, is_draft, precedence, standing
from glossary.recognition.context import guard_of
from glossary.recognition.snapshot import Sense
from glossary.recognition.tier import ANYWHERE

#: In so many orders of glossaries a wording is remembered.
_MOST_ORDERS: Final = 16


class LikeSense(NamedTuple):
    """One sense of a wording, how near the wording is to its term, and where it counts.

    `where` is as in `glossary.recognition.tier`.
    """

    tier: str
    via: tuple[str, ...]
    where: str
    sense: Sense


class Senses:
    """What a wording is read as: the likeliest sense first, one for each entry.

    It is made once for a wording and shared by all places where that stands; `memory`
    is for who has something to keep with it. One that is not `everywhere` must be asked
    what it is `among` the places where its senses count. `guards` has the texts beside
    which a wording is not a term, by the places of those terms.
    """

    __slots__ = (
        *("everywhere", "guards", "numbers", "candidates", "senses", "memory", "tails"),
        *("tier", "_among", "_by", "_unions", "_without", "via"),
    )

    def __init__(
        self,
        candidates: list[LikeSense],
        tails: frozenset[str],
        order: tuple[str, ...] = (),
    ) -> None:
        candidates.sort(key=partial(_likelihood, order=order))
        self.candidates = candidates
        self.tails = tails
        self.tier, self.via = candidates[0][:2] if candidates else ("", ())
        senses: dict[str, Sense] = {}
        for candidate in candidates:
            senses.setdefault(candidate.sense.entry.id, candidate.sense)
        self.senses = tuple(senses.values())
        self.numbers = frozenset(candidate.sense.number for candidate in candidates)
        self.memory: dict[object, Any] = {}
        self.everywhere = all(candidate.where == ANYWHERE for candidate in candidates)
        self._among: dict[frozenset[str], Senses] = {}
        self._without: dict[frozenset[int], Senses] = {}
        #: By identity; the other reading is kept beside.
        self._unions: dict[int, tuple[Senses, Senses]] = {}
        self._by: dict[tuple[str, ...], Senses] = {}
        guards = (
            (at, guard_of(candidate.sense)) for at, candidate in enumerate(candidates)
        )
        self.guards = {at: guard for at, guard in guards if guard is not None}

    def beside(self, text: str, start: int, end: int) -> "Senses":
        """Return what the wording is read as at a place of a text."""
        if not self.guards:
            return self
        barred = [
            self.candidates[at]
            for at, guard in self.guards.items()
            if guard.bars(text, start, end)
        ]
        return self.without(barred) if barred else self

    def without(self, wrong: Sequence[LikeSense]) -> "Senses":
        """Return what the wording is read as where some candidates are not meant."""
        wrong_ids = frozenset(map(id, wrong))
        reading = self._without.get(wrong_ids)
        if reading is None:
            candidates = [c for c in self.candidates if id(c) not in wrong_ids]
            reading = self._without[wrong_ids] = Senses(candidates, self.tails)
        return reading

    def with_(self, other: "Senses") -> "Senses":
        """Return what the wording is read as where it is read as another one too."""
        memo = self._unions.get(id(other))
        if memo is None:
            if len(self._unions) >= _MOST_ORDERS:
                self._unions.clear()
            both = Senses([*self.candidates, *other.candidates], frozenset())
            memo = self._unions[id(other)] = other, both
        return memo[1]

    def among(self, wheres: frozenset[str]) -> "Senses":
        """Return what it is read as in a place of these kinds."""
        reading = self._among.get(wheres)
        if reading is None:
            candidates = [p for p in self.candidates if p.where in wheres]
            reading = self._among[wheres] = Senses(candidates, self.tails)
        return reading

    def by(self, order: tuple[str, ...]) -> "Senses":
        """Return what it is read as where glossaries go before others.

        Of two glossaries with one pair of wordings, the first says how they stand.
        """
        if (
            not order
            or len({candidate.sense.entry.glossary for candidate in self.candidates})
            < 2
        ):
            return self
        reading = self._by.get(order)
        if reading is None:
            if len(self._by) >= _MOST_ORDERS:
                self._by.clear()
            candidates = _decided(self.candidates, order)
            reading = self._by[order] = Senses(candidates, self.tails, order)
        return reading


def _decided(
    candidates: Sequence[LikeSense], order: tuple[str, ...]
) -> list[LikeSense]:
    """Return candidates whose entries have each pair as the first glossary has it."""
    entries = {
        candidate.sense.number: candidate.sense.entry for candidate in candidates
    }
    wordings: dict[int, set[tuple[str, str]]] = {}
    for candidate in candidates:
        wordings.setdefault(candidate.sense.number, set()).add(
            precedence.wording(candidate.sense.term)
        )
    decided = {
        number: precedence.decided(
            entry, entries.values(), order, wordings=wordings[number]
        )
        for number, entry in entries.items()
    }
    ours = []
    for candidate in candidates:
        number, entry, term, key = candidate.sense
        at = next(i for i, own in enumerate(entry.terms) if own is term)
        sense = Sense(number, decided[number], decided[number].terms[at], key)
        ours.append(candidate._replace(sense=sense))
    return ours


def _likelihood(candidate: LikeSense, order: tuple[str, ...]) -> tuple[object, ...]:
    stands = standing(candidate.sense.term, None)
    return (
        MATCHES.index(candidate.tier),
        is_draft(candidate.sense.entry.state),
        bool(order) and not stands.usable,
        precedence.rank(order, candidate.sense.entry.glossary) if order else 0,
        stands,
        candidate.sense.entry.id,
    )
