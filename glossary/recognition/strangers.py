"""Wordings of a translation that nothing in its source explains.

Where a term is not rendered, and just there something stands that the source does not
have, the one stands for the other: *Niger* for 尼日利亚. That is told from both sides:
nothing of either wording is left in the other text. It weighs more than what might
excuse the term by itself: some words of it that stand about, or that it is a draft.
"""

from bisect import bisect_left
from collections.abc import Container, Sequence
from functools import cached_property
from operator import attrgetter
from typing import Final

from glossary.entry import ADVICE, Span, expectation, usable
from glossary.recognition.alignment import Alignment
from glossary.recognition.demand import Demand
from glossary.recognition.naming import is_hinted, is_state
from glossary.recognition.occurrences import Occurrence
from glossary.recognition.remains import Remains, Rest, has_word
from glossary.recognition.renderings import Cover
from glossary.recognition.rivals import Rival
from glossary.recognition.sentences import Piece
from glossary.recognition.traces import is_left, told_apart
from glossary.text import content, has_han, primary

_BEGIN: Final = attrgetter("start")
#: A wording of so many words of English, or characters of Chinese, is a phrase.
_WORDS: Final = 2
_CHARACTERS: Final = 3
#: A rendering stands at most so far from where it is likely, in parts of its sentence.
_FAR: Final = 0.5
#: What stands for a term that a check may miss stands just there.
_HERE: Final = 0.1
#: In a short sentence, anything is near.
_SHORT: Final = 20
#: Excuses of a term for which something else stands that hold no more.
_WEAK: Final = frozenset({None, "draft", "paraphrase", "inflected", "repeated", "case"})
_NOUN: Final = "noun"
_EVERYDAY: Final = "everyday"
#: What excuses the name of a State, unless it is another State's that stands there.
_NAME: Final = "name"


class Strangers:
    """The terms of a target that are not of its source."""

    def __init__(
        self,
        leading: Sequence[Occurrence],
        in_source: Container[str],
        remains: tuple[Remains, Remains],
        alignment: Alignment,
    ) -> None:
        self._leading, self._in_source = leading, in_source
        self._source, self._target = remains
        self._alignment = alignment
        self._rival_places: set[Occurrence] = set()

    @cached_property
    def _places(self) -> list[Occurrence]:
        return [
            occurrence
            for occurrence in self._leading
            if not occurrence.parts
            and not any(
                sense.entry.id in self._in_source for sense in occurrence.senses
            )
            and _is_telling(occurrence)
        ]

    def of(
        self, remains: tuple[Remains, Remains], spans: Sequence[Span]
    ) -> "Strangers":
        """Return these as a term sees them for which more is left of both texts.

        What stands in some spans for parts of the term may stand for it.
        """
        strangers = Strangers(self._leading, self._in_source, remains, self._alignment)
        strangers._rival_places = {
            place
            for place in self._rival_places
            if not any(place[:2] == (span.start, span.end) for span in spans)
        }
        return strangers

    def note(self, others: "Strangers") -> None:
        """Note what stands for a term by others, so that it stands for no more."""
        self._rival_places |= others._rival_places

    def instead(
        self,
        demands: Sequence[Demand],
        occurrence: Occurrence,
        cover: Cover,
        reason: str | None,
    ) -> Rival | None:
        """Return what stands where a term of the source should, if nothing explains it.

        `reason` is what excuses the term otherwise. Each place is returned once. For a
        term that a check may miss nothing stands, unless it is a noun of several words
        in both languages, no word of it is left, and the other stands just where that
        should.
        """
        is_phrase = self._is_phrase(occurrence)
        is_advice = any(demand.expectation == ADVICE for demand in demands)
        if is_advice and not (is_phrase and all(map(_is_set_noun, demands))):
            return None
        entry = demands[0].entry
        is_weak = reason in _WEAK or (reason == _EVERYDAY and is_phrase)
        if (not is_weak and reason != _NAME) or not self._places:
            return None
        number = self._alignment.number(occurrence.start)
        own = self._alignment.own(number)
        length = own.target.end - own.target.start
        if is_advice and any(
            has_word(text, Rest(self._target.text[slice(*own.target)]))
            for demand in demands
            for text in demand.expected
        ):
            return None
        share = (occurrence.start - own.source.start) / max(
            own.source.end - own.source.start, 1
        )
        likely = own.target.start + share * length
        far = max((_HERE if is_advice else _FAR) * length, _SHORT)
        first = bisect_left(self._places, own.target.start, key=_BEGIN)
        behind = bisect_left(self._places, own.target.end, key=_BEGIN)
        places = self._places[first:behind]
        for place in sorted(places, key=lambda at: abs(at.start - likely)):
            are_states = is_state(entry) and _are_states(place)
            if reason == _NAME and not are_states:
                continue
            if abs(place.start - likely) > far and not are_states:
                continue
            if place in self._rival_places or cover.overlaps(place):
                continue
            if not self.is_explained(place, occurrence):
                self._rival_places.add(place)
                return Rival(place.senses[0].entry, place, "missing")
        return None

    def _is_phrase(self, occurrence: Occurrence) -> bool:
        """Say whether a term of the source has several words, however usual it is."""
        return _has_words(self._source.text[occurrence.start : occurrence.end])

    def is_explained(self, stranger: Occurrence, occurrence: Occurrence) -> bool:
        """Say whether the source around a term has something of what stands there.

        What a name is made of may be a part of the term itself: 尼日尔, 尼日利亚.
        """
        near = self._alignment.around(self._alignment.number(occurrence.start))
        source = self._source.rest(near.source)
        target = self._target.rest(near.target, (Piece(stranger.start, stranger.end),))
        before = self._source.text[near.source.start : occurrence.start]
        behind = self._source.text[occurrence.end : near.source.end]
        lang = "zh" if has_han(source.text) else "en"
        wording = self._source.text[occurrence.start : occurrence.end]
        return any(
            is_hinted(sense.entry, f"{before} {behind}")
            if is_state(sense.entry)
            else any(
                self._has(term.text, wording, source, target)
                for term in usable(sense.entry.terms, None)
                if primary(term.lang) == lang
            )
            for sense in stranger.senses
        )

    def _has(self, text: str, wording: str, source: Rest, target: Rest) -> bool:
        """Say whether a source has something of a wording beside what is written."""
        apart = told_apart(text, wording)
        if apart is not None:
            return has_word(apart, source)
        if is_left(text, source, target, whole=False, half=True):
            return True
        # What the term has too tells nothing: the *code* of a *code of conduct* does.
        own = set(content(text)).difference(content(wording))
        return bool(own) and not has_han(text) and all(map(source.english.count, own))


def _has_words(text: str) -> bool:
    """Say whether a wording has several words."""
    if has_han(text):
        return len(text) > _CHARACTERS
    return len(content(text)) >= _WORDS


def _is_set_noun(demand: Demand) -> bool:
    """Say whether a term is a noun that has several words in both languages."""
    return demand.term.part_of_speech == _NOUN and all(map(_has_words, demand.expected))


def _are_states(place: Occurrence) -> bool:
    return all(is_state(sense.entry) for sense in place.senses)


def _is_telling(place: Occurrence) -> bool:
    """Say whether a wording is a name or a phrase, no everyday word.

    What a check may miss is everyday: *Jordan* is a first name too.
    """
    if any(expectation(s.entry, s.term) == ADVICE for s in place.senses):
        return False
    if _are_states(place):
        return True
    text = place.senses[0].term.text
    if has_han(text):
        return len(text) >= _CHARACTERS
    return len(content(text)) >= _WORDS
