"""Chinese terms for pinyin with a slip in it, for Wade-Giles and for zhuyin."""

from collections.abc import Iterable, Iterator
from typing import Final

from rapidfuzz.distance import OSA

from glossary.entry import Hit
from glossary.lookup.settled import Asked
from glossary.recognition import han_words_among
from glossary.store import Candidate
from glossary.text import (
    breaks_a_syllable,
    derived,
    forgiving,
    is_sound,
    of_wade_giles,
    of_zhuyin,
    onsets,
    sound,
    sounding,
)

_Found = list[tuple[Candidate, float, tuple[str, ...]]]
#: One slip is forgiven from so many letters on, two from twice as many.
_ONE_SLIP: Final = 8
_LEAST: Final = 5
#: Syllables of a query that may be an ordinary word.
_WORD: Final = 2
#: Of so many syllables, the slip may stand in what an early one begins with.
_MANY: Final = 4
_LONGEST: Final = 120
#: So many characters of a key are more than it has syllables: 1.5轨 is two.
_MORE: Final = 4


def otherwise_spelt(question: Asked) -> Iterator[list[Hit]]:
    """Yield the terms that zhuyin or Wade-Giles spells, where the query is in it."""
    text = question.query.q
    for name, letters in (
        ("zhuyin", of_zhuyin(text)),
        ("wade-giles", of_wade_giles(text)),
    ):
        if letters:
            scope = question.within("zh")
            candidates = question.store.search.sounding(letters, scope, question.limit)
            yield question.hits("pinyin", [(c, 1.0, (name,)) for c in candidates])
            beginning = question.store.search.sounding(
                letters, scope, question.limit, begins=True
            )
            whole = [c for c in beginning if not breaks_a_syllable(letters, c.key)]
            yield question.hits("pinyin", [(c, 0.9, (name,)) for c in whole])


def forgiven(question: Asked) -> list[Hit]:
    """Return the terms whose pinyin the query comes near to, the nearest first.

    zh is as good as z, n as l, in as ing; beside that one letter may be wrong, missing,
    or too much, two in a long query. A short query tells less: what differs from it
    twice is only similar, and so is all that does where the query is a word as it is
    typed: *fangzi* is 房子, and 反制 only sounds like it.
    """
    pinyin = sound(question.query.q)
    slips = min(len(pinyin) // _ONE_SLIP, 2)
    is_short = pinyin.isascii() and len(pinyin) <= _LONGEST
    cut = onsets(pinyin, odd=2 * slips) if is_short else []
    odd = sum(not is_sound(syllable) for syllable in cut)
    if len(pinyin) < _LEAST or len(cut) < 2 or odd > slips:
        return []
    search, scope = question.store.search, question.within("zh")
    letters = "".join(syllable[0] for syllable in cut)
    begins = "".join(cut[: max(len(cut) // 2, 1)])
    lengths = range(max(len(cut) - slips, 1), len(cut) + slips + _MORE)
    alike = search.spoken_like(letters, begins, scope, question.limit, lengths=lengths)
    near, unlike = _compared(pinyin, alike, slips)
    if not near and len(cut) >= _MANY:
        alike = search.abbreviated_like(letters, scope, question.limit)
        near, _ = _compared(pinyin, alike, slips)
    if near and len(cut) == _WORD and _is_a_word(pinyin, cut):
        near, unlike = [], [*near, *unlike]
    others = question.similar(question.hits("pinyin", _best(question, unlike)))
    return [*question.hits("pinyin", _best(question, near)), *others]


def _compared(
    letters: str, candidates: Iterable[tuple[Candidate, str]], slips: int
) -> tuple[_Found, _Found]:
    """Return the terms that so many slips lead to, and those it is doubtful of."""
    forgiving_sound = forgiving(letters)
    near: _Found = []
    unlike: _Found = []
    for candidate, sounds in candidates:
        apart = OSA.distance(forgiving_sound, forgiving(sounds), score_cutoff=slips)
        if apart <= slips:
            is_doubtful = not slips and OSA.distance(letters, sounds) > 1
            some = unlike if is_doubtful else near
            some.append((candidate, round(0.95 - apart / len(letters), 3), ("slip",)))
    return near, unlike


def _best(question: Asked, near: _Found) -> _Found:
    """Return the nearest of each entry, as many as are wanted."""
    best: dict[int, tuple[Candidate, float, tuple[str, ...]]] = {}
    for row in sorted(near, key=lambda f: (-f[1], f[0].rank, len(f[0].key), f[0])):
        best.setdefault(row[0].entry, row)
    return list(best.values())[: question.query.limit]


def _is_a_word(letters: str, syllables: list[str]) -> bool:
    """Say whether a Chinese word of two characters is read as it was typed."""
    first, second = map(sounding, syllables)
    words = han_words_among(a + b for a in first for b in second)
    return any(sound(derived(word)) == letters for word in words)
