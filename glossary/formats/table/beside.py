"""Tables that stand beside each other in the same rows."""

from collections.abc import Mapping, Sequence

from glossary.formats.table.aliases import meaning, normal
from glossary.formats.table.columns import TERMS
from glossary.text import primary


def side_by_side(
    headings: Sequence[str], mapping: Mapping[str, str]
) -> list[list[int]]:
    """Return the places of each of several like tables, or nothing for one table.

    The headings are then the same block several times, each with terms in two
    languages; columns without a heading may stand between. What the caller maps is one
    table.

    >>> side_by_side(["中文", "英文", "", "中文", "英文"], {})
    [[0, 1], [3, 4]]
    >>> side_by_side(["English", "English", "中文"], {})
    []
    """
    places = [at for at, heading in enumerate(headings) if heading]
    names = [normal(headings[at]) for at in places]
    if mapping or len(names) < 4:
        return []
    for size in range(2, len(names) // 2 + 1):
        if len(names) % size == 0 and names == names[:size] * (len(names) // size):
            if len(_languages([headings[at] for at in places[:size]])) < 2:
                return []
            return [places[at : at + size] for at in range(0, len(places), size)]
    return []


def _languages(headings: Sequence[str]) -> set[str]:
    meanings = [m for heading in headings if (m := meaning(heading))]
    sides = {m.field for m in meanings} & {"source", "target"}
    return sides | {primary(m.lang) for m in meanings if m.lang and m.field in TERMS}
