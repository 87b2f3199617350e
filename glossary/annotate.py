"""Every known term in a running text.

    recognition = Recognition(store)                     # one for a process
    found = annotate(recognition.snapshot(), text, Wanted(from_="zh-Hans"))
    for match in found.matches:
        text[match.start : match.end], match.entry, match.equivalents

The longest match wins; what lies inside it is listed in its `contains`. A term is
recognised as written, folded, or inflected, never by resemblance; `Term.match` and
`Term.case_sensitive` narrow that.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from glossary.entry import Match, Term
from glossary.fold import is_traditional
from glossary.language import UNSPACED, primary
from glossary.occurrence import Occurrence, longest, occurrences
from glossary.query import Wanted
from glossary.recognition import Snapshot
from glossary.standing import ranked, standing, usable

_HAN: Final = re.compile(f"[{UNSPACED}]")
_LATIN: Final = re.compile("[A-Za-z]+")


class Annotated(NamedTuple):
    """The matches of a text in its order, and what was settled for it."""

    from_: str
    to: str
    revision: int
    matches: tuple[Match, ...]


def annotate(snapshot: Snapshot, text: str, wanted: Wanted) -> Annotated:
    """Return the terms of a text."""
    from_ = wanted.from_ or language(text)
    to = wanted.to or other(from_)
    found = occurrences(snapshot, text, wanted)
    chosen = found if wanted.overlaps else longest(found)
    matches = tuple(
        _match(text, each, inside, to, wanted)
        for each, inside in _nested(chosen, found)
    )
    return Annotated(from_, to, snapshot.revision, matches)


def language(text: str) -> str:
    """Return the language that a text is mostly in, told from its script."""
    han = len(_HAN.findall(text))
    words = len(_LATIN.findall(text)) if han else 1
    if words > han:
        return "en"
    return "zh-Hant" if is_traditional(text) else "zh-Hans"


def other(tag: str) -> str:
    """Return the language that a text of this language is translated into."""
    return "en" if primary(tag) == "zh" else "zh-Hans"


def _nested(
    chosen: Sequence[Occurrence], found: Sequence[Occurrence]
) -> Iterator[tuple[Occurrence, list[Occurrence]]]:
    """Yield each chosen place with those that lie inside it; both are in order."""
    at = 0
    for each in chosen:
        while found[at] is not each:
            at += 1
        inside = []
        for other_ in found[at + 1 :]:
            if other_.start >= each.end:
                break
            if other_.end <= each.end:
                inside.append(other_)
        yield each, inside


def _match(
    text: str, each: Occurrence, inside: list[Occurrence], to: str, wanted: Wanted
) -> Match:
    sense = each.senses[0]
    entry, term = sense.entry, sense.term
    into = to if primary(to) != primary(term.lang) else other(term.lang)
    how = {"as_of": wanted.as_of, "issuer": wanted.issuer}
    instead: tuple[Term, ...] = ()
    if not standing(term, wanted.as_of).usable:
        instead = usable(ranked(entry.terms, term.lang, **how), wanted.as_of)
    contains = dict.fromkeys(o.senses[0].entry.id for o in inside)
    contains.pop(entry.id, None)
    return Match(
        start=each.start,
        end=each.end,
        text=text[each.start : each.end],
        entry=entry.id,
        term=term,
        tier=each.tier,
        via=each.via,
        equivalents=ranked(entry.terms, into, **how),
        use=instead,
        contains=tuple(contains),
        also=tuple(s.entry.id for s in each.senses[1:]),
        parts=each.parts,
        glossary=entry.glossary,
        state=entry.state,
    )
