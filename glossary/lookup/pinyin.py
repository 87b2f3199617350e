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


def spoken(question: Asked, *, sure: bool) -> Iterator[_Found]:
    """Yield the terms that are read so, abbreviate so, begin so, in this order.

    When the query is `sure` to have been found otherwise, only those that are read
    so are looked for.
    """
    for way in ways(question, sure=sure):
        yield way(question.store.search)


def ways(
    question: Asked, *, sure: bool = False
) -> Iterator[Callable[[Search], _Found]]:
    """Yield the ways in which a search finds what is spoken, one after the other."""
    pinyin = sound(question.query.q)
    if not 2 <= len(pinyin) <= 200 or not pinyin.isascii():
        return
    for sounds in _meant(pinyin):
        yield partial(_sounding, question, sounds)
    if sure:
        return
    letters = "".join(question.query.q.split())
    if letters.isalnum() and len(pinyin) <= _LONGEST_INITIALS:
        yield partial(_abbreviated, question, pinyin)
    if len(pinyin) < _SHORTEST_BEGINNING:
        return
    if is_sound(pinyin):
        yield partial(_begun, question, pinyin)
    elif letters.isalnum():
        yield partial(_abbreviated, question, pinyin, begins=True)


def _sounding(question: Asked, letters: str, search: Search) -> _Found:
    candidates = search.sounding(letters, question.within("zh"), question.limit)
    return [(candidate, 1.0, ("pinyin",)) for candidate in candidates]


def _begun(question: Asked, letters: str, search: Search) -> _Found:
    enough = min(question.limit, 4 * question.query.limit)
    candidates = search.sounding(letters, question.within("zh"), enough, begins=True)
    return _shortest(candidates, 0.9, "pinyin", question)


def _abbreviated(
    question: Asked, letters: str, search: Search, *, begins: bool = False
) -> _Found:
    candidates = search.abbreviated(
        letters, question.within("zh"), question.limit, begins=begins
    )
    if begins:
        return _shortest(candidates, 0.85, "initials", question)
    return [(candidate, 0.95, ("initials",)) for candidate in candidates]


def _meant(letters: str) -> list[str]:
    """Return what may be meant: ü is also typed as yu, and as u.

    >>> _meant("lyuxing"), _meant("nuquan"), _meant("zhuquan")
    (['lyuxing', 'lvxing'], ['nuquan', 'nvquan'], ['zhuquan'])
    """
    other = letters.replace("lyu", "lv").replace("nyu", "nv")
    if other == letters:
        other = letters.replace("nu", "nv").replace("lu", "lv")
    return list(dict.fromkeys([letters, other]))


def _shortest(
    candidates: list[Candidate], score: float, via: str, question: Asked
) -> _Found:
    """Return as many of what begins so as are wanted, the shortest first."""
    shortest = sorted(candidates, key=lambda c: (len(c.key), c.rank, c.key))
    return [(c, score, (via,)) for c in shortest[: 2 * question.query.limit]]
