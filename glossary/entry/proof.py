"""What is proved of an entry: that its leading wordings render each other, or less.

A citation proves that a wording exists; with its counterpart it proves that two
wordings render each other. It is computed from the entry and never stored with it.
"""

from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from typing import Final, NamedTuple

from glossary.entry.nouns import STATUSES, USABLE, Citation, Dated, Entry, Term
from glossary.entry.pairing import form, pairing
from glossary.entry.ranking import in_force, twins, usable
from glossary.text import key, primary

#: The pair as such, each of its sides by itself, one side, nothing.
PROOFS: Final = ("pair", "both", "one", "none")
#: What editors call half proved.
HALF: Final = frozenset({"both", "one"})
_CHINESE: Final = "zh-Hans"
_ENGLISH: Final = "en"
#: What a term says, in the order of its class.
_VALUES: Final = attrgetter(*(field.name for field in fields(Term)))


class Proof(NamedTuple):
    """What is proved of the leading pair, and by which documents it is as a pair."""

    state: str
    documents: tuple[str, ...] = ()


def proof(entry: Entry) -> Proof:
    """Return what is proved of an entry's preferred pair, else of its leading one.

    That is the leading Chinese wording and the English one that renders it first. One
    wording in two scripts is one, and a counterpart proves both wordings that it joins.
    """
    if not any(term.citations for term in entry.terms):
        return Proof("none")
    chinese, english = leading_pair(entry)
    counterparts = _counterparts(entry)
    if counterparts:
        joined = _joining(entry, chinese, english) + _joining(entry, english, chinese)
        if joined:
            sources = dict.fromkeys(name for c in joined for name in c.sources)
            return Proof("pair", tuple(sources))
    count = sum(_is_cited(entry, term, counterparts) for term in (chinese, english))
    return Proof(("none", "one", "both")[count])


def leading_pair(entry: Entry) -> tuple[Term | None, Term | None]:
    """Return the leading Chinese wording, and the English one that renders it first."""
    chinese = _leading(entry, _CHINESE)
    if chinese is not None:
        answers = usable(pairing(entry.terms, chinese, lang=_ENGLISH).terms, None)
        if answers:
            return chinese, answers[0]
    return chinese, _leading(entry, _ENGLISH)


def dated(entry: Entry, *, as_of: str | None) -> Callable[[Term], Dated]:
    """Return what tells of the terms of an entry all that is computed of them."""
    ours = [(primary(term.lang), term) for term in entry.terms if term.citations]
    turned = [
        (lang, citation.counterpart.text, other)
        for lang, term in ours
        for citation in term.citations
        if citation.counterpart and (other := citation.turned(term.text))
    ]

    def dated_term(term: Term) -> Dated:
        also: tuple[Citation, ...] = ()
        if ours and (len(ours) > 1 or ours[0][1] is not term):
            also = _also_cited(term, ours, turned)
        values = (*_VALUES(term), in_force(term, as_of), also)
        return Dated(*values)

    return dated_term


def _also_cited(
    term: Term,
    proofs: list[tuple[str, Term]],
    turned: list[tuple[str, str, Citation]],
) -> tuple[Citation, ...]:
    """Return what proves a term without standing with it; see `Dated`."""
    lang = primary(term.lang)
    same = [
        citation
        for tongue, other in proofs
        if other is not term and tongue == lang and key(other.text) == key(term.text)
        for citation in other.citations
    ]
    same += [c for tongue, text, c in turned if tongue != lang and _alike(text, term)]
    if not same:
        return ()
    own = {(c.source, c.quote) for c in term.citations}
    others = {(c.source, c.quote): c for c in same if (c.source, c.quote) not in own}
    return tuple(others.values())


def _alike(text: str, term: Term) -> bool:
    """Say whether a text is a wording, in any script, number and tense."""
    return text == term.text or form(text) == form(term.text)


def _leading(entry: Entry, lang: str) -> Term | None:
    tongue = primary(lang)
    usable_ones = (
        term
        for term in entry.terms
        if term.status in USABLE and primary(term.lang) == tongue
    )
    return min(
        usable_ones,
        key=lambda term: (STATUSES.index(term.status), term.lang != lang),
        default=None,
    )


def _joining(entry: Entry, term: Term | None, other: Term | None) -> list[Citation]:
    """Return the citations of a term whose counterpart is another one."""
    if term is None or other is None:
        return []
    return [
        citation
        for twin in twins(entry, term)
        for citation in twin.citations
        if citation.counterpart is not None and _alike(citation.counterpart.text, other)
    ]


def _is_cited(
    entry: Entry, term: Term | None, counterparts: list[tuple[str, str]]
) -> bool:
    """Say whether a wording stands in a document, by itself or as a counterpart."""
    if term is None:
        return False
    if term.citations or any(twin.citations for twin in twins(entry, term)):
        return True
    return any(
        lang != primary(term.lang) and _alike(text, term) for lang, text in counterparts
    )


def _counterparts(entry: Entry) -> list[tuple[str, str]]:
    """Return the language of each term with a counterpart, and the counterpart."""
    return [
        (primary(term.lang), citation.counterpart.text)
        for term in entry.terms
        for citation in term.citations
        if citation.counterpart is not None
    ]
