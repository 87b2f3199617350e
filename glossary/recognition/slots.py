"""What may stand at the ends of a slot in a text, and what in it.

A slot holds something, up to sixty characters, and no end of a clause: what is found
over a comma may excuse a rendering, but nobody is told of it. An English aside between
two commas that ends where the term goes on is no end: *build bridges, old and new,
between peoples*.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from glossary.recognition.borders import Borders, begins_with_verb
from glossary.recognition.discontinuous import GAP
from glossary.text import has_han, is_owner, is_pronoun

#: How a term was found that has more than one clause in a slot.
LOOSE: Final = (GAP, "punctuation")
_CLAUSE_END: Final = re.compile(r"[,，;；:：](?![0-9])|\s[-–]\s|--|—")
#: An aside of one line between two commas, at the end of what a slot holds.
_ASIDE: Final = re.compile(r"[^,，;；:：—]*,[^,，;；:：—\n]+,\s*")
#: What a preposition forms a word with that may still begin a slot: 就此, 对其.
_POINTED_TO: Final = frozenset("此其之")
#: “Should” and “will”, if a verb follows.
_MODALS: Final = frozenset("应應将將")
#: So many characters tell what the next word is.
_NEAR: Final = 8


def may_be_piece(borders: Borders, start: int, end: int) -> bool:
    """Say whether a piece of a term may stand in a half-open span of a text.

    One character is a word of its own, or stands before what it points to, 就此, or
    before a name that was not known as one: 应王毅外长邀请. A few are whole words.
    """
    text = borders.text
    piece, behind = text[start:end], text[end : end + 1]
    if len(piece) > 1 or not has_han(piece):
        return borders.allow(start, end)
    if borders.is_word(start, end) or borders.begins_guess(start):
        near = text[end : end + _NEAR]
        return piece not in _MODALS or not begins_with_verb(near)
    return behind in _POINTED_TO and borders.is_word(start, end + 1)


def is_parted(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Say whether a clause ends between the half-open spans of a term's pieces."""
    return any(
        _CLAUSE_END.search(text, end, start)
        and not _is_aside(text[end - 1 : start + 1])
        for (_, end), (start, _) in pairwise(spans)
    )


def are_owned(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Say whether owners stand between pieces, and one has a name or is emphatic.

    Mere pronouns are on the tape: such a wording is in one piece.
    """
    gaps = [text[end:start] for (_, end), (start, _) in pairwise(spans)]
    return all(map(is_owner, gaps)) and not all(map(is_pronoun, gaps))


def _is_aside(gap: str) -> bool:
    """Say whether what parts two pieces, with a character of either, is an aside."""
    return not has_han(gap) and _ASIDE.fullmatch(gap, 1, len(gap) - 1) is not None
