"""Entries as pairs of a source and its renderings, for formats that hold no more."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from glossary.entry import STATUSES, TERM_TYPES, USABLE, pairings
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
    places = {id(term): at for at, term in enumerate(terms)}
    sources = [term for term in _worded(terms, from_) if term.status in USABLE]
    targets = {id(term) for term in _worded(terms, to) if term.status in USABLE}
    if not sources or not targets:
        return []
    sources.sort(key=lambda term: STATUSES.index(term.status))
    if len(targets) == 1 and not any(term.renders for term in terms):
        only = places[next(iter(targets))]
        return [(places[id(source)], only) for source in sources]
    return [
        (places[id(source)], places[id(target)])
        for source, answers in zip(
            sources, pairings(terms, sources, lang=to), strict=True
        )
        for target in answers.terms
        if id(target) in targets
    ]


def lost(entry: str, at: int, term: Noun, sides: tuple[str, str]) -> Dropped:
    """Return what is told of a term of an entry that is in no pair."""
    return Dropped(entry, f"/terms/{at}", _reason(term, sides), term.text)


def _worded(terms: Sequence[Noun], lang: str) -> list[Noun]:
    """Return the terms of a language; of a region without its own, those of all."""
    langs = {term.lang for term in terms}
    langs_asked = {there for there in langs if is_chinese_of(there, lang)}
    if langs_asked:
        return [term for term in terms if term.lang in langs_asked]
    script = without_region(lang)
    return [term for term in terms if term.lang == script and has_region(lang)]


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


def _reason(term: Noun, sides: tuple[str, str]) -> Message:
    if not (is_chinese_of(term.lang, sides[0]) or is_chinese_of(term.lang, sides[1])):
        return Message(
            N_("This format holds only %(source)s and %(target)s."),
            source=sides[0],
            target=sides[1],
        )
    if term.status not in USABLE:
        return Message(
            N_("This format holds no terms that are %(status)s."), status=term.status
        )
    return Message(N_("The entry has no usable term in the other language."))
