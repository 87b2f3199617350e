"""Numbers that another one stands for: *the fiftieth anniversary* for 六十周年.

A number that has no counterpart in its sentence proves little: translators round, leave
out and say *both*. Where each side has exactly one number that the other has not, and
both are plain ones, the one stands for the other.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Final, NamedTuple

from glossary.entry import Span
from glossary.recognition.alignment import Alignment, Bead
from glossary.recognition.quantities import exchanged, without_large
from glossary.recognition.sentences import Piece
from glossary.text import NUMBER_WORDS, counted_by, has_han

_NUMERALS: Final = "〇零一二三四五六七八九十百千两兩"
#: What is counted, behind a Chinese number; a numeral before nothing of the kind may be
#: a part of a word.
_COUNTED: Final = (
    "个|個|届|屆|年(?!代)|月|日|天|周年|週年|周|位|名|人|项|項|份|条|條|章|轮|輪|期|次|方(?![面式便案向针法略])"
    "|国|國|点(?!钟|半)|點|股|款|艘|架|枚|家|所|座|批|场|場|种|種|步|号|號|层|層|级(?!大)|級"
    "|大(?![会會使学學])|世纪|世紀|小时|小時|分钟|分鐘|公里|米|倍|岁|歲|省|市|州|县|縣|党|黨|院|部(?![分])|[读讀](?![者書书懂音本])"
)
_CHINESE: Final = re.compile(
    rf"(?<![{_NUMERALS}0-9.,%])(?P<ordinal>第)?"
    rf"(?:(?P<figure>[0-9]{{1,4}})(?![0-9.,%％]|[万萬亿億千百])"
    rf"|(?P<numeral>[{_NUMERALS}]+))(?=(?P<counted>{_COUNTED}))"
)
_ORDINALS: Final = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
).split()
_DECADES: Final = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_MONTHS: Final = (
    "January February March April May June July August September October November "
    "December"
).split()
_WORDS: Final = {
    **{word: value for value, word in enumerate(NUMBER_WORDS)},
    **{word: value for value, word in enumerate(_ORDINALS, 1)},
    **{word: 10 * value for value, word in enumerate(_DECADES, 2)},
    **{f"{word[:-1]}ieth": 10 * value for value, word in enumerate(_DECADES, 2)},
}
_WORD: Final = "|".join(sorted(_WORDS, key=len, reverse=True))
_ENGLISH: Final = re.compile(
    rf"(?<![\w.,$€£¥])(?:(?P<figure>[0-9]{{1,4}}|[0-9],[0-9]{{3}})(?:st|nd|rd|th)?(?![\w%]|[.,][0-9])"
    rf"|(?P<words>(?:{_WORD})(?:-(?:{_WORD}))?))\b"
    r"(?!\s*(?:per\s?cent|%|hundred|thousand|million|billion|trillion|dozen|decade"
    r"|centur|o['’]clock|[ap]\.?m\b))",
    re.IGNORECASE,
)
#: What has a point is written alike in both languages, unless it is counted otherwise.
_DECIMAL: Final = re.compile(r"(?<![0-9.,])[0-9]{1,3}\.[0-9]{1,2}(?![0-9]|\.[0-9])")
#: Without any of these, a sentence has no such number, nor a large one.
_FIGURES: Final = re.compile(r"[0-9][.,%％]|[0-9]{5}|[万萬亿億]|百分之|illion|thousand")
_MEASURE: Final = re.compile(
    r"[万萬亿億元亩畝里][美日欧]?|\b(?:thousand|[mb]illion|trillion|miles?|feet|foot|acres?"
    r"|pounds?|inch\w*|fahrenheit|[mb]n)\b|[0-9][mb]n\b",
    re.IGNORECASE,
)
_MONTH: Final = re.compile(rf"\b(?:{'|'.join(_MONTHS)})\b")
#: What says a number roughly or in another unit, so that no other is told from it.
_VAGUE: Final = re.compile(
    r"\b(?:half|halves|dozens?|score|quarters?|thirds|fifths|former|latter|hundreds?"
    r"|thousands?|millions?|billions?|trillions?|per\s?cent|o['’]clock|noon|midnight"
    r"|teen\w*|[ap]\.m\.|miles?|feet|foot|inch\w*|pounds?|acres?|fortnight"
    r"|(?:19|20)?[0-9]0s)(?!\w)",
    re.IGNORECASE,
)
_VAGUE_CHINESE: Final = re.compile(
    "[%％几幾万萬亿億旬]|年代|半(?!岛|島)|[月年][初末底]|数[十百千]|數[十百千]|[十百千0-9][多余餘]|[0-9]点"
)
#: How other words for a number begin: *both*, *trilateral*.
OTHER_WORDS: Final = {
    2: "both|bi|couple|dual|double|each|mutual|pair|twice|twin",
    3: "tri",
}
#: Other characters for two.
CHINESE_TWO: Final = "双雙两兩对對"
#: What says a number otherwise than by its own word or numeral.
_OTHERWISE: Final = {
    2: re.compile(
        rf"\b(?:{OTHER_WORDS[2]}|two-|second)|[{CHINESE_TWO}]|彼此|再", re.IGNORECASE
    ),
    3: re.compile(rf"\b{OTHER_WORDS[3]}", re.IGNORECASE),
    10: re.compile(r"\bdecade", re.IGNORECASE),
    100: re.compile(r"\bcent(?:ur|en)|世纪|世紀", re.IGNORECASE),
}
_NUMERAL: Final = re.compile(f"[{_NUMERALS}]+")
_LETTERS: Final = re.compile("[A-Za-z]+")
#: One is said in many ways, or not at all.
_LEAST: Final = 2


#: Lengths of time, which a translator may count in another unit.
_TIMES: Final = (
    re.compile("天|日"),
    re.compile("个月|個月"),
    re.compile("年|岁|歲"),
    re.compile("小时|小時"),
    re.compile("分"),
)
_TIMES_ENGLISH: Final = tuple(
    re.compile(rf"[\s-]+(?:\w+\s+)?{unit}", re.IGNORECASE)
    for unit in ("day", "month", "year|anniv", "hour", "minute")
)


class PlainNumber(NamedTuple):
    """A number of a text, where it stands, and which unit of time it counts, if any."""

    value: int
    at: Piece
    time: int | None = None


class Exchange(NamedTuple):
    """A number of a source, and the one of its target that stands for it."""

    source: Piece
    target: Piece


def numbers(text: str, within: Piece) -> Iterator[PlainNumber]:
    """Yield the plain numbers of a part of a text, of either language.

    >>> [n.value for n in numbers("第七十九届联大9月20日", Piece(0, 13))]
    [79, 9, 20]
    >>> [n.value for n in numbers("the seventy-ninth session", Piece(0, 25))]
    [79]
    """
    if has_han(text[slice(*within)]):
        yield from _chinese(text, within)
        return
    for match in _ENGLISH.finditer(text, *within):
        at = Piece(match.start(), match.end())
        if match["figure"]:
            value = int(match["figure"].replace(",", ""))
        else:
            value = sum(_WORDS[part] for part in match["words"].lower().split("-"))
        yield PlainNumber(value, at, _first(_TIMES_ENGLISH, text, match.end()))
    for match in _MONTH.finditer(text, *within):
        yield PlainNumber(
            _MONTHS.index(match[0]) + 1, Piece(match.start(), match.end())
        )


def _chinese(text: str, within: Piece) -> Iterator[PlainNumber]:
    for match in _CHINESE.finditer(text, *within):
        value = (
            int(match["figure"]) if match["figure"] else counted_by(match["numeral"])
        )
        if value is not None:
            at = Piece(match.start(), match.end("counted"))
            time = None if match["ordinal"] else _first(_TIMES, text, match.end())
            yield PlainNumber(value, at, time)


def _first(patterns: Sequence[re.Pattern[str]], text: str, at: int) -> int | None:
    """Return the number of the first pattern that matches at a place, if any does."""
    return next((i for i, p in enumerate(patterns) if p.match(text, at)), None)


def exchanges(
    texts: tuple[str, str],
    alignment: Alignment,
    has_phrase: Callable[[int], bool],
    accused: Collection[Span],
) -> Iterator[Exchange]:
    """Yield the numbers that stand for others, one a sentence at most.

    `has_phrase` says of a bead whether it speaks of something that the glossary has;
    what lies in places that are `accused` is named by those.
    """
    source, target = texts
    for number, (ours, theirs) in enumerate(alignment.beads):
        if any(map(is_lone, alignment.beads[max(number - 1, 0) : number + 2])):
            continue
        one, other = source[slice(*ours)], target[slice(*theirs)]
        if _FIGURES.search(one) and has_phrase(number):
            yield from (
                exchange
                for exchange in _written_alike((one, other), (ours, theirs))
                if not any(exchange.source.touches(span) for span in accused)
            )
        here = list(numbers(source, ours))
        there = list(numbers(target, theirs)) if here else []
        if not there:
            continue
        missing, new = _unanswered(here, other, there), _unanswered(there, one, here)
        if (
            len(missing) == len(new) == 1
            and not _are_other_units(missing[0], new[0])
            and not any(_is_vague(without_large(text)) for text in (one, other))
            and has_phrase(number)
            and not any(missing[0].at.touches(span) for span in accused)
        ):
            yield Exchange(missing[0].at, new[0].at)


def _written_alike(
    sentences: tuple[str, str], bead: tuple[Piece, Piece]
) -> list[Exchange]:
    """Return the decimals, or else the large numbers and shares, that are exchanged."""
    pairs = list(_decimals(sentences)) or exchanged(*sentences)
    return [
        Exchange(mine.moved(bead[0].start), its.moved(bead[1].start))
        for mine, its in pairs
    ]


def _decimals(sentences: tuple[str, str]) -> Iterator[tuple[Piece, Piece]]:
    """Yield the only decimals that two sentences have alone, if both count alike."""
    here, there = (
        {float(m[0]): Piece(m.start(), m.end()) for m in _DECIMAL.finditer(text)}
        for text in sentences
    )
    lost, new = here.keys() - there.keys(), there.keys() - here.keys()
    if len(lost) == len(new) == 1 and not any(map(_MEASURE.search, sentences)):
        (mine,), (its,) = lost, new
        yield here[mine], there[its]


def is_lone(bead: Bead) -> bool:
    """Say whether a side has nothing: then its neighbours may be out of step."""
    return bead.source.start == bead.source.end or bead.target.start == bead.target.end


def _are_other_units(one: PlainNumber, other: PlainNumber) -> bool:
    """Say whether two numbers count other units of time: two months, 60 days."""
    units = {one.time, other.time}
    return len(units - {None}) > 1


def _unanswered(
    ours: list[PlainNumber], text: str, theirs: list[PlainNumber]
) -> list[PlainNumber]:
    """Return which numbers are nowhere on the other side, each once."""
    values = {number.value for number in theirs}
    times = {
        (number.value, number.time) for number in theirs if number.time is not None
    }
    units = {time for _, time in times}
    return list(
        {
            number.value: number
            for number in ours
            if number.value >= _LEAST
            and (
                # Two are the sides of everything: of times, the unit tells.
                (number.value, number.time) not in times
                if number.value == _LEAST and number.time in units
                else number.value not in values and not _is_written(number.value, text)
            )
        }.values()
    )


def _is_vague(text: str) -> bool:
    """Say whether a text says a number in such a way that no other is told from it."""
    vague = _VAGUE_CHINESE if has_han(text) else _VAGUE
    return vague.search(text) is not None


def _is_written(value: int, text: str) -> bool:
    """Say whether a text has a number in figures or numerals, wherever it stands."""
    otherwise = _OTHERWISE.get(value)
    if (otherwise and otherwise.search(text)) or re.search(
        rf"(?<![0-9])(?<![0-9],){value}(?![0-9]|,[0-9])", text
    ):
        return True
    if has_han(text):
        return any(
            counted_by(run[0]) == value or str(value) in run[0]
            for run in _NUMERAL.finditer(text)
        )
    return any(_WORDS.get(word.lower()) == value for word in _LETTERS.findall(text))
