"""Queries with wildcards: `*` for any letters, `?` for any one; and quoted ones."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Self

from glossary.entry import Hit
from glossary.errors import Invalid
from glossary.lookup.settled import Asked
from glossary.message import N_, Problem
from glossary.text import beginning, fold, has_han, required

_WILD: Final = re.compile(r"[*＊]+")
_ONE: Final = re.compile(r"[?？]")
_EITHER: Final = re.compile(r"[*＊?？]")
_ASKING: Final = re.compile(r"(?<=\w)\s*[?？]+\s*$")
_QUOTED: Final = re.compile(r'\s*"([^"]+)"\s*')
#: Characters of a wording, the most that the schema of a term takes.
_LONGEST: Final = 500
#: So many terms with the letters of a pattern are compared with it.
_COMPARED: Final = 4_000


def quoted(q: str) -> str | None:
    """Return what stands between double quotes, or None when that is not all."""
    match = _QUOTED.fullmatch(q)
    return match[1] if match else None


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern over keys: pieces between `*`, in which `?` is one character."""

    pieces: tuple[str, ...]

    @classmethod
    def of(cls, q: str) -> Self | None:
        """Return the pattern of a query, or None when it has no wildcard.

        A question mark at the very end asks a question.
        """
        if not _EITHER.search(q) or quoted(q) is not None:
            return None
        text = _ASKING.sub("", q)
        if not (_WILD.search(text) or _ONE.search(text)):
            return None
        return cls(tuple(map(_folded, _WILD.split(text))))

    def matches(self, text: str) -> bool:
        """Say whether a key fits; the time it takes grows with both lengths only.

        >>> Pattern.of("new * of").matches("new model of")
        True
        """
        first, *rest = self.pieces
        if not rest:
            return len(first) == len(text) and _fits(first, text, 0)
        *middle, last = rest
        end = len(text) - len(last)
        if not _fits(first, text, 0) or end < len(first) or not _fits(last, text, end):
            return False
        at = len(first)
        for piece in middle:
            while at + len(piece) <= end and not _fits(piece, text, at):
                at += 1
            if at + len(piece) > end:
                return False
            at += len(piece)
        return True

    def grams(self) -> set[str]:
        """Return grams that every key that fits has."""
        grams: set[str] = set()
        for number, piece in enumerate(self.pieces):
            for at, literal in enumerate(piece.split("?")):
                text = literal.strip()
                if number == 0 and at == 0 and text:
                    grams.add(beginning(text))
                if len(text) > 2 or has_han(text):
                    grams |= required(text)
        return grams


def like(question: Asked, pattern: Pattern) -> Iterator[list[Hit]]:
    """Yield the terms that fit a pattern, and before them one that is the query.

    Raise Invalid for a pattern with too few letters to look for.
    """
    equal = question.store.search.equal(question.key, question.scope, question.limit)
    yield [
        question.hit(entry, entry.terms[at], "exact", score=1.0, via=())
        for _, at, entry in equal
        if entry.terms[at].text == question.query.q
    ]
    grams = pattern.grams()
    if not grams:
        raise Invalid(
            [
                Problem(
                    "/q",
                    N_(
                        "Beside * and ? a query needs a Chinese character, three "
                        "letters together, or the letters that a term begins with."
                    ),
                )
            ]
        )
    alternatives = [[[gram] for gram in grams]]
    shortest = sum(map(len, pattern.pieces))
    candidates = question.store.search.matching(
        alternatives, question.scope, _COMPARED, lengths=(shortest, _LONGEST)
    )
    matches = [c for c in candidates if pattern.matches(c.key)]
    matches.sort(key=lambda c: (c.rank, len(c.key), c.key))
    yield question.hits(
        "part",
        [
            (c, min(shortest / len(c.key), 0.99), ("pattern",))
            for c in matches[: 3 * question.query.limit]
        ],
    )


def _folded(piece: str) -> str:
    """Fold a piece; a space at its edge stays one where words are spaced."""
    parts = [fold(part).text for part in _ONE.split(piece)]
    text = "?".join(parts)
    head = " " if piece[:1].isspace() and not has_han(text[:1]) and text else ""
    tail = " " if piece[-1:].isspace() and not has_han(text[-1:]) and text else ""
    return head + text + tail


def _fits(piece: str, text: str, at: int) -> bool:
    if "?" not in piece:
        return text.startswith(piece, at)
    return (
        all(
            a in {"?", b}
            for a, b in zip(piece, text[at : at + len(piece)], strict=True)
        )
        if at + len(piece) <= len(text)
        else False
    )
