"""Every known term in a running text.

    recognition = Recognition(store)                     # one for a process
    found = annotate(recognition.snapshot(), text, Wanted(from_="zh-Hans"))
    for match in found.matches:
        text[match.start : match.end], match.entry, match.equivalents

The longest match wins; what lies inside it is listed in its `contains`. A term is
recognised as written, folded, or inflected, never by resemblance; `Term.match` and
`Term.case_sensitive` narrow that. An everyday verb that a draft lists beside another
term is shown only to who asks for drafts.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any, Final, NamedTuple

from glossary.entry import (
    Match,
    Meaning,
    banned_anywhere,
    bans,
    dated,
    instead,
    is_draft,
    pairing,
    proof,
    today,
)
from glossary.query import Wanted
from glossary.recognition.longest import longest
from glossary.recognition.occurrences import Occurrence, occurrences
from glossary.recognition.senses import Senses
from glossary.recognition.snapshot import Sense, Snapshot
from glossary.text import (
    are_kin,
    content,
    fold,
    is_word,
    language_of,
    other_language,
    primary,
)

_VERB: Final = "verb"
_ADMITTED: Final = "admitted"
#: Under this name a reading keeps whether it is incidental.
_INCIDENTAL: Final = "incidental"
#: So many ways of asking are remembered for one wording.
_MOST_SHOWN: Final = 16
#: Language wanted, time, the keys of the issuer's names, and the day it is.
_Asked = tuple[str, str | None, frozenset[str] | None, str]


class Annotated(NamedTuple):
    """The matches of a text in its order, and what was settled for it."""

    from_: str
    to: str
    revision: int
    matches: tuple[Match, ...]


#: Both languages and scripts, a short word between others, and what has a compatibility
#: form.
_REHEARSED: Final = """双方重申核武器扩散的风险，構建新型大國關係。
The “Non‑Conflict” of États is reaffirmed…①"""
#: So often it is long enough for the tables that only long texts are folded by.
_OFTEN: Final = 12
#: There are many: without the names of the fields, they are made in half of the time.
_new_match: Final = partial(tuple.__new__, Match)


def rehearse(snapshot: Snapshot) -> None:
    """Mark a text, so that the first one of a process finds loaded what all need."""
    annotate(snapshot, _REHEARSED, Wanted())
    fold(_REHEARSED * _OFTEN)


def annotate(snapshot: Snapshot, text: str, options: Wanted) -> Annotated:
    """Return the terms of a text; raise Invalid for an issuer that nobody is."""
    issuers = snapshot.issuers.keys_of(options.issuer)
    from_ = options.from_ or language_of(text)
    to = options.to or other_language(from_)
    places = occurrences(snapshot, text, options)
    if options.state is None:
        places = [
            occurrence
            for occurrence in places
            if not _is_incidental(occurrence.reading)
        ]
    picks = places if options.overlaps else longest(places, text)
    # What is in force today may not be tomorrow.
    standpoint = to, options.as_of, issuers, "" if options.as_of else today()
    matches = tuple(_matches(text, picks, places, standpoint))
    return Annotated(from_, to, snapshot.revision, matches)


def _matches(
    text: str,
    picks: Sequence[Occurrence],
    places: Sequence[Occurrence],
    standpoint: _Asked,
) -> Iterator[Match]:
    """Yield the match of each chosen place; both lists are in order."""
    at = 0
    for occurrence in picks:
        while places[at] is not occurrence:
            at += 1
        start, end, reading, parts = occurrence
        meaning = reading.memory.get(standpoint)
        if meaning is None:
            if len(reading.memory) >= _MOST_SHOWN:
                reading.memory.clear()
            meaning = reading.memory[standpoint] = _meaning(reading, *standpoint[:3])
        contains: tuple[str, ...] = ()
        if at + 1 < len(places) and places[at + 1].start < end:
            contains = tuple(_inside(places, at, meaning.entry))
        yield _new_match((start, end, text[start:end], meaning, contains, parts))


def _is_incidental(reading: Senses) -> bool:
    """Say whether a wording is an everyday verb that only drafts list as a term."""
    is_aside = reading.memory.get(_INCIDENTAL)
    if is_aside is None:
        is_aside = all(map(_is_aside, reading.senses))
        reading.memory[_INCIDENTAL] = is_aside
    return bool(is_aside)


def _is_aside(sense: Sense) -> bool:
    """Say whether an English verb is listed beside quite another: *remember*.

    The entry is that of *bear in mind*, and nobody has approved it.
    """
    _, entry, term, _ = sense
    if (
        term.part_of_speech != _VERB
        or term.status != _ADMITTED
        or not is_draft(entry.state)
        or not is_word(term.text)
    ):
        return False
    best = entry.best(term.lang)
    own = content(term.text)
    return best is not None and not any(
        are_kin(word, other) for word in own for other in content(best.text)
    )


def _inside(places: Sequence[Occurrence], at: int, entry: str) -> Iterable[str]:
    """Return the other entries that are found within a place."""
    end = places[at].end
    names: dict[str, None] = {}
    for i in range(at + 1, len(places)):
        other = places[i]
        if other.start >= end:
            break
        if other.end <= end:
            names[other.reading.senses[0].entry.id] = None
    names.pop(entry, None)
    return names


def _meaning(
    reading: Senses, to: str, as_of: str | None, issuers: frozenset[str] | None
) -> Meaning:
    _, entry, term, _ = reading.senses[0]
    into = to if primary(to) != primary(term.lang) else other_language(term.lang)
    how: dict[str, Any] = {"as_of": as_of, "issuer": issuers}
    avoided = bans(entry, term, as_of=as_of)
    of_term = dated(entry, as_of=as_of)
    answers = pairing(entry.terms, term, lang=into, **how).terms
    state, documents = proof(entry)
    return Meaning(
        entry=entry.id,
        term=of_term(term),
        tier=reading.tier,
        via=reading.via,
        equivalents=tuple(map(of_term, answers)),
        use=tuple(map(of_term, instead(entry.terms, term, **how) if avoided else ())),
        also=tuple(sense.entry.id for sense in reading.senses[1:]),
        glossary=entry.glossary,
        state=entry.state,
        # What it is to render, nobody knows here.
        banned=avoided and banned_anywhere(entry, term, as_of=as_of),
        proof=state,
        proved_by=documents,
    )
