"""What entries owe each other: one concept one entry, relations that hold both ways.

Everything is found by keys in tables, so that time grows with the number of terms and
not with its square; texts are compared only within a block of one English signature.
"""

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final, NamedTuple

from rapidfuzz.distance import Indel

from glossary.curation.lint.flaw import Flaw, flaw
from glossary.entry import USABLE, Entry
from glossary.text import fold, key, primary, stems

_INVERSE: Final = {
    "broader": "narrower",
    "narrower": "broader",
    "part": "whole",
    "whole": "part",
    "related": "related",
    "contrast": "contrast",
    "stronger": "weaker",
    "weaker": "stronger",
}
#: Relations that lead upwards and never back.
_UPWARDS: Final = ("stronger", "broader", "whole")
_NEGATIVE: Final = frozenset({"deprecated", "forbidden"})
#: Words and characters that make no difference between near duplicates.
_LIGHT: Final = frozenset("of and to for in on with by at s".split())
_LIGHT_HAN: Final = re.compile("[的和与及了之]")
_ALIKE: Final = 0.7
#: More entries than this with one English are a list, not duplicates.
_BLOCK: Final = 20


class Wording(NamedTuple):
    """One term as the tables need it."""

    entry: int
    at: int
    lang: str
    text: str
    status: str


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The wordings and relations of many entries, met one after another."""

    ids: list[str] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)
    glossaries: list[str] = field(default_factory=list)
    relations: dict[int, list[tuple[str, str]]] = field(default_factory=dict)
    by_key: dict[str, list[Wording]] = field(default_factory=lambda: defaultdict(list))
    by_sign: dict[str, list[Wording]] = field(default_factory=lambda: defaultdict(list))
    one_script: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def meet(self, entry: Entry) -> None:
        """Take an entry in."""
        number = len(self.ids)
        self.ids.append(entry.id)
        self.places[entry.id] = number
        self.glossaries.append(entry.glossary)
        if entry.relations:
            pairs = [(relation.type, relation.entry) for relation in entry.relations]
            self.relations[number] = pairs
        scripts = {t.lang for t in entry.terms if primary(t.lang) == "zh"}
        for script in {"zh-Hans", "zh-Hant"} - scripts if scripts else ():
            self.one_script[script].append(entry.id)
        for at, term in enumerate(entry.terms):
            lang = primary(term.lang)
            wording = Wording(number, at, lang, term.text, term.status)
            self.by_key[f"{lang} {key(term.text)}"].append(wording)
            if lang == "en" and term.status in USABLE:
                self.by_sign[_signature(term.text)].append(wording)

    def flaws(self, others: Container[str]) -> Iterator[Flaw]:
        """Yield what is wrong between the entries; `others` may be related to, too."""
        for script, lacking in self.one_script.items():
            if 2 * len(lacking) < len(self.ids):
                for name in lacking:
                    yield flaw("missing-script", name, "/terms", language=script)
        yield from self._wordings()
        yield from self._relations(others)
        for kind in _UPWARDS:
            yield from self._circles(kind)

    def _wordings(self) -> Iterator[Flaw]:
        pairs: set[tuple[int, int]] = set()
        common: dict[tuple[int, int], dict[str, Wording]] = defaultdict(dict)
        for group in self.by_key.values():
            if len(group) > 1:
                yield from self._contradictions(group)
                usable = [wording for wording in group if wording.status in USABLE]
                for one, other in self._pairs(usable):
                    common[one.entry, other.entry].setdefault(other.lang, other)
        for pair, wordings in common.items():
            if {"zh", "en"} <= wordings.keys():
                pairs.add(pair)
                texts = (wordings["zh"].text, wordings["en"].text)
                yield self._twin("duplicate", pair, wordings["en"].at, *texts)
        yield from self._near(pairs, common)
        for pair, wordings in common.items():
            if pair not in pairs and not self._are_related(*pair):
                for lang, wording in wordings.items():
                    if code := {"zh": "same-chinese", "en": "same-english"}.get(lang):
                        yield self._shared(code, pair, wording)

    def _near(
        self,
        pairs: set[tuple[int, int]],
        common: dict[tuple[int, int], dict[str, Wording]],
    ) -> Iterator[Flaw]:
        """Yield pairs with the same English words and nearly the same Chinese ones."""
        chinese: dict[int, list[str]] = defaultdict(list)
        for group in self.by_key.values():
            for wording in group:
                if wording.lang == "zh" and wording.status in USABLE:
                    chinese[wording.entry].append(wording.text)
        for group in self.by_sign.values():
            for one, other in self._pairs(group) if len(group) <= _BLOCK else ():
                pair = (one.entry, other.entry)
                if pair in pairs:
                    continue
                both = (chinese[pair[0]], chinese[pair[1]])
                close = "zh" in common.get(pair, ()) or _are_close(*both)
                if close and not self._are_related(*pair):
                    pairs.add(pair)
                    texts = (both[1][0], other.text)
                    yield self._twin("near-duplicate", pair, other.at, *texts)

    def _pairs(self, group: list[Wording]) -> Iterator[tuple[Wording, Wording]]:
        """Yield two wordings each of different entries of one glossary, in order."""
        if len(group) < 2:
            return
        first = {wording.entry: wording for wording in reversed(group)}
        ordered = sorted(first.values())
        # Of a wording that very many entries have, each is told of one other.
        pairs = (
            combinations(ordered, 2)
            if len(ordered) <= _BLOCK
            else ((ordered[0], other) for other in ordered[1:])
        )
        for one, other in pairs:
            if self.glossaries[one.entry] == self.glossaries[other.entry]:
                yield one, other

    def _twin(
        self, code: str, pair: tuple[int, int], at: int, text: str, also: str
    ) -> Flaw:
        """Return a flaw of the later of two entries."""
        one, other = pair
        place = (self.ids[other], f"/terms/{at}/text")
        return flaw(code, *place, other=self.ids[one], text=text, also=also)

    def _shared(self, code: str, pair: tuple[int, int], wording: Wording) -> Flaw:
        place = (self.ids[pair[1]], f"/terms/{wording.at}/text")
        return flaw(code, *place, text=wording.text, other=self.ids[pair[0]])

    def _are_related(self, one: int, other: int) -> bool:
        """Say whether an editor has told two entries apart by relating them."""
        return any(
            target == self.ids[b]
            for a, b in ((one, other), (other, one))
            for _, target in self.relations.get(a, ())
        )

    def _contradictions(self, group: list[Wording]) -> Iterator[Flaw]:
        preferred = next((w for w in group if w.status == "preferred"), None)
        for wording in group:
            if preferred is None or wording.status not in _NEGATIVE:
                continue
            here, there = (self.glossaries[w.entry] for w in (wording, preferred))
            if here == there:
                yield flaw(
                    "forbidden-but-preferred",
                    self.ids[wording.entry],
                    f"/terms/{wording.at}/status",
                    text=wording.text,
                    status=wording.status,
                    other=self.ids[preferred.entry],
                )

    def _relations(self, others: Container[str]) -> Iterator[Flaw]:
        for number, relations in self.relations.items():
            name = self.ids[number]
            for at, (kind, target) in enumerate(relations):
                place = f"/relations/{at}"
                there = self.places.get(target)
                if there is None:
                    if target not in others:
                        yield flaw("dangling-relation", name, place, other=target)
                    continue
                back = (_INVERSE[kind], name)
                if back not in self.relations.get(there, ()):
                    values = {"other": target, "type": back[0]}
                    yield flaw("one-way-relation", name, place, **values)

    def _circles(self, kind: str) -> Iterator[Flaw]:
        """Yield one entry of every circle that relations of a kind make."""
        steps = {
            number: [self.places[t] for k, t in pairs if k == kind and t in self.places]
            for number, pairs in self.relations.items()
        }
        passed: set[int] = set()
        for start, first in steps.items():
            path: dict[int, Iterator[int]] = {start: iter(first)}
            while path and start not in passed:
                number = next(reversed(path))
                after = next(path[number], None)
                if after is None:
                    passed.add(number)
                    del path[number]
                elif after in path:
                    yield flaw(
                        "circular-relation", self.ids[after], "/relations", type=kind
                    )
                elif after not in passed:
                    path[after] = iter(steps.get(after, ()))


def _signature(english: str) -> str:
    """Return the stems of the words that carry a phrase, whatever their order."""
    words = stems(fold(english)).key.split()
    return " ".join(sorted(word for word in words if word not in _LIGHT))


def _are_close(one: Iterable[str], other: Iterable[str]) -> bool:
    texts = [[_LIGHT_HAN.sub("", key(text)) for text in side] for side in (one, other)]
    return any(
        Indel.normalized_similarity(a, b) >= _ALIKE for a in texts[0] for b in texts[1]
    )
