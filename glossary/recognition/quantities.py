"""Large numbers and shares that another one stands for: *$30 million* for 30亿美元.

Chinese counts by ten thousands and hundred millions, English by thousands, so that a
translator miscounts zeros. Where either side has as many, and just one that the other
has not, even rounded, the one stands for the other.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from glossary.recognition.sentences import Piece
from glossary.text import NUMBER_WORDS, counted_by, has_han, simplified

_FIGURE: Final = r"[0-9][0-9,]*(?:\.[0-9]+)?"
_PLAIN: Final = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{5,})(?![0-9,.]*[0-9])"
_CHINESE_LARGE: Final = re.compile(
    rf"(?<![0-9.,])(?:(?P<figure>{_FIGURE})\s?(?P<unit>万亿|[十百千]?[万亿])(?![0-9])"
    r"|(?P<numeral>[一二三四五六七八九十两][零一二三四五六七八九十百千两万亿]*[万亿][零一二三四五六七八九十百千]*)"
    rf"|(?P<plain>{_PLAIN}))"
)
_ENGLISH_LARGE: Final = re.compile(
    rf"(?<![0-9.,])(?:(?P<figure>{_FIGURE})[ -]?"
    r"(?P<unit>thousand|million|billion|trillion|bn|mn|tn)\b"
    rf"|\b(?P<word>{'|'.join(NUMBER_WORDS[1:11])})[ -]"
    r"(?:(?P<hundred>hundred)[ -])?(?P<of>thousand|million|billion|trillion)\b"
    rf"|(?P<plain>{_PLAIN}))",
    re.IGNORECASE,
)
_CHINESE_SHARE: Final = re.compile(
    rf"(?<![0-9.])(?P<figure>{_FIGURE})\s?[%％](?!点)|百分之(?P<numeral>[零一二三四五六七八九十百两]+)(?:点(?P<decimals>[零一二三四五六七八九]+))?"
)
_ENGLISH_SHARE: Final = re.compile(
    rf"(?<![0-9.])(?P<figure>{_FIGURE})\s?(?:%|per\s?cent\b)", re.IGNORECASE
)
#: What says a number roughly, or counts in another unit.
_VAGUE: Final = re.compile(
    r"\b(?:hundreds|tens|dozens|thousands|millions|billions|trillions|half|halv\w+"
    r"|thirds?|quarters?|fifths?|double\w*|twice|crores?|lakhs?|miles?|feet|acres?|gallons?"
    r"|barrels?|pounds|dozen)\b|[数几][十百千万亿]|上[百千万亿]|[一两三四]成|(?<!百)分之[^，。；]{0,2}[一二三]|倍|亩|英[里尺亩]",
    re.IGNORECASE,
)
#: What is counted in another currency is converted.
_YUAN: Final = re.compile(
    r"人民币|(?<![美欧日加澳港新])元(?![首旦素])|\b(?:rmb|yuan|renminbi|cny)\b",
    re.IGNORECASE,
)
_ENGLISH_UNITS: Final = {
    "thousand": 1e3,
    "million": 1e6,
    "mn": 1e6,
    "billion": 1e9,
    "bn": 1e9,
    "trillion": 1e12,
    "tn": 1e12,
}
#: So much of a number may be rounded away.
_ROUNDED: Final = 0.06
#: A share of so many per cent is rounded to the next one.
_POINT: Final = 0.6
_HUNDRED: Final = 100
_DIGITS: Final = "零一二三四五六七八九"


class _Quantity(NamedTuple):
    value: float
    at: Piece


def exchanged(source: str, target: str) -> Iterator[tuple[Piece, Piece]]:
    """Yield the places of large numbers and of shares that stand for each other.

    >>> source = "贸易额达30亿美元"
    >>> [source[slice(*at)] for at, _ in exchanged(source, "reached $30 million")]
    ['30亿']
    >>> list(exchanged(source, "trade reached $3 billion"))
    []
    """
    texts = simplified(source), simplified(target)
    in_yuan = [_YUAN.search(text) is not None for text in texts]
    if in_yuan[0] != in_yuan[1] or any(map(_VAGUE.search, texts)):
        return
    for read in (_large, _shares):
        here = read(texts[0])
        there = read(texts[1]) if here else []
        if not here or len(here) != len(there):
            continue
        lost, new = _without(here, there), _without(there, here)
        if len(lost) == len(new) == 1:
            yield lost[0].at, new[0].at


def without_large(text: str) -> str:
    """Return a text without the large numbers that it has in figures.

    >>> without_large("未来三年提供10万个名额"), without_large("$3 million a year")
    ('未来三年提供 个名额', '$  a year')
    """
    pattern = _CHINESE_LARGE if has_han(text) else _ENGLISH_LARGE
    return pattern.sub(lambda large: " " if large["figure"] else large[0], text)


def _without(ours: Sequence[_Quantity], theirs: Sequence[_Quantity]) -> list[_Quantity]:
    """Return the quantities that are not among others, even rounded."""
    return [
        one
        for one in ours
        if not any(
            abs(one.value - other.value) <= _ROUNDED * other.value
            or (one.value <= _HUNDRED and abs(one.value - other.value) <= _POINT)
            for other in theirs
        )
    ]


def _large(text: str) -> list[_Quantity]:
    if has_han(text):
        matches = (_CHINESE_LARGE.finditer(text), _chinese_value)
    else:
        matches = (_ENGLISH_LARGE.finditer(text), _english_value)
    return [
        _Quantity(value, Piece(match.start(), match.end()))
        for match in matches[0]
        if (value := matches[1](match))
    ]


def _shares(text: str) -> list[_Quantity]:
    pattern = _CHINESE_SHARE if has_han(text) else _ENGLISH_SHARE
    quantities = []
    for match in pattern.finditer(text):
        groups = match.groupdict()
        numeral = groups.get("numeral")
        value = counted_by(numeral) if numeral else _float(groups["figure"])
        if value is not None and groups.get("decimals"):
            digits = "".join(str(_DIGITS.index(one)) for one in groups["decimals"])
            value += float(f"0.{digits}")
        if value is not None:
            quantities.append(_Quantity(value, Piece(match.start(), match.end())))
    return quantities


def _chinese_value(match: re.Match[str]) -> float | None:
    if match["plain"]:
        return _float(match["plain"])
    if match["numeral"]:
        return counted_by(match["numeral"])
    return _float(match["figure"]) * (counted_by(f"一{match['unit']}") or 0)


def _english_value(match: re.Match[str]) -> float | None:
    if match["plain"]:
        return _float(match["plain"])
    if match["word"]:
        value = NUMBER_WORDS.index(match["word"].lower())
        times = _HUNDRED if match["hundred"] else 1
        return value * times * _ENGLISH_UNITS[match["of"].lower()]
    return _float(match["figure"]) * _ENGLISH_UNITS[match["unit"].lower()]


def _float(figure: str) -> float:
    return float(figure.replace(",", ""))
