"""What folding had to overlook to make two texts one, for the `via` of a hit."""

import re
import unicodedata
from itertools import pairwise
from typing import Final

from rapidfuzz.distance import Levenshtein

from glossary.text.fold import Folded
from glossary.text.piece import Difference
from glossary.text.script import UNIT, has_han

#: Every name that `via` may hold for a folded hit, in the order they are listed.
ORDER: Final = (
    "case",
    "width",
    "script",
    "punctuation",
    "hyphen",
    "space",
    "accent",
    "spelling",
    "article",
)


def compared(q: Folded, text: Folded) -> tuple[Difference, ...]:
    """Return a query and a text in pieces, in order: Han by characters, else by words.

    What folding overlooks makes no difference; what both have is spelt as in the text.

    >>> from glossary.text.fold import fold
    >>> [(d.text, d.side) for d in compared(fold("国务院副总理"), fold("国务院总理"))]
    [('国务院', 'both'), ('副', 'query'), ('总理', 'both')]
    >>> [(d.text, d.side) for d in compared(fold("vice consul"), fold("Consul"))]
    [('vice', 'query'), ('Consul', 'both')]
    """
    ours, theirs = list(UNIT.finditer(q.text)), list(UNIT.finditer(text.text))
    pieces: list[Difference] = []
    steps = Levenshtein.opcodes(
        [unit[0] for unit in ours], [unit[0] for unit in theirs]
    )
    for step in steps:
        equal = step.tag == "equal"
        if not equal:
            pieces += _piece(q, ours[step.src_start : step.src_end], "query")
        side = "both" if equal else "term"
        pieces += _piece(text, theirs[step.dest_start : step.dest_end], side)
    return tuple(pieces)


def _piece(plain: Folded, units: list[re.Match[str]], side: str) -> list[Difference]:
    """Return what a few neighbouring units are in the text as it is written."""
    if not units:
        return []
    start, end = plain.span(units[0].start(), units[-1].end())
    return [Difference(plain.source[start:end], side)]


def differences(a: Folded, b: Folded) -> tuple[str, ...]:
    """Name what differs between two texts of one key; nothing when none does.

    >>> from glossary.text.fold import fold
    >>> differences(fold("Major-Country"), fold("major country"))
    ('case', 'hyphen')
    """
    if a.source == b.source:
        return ()
    unlike = {"article"} if bool(a.article) != bool(b.article) else set()
    (before_a, *pieces_a), (before_b, *pieces_b) = _pieces(a), _pieces(b)
    unlike |= _marks(before_a, before_b)
    for one, other in zip(pieces_a, pieces_b, strict=True):
        if not one or not other:
            # One character became several (ﬁ), or a letter was added (fulfil).
            plain = a.source.isascii() and b.source.isascii()
            unlike.add("spelling" if plain else "width")
        elif one != other:
            unlike |= _compared(one, other)
    return tuple(name for name in ORDER if name in unlike)


def _pieces(plain: Folded) -> list[str]:
    """Cut the source where each character of the key begins; first what precedes."""
    places = range(len(plain.source))
    if not plain.article and plain.origin in (places, tuple(places)):
        return ["", *plain.source]
    begins = list(plain.origin[plain.article :])
    start = 0 if not plain.article else begins[0]
    edges = [start, *begins, len(plain.source)]
    return [plain.source[x:y] for x, y in pairwise(edges)]


def _compared(one: str, other: str) -> set[str]:
    """Name what differs between two pieces: a letter or mark, and what follows it."""
    if one[0].isalnum() and other[0].isalnum():
        return _letters(one[0], other[0]) | _marks(one[1:], other[1:])
    return _marks(one, other)


def _letters(one: str, other: str) -> set[str]:
    """Name what differs between two letters."""
    if one == other:
        return set()
    if one.casefold() == other.casefold():
        return {"case"}
    plain = [unicodedata.normalize("NFKC", letter) for letter in (one, other)]
    if max(len(form.casefold()) for form in plain) > 1:
        return {"width"}
    if plain[0].casefold() == plain[1].casefold():
        return {"width"} if plain[0] == plain[1] else {"width", "case"}
    if has_han(one) and has_han(other):
        return {"script"}
    bare = {unicodedata.normalize("NFKD", form)[0].casefold() for form in plain}
    return {"accent"} if len(bare) == 1 else {"spelling"}


def _marks(one: str, other: str) -> set[str]:
    """Name what differs between two runs of what is no letter, or of dropped letters.

    A space that only makes way for a hyphen or a comma is not named beside it.
    """
    if one == other:
        return set()
    marks = {_mark(c) for c in one} ^ {_mark(c) for c in other}
    if not marks:
        plain = {unicodedata.normalize("NFKC", run) for run in (one, other)}
        return {"width"} if len(plain) == 1 else {_mark(one[0])}
    return marks if marks == {"space"} else marks - {"space"}


def _mark(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Pd":
        return "hyphen"
    if category[0] in "ZC":
        return "space"
    # Raised letters and figures, and those in circles, number notes.
    if category[0] in "PS" or category in {"No", "Lm"}:
        return "punctuation"
    return "accent" if category[0] == "M" else "spelling"
