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

from glossary.entry import Match, Meaning, Term
from glossary.fold import is_traditional
from glossary.language import UNSPACED, primary
from glossary.occurrence import Occurrence, Reading, longest, occurrences
from glossary.query import Wanted
from glossary.recognition import Snapshot
from glossary.standing import ranked, standing, usable

_HAN: Final = re.compile(f"[{UNSPACED}]")
#: So many ways of asking are remembered for one wording.
_MOST_SHOWN: Final = 16
#: So many characters of a text tell its language.
_ENOUGH: Final = 2_000
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
    begin = text[:_ENOUGH]
    han = len(begin) - len(_HAN.sub("", begin))
    words = len(_LATIN.findall(begin)) if han else 1
    if words > han:
        return "en"
    return "zh-Hant" if is_traditional(begin) else "zh-Hans"


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
        after = at + 1
        while after < len(found) and found[after].start < each.end:
            if found[after].end <= each.end:
                inside.append(found[after])
            after += 1
        yield each, inside


def _match(
    text: str, each: Occurrence, inside: list[Occurrence], to: str, wanted: Wanted
) -> Match:
    asked = to, wanted.as_of, wanted.issuer
    meaning = each.reading.shown.get(asked)
    if meaning is None:
        if len(each.reading.shown) >= _MOST_SHOWN:
            each.reading.shown.clear()
        meaning = each.reading.shown[asked] = _meaning(each.reading, *asked)
    contains: tuple[str, ...] = ()
    if inside:
        names = dict.fromkeys(o.reading.senses[0].entry.id for o in inside)
        names.pop(meaning.entry, None)
        contains = tuple(names)
    written = text[each.start : each.end]
    return Match(each.start, each.end, written, meaning, contains, each.parts)


def _meaning(
    reading: Reading, to: str, as_of: str | None, issuer: str | None
) -> Meaning:
    _, entry, term, _ = reading.senses[0]
    into = to if primary(to) != primary(term.lang) else other(term.lang)
    instead: tuple[Term, ...] = ()
    if not standing(term, as_of).usable:
        same = ranked(entry.terms, term.lang, as_of=as_of, issuer=issuer)
        instead = usable(same, as_of)
    return Meaning(
        entry=entry.id,
        term=term,
        tier=reading.tier,
        via=reading.via,
        equivalents=ranked(entry.terms, into, as_of=as_of, issuer=issuer),
        use=instead,
        also=tuple(sense.entry.id for sense in reading.senses[1:]),
        glossary=entry.glossary,
        state=entry.state,
    )
