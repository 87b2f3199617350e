"""Chinese terms for a query in pinyin, or in the initials of its syllables."""

from collections.abc import Callable, Iterator
from functools import partial

from glossary.lookup.settled import Asked
from glossary.store import Candidate, Search
from glossary.text import is_sound, sound

_Found = list[tuple[Candidate, float, tuple[str, ...]]]
#: A beginning of fewer letters says too little.
_SHORTEST_BEGINNING = 4
_LONGEST_INITIALS = 24


def spoken(asked: Asked, *, sure: bool) -> Iterator[_Found]:
    """Yield the terms that are read so, abbreviate so, begin so, in this order.

    When the query is `sure` to have been found otherwise, only those that are read
    so are looked for.
    """
    for way in ways(asked, sure=sure):
        yield way(asked.store.search)


def ways(asked: Asked, *, sure: bool = False) -> Iterator[Callable[[Search], _Found]]:
    """Yield the ways in which a search finds what is spoken, one after the other."""
    heard = sound(asked.query.q)
    if not 2 <= len(heard) <= 200 or not heard.isascii():
        return
    for each in _meant(heard):
        yield partial(_sounding, asked, each)
    if sure:
        return
    letters = "".join(asked.query.q.split())
    if letters.isalnum() and len(heard) <= _LONGEST_INITIALS:
        yield partial(_abbreviated, asked, heard)
    if len(heard) < _SHORTEST_BEGINNING:
        return
    if is_sound(heard):
        yield partial(_begun, asked, heard)
    elif letters.isalnum():
        yield partial(_abbreviated, asked, heard, begins=True)


def _sounding(asked: Asked, heard: str, search: Search) -> _Found:
    found = search.sounding(heard, asked.within("zh"), asked.limit)
    return [(candidate, 1.0, ("pinyin",)) for candidate in found]


def _begun(asked: Asked, heard: str, search: Search) -> _Found:
    enough = min(asked.limit, 4 * asked.query.limit)
    found = search.sounding(heard, asked.within("zh"), enough, begins=True)
    return _shortest(found, 0.9, "pinyin", asked)


def _abbreviated(
    asked: Asked, heard: str, search: Search, *, begins: bool = False
) -> _Found:
    found = search.abbreviated(heard, asked.within("zh"), asked.limit, begins=begins)
    if begins:
        return _shortest(found, 0.85, "initials", asked)
    return [(candidate, 0.95, ("initials",)) for candidate in found]


def _meant(heard: str) -> list[str]:
    """Return what may be meant: ü is also typed as yu, and as u.

    >>> _meant("lyuxing"), _meant("nuquan"), _meant("zhuquan")
    (['lyuxing', 'lvxing'], ['nuquan', 'nvquan'], ['zhuquan'])
    """
    other = heard.replace("lyu", "lv").replace("nyu", "nv")
    if other == heard:
        other = heard.replace("nu", "nv").replace("lu", "lv")
    return list(dict.fromkeys([heard, other]))


def _shortest(found: list[Candidate], score: float, via: str, asked: Asked) -> _Found:
    """Return as many of what begins so as are wanted, the shortest first."""
    chosen = sorted(found, key=lambda c: (len(c.key), c.rank, c.key))
    return [(c, score, (via,)) for c in chosen[: 2 * asked.query.limit]]
