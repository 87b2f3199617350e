"""A wording of a text that resembles known ones without being one of them.

English is compared by the stems of the words that carry it, Chinese by its characters;
the order does not count. What is found is a guess for an editor, never a match.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from glossary.text import HAN_RUN, fold, has_slot, primary, stem

#: Words that carry nothing: a guess neither begins nor ends with them.
LIGHT: Final = frozenset(
    "a an the of and or to for in on with by at from as its their our".split()
)
_LIGHT_HAN: Final = frozenset("的了之")
_WORD: Final = re.compile(r"[^\W_]+(?:['’][a-z]+)?")
_CLAUSE: Final = re.compile(r"[^.;:!?\n]+")
_UP_TO_COMMA: Final = re.compile(r"[^,.;:!?\n]+")
#: How alike a guess must be (Dice's coefficient), and in how many pieces at least.
_ALIKE: Final = 0.6
_LEAST: Final = {"en": 2, "zh": 3}
#: A guess may have so many more pieces than the wording that it resembles.
_LONGER: Final = {"en": 4, "zh": 2}

_Span = tuple[int, int]


class _Piece(NamedTuple):
    """A word or a character: what is compared (nothing for a light one), and where."""

    sense: str
    start: int
    end: int


def unlisted(
    text: str, lang: str, wordings: Iterable[str], others: Sequence[_Span]
) -> _Span | None:
    """Return the span of a text that is most like one of some wordings, or None.

    `others` are spans that mean something else: a guess does not lie in one, nor cross
    it, but may hold one whole. Spans count code points.
    """
    lang = primary(lang)
    if lang not in _LEAST:
        return None
    best: tuple[int, float, int, _Span] | None = None
    for wording in wordings:
        # What has a slot is like nearly everything.
        if has_slot(wording):
            continue
        clause = _CLAUSE if "," in wording else _UP_TO_COMMA
        pieces = [p.sense for run in _runs(wording, lang, clause) for p in run]
        counts = Counter(filter(None, pieces))
        if counts.total() < _LEAST[lang]:
            continue
        for run in _runs_known(text, lang, clause):
            for common, alike, span in _windows(run, counts, lang):
                rank = (common, alike, span[0] - span[1], span)
                if not _is_taken(span, others) and (best is None or rank > best):
                    best = rank
    return best[-1] if best else None


def _runs(text: str, lang: str, clause: re.Pattern[str]) -> Iterator[list[_Piece]]:
    """Yield pieces that stand together: between two stops, or of one Han run."""
    if lang == "zh":
        for run in HAN_RUN.finditer(text):
            simple = fold(run[0]).text
            yield [
                _Piece("" if c in _LIGHT_HAN else c, at, at + 1)
                for at, c in enumerate(simple, start=run.start())
            ]
        return
    for part in clause.finditer(text):
        yield [
            _Piece(
                "" if word[0].lower() in LIGHT else stem(fold(word[0]).text),
                part.start() + word.start(),
                part.start() + word.end(),
            )
            for word in _WORD.finditer(part[0])
        ]


@lru_cache(maxsize=8)
def _runs_known(
    text: str, lang: str, clause: re.Pattern[str]
) -> tuple[tuple[_Piece, ...], ...]:
    """Return the runs of a text, which many wordings are looked for in."""
    return tuple(map(tuple, _runs(text, lang, clause)))


def _windows(
    run: Sequence[_Piece], counts: Counter[str], lang: str
) -> Iterator[tuple[int, float, _Span]]:
    """Yield the windows alike enough: pieces in common, likeness, span."""
    most = counts.total() + _LONGER[lang]
    for start, first in enumerate(run):
        if first.sense not in counts:
            continue
        numbers: Counter[str] = Counter()
        for piece in run[start:]:
            if not piece.sense:
                continue
            numbers[piece.sense] += 1
            if numbers.total() > most:
                break
            if piece.sense not in counts:
                continue
            common = (numbers & counts).total()
            alike = 2 * common / (numbers.total() + counts.total())
            if common >= _LEAST[lang] and alike >= _ALIKE:
                yield common, alike, (first.start, piece.end)


def _is_taken(span: _Span, others: Sequence[_Span]) -> bool:
    start, end = span
    return any(
        a < end and start < b and not (start <= a and b <= end and span != (a, b))
        for a, b in others
    )
