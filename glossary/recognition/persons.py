"""Names of Chinese persons of which another's stands: *Qin Gang* for 王毅.

A name is told where it surely is one: in Chinese between an office and what its holder
does, in English as a surname and syllables of pinyin. Where a sentence has just one on
either side of which nothing around it on the other can be read, the one stands for the
other.
"""

import re
from collections.abc import Callable, Container, Iterator
from typing import Final

from glossary.recognition.alignment import Alignment
from glossary.recognition.answered import Answered
from glossary.recognition.exchanges import OtherWord, trimmed
from glossary.recognition.sentences import Piece
from glossary.text import UNSPACED, has_han, is_sound, may_name, may_sound, simplified

_SURNAMES: Final = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
    "苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史"
    "顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文习温耿栗庞华樊"
)
_SPELT: Final = frozenset(
    (
        "bai cai cao ceng chang chen cheng cui dai deng ding dong du duan fan fang "
        "feng fu gao geng gong gu guo han hao he hou hu hua huang jia jiang jin "
        "kang kong lai lei li liang liao lin liu long lu luo lv ma mao meng ou pan "
        "pang peng qian qiao qin qiu ren shan shao shen shi song su sun tan tang "
        "tian wan wang wei wen wu xi xia xiao xie xiong xu xue yan yang yao ye yi "
        "yin you yu yuan zeng zhang zhao zheng zhong zhou zhu zou "
    ).split()
)
_OFFICE: Final = (
    "部长|外长|防长|财长|主任|书记|主席|总理|大使|发言人|特使|代表|委员|秘书长|局长|署长|司长|市长"
    "|省长|委员长|总领事|公使|参赞|同志|院长|校长|专员|助理|总统"
)
_DOES: Final = (
    "会见|同|与|和|在|出席|主持|表示|指出|强调|说|称|应|于|抵|率|致|就|将|对|发表|宣布|回答|参加|陪同"
    "|[，、。；：（）(]|$"
)
_CHINESE: Final = re.compile(
    rf"(?:{_OFFICE})(?P<name>[{_SURNAMES}][{UNSPACED}]{{1,2}}?)(?={_DOES})"
)
_ENGLISH: Final = re.compile(r"\b([A-Z][a-z]+) ([A-Z][a-z]+)\b(?! [A-Z])")
_WORD: Final = re.compile("[a-z]+")
#: A first name has at most so many characters.
_FIRST_NAME: Final = 2
#: Surnames that are English words.
_WORDS: Final = frozenset("fan he long pan song sun tan you".split())
#: No first name ends so, but many an English word that might be pinyin: *Center*.
_NO_NAME: Final = "r"
#: A first name of so many letters has two of them.
_SYLLABLES: Final = 5
#: So much of a Chinese text is looked through for a name.
_LONGEST: Final = 20_000


def exchanges(
    texts: tuple[str, str],
    alignment: Alignment,
    answers: Answered,
    is_official: Callable[[int], bool],
) -> Iterator[OtherWord]:
    """Yield the names of persons of which a translation has another's.

    In official prose, `is_official` by the number of a bead, so is one that is nowhere
    on the other side.
    """
    side = 0 if has_han(texts[0]) else 1
    chinese, english = simplified(texts[side]), texts[1 - side]
    for number, bead in enumerate(alignment.beads):
        theirs = list(_english_names(english, bead[1 - side]))
        if not theirs:
            continue
        near = alignment.around(number)
        around = chinese[slice(*near[side])]
        strange = [name for name in theirs if not _is_read(around, *name[1:])]
        if len(strange) != 1:
            continue
        at, *names = strange[0]
        words = set(
            _WORD.findall(
                english[near[1 - side].start : at.start].lower()
                + english[at.end : near[1 - side].end].lower()
            )
        )
        own = [
            Piece(match.start("name"), match.end("name"))
            for match in _CHINESE.finditer(chinese, *bead[side])
        ]
        lost = [name for name in own if not _is_spelt(chinese[name.start], words)]
        if len(lost) == 1:
            pair = (lost[0], at) if side == 0 else (at, lost[0])
            if not answers.is_accused(pair[0]):
                yield OtherWord(*pair)
        elif not own and is_official(number) and _is_nowhere(chinese, *names):
            place = bead[0] if side == 0 else at
            if not answers.is_accused(place):
                yield (
                    OtherWord(trimmed(texts[0], place), at, is_new=True)
                    if side == 0
                    else OtherWord(place, None)
                )


def _english_names(text: str, within: Piece) -> Iterator[tuple[Piece, str, str]]:
    """Yield where Chinese names stand in an English text, and both of their parts."""
    for match in _ENGLISH.finditer(text, *within):
        surname, first_name = match[1].lower(), match[2].lower()
        if surname in _SPELT and is_sound(first_name):
            yield Piece(match.start(), match.end()), surname, first_name


def _is_read(text: str, surname: str, first_name: str) -> bool:
    """Say whether a name may be read anywhere in a Chinese text."""
    return any(
        may_sound(text[at + 1 : at + 1 + count], first_name)
        for at, character in enumerate(text)
        if may_name(character, surname)
        for count in range(1, _FIRST_NAME + 1)
    )


def _is_nowhere(chinese: str, surname: str, first_name: str) -> bool:
    """Say whether nothing of a full name stands in a Chinese text.

    A first name of one syllable may be a word; a text that is long says it somewhere.
    """
    return (
        len(chinese) <= _LONGEST
        and surname not in _WORDS
        and len(first_name) >= _SYLLABLES
        and not first_name.endswith(_NO_NAME)
        and not any(may_name(character, surname) for character in chinese)
    )


def _is_spelt(surname: str, words: Container[str]) -> bool:
    """Say whether a Chinese surname is among some English words.

    A person named before is *Minister Wang*.
    """
    return any(word in words and may_name(surname, word) for word in _SPELT)
