"""An entry as a dictionary has it: a headword, what renders it, and what to avoid."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from glossary.entry import USABLE, is_draft
from glossary.entry import Term as Noun
from glossary.formats.noun import KIND
from glossary.formats.pairs import (
    SOURCE,
    TARGET,
    Term,
    nouns_of,
    pairs_of,
    status_of_term,
)
from glossary.formats.record import Drop, Dropped
from glossary.text import key, primary, sound

Entry = Mapping[str, Any]
Sides = tuple[str, str]

#: Both directions of a pair of languages, Chinese first.
BOTH: Final[tuple[Sides, ...]] = ((SOURCE, TARGET), (TARGET, SOURCE))


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
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


def articles_of(
    entry: Entry, drop: Drop, sides: tuple[str, str], nouns: Sequence[Noun] = ()
) -> Iterator[Article]:
    """Yield an article for each usable wording of a language that has a rendering.

    Tell `drop` of wordings that stand in no article. `nouns` are as in `pairs_of`.
    """
    avoid = tuple(
        term["text"]
        for term in entry["terms"]
        if term["lang"] == sides[1] and status_of_term(term) not in USABLE
    )

    def note_lost(loss: Dropped) -> None:
        if loss.value not in avoid or not heads:
            drop(loss)

    heads: dict[str, list[Term]] = {}
    losses: list[Dropped] = []
    for source, target in pairs_of(entry, losses.append, sides=sides, nouns=nouns):
        heads.setdefault(source["text"], [source]).append(target)
    for value_lost in losses:
        note_lost(value_lost)
    definition, notes = entry.get("definition") or {}, entry.get("notes") or {}
    notes_fit = (entry.get("note"), notes.get(sides[1]) or notes.get(sides[0]))
    for text, (source, *targets) in heads.items():
        yield Article(
            entry=entry["id"],
            head=text,
            reading=source.get("reading") or "",
            renderings=tuple(dict.fromkeys(term["text"] for term in targets)),
            avoid=avoid,
            definition=definition.get(sides[1]) or definition.get(sides[0]) or "",
            note="\n".join(filter(None, notes_fit)),
            subjects=tuple(entry.get("subjects") or ()),
            is_draft=is_draft(str(entry.get("state") or "")),
            sides=sides,
        )


def by_direction(
    entries: Collection[Entry], drop: Drop, sides: Sides | None = None
) -> dict[Sides, list[Article]]:
    """Return the articles of both directions, or of one, in the order of entries.

    Tell `drop` of what stands in no article of any direction, once.
    """
    directions = (sides,) if sides else BOTH
    articles: dict[Sides, list[Article]] = {side: [] for side in directions}
    drops: list[list[Dropped]] = [[] for _ in directions]
    for entry in entries:
        nouns = nouns_of(entry)
        for side, losses in zip(directions, drops, strict=True):
            articles[side] += articles_of(entry, losses.append, side, nouns)
    first, *others = drops
    places = [{(loss.entry, loss.pointer) for loss in some} for some in others]
    for loss in first:
        if all((loss.entry, loss.pointer) in some for some in places):
            drop(loss)
    return articles


def by_subject(
    articles: Iterable[Article], labels: Mapping[str, str]
) -> list[tuple[str, list[Article]]]:
    """Return articles under the labels of their subjects, sorted as their language is.

    What has several subjects stands under each; what has none comes last.
    """
    chapters: dict[str, list[Article]] = {}
    for article in articles:
        for subject in article.subjects or ("",):
            chapters.setdefault(subject, []).append(article)
    titles = [
        (labels.get(subject, subject), sorted(some, key=lambda article: article.place))
        for subject, some in chapters.items()
        if subject
    ]
    rest = sorted(chapters.get("", []), key=lambda article: article.place)
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
