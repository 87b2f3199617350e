"""Whether a short Chinese wording stands between the borders of words.

弃核 stands in 放弃核武器, but no reader sees it there: the words are 放弃 and 核武器.
The words are those of jieba's dictionary, cut by its Rust edition. Wordings of five
characters and more are not asked about: that long, a run of characters is a phrase.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from glossary import late
from glossary.text import UNSPACED, simplified

if TYPE_CHECKING:
    import rjieba
else:
    rjieba = late("rjieba")

#: The longest wording, in Han characters, that must stand between borders.
SHORT: Final = 4
#: So much is remembered of words, and so many runs as they were cut, a kilobyte each.
_MOST_RUNS: Final = 16_384
_MOST_CUT: Final = 4_096
#: Longer runs are not remembered; a text without stops must not fill the memory.
_LONG: Final = 500
#: The segmenter takes so many characters that it does not know for a word.
_GUESS: Final = 2
#: Characters that are no words by themselves: 部门, 部队, 会议, 团结, 国际.
_BOUND: Final = frozenset("门队署议谈晤员结体际")
#: Characters that write the sounds of foreign names, and little else in a row.
_SOUNDS: Final = (
    "阿埃艾奥巴贝比博布查戴丹德登蒂杜厄恩尔菲费芬弗福夫戈格哈赫亨霍基吉杰卡凯坎科克肯库拉莱兰"
    "朗劳勒雷里利隆卢鲁伦罗洛马玛迈曼梅蒙米姆莫穆纳尼涅纽努诺帕潘佩彭皮普奇乔切丘萨塞桑瑟森沙"
    "什史斯松苏索塔泰坦汤特廷图托瓦维韦沃乌希谢辛雅亚耶伊泽扎詹珍兹"
)
#: A word of sounds that goes on with more is a part of a name: 马里 in 马里科帕. So is
#: one beside the dot between the names of a person: 查德·刘易斯.
_SOUND: Final = re.compile(f"[{_SOUNDS}]+")
_MORE_SOUNDS: Final = re.compile(f"[{_SOUNDS}]{{2,}}")
#: The name of a city of so many characters may follow its State: 伊拉克巴格达.
_CITY: Final = 3
_DOT: Final = frozenset("·•‧・")
_BEGIN: Final = itemgetter(0)
_END: Final = itemgetter(1)
_RUN: Final = re.compile(f"[{UNSPACED}]+")


def is_short(wording: str) -> bool:
    """Say whether a wording is so short that the words around it count.

    One character alone is not: it was listed by somebody who wants it everywhere.
    """
    return 1 < len(wording) <= SHORT and _RUN.fullmatch(wording) is not None


def begins_with_verb(text: str) -> bool:
    """Say whether the first word of a text is a verb, as jieba's dictionary has it."""
    words = rjieba.tag(simplified(text))
    return bool(words) and words[0][1].startswith("v")


class Run(NamedTuple):
    """A run of Han characters with the half-open spans of the words that it is."""

    text: str
    words: tuple[tuple[int, int], ...]

    def is_word(self, start: int, end: int) -> bool:
        """Say whether a half-open span is one word."""
        at = bisect_left(self.words, start, key=_BEGIN)
        return at < len(self.words) and self.words[at] == (start, end)

    def begins_guess(self, start: int) -> bool:
        """Say whether a longer word begins at a place that no dictionary has.

        The segmenter takes characters that it does not know for a name: 应王毅.
        """
        at = bisect_left(self.words, start, key=_BEGIN)
        if at == len(self.words):
            return False
        first, last = self.words[at]
        guess = simplified(self.text[first:last])
        return first == start and last - first > 1 and not _is_word(guess)

    def is_whole(self, start: int, end: int) -> bool:
        """Say whether a half-open span is made of whole words.

        It may also be a word within a longer one, when the rest of that is made of
        words or is one more character: 外交部 in 外交部长, but not 主权 in 民主权利,
        nor 萨德 in 阿萨德. What the segmenter only guesses ends no longer wording:
        法律战 in 法律战等.
        """
        for at in range(bisect_right(self.words, start, key=_END), len(self.words)):
            first, last = self.words[at]
            if first >= end:
                break
            word = self.text[first:last]
            if first <= start and end <= last:
                if (first, last) == (start, end):
                    return True
                return _is_part(word, start - first, end - first)
            if first < start and not (
                _parts_at(word, start - first) or self._wins(start, end, start, -1)
            ):
                return False
            if end < last and not (
                _parts_at(word, end - first)
                or self._wins(start, end, end, 1)
                or (end - start > len(word) and _is_guess(word))
            ):
                return False
        return True

    def _wins(self, start: int, end: int, place: int, step: int) -> bool:
        """Say whether four characters weigh more than a word that they cut at a place.

        What is left of that must be words with what lies next to it: 使馆馆舍 and
        不得侵犯 are not cut by 舍不得, but 外交部长 by 长期.
        """
        if end - start != SHORT:
            return False
        for many in range(2, SHORT + 1):
            far = place + step * many
            part = self.text[min(place, far) : max(place, far)]
            if (
                self._is_border(far)
                and len(part) == many
                and are_han_words(simplified(part))
            ):
                return True
        return False

    def _is_border(self, at: int) -> bool:
        """Say whether a word begins at a place, or the run ends there."""
        number = bisect_left(self.words, at, key=_BEGIN)
        is_inside = number < len(self.words)
        return self.words[number][0] == at if is_inside else at == len(self.text)


class Borders:
    """The borders of words in a text, whose runs are cut when first asked about."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._spans = [match.span() for match in _RUN.finditer(text)]
        self._runs: dict[int, Run] = {}

    def allow(self, start: int, end: int) -> bool:
        """Say whether a half-open span is no short wording that cuts a word in two."""
        if not is_short(self.text[start:end]):
            return True
        return self.is_whole(start, end) and not self._is_in_name(start, end)

    def _is_in_name(self, start: int, end: int) -> bool:
        """Say whether a short wording only writes sounds of a longer foreign name."""
        text = self.text
        if not _are_sounds(text[start:end]):
            return False
        if _DOT & {*text[max(start - 1, 0) : start], *text[end : end + 1]}:
            return True
        behind = simplified(text[end : end + SHORT])
        return bool(_MORE_SOUNDS.match(behind)) and not any(
            _is_word(behind[:many]) for many in range(_CITY, SHORT + 1)
        )

    def is_word(self, start: int, end: int) -> bool:
        """Say whether a half-open span of Han characters is one word."""
        begin, run = self._run(start)
        return run.is_word(start - begin, end - begin)

    def begins_guess(self, start: int) -> bool:
        """Say whether a longer word begins at a place that no dictionary has."""
        begin, run = self._run(start)
        return run.begins_guess(start - begin)

    def is_whole(self, start: int, end: int) -> bool:
        """Say whether a half-open span of Han characters is made of whole words."""
        begin, run = self._run(start)
        return run.is_whole(start - begin, end - begin)

    def _run(self, at: int) -> tuple[int, Run]:
        """Return where the run of a character begins, and the run."""
        number = bisect_right(self._spans, at, key=_BEGIN) - 1
        begin, end = self._spans[number]
        run = self._runs.get(number)
        if run is None:
            text = self.text[begin:end]
            run = (_cut_known if len(text) <= _LONG else cut)(text)
            self._runs[number] = run
        return begin, run


def cut(run: str) -> Run:
    """Return a run of Han characters with its words."""
    words = rjieba.tokenize(simplified(run), "default", hmm=True)
    return Run(run, tuple((start, end) for _, start, end in words))


_cut_known: Final = lru_cache(maxsize=_MOST_CUT)(cut)


@lru_cache(maxsize=_MOST_RUNS)
def _are_sounds(wording: str) -> bool:
    """Say whether a short wording is of nothing but characters for foreign sounds."""
    return _SOUND.fullmatch(simplified(wording)) is not None


@lru_cache(maxsize=_MOST_RUNS)
def _is_part(word: str, start: int, end: int) -> bool:
    """Say whether a span of a longer word is one of the words that it is made of."""
    word = simplified(word)
    before, behind = word[:start], word[end:]
    if behind in _BOUND and _parts_at(word, end - 1):
        # 教育部门 is 教育 and 部门, no 教育部.
        return False
    if not are_han_words(word[start:end]):
        # The dictionary does not know all terms: one may well begin a longer word.
        return not before and end - start > 2 and len(behind) == 1
    if are_han_words(before) and are_han_words(behind):
        return True
    if len(before) + len(behind) > 1 and are_han_words(word, whole=False):
        return False
    return len(before) <= 1 and len(behind) <= 1


@lru_cache(maxsize=_MOST_RUNS)
def _parts_at(word: str, place: int) -> bool:
    """Say whether a word is made of others that meet at a place: 朝鲜 and 半岛."""
    word = simplified(word)
    return are_han_words(word[:place]) and are_han_words(word[place:])


def _is_guess(word: str) -> bool:
    """Say whether no dictionary has a word of two characters: 战等 of 法律战等."""
    return len(word) == _GUESS and not _is_word(simplified(word))


def are_han_words(text: str, *, whole: bool = True) -> bool:
    """Say whether a text can be cut into words of two characters and more.

    An empty one can. Without `whole` the text itself does not count as one.

    >>> are_han_words("享有主权"), are_han_words("享有主杈")
    (True, False)
    """
    if not text:
        return True
    ends = {0}
    for end in range(2, len(text) + 1):
        for start in range(end - 1):
            is_asked = start in ends and (whole or end - start < len(text))
            if is_asked and _is_word(text[start:end]):
                ends.add(end)
                break
    return len(text) in ends


def _is_word(text: str) -> bool:
    return len(text) > 1 and bool(rjieba.has_word(text))


def is_han_word(text: str) -> bool:
    """Say whether two Han characters or more are one word of the dictionary.

    >>> is_han_word("议会"), is_han_word("会照")
    (True, False)
    """
    return _is_word(simplified(text))


def han_words_among(texts: Iterable[str]) -> list[str]:
    """Return those of many simplified texts that are words of the dictionary.

    >>> han_words_among(["主权", "主杈", "生"])
    ['主权']
    """
    return [text for text in texts if len(text) > 1 and rjieba.has_word(text)]
