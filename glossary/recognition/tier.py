"""Whether a wording in a text is a term, and how near it is to the term as written."""

import re
from functools import lru_cache
from typing import Final

from glossary.entry import MATCHES, Term
from glossary.recognition.symbol import spelt
from glossary.text import UNSPACED, differences, fold, has_han

#: Marks that end a sentence; no term goes on behind one that is not its own.
_ENDS: Final = re.compile(r"[。！？；!?;…]|[.:：](?=\s)|\n\s*\n")
#: Marks between Han characters that a term may be written with or without, when what
#: stands on either side is long enough to be no accident.
_PAUSE: Final = re.compile(r"[^\w\s'’‘&%#@§\-‐‑–—·・]+")
_LEAST_SIDE: Final = 3
_HAN: Final = re.compile(f"[{UNSPACED}]")
INFLECTION: Final = "inflection"


@lru_cache(maxsize=65_536)
def likeness(
    written: str, term: Term, matched_by: str
) -> tuple[str, tuple[str, ...]] | None:
    """Return tier and via of a wording whose tape is a term's; None when it is not it.

    Words with one symbol on the tape are told apart here.

    >>> from glossary.entry.nouns import Term
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
    elif spelt(written) == spelt(term.text):
        tier, via = "inflected", (INFLECTION,)
    else:
        return None
    if MATCHES.index(tier) > MATCHES.index(term.match):
        return None
    if term.case_sensitive and not _same_case(written, term.text):
        return None
    return tier, via


def in_pieces_like(written: str, parts: list[str], term: Term) -> bool:
    """Say whether pieces of a text may be taken for a term.

    `written` is the text from the first piece to the last; no sentence ends in it.
    """
    if term.match != MATCHES[-1] or _breaks_off(written, term.text):
        return False
    return not term.case_sensitive or _same_case("".join(parts), term.text)


def _breaks_off(written: str, text: str) -> bool:
    """Say whether a sentence ends inside that does not end in the term."""
    return any(
        not end[0].strip() or end[0].strip() not in text
        for end in _ENDS.finditer(written)
    )


def _breaks(written: str, text: str) -> bool:
    """Say whether a sentence ends, or a pause cuts Han characters off, inside."""
    if _breaks_off(written, text):
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
