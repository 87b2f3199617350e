"""Why something that is not rendered word for word need not be missing.

A check accuses only where the words of the rendering are gone: where less than half of
the content words of every accepted rendering is left in the sentence that goes with the
source's, and in its neighbours, after the words that render other terms are taken out.
Words that are as much left in the source, outside of the term, prove nothing: they
render what stands there.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Final

from glossary.entry import ADVICE, EXPECTATIONS, Entry, is_draft
from glossary.recognition.alignment import Alignment, Bead
from glossary.recognition.demand import Demand
from glossary.recognition.naming import (
    is_called,
    is_named,
    is_state,
    pointed_at,
)
from glossary.recognition.natures import EXCUSES, is_phrase, nature
from glossary.recognition.occurrences import Occurrence
from glossary.recognition.qualifiers import (
    before,
    is_lost,
    is_of_another_field,
    of_term,
)
from glossary.recognition.remains import Remains, Rest, has_word
from glossary.recognition.sentences import Piece
from glossary.recognition.traces import is_left, is_one_word, is_part, is_spoilt
from glossary.text import content, has_han

_BEGIN: Final = attrgetter("start")
_END: Final = attrgetter("end")
#: So many characters are looked at beside the place where a rendering is likely.
_NEAR: Final = 200
DRAFT: Final = "draft"
_SHORT: Final = 2
#: What may stand for a term that was named before.
_PRONOUN: Final = re.compile(r"\b(?:it|they|them)\b|它", re.IGNORECASE)
#: What a pronoun of the other language renders.
_POINTING: Final = re.compile(
    r"\b(?:its?|they|them|their|this|these)\b|[它其该該]|[他她]们"
    r"|此(?![项項种種类類次外])|之(?=[，。；、！？]|$)",
    re.IGNORECASE,
)
_SHORT_FORMS: Final = frozenset({"acronym", "abbreviation"})


class Doubts:
    """What is left on either side of a pair once its terms are settled."""

    def __init__(
        self,
        source: Remains,
        target: Remains,
        alignment: Alignment,
        unsettled: Mapping[str, Sequence[Piece]],
        there: Collection[str],
    ) -> None:
        self._unsettled = unsettled
        #: The entries that stand in the target.
        self._there = there
        self._source = source
        self._target = target
        self._alignment = alignment
        #: What was pointed at so often, by entry and part of the target.
        self._pointed: Counter[tuple[str, Piece]] = Counter()

    def of(self, target: Remains, unsettled: Mapping[str, Sequence[Piece]]) -> "Doubts":
        """Return the doubts of a term of which more is left in the target."""
        return Doubts(self._source, target, self._alignment, unsettled, self._there)

    def reason(
        self,
        occurrence: Occurrence,
        demands: Sequence[Demand],
        *,
        is_repeated: bool,
        is_elsewhere: bool,
    ) -> str | None:
        """Return a code for why a term need not be missing, None where it is.

        `is_repeated` says that the term was rendered before, `is_elsewhere` that it is
        rendered anywhere.
        """
        plain = self.plain(occurrence, demands)
        number = self._alignment.number(occurrence.start)
        own = self._near(occurrence, self._alignment.own(number))
        is_settled = plain not in {None, DRAFT} or (
            is_repeated and not self._is_remade(demands, own)
        )
        is_cut = not is_settled and (
            self._is_cut(demands, own) or self._is_regraded(occurrence, own)
        )
        if plain is not None and not is_cut:
            return plain
        around = self._near(occurrence, self._alignment.around(number))
        if not is_cut and (
            self._is_left(demands, own) or self._is_left(demands, around, whole=True)
        ):
            return "paraphrase"
        if any(
            self._target.has_text(demand.term.text, own.target) for demand in demands
        ):
            return "untranslated"
        is_said_again = is_repeated and (
            demands[0].term.type in _SHORT_FORMS
            or is_state(demands[0].entry)
            or self._is_pronoun(own)
        )
        if is_said_again or (is_elsewhere and self._is_pointed_at(demands, own)):
            return "repeated"
        if any(self._is_named(demand, own) for demand in demands):
            return "name"
        code = self._vague(demands, own)
        return None if is_cut and code == DRAFT else code

    def is_whole(
        self, demands: Iterable[Demand], occurrence: Occurrence, there: Occurrence
    ) -> bool:
        """Say whether a place is a part of a rendering all of whose words are there.

        That is 强烈不满 of 强烈不满和坚决反对 in 强烈不满、坚决反对.
        """
        part = self._target.text[there.start : there.end]
        number = self._alignment.number(occurrence.start)
        target = Rest(self._target.text[slice(*self._alignment.own(number).target)])
        return any(
            is_part(part, text)
            and is_left(text, target, Rest(""), whole=True, half=False)
            for demand in demands
            for text in demand.expected
        )

    def _is_cut(self, demands: Iterable[Demand], near: Bead) -> bool:
        """Say whether what is left of a term is another: *two communiqués* of three.

        A word that grades it is gone, a number, its name, a member of a list, that
        which makes it the contrary, or of what field it is, for which another stands.
        """
        target = self._target.rest(near.target)
        source = self._source.text[slice(*near.source)]
        texts = source, self._target.text[slice(*near.target)]
        return all(
            is_lost(of_term(demand.term.text, demand.expected), target.text)
            or is_of_another_field(demand.term.text, demand.expected, texts)
            or is_spoilt(demand.expected, target)
            for demand in demands
        )

    def _is_remade(self, demands: Iterable[Demand], near: Bead) -> bool:
        """Say whether a phrase said again has several words, but not all of them.

        A translator says *the partnership* for short, no *cooperative partnership*.
        """
        target = self._target.rest(near.target)
        for text in (text for d in demands for text in d.expected if not has_han(text)):
            words = content(text)
            there = tuple(word for word in words if target.english.count(word))
            if words[-1:] == there[-1:] and _SHORT <= len(there) < len(words):
                return True
        return False

    def _is_regraded(self, occurrence: Occurrence, near: Bead) -> bool:
        """Say whether a word that grades a term stands before it, and is gone."""
        grade = before(self._source.text, occurrence.start)
        return grade is not None and not grade.stands_in(
            self._target.text[slice(*near.target)]
        )

    def _vague(self, demands: Iterable[Demand], near: Bead) -> str | None:
        """Return a code for a term that any text may have in other words."""
        if any(nature(demand).is_common for demand in demands):
            return "one-word"
        drafts = (d for d in demands if is_draft(d.entry.state))
        return DRAFT if any(self._is_touched(d, near) for d in drafts) else None

    def is_gone(self, demands: Iterable[Demand], occurrence: Occurrence) -> bool:
        """Say whether nothing of a phrase of four Han characters is left."""
        own = self._alignment.own(self._alignment.number(occurrence.start))
        return all(
            any(map(is_phrase, (d.term.text, *d.expected)))
            and not self._is_touched(d, own)
            for d in demands
        )

    def _is_touched(self, demand: Demand, near: Bead) -> bool:
        """Say whether anything of a rendering is left, or a pronoun stands there."""
        target = self._target.rest(near.target)
        if _PRONOUN.search(target.text):
            return True
        return any(has_word(text, target) for text in demand.expected)

    def _is_named(self, demand: Demand, near: Bead) -> bool:
        """Say whether a State or a party is named otherwise: by its capital, 党."""
        entry = demand.entry
        target, source = self._target.rest(near.target), self._source.rest(near.source)
        if not is_state(entry):
            return is_called(demand.expected, target.text)
        if any(r.type == "part" and r.entry in self._there for r in entry.relations):
            return True
        return is_named(entry, target, source)

    def plain(
        self,
        occurrence: Occurrence,
        demands: Sequence[Demand],
        *,
        instead: Entry | None = None,
    ) -> str | None:
        """Return a code for a term that never accuses, whatever stands there.

        `instead` is an entry that it is told apart from, if that stands there: then it
        is no matter of style, nor of a draft, if the other is none.
        """
        wording = self._source.text[occurrence.start : occurrence.end]
        expectation = max((d.expectation for d in demands), key=EXPECTATIONS.index)
        if expectation == ADVICE:
            return "everyday"
        natures = [*map(nature, demands)]
        for code in EXCUSES[: 1 if instead else None]:
            if any(code in own.excuses for own in natures):
                return code
        if all(own.is_title for own in natures) and wording.islower():
            return "case"
        if (
            occurrence.tier == "inflected"
            and natures[0].is_plain
            and not is_state(demands[0].entry)
        ):
            return "inflected"
        if instead is not None and not is_draft(instead.state):
            return None
        return DRAFT if any(own.is_unsure for own in natures) else None

    def _near(self, occurrence: Occurrence, bead: Bead) -> Bead:
        """Return what of a bead lies near a place, by length, on both sides.

        There is more only in texts without the ends of sentences.
        """
        ours, theirs = bead
        if ours.end - ours.start <= _NEAR and theirs.end - theirs.start <= _NEAR:
            return bead
        share = (occurrence.start - ours.start) / max(ours.end - ours.start, 1)
        middle = theirs.start + int(share * (theirs.end - theirs.start))
        return Bead(
            _around(occurrence.start, ours, _NEAR), _around(middle, theirs, 3 * _NEAR)
        )

    def _is_pronoun(self, near: Bead) -> bool:
        """Say whether there are more pronouns in a target than in its source."""
        here = _POINTING.findall(self._source.text, *near.source)
        return len(_PRONOUN.findall(self._target.text, *near.target)) > len(here)

    def _is_pointed_at(self, demands: Iterable[Demand], near: Bead) -> bool:
        """Say whether the head of a rendering stands for it: 该会, *such agencies*.

        Each place stands for one term.
        """
        target, source = self._target.rest(near.target), self._source.rest(near.source)
        for demand in demands:
            name = demand.entry.id, near.target
            own = pointed_at(demand.term.text, source.text) + self._pointed[name]
            if any(pointed_at(text, target.text) > own for text in demand.expected):
                self._pointed[name] += 1
                return True
        return False

    def _is_left(
        self, demands: Iterable[Demand], near: Bead, *, whole: bool = False
    ) -> bool:
        target = self._target.rest(near.target)
        for demand in demands:
            places = self._unsettled.get(demand.entry.id, ())
            first = bisect_right(places, near.source.start, key=_END)
            behind = bisect_left(places, near.source.end, key=_BEGIN)
            source = self._source.rest(near.source, places[first:behind])
            half = not whole and is_one_word(demand.term.text)
            for text in demand.expected:
                if is_left(text, target, source, whole=whole, half=half):
                    return True
        return False


def _around(at: int, piece: Piece, reach: int) -> Piece:
    return Piece(max(piece.start, at - reach), min(piece.end, at + reach))
