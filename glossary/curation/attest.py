"""What a document with its translation proves: citations, and renderings not yet known.

    recognition = Recognition(store)
    found = attest(recognition.snapshot(), source, paragraphs)

A term that stands in a paragraph and, in the other language, in the same paragraph is
attested: both wordings may cite the document. Where only one side is known, the wording
of the other side that resembles the entry's is proposed as a new rendering. All this is
for an editor, who takes out what is wrong and accepts the rest.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from glossary.curation import changes
from glossary.curation.guess import unlisted
from glossary.entry import (
    ATTESTATIONS,
    Attestation,
    Citation,
    Counterpart,
    Entry,
    Source,
    Term,
    bans,
    codec,
)
from glossary.errors import Invalid
from glossary.message import N_, Message, Problem
from glossary.query import Pair, Wanted
from glossary.recognition import Occurrence, Sense, Snapshot, longest, occurrences
from glossary.store import Store
from glossary.text import primary

CITATION, RENDERING = ATTESTATIONS
#: Characters: a longer one is no wording, but a sentence that was told apart wrongly.
_LONGEST_QUOTE: Final = 200


@dataclass(frozen=True, slots=True)
class Rendered:
    """A term and its counterpart as they stand in one paragraph, counted from 1."""

    paragraph: int
    entry: str
    chinese: str
    english: str


@dataclass(frozen=True, slots=True)
class Attested:
    """What was found: the renderings used, in the order of the text, and what for."""

    source: Source
    paragraphs: int
    rendered: tuple[Rendered, ...]
    attestations: tuple[Attestation, ...]


def attest(
    snapshot: Snapshot,
    source: Source,
    paragraphs: Iterable[Pair],
    *,
    glossaries: frozenset[str] = frozenset(),
) -> Attested:
    """Return what a document proves; each pair has English first, then Chinese."""
    rendered: list[Rendered] = []
    attestations: dict[tuple[str, str, str], Attestation] = {}
    number = 0
    for number, pair in enumerate(paragraphs, start=1):
        both = _Paragraph(snapshot, source, number, pair, glossaries)
        rendered += both.rendered()
        for attestation in both.attestations():
            place = (attestation.entry, attestation.lang, attestation.text.casefold())
            attestations.setdefault(place, attestation)
    return Attested(source, number, tuple(rendered), tuple(attestations.values()))


@dataclass(frozen=True)
class _ParagraphSide:
    """One language of a paragraph: every place of each entry, and those that lead."""

    text: str
    lang: str
    places: Mapping[str, list[tuple[Occurrence, Sense]]]
    leading: Sequence[Occurrence]

    @cached_property
    def _lead(self) -> frozenset[int]:
        """The identities of the places that lead."""
        return frozenset(map(id, self.leading))

    def leads(self, entry: str) -> bool:
        """Say whether an entry is meant by a place that no longer one swallows."""
        return any(id(place) in self._lead for place, _ in self.places.get(entry, ()))

    def written(self, place: Occurrence) -> str:
        return self.text[place.start : place.end]


class _Paragraph:
    """A paragraph in both languages, with what is known on either side."""

    def __init__(
        self,
        snapshot: Snapshot,
        source: Source,
        number: int,
        pair: Pair,
        glossaries: frozenset[str],
    ) -> None:
        self._source, self._number = source, number
        self._english = _side(snapshot, pair.source, "en", glossaries)
        self._chinese = _side(snapshot, pair.target, "zh-Hans", glossaries)
        self._entries = {
            **{name: _entry(p) for name, p in self._chinese.places.items()},
            **{name: _entry(p) for name, p in self._english.places.items()},
        }

    def rendered(self) -> Iterator[Rendered]:
        """Yield the pairs of wordings, in the order of the Chinese text."""
        for name in self._both():
            one, other = (s.places[name][0][0] for s in (self._chinese, self._english))
            yield Rendered(
                self._number,
                name,
                self._chinese.written(one),
                self._english.written(other),
            )

    def attestations(self) -> Iterator[Attestation]:
        """Yield citations of what stands on both sides, and new renderings."""
        for name in self._both():
            beside = self._counterpart(name)
            for side in (self._chinese, self._english):
                for place, sense in _widest(side.places[name]):
                    if not self._is_cited(sense.term):
                        # Stored once, with the English, it proves both.
                        joined = beside if side is self._english else None
                        yield self._cited(side, place, sense, joined)
        for own, other in (
            (self._chinese, self._english),
            (self._english, self._chinese),
        ):
            for name, places in own.places.items():
                if name not in other.places and own.leads(name):
                    yield from self._unlisted(places[0], own, other)

    def _both(self) -> Iterator[str]:
        for name in self._chinese.places:
            if name in self._english.places and (
                self._chinese.leads(name) or self._english.leads(name)
            ):
                yield name

    def _counterpart(self, name: str) -> Counterpart | None:
        """Return the one wording that an entry has in the Chinese; None for several."""
        places = {
            s.term.text: place for place, s in _widest(self._chinese.places[name])
        }
        if len(places) != 1:
            return None
        ((text, place),) = places.items()
        return Counterpart(text, self._chinese.written(place))

    def _is_cited(self, term: Term) -> bool:
        return any(citation.source == self._source.id for citation in term.citations)

    def _cited(
        self,
        side: _ParagraphSide,
        place: Occurrence,
        sense: Sense,
        counterpart: Counterpart | None,
    ) -> Attestation:
        term = sense.term
        return Attestation(
            CITATION,
            sense.entry.id,
            term.lang,
            term.text,
            term.status,
            self._number,
            self._citation(side.written(place), counterpart),
            state=sense.entry.state,
        )

    def _citation(self, quote: str, counterpart: Counterpart | None = None) -> Citation:
        locator = f"para. {self._number}"
        return Citation(self._source.id, locator, quote, counterpart)

    def _unlisted(
        self,
        place_and_sense: tuple[Occurrence, Sense],
        side: _ParagraphSide,
        other: _ParagraphSide,
    ) -> Iterator[Attestation]:
        place, sense = place_and_sense
        entry = sense.entry
        wordings = [
            term.text
            for term in entry.terms
            if primary(term.lang) == primary(other.lang)
            and not bans(entry, term, as_of=None)
        ]
        others = [(occurrence.start, occurrence.end) for occurrence in other.leading]
        span = unlisted(other.text, other.lang, wordings, others)
        if span is None or span[1] - span[0] > _LONGEST_QUOTE:
            return
        text = other.text[slice(*span)]
        yield Attestation(
            RENDERING,
            entry.id,
            other.lang,
            text,
            "admitted",
            self._number,
            self._citation(text),
            side.written(place),
            entry.state,
        )


def _entry(places: Sequence[tuple[Occurrence, Sense]]) -> Entry:
    return places[0][1].entry


def _widest(
    places: Sequence[tuple[Occurrence, Sense]],
) -> Iterator[tuple[Occurrence, Sense]]:
    """Yield the places of an entry that stand in one piece and in no other of it.

    Who writes 朝鲜半岛局势 has not used the short form 半岛局势.
    """
    reach = -1
    for place, sense in places:
        # They stand by their starts, of one start the longer first.
        if not place.parts and place.end > reach:
            reach = place.end
            yield place, sense


def _side(
    snapshot: Snapshot, text: str, lang: str, glossaries: frozenset[str]
) -> _ParagraphSide:
    places_found = occurrences(
        snapshot, text, Wanted(from_=lang, glossaries=glossaries)
    )
    places: dict[str, list[tuple[Occurrence, Sense]]] = {}
    for occurrence in places_found:
        for sense in occurrence.senses:
            places.setdefault(sense.entry.id, []).append((occurrence, sense))
    return _ParagraphSide(text, lang, places, longest(places_found, text))


def accept(
    store: Store,
    source: Source,
    attestations: Iterable[Attestation],
    *,
    by: str,
) -> list[Entry]:
    """Write attestations into their entries, one new version each; return the entries.

    The source is stored first. A citation or a term that is there already is left as
    it is. Raise NotFound when an entry is gone, and Invalid when a term that is to be
    cited is.
    """
    with store.write(by=by) as write:
        write.nouns.put(source)
    by_entry: dict[str, list[Attestation]] = {}
    for attestation in attestations:
        by_entry.setdefault(attestation.entry, []).append(attestation)
    entries = []
    for name, accepted in by_entry.items():
        old = store.entry(name)
        terms = list(old.terms)
        for attestation in accepted:
            _put(terms, attestation)
        if tuple(terms) != old.terms:
            merge = {"terms": codec.plain(terms)}
            knows = old.version.__eq__
            entries.append(changes.patch(store, name, merge, knows=knows, by=by))
    return entries


def _put(terms: list[Term], attestation: Attestation) -> None:
    """Give a term a citation, or the list a term."""
    citation = attestation.citation
    for at, term in enumerate(terms):
        if (term.lang, term.text) == (attestation.lang, attestation.text):
            citations = {replace(proof, counterpart=None) for proof in term.citations}
            if replace(citation, counterpart=None) not in citations:
                terms[at] = replace(term, citations=(*term.citations, citation))
            return
    if attestation.kind == CITATION:
        message = Message(
            N_("The entry “%(id)s” no longer has the term “%(text)s”."),
            id=attestation.entry,
            text=attestation.text,
        )
        raise Invalid([Problem("/terms", message)])
    term_new = Term(
        attestation.lang, attestation.text, attestation.status, citations=(citation,)
    )
    terms.append(term_new)
