"""What is asked of the index of grams: as few of the wanted ones as tell enough.

It is a value; each engine writes it in its own words.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from glossary import late_pattern
from glossary.text import rarity

#: Any of these, in which all of these stand, of each any of these grams.
Wanted = Sequence[Sequence[Sequence[str]]]
#: All of these, of each any of these grams.
AllOf = tuple[tuple[str, ...], ...]
#: More grams than this narrow the candidates no further and cost a list each.
_MOST_GRAMS: Final = 4
#: So few terms are compared rather than sifted by another gram.
_FEW_LEFT: Final = 400
#: Words keep company: a further gram leaves at least this part of the terms.
_LEAST_SHARE: Final = 0.1
#: What part of the terms is taken to hold a gram that is not counted.
_UNKNOWN_SHARE: Final = 0.05
#: Signs that part a gram of prose in FTS5: those that its tokenizer does not keep.
_PARTED: Final = late_pattern(r"[^\w=&%#@.\u0080-\U0010ffff]|_")
#: Of a search that compares nothing itself, fewer should be left.
FEW_MATCHING: Final = 50


@dataclass(frozen=True, slots=True)
class Sought:
    """What must be held: all of any of these, and of each of `also` any gram."""

    any_of: tuple[AllOf, ...]
    also: AllOf = ()

    def render(self, gram: Callable[[str], str], *, all_: str, any_: str) -> str:
        """Return it in the words of an engine, with brackets wherever they matter.

        >>> sought = Sought(((("a", "b"), ("c",)),), (("d",),))
        >>> sought.render(str, all_=" & ", any_=" | ")
        '((a | b) & (c)) & d'
        """

        def some(one: Sequence[str]) -> str:
            return any_.join(map(gram, one))

        def every(one: AllOf) -> str:
            return f"({all_.join(f'({some(choice)})' for choice in one)})"

        either = any_.join(dict.fromkeys(map(every, self.any_of)))
        either = f"({either})" if len(self.any_of) > 1 else either
        also = [some(one) if len(one) == 1 else f"({some(one)})" for one in self.also]
        return all_.join([either, *also])

    def in_fts5(self, *, prose: bool = False) -> str:
        """Return it as FTS5 takes it, of grams of terms or of those of prose."""
        gram = _quoted_in_prose if prose else _quoted
        return self.render(gram, all_=" AND ", any_=" OR ")


def all_of(
    choices: Sequence[Sequence[str]],
    sizes: Mapping[str, int],
    size: int,
    *,
    few: int = _FEW_LEFT,
) -> AllOf:
    """Return what is asked for: each of the rarest, or one that stands for it.

    As soon as few terms can be left, they are compared rather than sifted further:
    to look for a few thousand numbers in a list of many costs more than that. Nothing
    is returned when a gram that must be there stands in no term.
    """
    ordered: list[tuple[bool, float, Sequence[str]]] = []
    for one in choices:
        counts = [sizes[gram] for gram in one if gram in sizes]
        if len(counts) < len(one):
            ordered.append((True, -max(map(rarity, one)), one))
        elif any(counts):
            ordered.append((False, sum(counts), one))
        else:
            return ()
    ordered.sort()
    rarest: list[Sequence[str]] = []
    remaining = float(size)
    for unknown, frequency, one in ordered:
        if rarest and (len(rarest) == _MOST_GRAMS or remaining <= few):
            break
        rarest.append(one)
        share = _UNKNOWN_SHARE if unknown else frequency / max(size, 1)
        remaining *= share if remaining == size else max(share, _LEAST_SHARE)
    return tuple(tuple(one) for one in rarest)


def each_of(grams: Iterable[str]) -> Sought:
    """Return what holds each of these grams."""
    return Sought((tuple((gram,) for gram in sorted(grams)),))


def _quoted(gram: str) -> str:
    """Return a gram as FTS5 takes it."""
    return f'"{gram}"'


def _quoted_in_prose(gram: str) -> str:
    """Return a gram of prose as FTS5 takes it, which has parted it at some signs.

    Fewer signs stand within a gram there than with terms: =$100 is kept as = and 100.

    >>> _quoted_in_prose("=peace"), _quoted_in_prose("=$100")
    ('"=peace"', '("=" AND "100")')
    """
    parts = _PARTED.sub(" ", gram).split()
    if parts == [gram]:
        return _quoted(gram)
    return f"({' AND '.join(map(_quoted, parts))})"
