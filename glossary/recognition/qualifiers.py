"""Words that grade a term: *deputy* minister, *permanent* partnership, *three* forces.

What is left of a term without such a word is another office, another grade or another
document. So a rendering is no paraphrase where the word that grades it is gone from the
sentence, and one that stands there word for word is wrong where the source has a grade
directly before it.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from glossary.text import has_han, simplified


class Qualifier(NamedTuple):
    """A word that grades: how it is written in Chinese, and what renders it."""

    chinese: re.Pattern[str]
    english: re.Pattern[str]
    #: What is no such word in a term, though it may render one: *the two countries*.
    vague: re.Pattern[str] | None = None

    def grades(self, term: str) -> bool:
        """Say whether the word stands in a term, and is no vague one there."""
        return self.stands_in(term) and not (self.vague and self.vague.search(term))

    def stands_in(self, text: str) -> bool:
        """Say whether the word stands in a text of either language."""
        return bool(
            self.chinese.search(simplified(text))
            if has_han(text)
            else self.english.search(text)
        )


def _of(chinese: str, english: str, vague: re.Pattern[str] | None = None) -> Qualifier:
    words = re.compile(rf"\b(?:{english})", re.IGNORECASE)
    return Qualifier(re.compile(chinese), words, vague)


#: Grades of offices and of relations between States: they count before a term too.
_GRADES: Final = (
    _of("副", r"deputy|deputies|vice|under-?|associate|assistant|sub-|pro-"),
    _of("代理", r"acting|interim|ad interim|proxy|agent"),
    _of("候任|当选", r"[\w-]*elect\b|incoming|designate|elected|next"),
    _of("助理", r"assistant|aide|deputy"),
    _of("候补", r"alternate|candidate|substitute|reserve"),
    _of(
        "永久|永远|永恒",
        r"permanent|perpetual|everlasting|for ?ever|eternal|lasting|last",
    ),
    _of("全天候", r"all[ -]weather"),
)
#: Grades that count where a term itself has them.
_INNER: Final = (
    *_GRADES,
    _of("唯一|惟一", r"sole|only|single|unique"),
    _of("固有", r"inherent|integral|intrinsic"),
    _of("和平", r"peace"),
    _of("无条件", r"uncondition|without (?:any )?(?:pre-?)?condition"),
    _of("可核查|可验证", r"verif"),
    _of("不可逆", r"irrevers"),
    _of("单边|单方面", r"unilateral|one-?sided"),
    _of("多边", r"multilateral|pluri"),
    _of("临时", r"interim|temporar|provision|ad hoc|a\.i\.|acting|charg"),
    _of("特别", r"special|extraordinary|particular|ad hoc"),
    _of("常任", r"permanent|standing"),
    _of("常驻", r"permanent|resident|standing"),
    _of("百年|世纪|百载", r"centur|centen|hundred|100"),
    _of("十年", r"decade|ten years|10 years"),
    _of("首席", r"chief|lead|principal|head"),
)
_DIGITS: Final = "零一二三四五六七八九十"
_WORDS: Final = (
    "zero|one|two|three|four|five|six|seven|eight|nine|ten".split("|"),
    "-|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth".split("|"),
)
#: Other words for a number: *both*, *trilateral*.
_OTHERWISE: Final = {
    2: "both|dual|double|twin|twice|bi|couple|pair|each|mutual",
    3: "tri",
}
_CHINESE_OTHERWISE: Final = {2: "两双兩雙各彼对"}
#: Two that are named as well by their names, or *each other*.
_SIDES: Final = re.compile(
    r"双|雙|彼此|[两兩](?:岸|方|党|黨|军|軍|国(?!方案)|國(?!方案))"
    r"|\b(?:both|mutual|bilateral|each|two (?:countries|sides|peoples|nations|parties"
    r"|leaders|heads|states|governments|militaries|presidents))\b",
    re.IGNORECASE,
)
#: Of one, there is one in nearly every text.
_LEAST: Final = 2


def _numbers() -> Iterator[Qualifier]:
    """Yield the numbers from two to ten: of one there are too many."""
    for value in range(_LEAST, len(_DIGITS)):
        digit = f"[{_DIGITS[value]}{_CHINESE_OTHERWISE.get(value, '')}]"
        one, ordinal = (words[value] for words in _WORDS)
        other = _OTHERWISE.get(value)
        yield _of(
            f"{digit}|(?<![0-9.]){value}(?![0-9])",
            f"{one}|{ordinal}|(?<![0-9.]){value}(?![0-9])"
            + (f"|{other}" if other else ""),
            _SIDES if value == _LEAST else None,
        )


_NUMBERS: Final = tuple(_numbers())
#: So many characters are looked at before a term.
_NEAR: Final = 12
_BEFORE_HAN: Final = re.compile("(?<!不)(?:副|代理|候任|助理|候补|永久|全天候)的?$")
_BEFORE: Final = re.compile(
    r"\b(?:deputy|vice|acting|assistant|alternate|permanent|perpetual|everlasting"
    r"|all-weather)[ -]$",
    re.IGNORECASE,
)


def is_regraded(source: str, start: int, target: str, there: int) -> bool:
    """Say whether only one of two places has a grade before it that the other lacks.

    `source` and `target` are what goes together, `start` and `there` places of them.

    >>> one, other = "建立永久全面战略伙伴关系", "established a strategic partnership"
    >>> is_regraded(one, 4, other, 14), is_regraded(one, 4, f"{other}, for ever", 14)
    (True, False)
    """
    ours, theirs = before(source, start), before(target, there)
    return (ours is not None and not ours.stands_in(target)) or (
        theirs is not None and not theirs.stands_in(source)
    )


@lru_cache(maxsize=16_384)
def of_term(text: str, renderings: tuple[str, ...]) -> tuple[Qualifier, ...]:
    """Return the grades that a term and all of its renderings have.

    >>> len(of_term("两国方案", ("two-State solution",)))
    1
    >>> of_term("和平共处", ("live together",))
    ()
    """
    return tuple(
        word
        for word in (*_INNER, *_NUMBERS)
        if word.grades(text) and all(map(word.grades, renderings))
    )


def is_lost(words: Iterable[Qualifier], target: str) -> bool:
    """Say whether one of some grades is gone from a target.

    >>> is_lost(of_term("副总理", ("Vice Premier",)), "the Prime Minister said")
    True
    """
    return any(not word.stands_in(target) for word in words)


def before(text: str, start: int) -> Qualifier | None:
    """Return the grade that stands directly before a place of a text, if any.

    >>> before("永久全面战略伙伴关系", 2) is not None, before("全面战略伙伴关系", 0)
    (True, None)
    """
    written = text[max(start - _NEAR, 0) : start]
    pattern = _BEFORE_HAN if has_han(text[start : start + 1]) else _BEFORE
    match = pattern.search(simplified(written) if has_han(written) else written)
    if match is None:
        return None
    return next(word for word in _GRADES if word.stands_in(match[0]))
