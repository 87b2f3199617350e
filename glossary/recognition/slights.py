"""What is too slight to accuse a translation of where nothing stands instead.

Outside of official prose, which tells itself by the set phrases around a place, a short
word, a verb and another form of a phrase are everyday language, and an everyday text
says them in its own way. The short name of a State is left out by good translators
wherever the sentence has it already, but not of a list of States. A brief sentence has
nothing to spare: what is gone from it is missing.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from operator import attrgetter
from typing import Final

from glossary.entry import Finding
from glossary.recognition.alignment import Alignment
from glossary.recognition.demand import Demand
from glossary.recognition.initials import are_spelt, capitals_of, phrase_of
from glossary.recognition.naming import is_state
from glossary.recognition.natures import EVERYDAY
from glossary.recognition.occurrences import ANY_LANGUAGE, Occurrence
from glossary.text import FUNCTION_WORDS, HAN, has_han, primary

_BEGIN: Final = attrgetter("start")
#: A Chinese wording of so many characters is a set phrase, a shorter one a word.
_PHRASE: Final = 4
#: A sentence of fewer Han characters is a brief one, or of three times the letters.
_BRIEF: Final = 20
_LETTERS: Final = 3.2
#: So many other set phrases around a place tell that the prose is official.
_OFFICIAL: Final = 1
#: What stands between the members of a list.
_AND: Final = re.compile(r"\s*(?:[、,，及和与與]|(?:, )?(?:and|or|as well as))\s*")
#: The same in a list of phrases, of which a comma parts clauses too in Chinese.
_LISTED: Final = re.compile(r"、|,? (?:and|as well as) |, ")


class Slights:
    """What surrounds the places of a source: set phrases and lists."""

    def __init__(
        self,
        source: str,
        occurrences: Sequence[Occurrence],
        alignment: Alignment,
    ) -> None:
        self._source = source
        self._terms = occurrences
        self._alignment = alignment
        #: The set phrases that are rendered: where they begin, and their entries.
        self._phrases: list[tuple[int, str]] = []
        self._starts: set[int] = set()
        #: What the source writes out some letters as, looked for once.
        self._long_forms: dict[str, str | None] = {}
        #: Whether a sentence is brief, by its number.
        self._brief: dict[int, bool] = {}
        #: The entries of set phrases that are rendered around a bead, by its number.
        self._near: dict[int, frozenset[str]] = {}

    def note(
        self, occurrences: Sequence[Occurrence], verdicts: Mapping[int, Finding]
    ) -> None:
        """Note which terms of the source are rendered."""
        self._phrases = sorted(
            (occurrences[i].start, finding.entry or "")
            for i, finding in verdicts.items()
            if finding.is_right
            and not is_state(occurrences[i].senses[0].entry)
            and any(
                span is not None and len(HAN.findall(span.text)) >= _PHRASE
                for span in (finding.source, finding.target)
            )
        )
        self._starts = {start for start, _ in self._phrases}
        self._near.clear()

    def reason(self, occurrence: Occurrence, demands: Sequence[Demand]) -> str | None:
        """Return a code for a term that is too slight to be missed, else None."""
        if any(demand.is_insisted for demand in demands) or self._is_brief(occurrence):
            return None
        if any(is_state(demand.entry) for demand in demands):
            is_short = all(map(_is_short, demands))
            return "name" if is_short and not self._is_listed(occurrence) else None
        return None if self._is_official(occurrence) else _everyday(occurrence, demands)

    def is_anothers(self, occurrence: Occurrence, demands: Sequence[Demand]) -> bool:
        """Say whether a few letters may well stand for something that no entry has.

        The source writes them out as another thing, or it is no official prose and
        nowhere names what they stand for.
        """
        letters = capitals_of(self._source[occurrence.start : occurrence.end])
        if letters is None or any(map(_is_told, demands)):
            return False
        if letters not in self._long_forms:
            self._long_forms[letters] = phrase_of(self._source, letters)
        phrase = self._long_forms[letters]
        if phrase is not None:
            wordings = [term.text for d in demands for term in d.entry.terms]
            return not are_spelt(wordings, phrase)
        return not (self._is_official(occurrence) or self._is_written(demands, letters))

    def _is_written(self, demands: Sequence[Demand], letters: str) -> bool:
        """Say whether an entry stands in the source in other words than its letters."""
        ids = {demand.entry.id for demand in demands}
        return any(
            not ids.isdisjoint(sense.entry.id for sense in other.senses)
            and capitals_of(self._source[other.start : other.end]) != letters
            for other in self._terms
        )

    def _is_brief(self, occurrence: Occurrence) -> bool:
        """Say whether a sentence is so short that nothing tells what prose it is."""
        number = self._alignment.number(occurrence.start)
        if number not in self._brief:
            sentence = self._source[slice(*self._alignment.own(number).source)]
            han = len(HAN.findall(sentence))
            width = han + (len(sentence) - han) / _LETTERS
            self._brief[number] = width < _BRIEF
        return self._brief[number]

    def _is_official(self, occurrence: Occurrence) -> bool:
        """Say whether other set phrases are rendered around a place."""
        number = self._alignment.number(occurrence.start)
        return self.is_official(number, {s.entry.id for s in occurrence.senses})

    def is_official(self, number: int, own: Collection[str] = ()) -> bool:
        """Say whether set phrases are rendered around a bead, other than its own."""
        return len(self._entries_near(number).difference(own)) >= _OFFICIAL

    def _entries_near(self, number: int) -> frozenset[str]:
        """Return the entries whose set phrases are rendered around a bead."""
        entries = self._near.get(number)
        if entries is None:
            near = self._alignment.around(number).source
            first = bisect_left(self._phrases, (near.start, ""))
            behind = bisect_left(self._phrases, (near.end, ""))
            entries = frozenset(entry for _, entry in self._phrases[first:behind])
            self._near[number] = entries
        return entries

    def has_phrase(self, number: int) -> bool:
        """Say whether a set phrase stands in the source of a bead, rendered or not."""
        own = self._alignment.own(number).source
        first = bisect_left(self._terms, own.start, key=_BEGIN)
        behind = bisect_left(self._terms, own.end, key=_BEGIN)
        return any(
            not is_state(sense.entry)
            and any(len(HAN.findall(t.text)) >= _PHRASE for t in sense.entry.terms)
            for occurrence in self._terms[first:behind]
            for sense in occurrence.senses
        )

    def is_member(self, occurrence: Occurrence) -> bool:
        """Say whether a set phrase stands in a list beside one that is rendered.

        Nobody leaves out a member of such a list, nor says it in a word or two.
        """
        at = bisect_left(self._terms, occurrence.start, key=_BEGIN)
        return any(
            first >= 0
            and first + 1 < len(self._terms)
            and self._terms[other].start in self._starts
            and _LISTED.fullmatch(
                self._source, self._terms[first].end, self._terms[first + 1].start
            )
            for first, other in ((at - 1, at - 1), (at, at + 1))
        )

    def _is_listed(self, occurrence: Occurrence) -> bool:
        """Say whether the name of a State stands in a list of States."""
        at = bisect_left(self._terms, occurrence.start, key=_BEGIN)
        for first, last in ((at - 1, at), (at, at + 1)):
            if first >= 0 and last < len(self._terms):
                one, other = self._terms[first], self._terms[last]
                between = self._source[one.end : other.start]
                both = (one.senses[0].entry, other.senses[0].entry)
                if all(map(is_state, both)) and _AND.fullmatch(between):
                    return True
        return False


def _is_told(demand: Demand) -> bool:
    """Say whether letters stand for one thing: an editor says so, or they are a name.

    The name of a State is known to all, and a term of any language is itself.
    """
    is_universal = primary(demand.term.lang) == ANY_LANGUAGE
    return is_universal or demand.is_insisted or is_state(demand.entry)


def _everyday(occurrence: Occurrence, demands: Sequence[Demand]) -> str | None:
    """Return a code for a term that is everyday language, else None."""
    if all(map(_is_short, demands)) and not any(map(_is_name, demands)):
        return "one-word"
    if any(demand.term.part_of_speech in EVERYDAY for demand in demands):
        return "everyday"
    return "inflected" if occurrence.tier == "inflected" else None


def _is_short(demand: Demand) -> bool:
    """Say whether a term is short in Chinese: 人权, 西班牙."""
    text = demand.term.text if has_han(demand.term.text) else demand.expected[0]
    return 0 < len(HAN.findall(text)) < _PHRASE


def _is_name(demand: Demand) -> bool:
    """Say whether a term is written in capitals: *South China Sea*, 南海."""
    english = [t for t in (demand.term.text, *demand.expected) if not has_han(t)]
    words = [w for w in " ".join(english[:1]).split() if w not in FUNCTION_WORDS]
    return bool(words) and all(word[:1].isupper() for word in words)
