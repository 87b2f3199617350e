"""Chinese terms for pinyin with a slip in it, for Wade-Giles and for zhuyin."""

from collections.abc import Iterator
from typing import Final

from rapidfuzz.distance import OSA

from glossary.entry import Hit
from glossary.lookup.settled import Asked
from glossary.store import Candidate
from glossary.text import (
    forgiving,
    is_sound,
    of_wade_giles,
    of_zhuyin,
    onsets,
    sound,
)

_Found = list[tuple[Candidate, float, tuple[str, ...]]]
#: One slip is forgiven from so many letters on, two from twice as many.
_ONE_SLIP: Final = 8
_LEAST: Final = 5
_LONGEST: Final = 120


def otherwise_spelt(question: Asked) -> Iterator[list[Hit]]:
    """Yield the terms that zhuyin or Wade-Giles spells, where the query is in it."""
    text = question.query.q
    for name, heard in (
        ("zhuyin", of_zhuyin(text)),
        ("wade-giles", of_wade_giles(text)),
    ):
        if heard:
            scope = question.within("zh")
            candidates = question.store.search.sounding(heard, scope, question.limit)
            yield question.hits("pinyin", [(c, 1.0, (name,)) for c in candidates])
            begun = question.store.search.sounding(
                heard, scope, question.limit, begins=True
            )
            yield question.hits("pinyin", [(c, 0.9, (name,)) for c in begun])


def forgiven(question: Asked) -> list[Hit]:
    """Return the terms whose pinyin the query comes near to, the nearest first.

    zh is as good as z, n as l, in as ing; beside that one letter may be wrong, missing,
    or too much, two in a long query.
    """
    heard = sound(question.query.q)
    slips = min(len(heard) // _ONE_SLIP, 2)
    is_short = heard.isascii() and len(heard) <= _LONGEST
    cut = onsets(heard, odd=2 * slips) if is_short else []
    odd = sum(not is_sound(syllable) for syllable in cut)
    if len(heard) < _LEAST or len(cut) < 2 or odd > slips:
        return []
    wanted = forgiving(heard)
    near: _Found = []
    search, scope = question.store.search, question.within("zh")
    letters = "".join(syllable[0] for syllable in cut)
    begins = "".join(cut[: max(len(cut) // 2, 1)])
    for candidate, sounds in search.spoken_like(letters, begins, scope, question.limit):
        apart = OSA.distance(wanted, forgiving(sounds), score_cutoff=slips)
        if apart <= slips:
            near.append((candidate, round(0.95 - apart / len(heard), 3), ("slip",)))
    best: dict[int, tuple[Candidate, float, tuple[str, ...]]] = {}
    for row in sorted(near, key=lambda f: (-f[1], f[0].rank, len(f[0].key), f[0])):
        best.setdefault(row[0].entry, row)
    return question.hits("pinyin", list(best.values())[: question.query.limit])
