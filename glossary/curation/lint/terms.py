"""What the terms of one entry owe each other: languages, one leader, periods, proof."""

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import combinations, pairwise
from typing import Final

from glossary.curation.lint.flaw import Flaw, flaw
from glossary.entry import USABLE, Entry, Term, bounds, pairing
from glossary.store import IssuerNames
from glossary.text import (
    fold,
    has_bare,
    has_han,
    is_of_acronyms,
    is_word,
    letters_of,
    primary,
    segments,
    stems,
)

_WORKING: Final = {"zh": "zh-Hans", "en": "en"}
_CAPITALS: Final = re.compile(r"[A-Z]{1,3}")
_SHORT_WORD: Final = re.compile(r"[A-Za-z]{1,3}")
_ABBREVIATIONS: Final = frozenset({"acronym", "abbreviation"})
_PLACED = tuple[int, Term]


def flaws(
    entry: Entry, sources: Collection[str] | None, issuers: IssuerNames
) -> Iterator[Flaw]:
    """Yield what is wrong within an entry; without sources, theirs is not asked."""
    yield from _languages(entry)
    yield from _leaders(entry, issuers)
    yield from _periods(entry, issuers)
    yield from _citations(entry, sources)
    yield from _issuers(entry, issuers)
    for at, term in enumerate(entry.terms):
        if term.status in USABLE and _is_short(term):
            yield flaw("short-term", entry.id, f"/terms/{at}/text", text=term.text)
        if has_bare(term.text):
            yield flaw("bare-ellipsis", entry.id, f"/terms/{at}/text", text=term.text)
        if word := _abbreviates_to(term):
            place = f"/terms/{at}/text"
            yield flaw(
                "abbreviation-is-a-word", entry.id, place, text=term.text, word=word
            )


def _languages(entry: Entry) -> Iterator[Flaw]:
    there = {primary(term.lang) for term in entry.terms}
    for language, tag in _WORKING.items():
        if language not in there:
            yield flaw("missing-language", entry.id, "/terms", language=tag)


def _by_language(entry: Entry) -> dict[str, list[_PLACED]]:
    terms: dict[str, list[_PLACED]] = {}
    for at, term in enumerate(entry.terms):
        terms.setdefault(term.lang, []).append((at, term))
    return terms


def _leaders(entry: Entry, issuers: IssuerNames) -> Iterator[Flaw]:
    for lang, terms in _by_language(entry).items():
        preferred = [placed for placed in terms if placed[1].status == "preferred"]
        # A region's own wording (en-GB) may well stand behind the language's.
        if not preferred and lang in {"en", "zh-Hans", "zh-Hant"}:
            yield flaw("no-preferred", entry.id, "/terms", lang=lang)
        for (_, one), (at, other) in combinations(preferred, 2):
            one_issuer = issuers.same(one.issuer) == issuers.same(other.issuer)
            same = one_issuer and not _apart(one, other)
            if same and _render_the_same(entry, one, other):
                place = f"/terms/{at}/status"
                yield flaw(
                    "two-preferred", entry.id, place, text=one.text, other=other.text
                )


def _apart(one: Term, other: Term) -> bool:
    """Say whether the periods of two terms cannot meet."""
    return any(
        first.until is not None
        and second.since is not None
        and bounds(first.until)[1] < bounds(second.since)[1]
        for first, second in ((one, other), (other, one))
    )


def _render_the_same(entry: Entry, one: Term, other: Term) -> bool:
    """Say whether two terms of a language render one wording of another."""
    langs = {primary(t.lang) for t in entry.terms} - {primary(one.lang)}
    if not langs or not any(term.renders for term in entry.terms):
        return True
    return any(
        not {id(t) for t in pairing(entry.terms, one, lang=lang).terms}.isdisjoint(
            id(t) for t in pairing(entry.terms, other, lang=lang).terms
        )
        for lang in langs
    )


def _periods(entry: Entry, issuers: IssuerNames) -> Iterator[Flaw]:
    """Compare each dated wording of an issuer with the one that followed it."""
    for terms in _by_language(entry).values():
        dated: dict[str, list[_PLACED]] = {}
        for at, term in terms:
            if term.since and term.status in {"preferred", "superseded"}:
                dated.setdefault(issuers.same(term.issuer), []).append((at, term))
        for group in dated.values():
            yield from _in_a_row(entry.id, sorted(group, key=lambda p: _start(p[1])))


def _start(term: Term) -> date:
    return bounds(term.since or "0001")[0]


def _in_a_row(entry: str, terms: Sequence[_PLACED]) -> Iterator[Flaw]:
    for (at, old), (_, new) in pairwise(terms):
        if old.status != "superseded" or not old.until or not new.since:
            continue
        place, values = f"/terms/{at}/until", {"text": old.text, "other": new.text}
        last, first = bounds(old.until), bounds(new.since)
        if last[1] + timedelta(days=1) < first[0]:
            yield flaw("period-gap", entry, place, **values)
        elif last[0] > first[1]:
            yield flaw("period-overlap", entry, place, **values)


def _citations(entry: Entry, sources: Collection[str] | None) -> Iterator[Flaw]:
    has_any = False
    for at, term in enumerate(entry.terms):
        for number, citation in enumerate(term.citations):
            has_any = True
            place = f"/terms/{at}/citations/{number}"
            yield from _source(entry.id, citation.source, place, sources)
            yield from _quote(entry.id, citation.quote, term.text, place)
            if (other := citation.counterpart) is not None:
                place = f"{place}/counterpart"
                yield from _source(entry.id, other.source, place, sources)
                yield from _quote(entry.id, other.quote, other.text, place)
    if entry.state == "approved" and not has_any:
        yield flaw("uncited-approved", entry.id, "/state")


def _issuers(entry: Entry, issuers: IssuerNames) -> Iterator[Flaw]:
    """Yield the terms of issuers that are not listed, where somebody is."""
    for at, term in enumerate(entry.terms):
        if term.issuer and issuers.all and issuers.of(term.issuer) is None:
            values = {
                "issuer": term.issuer,
                "names": " · ".join(issuers.nearest(term.issuer)) or "–",
            }
            yield flaw("unknown-issuer", entry.id, f"/terms/{at}/issuer", **values)


def _source(
    entry: str, name: str | None, place: str, sources: Collection[str] | None
) -> Iterator[Flaw]:
    if name and sources is not None and name not in sources:
        yield flaw("unknown-source", entry, f"{place}/source", source=name)


def _quote(entry: str, quote: str, wording: str, place: str) -> Iterator[Flaw]:
    if quote and not _contains(quote, wording):
        values = {"quote": quote, "text": wording}
        yield flaw("quote-without-term", entry, f"{place}/quote", **values)


def _contains(quote: str, wording: str) -> bool:
    """Say whether a quote has a wording in it, inflected or with its gaps filled."""
    if "-" in wording + quote:
        # One writes de-escalate, another deescalate.
        solid = (text.replace("-", "") for text in (quote, wording))
        if _holds(*solid):
            return True
    return _holds(quote, wording)


def _holds(text: str, wording: str) -> bool:
    quote = _padded(text)
    at = 0
    for part in filter(None, map(_padded, segments(wording))):
        start = quote.find(part, at)
        if start < 0:
            return False
        # The space that ends one word begins the next.
        at = start + len(part) - part.endswith(" ")
    return True


@lru_cache(maxsize=4096)
def _padded(text: str) -> str:
    key = stems(fold(text)).key
    return key if not key or has_han(key) else f" {key} "


def _abbreviates_to(term: Term) -> str:
    """Return the English word that an abbreviation is written like, or nothing.

    In capitals it is found in capitals only, and in small letters wherever that word
    stands.
    """
    is_one = term.type in _ABBREVIATIONS or is_of_acronyms(term.text)
    if not is_one or " " in term.text or has_han(term.text):
        return ""
    letters = letters_of(term.text)
    return letters if is_word(letters) else ""


def _is_short(term: Term) -> bool:
    if has_han(term.text):
        return len(term.text) == 1
    if term.case_sensitive:
        return False
    if _CAPITALS.fullmatch(term.text):
        return True
    return term.match != "exact" and _SHORT_WORD.fullmatch(term.text) is not None
