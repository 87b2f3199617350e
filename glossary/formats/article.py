"""An entry as a dictionary has it: a headword, what renders it, and what to avoid."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Final, NamedTuple

from glossary.entry import USABLE, codec, is_draft
from glossary.entry import Term as Noun
from glossary.formats.noun import KIND
from glossary.formats.pairs import SOURCE, TARGET, lost, paired
from glossary.formats.record import Drop
from glossary.text import key, primary, sound

#: An entry as a dict, or as its JSON.
Entry = Mapping[str, Any] | str | bytes
Sides = tuple[str, str]

#: Both directions of a pair of languages, Chinese first.
BOTH: Final[tuple[Sides, ...]] = ((SOURCE, TARGET), (TARGET, SOURCE))


class Article(NamedTuple):
    """A wording of one language with its renderings in the other, best first.

    `avoid` are wordings of the other language that are not to be used.
    """

    entry: str
    head: str
    reading: str
    renderings: tuple[str, ...]
    avoid: tuple[str, ...]
    definition: str
    note: str
    subjects: tuple[str, ...]
    is_draft: bool
    sides: tuple[str, str]

    @property
    def place(self) -> tuple[str, str, str]:
        """What it is sorted by: pinyin for Chinese, letters for English."""
        chinese = primary(self.sides[0]) == "zh"
        sort_key = sound(self.reading or self.head) if chinese else key(self.head)
        return sort_key, self.head, self.entry

    @property
    def lines(self) -> list[str]:
        """It without its headword, a line for each thing that is said."""
        words = ["draft"] if self.is_draft else []
        words += [self.reading] if self.reading else []
        words += [*self.renderings]
        words += [f"✗ {text}" for text in self.avoid]
        words += [text for text in (self.definition, self.note) if text]
        return words


@dataclass(slots=True)
class Concept:
    """What an entry says in articles. The noun itself takes longer to be read."""

    id: str
    terms: tuple[Noun, ...]
    state: str | None = None
    subjects: tuple[str, ...] = ()
    definition: Mapping[str, str] | None = None
    note: str | None = None
    notes: Mapping[str, str] | None = None


_read: Final = codec.reader(Concept)


def articles_of(entry: Entry, drop: Drop, sides: Sides) -> Iterator[Article]:
    """Yield an article for each usable wording of a language that has a rendering.

    Tell `drop` of wordings that stand in no article. The entry may come as its JSON.
    """
    concept = concept_of(entry)
    articles, places = _articles(concept, sides)
    for at in places:
        drop(lost(concept.id, at, concept.terms[at], sides))
    yield from articles


def by_direction(
    entries: Iterable[Entry | Concept], drop: Drop, sides: Sides | None = None
) -> dict[Sides, list[Article]]:
    """Return the articles of both directions, or of one, in the order of entries.

    Tell `drop` of what stands in no article of any direction, once.
    """
    directions = (sides,) if sides else BOTH
    articles: dict[Sides, list[Article]] = {side: [] for side in directions}
    for concept in map(concept_of, entries):
        places: list[list[int]] = []
        for side in directions:
            some, places_lost = _articles(concept, side)
            articles[side] += some
            places.append(places_lost)
        first, *others = places
        for at in first:
            if all(at in some_places for some_places in others):
                drop(lost(concept.id, at, concept.terms[at], directions[0]))
    return articles


def concept_of(entry: Entry | Concept) -> Concept:
    """Return what an entry, as a dict or as its JSON, says in articles."""
    if isinstance(entry, Concept):
        return entry
    if isinstance(entry, str | bytes):
        return _read(entry)
    return codec.as_noun(entry, Concept)


def _articles(concept: Concept, sides: Sides) -> tuple[list[Article], list[int]]:
    """Return the articles of an entry, and the places of terms that are in none."""
    terms = concept.terms
    pairs = paired(terms, sides)
    places = {at for pair in pairs for at in pair}
    avoid: tuple[str, ...] = ()
    if len(places) < len(terms):
        avoid = tuple(
            term.text
            for term in terms
            if term.lang == sides[1] and term.status not in USABLE
        )
    places_lost = [
        at
        for at, term in enumerate(terms)
        if at not in places and not (pairs and term.text in avoid)
    ]
    if not pairs:
        return [], places_lost
    heads: dict[str, tuple[Noun, list[str]]] = {}
    for source_at, target_at in pairs:
        source, rendering = terms[source_at], terms[target_at].text
        if source.text not in heads:
            heads[source.text] = (source, [rendering])
        elif rendering not in heads[source.text][1]:
            heads[source.text][1].append(rendering)
    definition, notes = concept.definition or {}, concept.notes or {}
    note = notes.get(sides[1]) or notes.get(sides[0])
    rest = (
        avoid,
        definition.get(sides[1]) or definition.get(sides[0]) or "",
        "\n".join(filter(None, (concept.note, note))),
        concept.subjects,
        is_draft(concept.state or ""),
        sides,
    )
    articles = [
        Article(
            concept.id,
            head,
            "" if source.reading_derived else source.reading or "",
            tuple(renderings),
            *rest,
        )
        for head, (source, renderings) in heads.items()
    ]
    return articles, places_lost


def in_order(articles: Iterable[Article]) -> list[Article]:
    """Return articles as their language sorts them."""
    return sorted(articles, key=attrgetter("place"))


def by_subject(
    articles: Iterable[Article], labels: Mapping[str, str]
) -> list[tuple[str, list[Article]]]:
    """Return articles, which come in order, under the labels of their subjects.

    What has several subjects stands under each; what has none comes last.
    """
    chapters: dict[str, list[Article]] = {}
    for article in articles:
        for subject in article.subjects or ("",):
            chapters.setdefault(subject, []).append(article)
    rest = chapters.pop("", [])
    titles = [
        (labels.get(subject, subject), chapters[subject])
        for subject in sorted(chapters)
    ]
    titles.sort(key=lambda chapter: key(chapter[0]))
    return [*titles, *([("Other · 其他", rest)] if rest else [])]


def labels_of(nouns: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return what subjects are called, in English and Chinese, by their ids."""
    labels = {}
    for noun in nouns:
        if noun[KIND] == "subject":
            label = noun["label"]
            both = (label.get("en"), label.get("zh-Hans"))
            labels[noun["id"]] = " · ".join(filter(None, both)) or noun["id"]
    return labels
