"""Clauses of a sentence and its translation that go together, told by their words."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from glossary.recognition.sentences import Piece
from glossary.recognition.vocabulary import chinese_words, english_of
from glossary.text import are_kin, has_han, heads


class Together(NamedTuple):
    """The numbers of clauses of a source and of its target that go together."""

    source: frozenset[int]
    target: frozenset[int]


def linked(
    texts: tuple[str, str], clauses: tuple[Sequence[Piece], Sequence[Piece]]
) -> Iterator[Together]:
    """Yield the clauses that go together: each goes with that which has most of it.

    One of the texts is Chinese. A Chinese word goes with English ones that render it
    anywhere in the curated glossary.

    >>> texts = "不应干涉内政，应遵守国际法", "obey international law, do not interfere"
    >>> pieces = [Piece(0, 6), Piece(7, 13)], [Piece(0, 22), Piece(23, 40)]
    >>> sorted((*source, *target) for source, target in linked(texts, pieces))
    [(0, 1), (1, 0)]
    """
    parts = [
        [text[slice(*piece)] for piece in pieces]
        for text, pieces in zip(texts, clauses, strict=True)
    ]
    is_chinese = has_han(texts[0])
    chinese, english = parts if is_chinese else parts[::-1]
    words = [[english_of(word) for word in chinese_words(part)] for part in chinese]
    columns = [frozenset(heads(part)) for part in english]
    counts = [[_shared(row, column) for column in columns] for row in words]
    links = {(i, j) for i, row in enumerate(counts) for j in _most(row)}
    links |= {
        (i, j) for j in range(len(columns)) for i in _most([row[j] for row in counts])
    }
    while links:
        first, second = links.pop()
        one, other = {first}, {second}
        while near := {(i, j) for i, j in links if i in one or j in other}:
            links -= near
            one |= {i for i, _ in near}
            other |= {j for _, j in near}
        both = (frozenset(one), frozenset(other))
        yield Together(*(both if is_chinese else both[::-1]))


def _most(counts: Sequence[int]) -> Iterator[int]:
    """Yield the number of the greatest of some counts, if one is."""
    greatest = max(counts, default=0)
    if greatest and counts.count(greatest) == 1:
        yield counts.index(greatest)


def _shared(words: Sequence[Sequence[str]], family: frozenset[str]) -> int:
    """Return how many words have a rendering among some heads."""
    return sum(
        any(are_kin(head, other) for head in two for other in family) for two in words
    )
