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
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from glossary.difference import differences
from glossary.entry import MATCHES, Match, Term
from glossary.fold import fold, is_traditional
from glossary.language import UNSPACED, has_han, primary
from glossary.query import Wanted
from glossary.recognition import Sense, Snapshot
from glossary.standing import ranked, standing
from glossary.tape import Tape, tape, trailing_article

#: Marks that end a sentence; no term goes on behind one that is not its own.
_ENDS: Final = re.compile(r"[。！？；!?;…]|[.:：](?=\s)|\n\s*\n")
#: Marks between Han characters that a term may be written with or without, when what
#: stands on either side is long enough to be no accident.
_PAUSE: Final = re.compile(r"[^\w\s'’‘&%#@§\-‐‑–—·・]+")
_LEAST_SIDE: Final = 3
_HAN: Final = re.compile(f"[{UNSPACED}]")
INFLECTION: Final = "inflection"


class Annotated(NamedTuple):
    """The matches of a text in its order, and what was settled for it."""

    from_: str
    to: str
    revision: int
    matches: tuple[Match, ...]


class Occurrence(NamedTuple):
    """A place in a text, code points, with what stands there: the likeliest first."""

    start: int
    end: int
    tier: str
    via: tuple[str, ...]
    senses: tuple[Sense, ...]
    parts: tuple[tuple[int, int], ...] = ()


def annotate(snapshot: Snapshot, text: str, wanted: Wanted) -> Annotated:
    """Return the terms of a text."""
    from_ = wanted.from_ or language(text)
    to = wanted.to or other(from_)
    found = occurrences(snapshot, text, wanted)
    chosen = found if wanted.overlaps else longest(found)
    return Annotated(
        from_,
        to,
        snapshot.revision,
        tuple(_match(text, each, found, to, wanted) for each in chosen),
    )


def language(text: str) -> str:
    """Return the language that a text is mostly in, told from its script."""
    han = len(_HAN.findall(text))
    words = len(re.findall("[A-Za-z]+", text)) if han else 1
    if words > han:
        return "en"
    return "zh-Hant" if is_traditional(text) else "zh-Hans"


def other(tag: str) -> str:
    """Return the language that a text of this language is translated into."""
    return "en" if primary(tag) == "zh" else "zh-Hans"


def occurrences(snapshot: Snapshot, text: str, wanted: Wanted) -> list[Occurrence]:
    """Return all places where a term stands, in the order of their starts.

    Of two places with one start the longer comes first.
    """
    read = tape(text)
    found: dict[tuple[int, int], list[tuple[str, tuple[str, ...], Sense]]] = {}
    for shelf, hidden in ((snapshot.main, snapshot.hidden), (snapshot.delta, ())):
        raw = shelf.lexicon.find(read.text)
        shelf.foresee({pattern for _, _, pattern in raw})
        for start, end, pattern in raw:
            senses = [
                sense
                for number, sense in shelf.senses(pattern)
                if number not in hidden and _is_wanted(sense, wanted)
            ]
            if senses:
                _place(read, start, end, senses, found)
    return [
        _occurrence(start, end, found[start, end])
        for start, end in sorted(found, key=lambda span: (span[0], -span[1]))
    ]


def longest(found: Sequence[Occurrence]) -> list[Occurrence]:
    """Return places that do not overlap: the longest first, then the leftmost."""
    taken: list[Occurrence] = []
    end = -1
    clash = False
    for each in found:
        if each.start >= end:
            taken.append(each)
            end = each.end
        elif each.end > end:
            clash = True
    return taken if not clash else _settled(found)


def _settled(found: Sequence[Occurrence]) -> list[Occurrence]:
    """Choose where two places cross each other."""
    taken: list[Occurrence] = []
    for each in sorted(found, key=lambda o: (o.start - o.end, o.start)):
        if all(each.end <= t.start or t.end <= each.start for t in taken):
            taken.append(each)
    return sorted(taken)


def _is_wanted(sense: Sense, wanted: Wanted) -> bool:
    if wanted.glossaries and sense.entry.glossary not in wanted.glossaries:
        return False
    return wanted.from_ is None or primary(sense.term.lang) == primary(wanted.from_)


def _place(
    read: Tape,
    start: int,
    end: int,
    senses: Iterable[Sense],
    found: dict[tuple[int, int], list[tuple[str, tuple[str, ...], Sense]]],
) -> None:
    """Note the senses that really stand behind a span of the tape."""
    first, last = read.span(start, end)
    for sense in senses:
        until = last
        if article := trailing_article(sense.key):
            until += len(article) + 1
            if read.folded[last:until] != f" {article}":
                continue
        span = read.source_span(first, until)
        how = likeness(read.source[span[0] : span[1]], sense.term, sense.key)
        if how is not None:
            found.setdefault(span, []).append((*how, sense))


@lru_cache(maxsize=65_536)
def likeness(
    written: str, term: Term, matched_by: str
) -> tuple[str, tuple[str, ...]] | None:
    """Return tier and via of a wording whose tape is a term's; None when it is not it.

    >>> from glossary.entry import Term
    >>> likeness("Seas", Term("en", "sea"), "sea")
    ('inflected', ('inflection',))
    """
    if written == term.text:
        return "exact", ()
    if _breaks(written, term.text):
        return None
    folded = fold(written)
    if folded.key == matched_by:
        tier, via = "folded", differences(folded, fold(term.text))
    else:
        tier, via = "inflected", (INFLECTION,)
    if MATCHES.index(tier) > MATCHES.index(term.match):
        return None
    if term.case_sensitive and not _same_case(written, term.text):
        return None
    return tier, via


def _breaks(written: str, text: str) -> bool:
    """Say whether a sentence ends, or a pause cuts Han characters off, inside."""
    for end in _ENDS.finditer(written):
        if end[0].strip() not in text or not end[0].strip():
            return True
    if not has_han(written):
        return False
    own = set(text)
    return any(
        not own.issuperset(pause[0])
        and has_han(written[pause.start() - 1 : pause.end() + 1])
        and min(_han(written[: pause.start()]), _han(written[pause.end() :]))
        < _LEAST_SIDE
        for pause in _PAUSE.finditer(written)
    )


def _han(text: str) -> int:
    return len(_HAN.findall(text))


def _same_case(written: str, text: str) -> bool:
    """Say whether the letters that two wordings share are of the same case."""
    pairs = zip(
        (c for c in written if c.isalnum()),
        (c for c in text if c.isalnum()),
        strict=False,
    )
    return all(a == b or a.casefold() != b.casefold() for a, b in pairs)


def _occurrence(
    start: int, end: int, found: list[tuple[str, tuple[str, ...], Sense]]
) -> Occurrence:
    """Return one place with one sense for each entry, the likeliest first."""
    found.sort(
        key=lambda f: (
            MATCHES.index(f[0]),
            f[2].entry.state == "draft",
            standing(f[2].term, None),
            f[2].entry.id,
        )
    )
    tier, via, _ = found[0]
    senses = {sense.entry.id: sense for _, _, sense in reversed(found)}
    return Occurrence(start, end, tier, via, tuple(reversed(senses.values())))


def _match(
    text: str, each: Occurrence, found: list[Occurrence], to: str, wanted: Wanted
) -> Match:
    sense = each.senses[0]
    entry, term = sense.entry, sense.term
    inside = [
        o.senses[0].entry.id
        for o in found
        if each.start <= o.start and o.end <= each.end and o is not each
    ]
    wanted_lang = to if primary(to) != primary(term.lang) else other(term.lang)
    instead: tuple[Term, ...] = ()
    if not standing(term, wanted.as_of).usable:
        same = ranked(entry.terms, term.lang, as_of=wanted.as_of, issuer=wanted.issuer)
        instead = tuple(t for t in same if standing(t, wanted.as_of).usable)
    return Match(
        start=each.start,
        end=each.end,
        text=text[each.start : each.end],
        entry=entry.id,
        term=term,
        tier=each.tier,
        via=each.via,
        equivalents=ranked(
            entry.terms, wanted_lang, as_of=wanted.as_of, issuer=wanted.issuer
        ),
        use=instead,
        contains=tuple(dict.fromkeys(i for i in inside if i != entry.id)),
        also=tuple(s.entry.id for s in each.senses[1:]),
        parts=each.parts,
        glossary=entry.glossary,
        state=entry.state,
    )
