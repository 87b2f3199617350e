"""What may stand between the words of a term: no end of a sentence, no comma.

*In Taiwan, issued* holds no “Taiwan issue”. Quotation marks, hyphens and the periods of
abbreviations do not part words; other marks do, where the term has none itself.
"""

import re
import unicodedata
from itertools import pairwise
from typing import Final

from glossary.recognition.symbol import Word, words
from glossary.text import HAN, has_han, has_periods

#: Marks that end a sentence; no term goes on behind one that is not its own.
_ENDS: Final = re.compile(r"[。！？；!?;…]|[.:：](?=\s)|\n\s*\n")
#: Letters with periods between, before the period that ends them: U.N. Charter.
_ABBREVIATED: Final = re.compile(r"(?<!\w)(?:[^\W\d_]\.)+[^\W\d_]$")
_LONGEST_ABBREVIATION: Final = 20
#: Marks between Han characters that a term may be written with or without, when what
#: stands on either side is long enough to be no accident.
_PAUSE: Final = re.compile(
    r"[^\w\s'’‘&%#@§\-‐‑–—·・®™\u00ad\u200b-\u200f\u2060\ufeff]+|[①-⓿❶-➓㈠-㈩㊀-㊉]"
)
#: Characters on each side of a pause: fewer are an initial or a number.
_LEAST_SIDE: Final = 3
#: Marks that part English words, and dashes that do so with spaces beside them.
_PARTING: Final = re.compile(r"[,;:/\\()\[\]{}<>|.!?•—―、。]|--|\s[-‐‑‒–−]\s")
_COMMA: Final = re.compile(r"[,、]")
_MARK: Final = re.compile(r"[^\w\s'’‘\"“”„«»]")
_HYPHEN: Final = re.compile(r"[-‐‑‒–−/]")
#: A list may have a comma before these or not: “peace, security, and development”.
_LAST_IN_LIST: Final = frozenset({"and", "or", "nor"})


def is_parted(wording: str, text: str) -> bool:
    """Say whether a wording has a pause inside where the term `text` has none."""
    if ends_inside(wording, text):
        return True
    if has_han(wording) and _is_cut_off(wording, text):
        return True
    return are_parted(wording, words(wording), text, words(text))


def may_end_inside(wording: str) -> bool:
    """Say whether a wording has a mark that may end a sentence."""
    return _ENDS.search(wording) is not None


def ends_inside(wording: str, text: str) -> bool:
    """Say whether a sentence ends inside a wording that does not end in the term."""
    return any(
        not end[0].strip()
        or (end[0].strip() not in text and not _abbreviates(wording, end))
        for end in _ENDS.finditer(wording)
    )


def are_parted(
    wording: str, text_words: tuple[Word, ...], text: str, term_words: tuple[Word, ...]
) -> bool:
    """Say whether a mark parts two words of a wording that the term does not part.

    `text_words` are those of `wording`, `term_words` those of the term's `text`: one
    for one.
    """
    if len(text_words) != len(term_words):
        return has_parting(wording, text_words)
    return any(
        one.is_word
        and other.is_word
        and _does_part(_gap(wording, one, other), _gap(text, a, b), other.form, text)
        for (one, other), (a, b) in zip(
            pairwise(text_words), pairwise(term_words), strict=True
        )
    )


def has_parting(wording: str, text_words: tuple[Word, ...]) -> bool:
    """Say whether a mark parts any two words."""
    return any(
        one.is_word and other.is_word and _PARTING.search(_gap(wording, one, other))
        for one, other in pairwise(text_words)
    )


def _gap(text: str, one: Word, other: Word) -> str:
    """Return what stands between two words, without the last period of U.S."""
    gap = text[one.end : other.start]
    if gap.startswith(".") and has_periods(text[one.start : one.end]):
        gap = gap[1:]
    return gap if gap.isascii() else unicodedata.normalize("NFKC", gap)


def _does_part(gap: str, own: str, behind: str, text: str) -> bool:
    """Say whether a gap parts two words, seen beside the same gap of the term."""
    if _COMMA.search(own):
        return gap.strip() != "" and _HYPHEN.fullmatch(gap) is not None
    if _PARTING.search(gap) is None or _MARK.search(own):
        return False
    is_serial = gap.strip() == "," and behind in _LAST_IN_LIST
    return not (is_serial and _COMMA.search(text))


def _abbreviates(wording: str, end: re.Match[str]) -> bool:
    """Say whether a period is the last one of an abbreviation such as U.S."""
    start = max(end.start() - _LONGEST_ABBREVIATION, 0)
    before = wording[start : end.start()]
    return end[0] == "." and _ABBREVIATED.search(before) is not None


def _is_cut_off(wording: str, text: str) -> bool:
    """Say whether a pause cuts Han characters off that are not the term's own."""
    own = set(text)
    return any(
        not own.issuperset(pause[0])
        and has_han(wording[pause.start() - 1 : pause.end() + 1])
        and min(_han(wording[: pause.start()]), _han(wording[pause.end() :]))
        < _LEAST_SIDE
        for pause in _PAUSE.finditer(wording)
    )


def _han(text: str) -> int:
    return len(HAN.findall(text))
