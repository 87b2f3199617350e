"""Entries as pairs of a source and its renderings, for formats that hold no more."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from glossary.entry import STATUSES, TERM_TYPES, USABLE, renderings
from glossary.entry import Term as Noun
from glossary.formats.record import Drop, Dropped
from glossary.message import N_, Message
from glossary.text import has_region, is_chinese_of, without_region

SOURCE: Final = "zh-Hans"
TARGET: Final = "en"
#: The direction of a list that is asked for without one.
DEFAULT_SIDES: Final = (SOURCE, TARGET)

Term = Mapping[str, Any]


def pairs_of(
    entry: Mapping[str, Any], drop: Drop, *, sides: tuple[str, str] = DEFAULT_SIDES
) -> Iterator[tuple[Term, Term]]:
    """Yield every usable term of one language with those of the other that render it.

    Sources stand by their status, the renderings of each best first. Tell `drop` of
    the terms that are in no pair: not to be used, in another language, or without a
    counterpart.
    """
    terms = nouns_of(entry)
    pairs = paired(terms, sides)
    paired_places = {at for pair in pairs for at in pair}
    for at, term in enumerate(terms):
        if at not in paired_places:
            drop(lost(entry["id"], at, term, sides))
    for source_at, target_at in pairs:
        yield entry["terms"][source_at], entry["terms"][target_at]


def paired(terms: Sequence[Noun], sides: tuple[str, str]) -> list[tuple[int, int]]:
    """Return the places of the terms of pairs, in the order of `pairs_of`."""
    from_, to = sides
    sources = _usable(terms, from_)
    places = {id(terms[at]): at for at in _usable(terms, to)}
    if not sources or not places:
        return []
    if len(sources) > 1:
        sources.sort(key=lambda at: STATUSES.index(terms[at].status))
    if len(places) == 1 and not any(term.renders for term in terms):
        (only,) = places.values()
        return [(source, only) for source in sources]
    answers = renderings(terms, [terms[at] for at in sources], lang=to)
    return [
        (source, places[id(target)])
        for source, some in zip(sources, answers, strict=True)
        for target in some
        if id(target) in places
    ]


def lost(entry: str, at: int, term: Noun, sides: tuple[str, str]) -> Dropped:
    """Return what is told of a term of an entry that is in no pair."""
    return Dropped(
        entry, f"/terms/{at}", _reason(term.lang, term.status, sides), term.text
    )


def _usable(terms: Sequence[Noun], lang: str) -> list[int]:
    """Return the places of the usable terms of a language.

    Of a region that has no terms of its own they are those of all.
    """
    tags = _tags_of(tuple([term.lang for term in terms]), lang)
    return [
        at
        for at, term in enumerate(terms)
        if term.lang in tags and term.status in USABLE
    ]


@lru_cache(maxsize=4096)
def _tags_of(tags: tuple[str, ...], lang: str) -> frozenset[str]:
    """Return those of an entry's tags that stand for a language."""
    tags_asked = frozenset(tag for tag in tags if is_chinese_of(tag, lang))
    if tags_asked or not has_region(lang):
        return tags_asked
    return frozenset({without_region(lang)})


def nouns_of(entry: Mapping[str, Any]) -> list[Noun]:
    """Return the nouns of an entry's terms, in their order."""
    return [term_of(data) for data in entry["terms"]]


def term_of(data: Term) -> Noun:
    """Return the noun of a term, as far as it tells what renders what."""
    return Noun(
        data["lang"],
        data["text"],
        status_of_term(data),
        data.get("type") or TERM_TYPES[0],
        data.get("part_of_speech"),
        since=data.get("since"),
        until=data.get("until"),
        renders=tuple(data.get("renders") or ()),
    )


def status_of_term(term: Term) -> str:
    """Return a term's status, the usual one when it says none."""
    return str(term.get("status") or "admitted")


@lru_cache(maxsize=1024)
def _reason(lang: str, status: str, sides: tuple[str, str]) -> Message:
    """Return why a term of a language, with its status, is in no pair."""
    if not (is_chinese_of(lang, sides[0]) or is_chinese_of(lang, sides[1])):
        return Message(
            N_("This format holds only %(source)s and %(target)s."),
            source=sides[0],
            target=sides[1],
        )
    if status not in USABLE:
        return Message(
            N_("This format holds no terms that are %(status)s."), status=status
        )
    return Message(N_("The entry has no usable term in the other language."))
