"""What Chinese numerals count to: 二十一, 两千零三, 十万; 二〇一一 by its figures.

The English words for small numbers stand here too.
"""

from typing import Final

#: The figures by their values; 零, 两 and 兩 are others for 0 and 2.
FIGURES: Final = "〇一二三四五六七八九"
#: What each figure counts.
FIGURE_VALUES: Final = {c: value for value, c in enumerate(FIGURES)} | {
    "零": 0,
    "两": 2,
    "兩": 2,
}
#: English words, each at the place that it counts to: zero to nineteen.
NUMBER_WORDS: Final = tuple(
    (
        "zero one two three four five six seven eight nine ten eleven twelve thirteen "
        "fourteen fifteen sixteen seventeen eighteen nineteen"
    ).split()
)
#: Characters; no number is written with more, and Python would not write out all.
LONGEST: Final = 40
#: What multiplies the figure before it.
_UNITS: Final = {"十": 10, "百": 100, "千": 1000}
#: What multiplies all before it, up to a larger one.
_LARGE: Final = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}


def counted_by(numeral: str) -> int | None:
    """Return what a numeral of these characters counts, None where it is ill-formed.

    Without a unit it is read figure by figure, as years are. With units, they fall from
    one to the next, one figure stands before each at most, and 零 may stand anywhere.
    What is longer than LONGEST counts nothing.

    >>> [counted_by(text) for text in ("二十一", "一百零三", "十", "二〇一一", "百")]
    [21, 103, 10, 2011, 100]
    >>> counted_by("两千零三"), counted_by("十万"), counted_by("一万亿")
    (2003, 100000, 1000000000000)
    >>> counted_by("二三十"), counted_by("十百"), counted_by("万"), counted_by("")
    (None, None, None, None)
    """
    if len(numeral) > LONGEST:
        return None
    is_counted = any(c in _UNITS or c in _LARGE for c in numeral)
    return _by_units(numeral) if is_counted else _by_figures(numeral)


def _by_units(numeral: str) -> int | None:
    total, section, figure = 0, 0, None
    below, large_below = 10**4, 10**12
    for c in numeral:
        if c in _UNITS:
            if _UNITS[c] >= below:
                return None
            below = _UNITS[c]
            section += below * (1 if figure is None else figure)
            figure = None
        elif c in _LARGE:
            section, figure = section + (figure or 0), None
            if not total + section:
                return None
            # 一万亿 is so many times 亿; 一亿一万 is 亿 and so many times 万.
            if _LARGE[c] >= large_below:
                total = (total + section) * _LARGE[c]
            else:
                total += section * _LARGE[c]
            section, below, large_below = 0, 10**4, _LARGE[c]
        elif FIGURE_VALUES[c]:
            if figure is not None:
                return None
            figure = FIGURE_VALUES[c]
    return total + section + (figure or 0)


def _by_figures(numeral: str) -> int | None:
    figures = "".join(str(FIGURE_VALUES[c]) for c in numeral)
    return int(figures) if figures else None
