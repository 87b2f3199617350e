"""Entries as pairs of a source and its renderings, for formats that hold no more."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from glossary.entry import STATUSES, TERM_TYPES, USABLE, pairing
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
    entry: Mapping[str, Any],
    drop: Drop,
    *,
    sides: tuple[str, str] = DEFAULT_SIDES,
    nouns: Sequence[Noun] = (),
) -> Iterator[tuple[Term, Term]]:
    """Yield every usable term of one language with those of the other that render it.

    Sources stand by their status, the renderings of each best first. Tell `drop` of
    the terms that are in no pair: not to be used, in another language, or without a
    counterpart. Who asks for both directions has the `nouns` of the terms made once.
    """
    from_, to = sides
    terms = nouns or nouns_of(entry)
    places = {id(term): at for at, term in enumerate(terms)}
    sources = [t for t in _worded(terms, from_) if t.status in USABLE]
    targets = {id(term) for term in _worded(terms, to) if term.status in USABLE}
    pairs: list[tuple[int, int]] = []
    for source in sorted(sources, key=lambda term: STATUSES.index(term.status)):
        pairs += [
            (places[id(source)], places[id(target)])
            for target in pairing(terms, source, lang=to).terms
            if id(target) in targets
        ]
    paired = {at for pair in pairs for at in pair}
    for at, data in enumerate(entry["terms"]):
        if at not in paired:
            drop(
                Dropped(entry["id"], f"/terms/{at}", _reason(data, sides), data["text"])
            )
    for source_at, target_at in pairs:
        yield entry["terms"][source_at], entry["terms"][target_at]


def _worded(terms: Sequence[Noun], lang: str) -> list[Noun]:
    """Return the terms of a language; of a region without its own, those of all."""
    own = [term for term in terms if is_chinese_of(term.lang, lang)]
    script = without_region(lang)
    return own or [t for t in terms if t.lang == script and has_region(lang)]


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


def _usable(term: Term) -> bool:
    return status_of_term(term) in USABLE


def _reason(term: Term, sides: tuple[str, str]) -> Message:
    lang = term["lang"]
    if not (is_chinese_of(lang, sides[0]) or is_chinese_of(lang, sides[1])):
        return Message(
            N_("This format holds only %(source)s and %(target)s."),
            source=sides[0],
            target=sides[1],
        )
    if not _usable(term):
        return Message(
            N_("This format holds no terms that are %(status)s."),
            status=status_of_term(term),
        )
    return Message(N_("The entry has no usable term in the other language."))
