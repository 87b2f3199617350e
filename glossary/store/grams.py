"""What is asked of FTS5: as few of the wanted grams as tell enough."""

from collections.abc import Mapping, Sequence
from typing import Final

from glossary.text import rarity

#: Any of these, in which all of these stand, of each any of these grams.
Wanted = Sequence[Sequence[Sequence[str]]]
#: More grams than this narrow the candidates no further and cost a list each.
_MOST_GRAMS: Final = 4
#: So few terms are compared rather than sifted by another gram.
_FEW_LEFT: Final = 400
#: Words keep company: a further gram leaves at least this part of the terms.
_LEAST_SHARE: Final = 0.1
#: What part of the terms is taken to hold a gram that is not counted.
_UNKNOWN_SHARE: Final = 0.05
#: Of a search that compares nothing itself, fewer should be left.
FEW_MATCHING: Final = 50


def all_of(
    wanted: Sequence[Sequence[str]],
    known: Mapping[str, int],
    size: int,
    *,
    few: int = _FEW_LEFT,
) -> str:
    """Return what FTS5 is asked for: each of the rarest, or one that stands for it.

    As soon as few terms can be left, they are compared rather than sifted further:
    to look for a few thousand numbers in a list of many costs more than that. Nothing
    is returned when a gram that must be there stands in no term.
    """

    def order(one: Sequence[str]) -> tuple[bool, float]:
        if all(gram in known for gram in one):
            return False, sum(known[gram] for gram in one)
        return True, -max(map(rarity, one))

    chosen: list[Sequence[str]] = []
    left = float(size)
    for one in sorted(wanted, key=lambda one: (order(one), one)):
        unknown, frequency = order(one)
        if not unknown and frequency == 0:
            return ""
        if chosen and (len(chosen) == _MOST_GRAMS or left <= few):
            break
        chosen.append(one)
        share = _UNKNOWN_SHARE if unknown else frequency / max(size, 1)
        left *= share if left == size else max(share, _LEAST_SHARE)
    said = [" OR ".join(map(quoted, one)) for one in chosen]
    return "(" + " AND ".join(f"({each})" for each in said) + ")" if said else ""


def quoted(gram: str) -> str:
    """Return a gram as FTS5 takes it."""
    return f'"{gram}"'
