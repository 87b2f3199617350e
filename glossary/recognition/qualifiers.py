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

from glossary import late_pattern
from glossary.recognition.numbers import CHINESE_TWO, OTHER_WORDS
from glossary.text import FIGURES, has_han, is_acronym, simplified


class Qualifier(NamedTuple):
    """A word that grades: how it is written in Chinese, and what renders it."""

    chinese: re.Pattern[str]
    english: re.Pattern[str]
    #: What is no such word in a term, though it may render one: *the two countries*.
    vague: re.Pattern[str] | None = None

    def grades(self, term: str) -> bool:
        """Say whether the word stands in a term, and is no vague one there."""
        return self.stands_in(term) and not (self.vague and self.vague.search(term))

    def is_all_of(self, term: str) -> bool:
        """Say whether a term is nothing but the word, and so graded by none."""
        if has_han(term):
            return self.chinese.fullmatch(simplified(term)) is not None
        return len(term.split()) == 1

    def stands_in(self, text: str) -> bool:
        """Say whether the word stands in a text of either language."""
        return bool(
            self.chinese.search(simplified(text))
            if has_han(text)
            else self.english.search(text)
        )


def _of(chinese: str, english: str, vague: re.Pattern[str] | None = None) -> Qualifier:
    words = late_pattern(rf"\b(?:{english})", re.IGNORECASE)
    return Qualifier(late_pattern(chinese), words, vague)


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
    _of(
        "无条件",
        r"uncondition|without (?:any )?(?:pre-?)?condition|no (?:pre-?)?condition",
    ),
    _of(
        "全面|综合|全方位|整体|完整|彻底|总体|充分|完全|全部|普遍|深入|广泛|系统|各项|各方面|全",
        r"comprehensive|over-?all|all|full|complete|total|general|whole|across|every|each"
        r"|thorough|universal|well-rounded|extensive|wide|broad|in-depth|entire|integrat",
    ),
    _of(
        "立即|立刻|即刻|马上|即时|迅速|尽快|尽早|及时|当即|紧急|当前|现在|即可",
        r"immediat|at once|prompt|forthwith|right away|now|instant"
        r"|without (?:any )?delay|urgent|swift|quick|soon|speedy|speedily",
    ),
)
#: Grades that count where a term itself has them.
_INNER: Final = (
    *_GRADES,
    _of("唯一|惟一", r"sole|only|single|unique"),
    _of("固有", r"inherent|integral|intrinsic"),
    _of("和平", r"peace"),
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
    _of("区别", r"differen|distin"),
    _of("可持续", r"sustain|last|durab|viab|continu|long-term"),
    _of("建设性", r"construct|build"),
    _of("战略", r"strateg"),
    _of("友好", r"friend|amic|amity|cordial|good"),
    _of("包容", r"inclus|toler|accommodat|embrac|open"),
    _of("无核|去核|弃核", r"\w*nuclear"),
    _of("人道", r"human"),
    _of("公正|公平|公道", r"just|fair|equit|impartial"),
    _of("正确|确义", r"right|correct|proper|sound|accurate|true"),
    _of("承认", r"recogni|\w*acceptance"),
    _of("新殖民", r"neo|new"),
    _of("独立", r"independ|free|sovereign(?!ty)|separat"),
    _of("主权", r"sovereign|independ"),
    _of("双边", r"bilateral|two|both|mutual|between"),
    _of("核心", r"core|central|cent(?:er|re)|heart|key|nucle"),
    _of("特使", r"envoy|special representative|emissary"),
    _of("峰会", r"summit|meeting|leaders"),
    _of("论坛", r"forum|fora"),
    _of("秩序", r"order"),
    _of("东", r"east"),
    _of("南", r"south"),
    _of("西", r"west"),
    _of("北", r"north"),
)
_DIGITS: Final = f"{FIGURES}十"
_WORDS: Final = (
    "zero|one|two|three|four|five|six|seven|eight|nine|ten".split("|"),
    "-|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth".split("|"),
)
#: Other characters for a number than those of `numbers`.
_CHINESE_OTHERWISE: Final = {2: f"{CHINESE_TWO}各彼"}
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
        other = OTHER_WORDS.get(value)
        yield _of(
            f"{digit}|(?<![0-9.]){value}(?![0-9])",
            f"{one}|{ordinal}|(?<![0-9.]){value}(?![0-9])"
            + (f"|{other}" if other else ""),
            _SIDES if value == _LEAST else None,
        )


_NUMBERS: Final = tuple(_numbers())
#: Heads of names that make another thing of a name before them.
_HEADS: Final = (
    _of("峰会", r"summit|meet|leader|gather|conference"),
    _of("战略", r"strateg"),
    _of("论坛", r"forum|fora"),
    _of("条约", r"treaty|treaties|pact|convention"),
    _of("宣言", r"declar|manifesto"),
    _of("宪章", r"charter"),
    _of("秘书处", r"secretariat"),
    _of("基金", r"fund|foundation"),
)
_BEHIND: Final = re.compile(
    r"[”」]?(?:峰会|战略|论坛|条约|宣言|宪章|秘书处|基金)"
    r"|[’'”\"]?s? (?:Summit|Strategy|Forum|Treaty|Declaration|Charter"
    r"|Secretariat|Fund)\b"
)
#: Of what field something is: nothing is of one for the other.
_FIELDS: Final = (
    _of("政治", r"politic"),
    _of("军事|军队|军备|军控", r"militar|arm(?:s|ed|y|ament)"),
    _of("经济|经贸", r"econom"),
    _of("外交|邦交", r"diplom|foreign"),
    _of("文化|人文", r"cultur|people-to-people"),
    _of("社会", r"soci"),
    _of("贸易|经贸|商务", r"trad|commerc"),
    _of("投资", r"invest"),
    _of("能源", r"energ"),
    _of("粮食|食品", r"food|grain"),
    _of("金融|财政|货币", r"financ|fiscal|monetar"),
    _of("科技|科学|技术", r"scien|tech"),
    _of("教育", r"educat"),
    _of("卫生|健康|医", r"health|medic"),
    _of("环境|生态|环保", r"environ|ecolog"),
    _of("气候", r"climat"),
    _of("网络", r"cyber|internet|network|online"),
    _of("海洋|海上|海事|海", r"mari|sea|ocean|naval"),
    _of("外空|太空|航天", r"space"),
    _of("领事", r"consul"),
    _of("司法", r"judic|legal|justice"),
    _of("防务|国防", r"defen"),
    _of("核(?![心实查定准对])", r"\w*nuclear|atom"),
    _of("边界|边境", r"border|bound|frontier"),
    _of("关税|税", r"tariff|tax|dut(?:y|ies)"),
)
#: So many characters are looked at before a term.
_NEAR: Final = 16
_BEFORE_HAN: Final = re.compile(
    "(?<!不)(?:副|代理|候任|助理|候补|永久|全天候|无条件|立即|全面)的?$"
)
_BEFORE: Final = re.compile(
    r"\b(?:deputy|vice|acting|assistant|alternate|permanent|perpetual|everlasting"
    r"|all-weather|unconditional|immediate|comprehensive)[ -]$",
    re.IGNORECASE,
)


def is_regraded(
    source: str, place: tuple[int, int], target: str, there: tuple[int, int]
) -> bool:
    """Say whether only one of two places has a word beside it that the other lacks.

    `source` and `target` are what goes together, `place` and `there` places of them. A
    grade stands before them, the head of a longer name behind.

    >>> one, other = "建立永久全面战略伙伴关系", "established a strategic partnership"
    >>> is_regraded(one, (4, 12), other, (14, 35))
    True
    >>> is_regraded(one, (4, 12), f"{other}, for ever", (14, 35))
    False
    >>> is_regraded("上海合作组织", (0, 6), "the SCO Summit", (4, 7))
    True
    """
    for neighbour, at in ((before, 0), (behind, 1)):
        ours, theirs = neighbour(source, place[at]), neighbour(target, there[at])
        if (ours is not None and not ours.stands_in(target)) or (
            theirs is not None and not theirs.stands_in(source)
        ):
            return True
    return False


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
        if word.grades(text)
        and not word.is_all_of(text)
        and all(word.grades(other) for other in renderings if not is_acronym(other))
    )


def is_lost(words: Iterable[Qualifier], target: str) -> bool:
    """Say whether one of some grades is gone from a target.

    >>> is_lost(of_term("副总理", ("Vice Premier",)), "the Prime Minister said")
    True
    """
    return any(not word.stands_in(target) for word in words)


def is_of_another_field(
    term: str, renderings: tuple[str, ...], texts: tuple[str, str]
) -> bool:
    """Say whether for the field that a term is of, only another one stands in a target.

    `texts` are the sentences of the source and of the target. The other field is
    nowhere in that source.

    >>> texts = "政治解决危机", "a military settlement of the crisis"
    >>> is_of_another_field("政治解决", ("political settlement",), texts)
    True
    >>> texts = "政治、军事手段", "by military means"
    >>> is_of_another_field("政治手段", ("political means",), texts)
    False
    """
    source, target = texts
    return not all(
        field.stands_in(target) for field in _fields(term, renderings)
    ) and any(
        field.stands_in(target) and not field.stands_in(source) for field in _FIELDS
    )


@lru_cache(maxsize=16_384)
def _fields(term: str, renderings: tuple[str, ...]) -> tuple[Qualifier, ...]:
    """Return the fields that a term and all of its renderings are of."""
    texts = term, *renderings
    return tuple(f for f in _FIELDS if all(map(f.stands_in, texts)))


def before(text: str, start: int) -> Qualifier | None:
    """Return the grade that stands directly before a place of a text, if any.

    >>> before("永久全面战略伙伴关系", 2) is not None, before("全面战略伙伴关系", 0)
    (True, None)
    """
    near = text[max(start - _NEAR, 0) : start]
    if has_han(text[start : start + 1]):
        match = _BEFORE_HAN.search(simplified(near))
    else:
        match = _BEFORE.search(near)
    if match is None:
        return None
    return next(word for word in _GRADES if word.stands_in(match[0]))


def behind(text: str, end: int) -> Qualifier | None:
    """Return the head of a longer name that stands directly behind a place, if any.

    >>> behind("上海合作组织峰会", 6) is not None, behind("上海合作组织将", 6)
    (True, None)
    """
    match = _BEHIND.match(text, end)
    if match is None:
        return None
    return next(word for word in _HEADS if word.stands_in(match[0]))
