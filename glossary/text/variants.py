"""One wording written in other ways: figures or words for a number, apart or together.

Every way gives a key (see `fold`) by which terms are looked up; none is stored.
"""

import re
from collections.abc import Iterator
from itertools import islice, product
from typing import Final

from glossary import late_pattern
from glossary.text.fold import key as folded_key
from glossary.text.function_words import ARTICLES
from glossary.text.numeral import FIGURE_VALUES, FIGURES, NUMBER_WORDS, counted_by
from glossary.text.script import has_han
from glossary.text.spelling import AMERICAN, SEPARABLE_PREFIXES

_NUMBER: Final = re.compile("[〇零一二三四五六七八九两十百千万亿]+|[0-9]+")
_POINT: Final = re.compile(
    "(?<=[〇零一二三四五六七八九])点(?=[〇零一二三四五六七八九])"
)
#: Two thirds: 三分之二, and 2/3, whose stroke a key has as a space.
_FRACTION: Final = re.compile("(?<![0-9])(?<![0-9] )([0-9]+) ([0-9]+)(?! ?[0-9])")
_PARTS: Final = late_pattern(
    "([零一二三四五六七八九两十百千]+|[0-9]+)分之([零一二三四五六七八九两十百千]+|[0-9]+)"
)
#: What is counted by 号 has 第 before it, or has not: nothing else is meant.
_NUMBERED: Final = re.compile(f"(第?)((?:{_NUMBER.pattern})号)")
#: A year before a name of what happened in it: 一九九二年共识 is 九二共识.
_YEAR: Final = late_pattern(
    "(?<![第0-9〇零一二三四五六七八九])((?:19|20|一九|二[〇零])"
    "([0-9〇零一二三四五六七八九]{2}))(?![0-9〇零一二三四五六七八九号届次项条])年?(?=.)"
)
_PERCENT: Final = re.compile("([0-9.]+) ?(?:%|percent|per cent)")
_ORDINALS: Final = "half third quarter fifth sixth seventh eighth ninth tenth".split()
_WORDS: Final = (*NUMBER_WORDS, "twenty")
_ROMAN: Final = "0 i ii iii iv v vi vii viii ix x xi xii".split()
#: What each of these counts.
_COUNTING: Final = {
    word: at for numbers in (_ROMAN, _WORDS) for at, word in enumerate(numbers) if at
}
_NTH: Final = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
).split()
_ORDINAL: Final = re.compile("([0-9]{1,2})(?:st|nd|rd|th)")
#: So many words are counted by one number: *Additional Protocol II*.
_COUNTED: Final = 2
#: So many ways of writing a query are looked up; each costs one step of an index.
_MOST: Final = 60
_LONGEST: Final = 40
_LEAST_OF_A_WORD: Final = 2
_LARGEST: Final = 99_999
#: What a percentage is parts of.
_HUNDRED: Final = 100
#: Without any of these a Chinese key has no number, and without those an English one.
_OF_NUMBERS: Final = re.compile("[〇零一二三四五六七八九两十百千万亿0-9.]")
_FIGURE: Final = re.compile("[0-9.]")
_OF_WORDS: Final = frozenset({*_COUNTING, *_NTH})


def variants(key: str) -> list[str]:
    """Return the other keys that a key may be written as, up to sixty.

    >>> variants("92共识")[:2], "十七条协议" in variants("17条协议")
    (['九二共识', '九十二共识'], True)
    >>> "ceasefire" in variants("cease fire"), "de risking" in variants("derisking")
    (True, True)
    >>> "g20" in variants("g 20"), "track ii dialogue" in variants("track 2 dialogue")
    (True, True)
    >>> "第2758号决议" in variants("二七五八号决议")
    True
    >>> "三分之二多数" in variants("2 3多数"), "50%" in variants("百分之五十")
    (True, True)
    """
    if not 2 <= len(key) <= _LONGEST:
        return []
    ways = _in_chinese(key) if has_han(key) else _in_english(key)
    return list(islice(dict.fromkeys(way for way in ways if way != key), _MOST))


def _in_chinese(key: str) -> Iterator[str]:
    """Yield a Chinese key with each number in its other ways, all at once."""
    if not _OF_NUMBERS.search(key):
        return
    key = _POINT.sub(".", key)
    for short in (r"\1", r"\2"):
        if (in_short := _YEAR.sub(short, key)) != key:
            yield from _in_chinese(in_short)
    yield _FRACTION.sub(_as_shares, _PERCENT.sub(_as_hundredths, key))
    yield _PARTS.sub(_in_figures, key)
    pieces = [(m.start(), m.end(), _ways(m[0])) for m in _NUMBER.finditer(key)]
    if key.count("加") == 1 and len(pieces) > 1:
        yield from _in_chinese(key.replace("加", "+"))
    if not pieces:
        return
    for choice in product(*(ways for *_, ways in pieces)):
        way = _put(
            key, [(a, b, w) for (a, b, _), w in zip(pieces, choice, strict=True)]
        )
        yield way
        yield _NUMBERED.sub(_with_or_without, way)


def _with_or_without(numbered_one: re.Match[str]) -> str:
    """Return 第2758号 for 2758号, and the other way round."""
    first, number = numbered_one.groups()
    return f"{'' if first else '第'}{number}"


def _as_shares(fraction: re.Match[str]) -> str:
    """Return 2/3 as 三分之二; what is no fraction stays."""
    share, of = map(int, fraction.groups())
    if not 0 < share < of <= _LARGEST:
        return fraction[0]
    return f"{_as_words(of)[0]}分之{_as_words(share)[0]}"


def _as_hundredths(percent: re.Match[str]) -> str:
    """Return 50% as 百分之五十."""
    text = percent[1]
    words = _as_words(int(text)) if text.isdecimal() and text.isascii() else []
    return f"百分之{(words or [text])[0]}"


def _in_figures(parts: re.Match[str]) -> str:
    """Return 三分之二 as a key has 2/3, and 百分之五十 as 50%."""
    of, share = (
        int(text) if text.isdecimal() and text.isascii() else counted_by(text)
        for text in parts.groups()
    )
    if not of or not share:
        return parts[0]
    return f"{share}%" if of == _HUNDRED else f"{share} {of}"


def _put(key: str, pieces: list[tuple[int, int, str]]) -> str:
    """Return a key with pieces of it replaced."""
    parts, end_before = [], 0
    for start, end, text in pieces:
        parts += [key[end_before:start], text]
        end_before = end
    return "".join([*parts, key[end_before:]])


def _ways(number: str) -> list[str]:
    """Return how a number may be written, itself too."""
    if number.isascii():
        one_by_one = "".join(FIGURES[int(figure)] for figure in number)
        return list(dict.fromkeys([number, one_by_one, *_as_words(int(number))]))
    figures = all(c in FIGURE_VALUES for c in number)
    if figures:
        plain = "".join(str(FIGURE_VALUES[c]) for c in number)
        other = [number.replace("零", "〇"), number.replace("〇", "零")]
        doubled = ["两" if number == "二" else "二"] if number in {"二", "两"} else []
        return list(dict.fromkeys([number, plain, *other, *doubled]))
    value = counted_by(number)
    return [number] if not value else list(dict.fromkeys([number, str(value)]))


def _as_words(value: int) -> list[str]:
    """Return a number as Chinese counts it: 17 is 十七, 2 is 两 as well."""
    if not 0 < value <= _LARGEST:
        return []
    if value == FIGURE_VALUES["两"]:
        return ["二", "两"]
    text, rest = "", value
    for unit, name in ((10_000, "万"), (1000, "千"), (100, "百"), (10, "十")):
        figure, rest = divmod(rest, unit)
        if figure:
            text += FIGURES[figure] + name
        elif text and rest and not text.endswith("零"):
            text += "零"
    text = text + FIGURES[rest] if rest else text
    return [text.removeprefix("一") if text.startswith("一十") else text]


#: Letters beside figures: *CPEC2.0* is *CPEC 2.0*.
_EDGE: Final = re.compile(
    r"([a-z]+)([0-9]+(?:\.[0-9]+)?)|([0-9]+(?:\.[0-9]+)?)([a-z]+)"
)
#: What stands as no word of its own before another.
_JOINED: Final = ARTICLES.union(SEPARABLE_PREFIXES)
#: *G seven* is G7.
_LETTER_AND_FIGURE: Final = re.compile(r"[a-z] \d+")


def _in_english(key: str) -> Iterator[str]:
    """Yield an English key with figures as words, words apart or together."""
    plus = key.replace("+", " plus ").strip()
    if plus != key:
        yield " ".join(plus.split())
        yield " ".join(_counted(plus))
    has_figures = _FIGURE.search(key) is not None
    if has_figures:
        yield _FRACTION.sub(_as_ordinal, _PERCENT.sub(r"\1 percent", key))
    if " per" in key:
        yield key.replace(" percent", "%").replace(" per cent", "%")
    for way in numbered(key):
        yield way
        if _LETTER_AND_FIGURE.fullmatch(way):
            yield way.replace(" ", "")
    yield from _apart_or_together(key.split(), has_figures=has_figures)


def _apart_or_together(words: list[str], *, has_figures: bool) -> Iterator[str]:
    """Yield words with two of them as one, and one of them as two."""
    if len(words) > 1:
        for at in range(len(words) - 1):
            joined = [*words[:at], words[at] + words[at + 1], *words[at + 2 :]]
            yield " ".join(joined)
        yield "".join(words)
    for at, word in enumerate(words):
        if word.isalpha():
            head = "".join([f"{one} " for one in words[:at]])
            tail = "".join([f" {one}" for one in words[at + 1 :]])
            for cut in range(_LEAST_OF_A_WORD, len(word) - 1):
                yield f"{head}{word[:cut]} {word[cut:]}{tail}"
        edge = _EDGE.fullmatch(word) if has_figures else None
        if edge:
            pieces = [piece for piece in edge.groups() if piece]
            yield " ".join([*words[:at], *pieces, *words[at + 1 :]])


def halves(word: str, at: int) -> list[str]:
    """Return a word in small letters, cut in two there, as a key has the halves.

    >>> halves("selfdefence", 4), halves("nonproliferation", 3)
    (['self', 'defense'], ['nonproliferation'])
    """
    one, other = word[:at], word[at:]
    if one in _JOINED or one in AMERICAN or other in AMERICAN:
        return folded_key(f"{one} {other}").split()
    return [one, other]


def numbered(key: str) -> Iterator[str]:
    """Yield an English key with its numbers in other ways, one by one and all at once.

    A long one is a text, in which *one* counts nothing.

    >>> "one country two systems" in numbered("1 country 2 systems")
    True
    >>> list(numbered("world war two"))
    ['world war 2', 'world war ii', 'second world war', 'world second war']
    >>> "additional protocol ii" in numbered("2nd additional protocol")
    True
    """
    words = key.split() if len(key) <= _LONGEST else []
    if _OF_WORDS.isdisjoint(words) and not _FIGURE.search(key):
        return
    ways = [list(_written(word)) for word in words]
    for at, others in enumerate(ways):
        for way in others:
            yield " ".join([*words[:at], way, *words[at + 1 :]])
    if sum(map(bool, ways)) > 1:
        choices = [others or [word] for word, others in zip(words, ways, strict=True)]
        yield from (" ".join(choice) for choice in product(*choices))
    for at, word in enumerate(words):
        yield from _counted_otherwise(words, at, word)


def _counted_otherwise(words: list[str], at: int, word: str) -> Iterator[str]:
    """Yield *World War II* for *Second World War*, and the other way round."""
    nth = _ORDINAL.fullmatch(word)
    number = int(nth[1]) if nth else (_NTH.index(word) + 1 if word in _NTH else 0)
    if 0 < number <= len(_NTH):
        for end in range(at + 2, min(at + 2 + _COUNTED, len(words) + 1)):
            for name in (_ROMAN[number], str(number), _WORDS[number]):
                yield " ".join([*words[:at], *words[at + 1 : end], name, *words[end:]])
    number = _small(word)
    if 0 < number <= len(_NTH):
        for start in range(max(at - _COUNTED, 0), at):
            yield " ".join(
                [*words[:start], _NTH[number - 1], *words[start:at], *words[at + 1 :]]
            )


def _as_ordinal(fraction: re.Match[str]) -> str:
    """Return 2/3 as two thirds; what is no fraction stays."""
    share, of = map(int, fraction.groups())
    if not 0 < share < of < len(_ORDINALS) + 2:
        return fraction[0]
    name = _ORDINALS[of - 2]
    return f"{_WORDS[share]} {name}{'s' * (share > 1)}"


def _counted(text: str) -> list[str]:
    return [
        _WORDS[int(w)] if w.isdecimal() and int(w) <= 20 else w for w in text.split()
    ]


def _written(word: str) -> Iterator[str]:
    """Yield the other ways of a small number: 2, two, ii."""
    value = _small(word)
    if value:
        ways = [str(value), _WORDS[value], *_ROMAN[value : value + 1]]
        yield from (way for way in ways if way != word)


def _small(word: str) -> int:
    """Return what a word or figures say up to twenty, else 0."""
    if word.isdecimal() and word.isascii() and len(word) <= 2:
        return int(word) if int(word) < len(_WORDS) else 0
    return _COUNTING.get(word, 0)
