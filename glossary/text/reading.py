"""Readings: pinyin made for a term that has none, and pinyin made comparable.

A curated reading always wins. What is made here comes from pypinyin's dictionary of
phrases, and is marked as derived wherever it is kept: a character with two readings
(重, 行) may have got the wrong one.
"""

import re
import unicodedata
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import orjson

from glossary import late_pattern
from glossary.text.fold import fold
from glossary.text.language import primary
from glossary.text.script import HAN, UNSPACED, has_han

_RUNS: Final = late_pattern(f"[{UNSPACED}]+|[0-9A-Za-z]+")
_BETWEEN_SYLLABLES: Final = re.compile(r"[\s'’\-]+")
_SOUNDS: Final = re.compile(r"[a-z0-9]+")
#: The longest phrase that is looked up in pypinyin's dictionary, in characters.
_LONGEST: Final = 8
#: Words of this genre that the dictionary lacks, or reads otherwise: as 现代汉语词典
#: and the official table of pronunciations (审音表, 1985) have them.
OWN_WORDS: Final = {
    "长臂": ("cháng", "bì"),
    "深入地": ("shēn", "rù", "de"),
    "指明了": ("zhǐ", "míng", "le"),
    "框架": ("kuàng", "jià"),
    "正当": ("zhèng", "dàng"),
    "对称": ("duì", "chèn"),
    "正当其时": ("zhèng", "dāng", "qí", "shí"),
    "朝鲜": ("cháo", "xiǎn"),
    "加勒比": ("jiā", "lè", "bǐ"),
    "巴勒斯坦": ("bā", "lè", "sī", "tǎn"),
    "巴勒莫": ("bā", "lè", "mò"),
    "几内亚": ("jī", "nèi", "yà"),
    "蒙古": ("měng", "gǔ"),
    "缅甸": ("miǎn", "diàn"),
    "都柏林": ("dū", "bó", "lín"),
    "蒙得维的亚": ("méng", "dé", "wéi", "dì", "yà"),
    "塔什干": ("tǎ", "shí", "gān"),
    "尼泊尔": ("ní", "bó", "ěr"),
    "乌干达": ("wū", "gān", "dá"),
    "塞尔维亚": ("sài", "ěr", "wéi", "yà"),
    "塞浦路斯": ("sài", "pǔ", "lù", "sī"),
    "塞内加尔": ("sài", "nèi", "jiā", "ěr"),
    "塞舌尔": ("sài", "shé", "ěr"),
    "塞拉利昂": ("sài", "lā", "lì", "áng"),
    "阿塞拜疆": ("ā", "sài", "bài", "jiāng"),
    "埃塞俄比亚": ("āi", "sài", "é", "bǐ", "yà"),
    "洪都拉斯": ("hóng", "dū", "lā", "sī"),
    "悬崖勒马": ("xuán", "yá", "lè", "mǎ"),
    "摒弃": ("bìng", "qì"),
    "摒除": ("bìng", "chú"),
    "澎湖": ("péng", "hú"),
    "耶路撒冷": ("yē", "lù", "sā", "lěng"),
    "亚的斯亚贝巴": ("yà", "dì", "sī", "yà", "bèi", "bā"),
    "弹道": ("dàn", "dào"),
    "反导": ("fǎn", "dǎo"),
    "中间": ("zhōng", "jiān"),
    "藏传": ("zàng", "chuán"),
    "涉藏": ("shè", "zàng"),
    "亚行": ("yà", "háng"),
    "亚投行": ("yà", "tóu", "háng"),
    "真相": ("zhēn", "xiàng"),
    "推倒": ("tuī", "dǎo"),
    "重来": ("chóng", "lái"),
    "重回": ("chóng", "huí"),
    "切香肠": ("qiē", "xiāng", "cháng"),
    "尽最大": ("jìn", "zuì", "dà"),
    "地支持": ("de", "zhī", "chí"),
    "提升为": ("tí", "shēng", "wéi"),
    "降为": ("jiàng", "wéi"),
}
#: How families read their names, if not as these characters are read most often.
_SURNAMES: Final = {
    "仇": ("qiu", "chou"),
    "区": ("ou", "qu"),
    "单": ("shan", "dan"),
    "召": ("shao", "zhao"),
    "员": ("yun", "yuan"),
    "尉": ("wei", "yu"),
    "折": ("she", "zhe"),
    "曾": ("zeng",),
    "朴": ("piao", "pu"),
    "查": ("zha", "cha"),
    "盖": ("ge", "gai"),
    "种": ("chong", "zhong"),
    "繁": ("po", "fan"),
    "缪": ("miao", "mou"),
    "翟": ("zhai", "di"),
    "能": ("nai", "neng"),
    "薄": ("bo", "bao"),
    "覃": ("qin", "tan"),
    "解": ("xie", "jie"),
    "都": ("du", "dou"),
    "重": ("chong", "zhong"),
    "长": ("zhang", "chang"),
    "乐": ("le", "yue"),
    "吕": ("lv", "lu", "lyu"),
    "盛": ("sheng", "cheng"),
    "隗": ("wei", "kui"),
    "黑": ("he", "hei"),
    "祭": ("zhai", "ji"),
    "谌": ("chen", "shen"),
    "郇": ("xun", "huan"),
    "郗": ("xi", "chi"),
    "佴": ("nai", "er"),
    "卜": ("bu",),
}
#: A tone written as a figure follows its syllable: xin1, lü4, lu:4.
_TONE: Final = re.compile(r"(?<=[a-zü:])[1-5](?![0-9])")
_LONGEST_SYLLABLE: Final = 6
_SYLLABLE: Final = re.compile(
    r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:iang|iong|uang|ang|eng|ing|ong|iao|ian|uai|uan|van"
    r"|ai|ei|ao|ou|an|en|er|ia|ie|iu|in|ua|uo|ui|un|ue|ve|vn|[aeiouv])r?"
)

#: What a syllable may begin with only at the beginning of a word.
_VOWELS: Final = "aeiouv"


def derived(text: str) -> str:
    """Return the pinyin of a Chinese text with tone marks, a space between syllables.

    What is not Chinese stays as it is written; punctuation is left out.

    >>> derived("新型大国关系"), derived("G20峰会")
    ('xīn xíng dà guó guān xì', 'G20 fēng huì')
    """
    words: list[str] = []
    for run in _RUNS.findall(text):
        words += _read(fold(run).text) if HAN.match(run) else [run]
    return " ".join(words)


def reading_made(text: str, lang: str) -> str | None:
    """Return the reading that is made for a term without a curated one.

    None is for a term that has none: of another language, or without Chinese in it.

    >>> reading_made("和平", "zh-Hans"), reading_made("peace", "en")
    ('hé píng', None)
    """
    return derived(text) if primary(lang) == "zh" and has_han(text) else None


def _read(han: str) -> list[str]:
    """Return the syllables of simplified characters.

    The longest phrase of the dictionary is taken from the end backwards: 沟通和协调
    ends in 协调, while a reading from the front would find 和协 in it.
    """
    words: list[tuple[str, ...]] = []
    end = len(han)
    whole, sizes = phrases(), _sizes()
    while end:
        for size in sizes.get(han[max(end - 2, 0) : end], ()):
            if size <= end and (word := whole.get(han[end - size : end])) is not None:
                words.append(word)
                end -= size
                break
        else:
            words.append(_character(han[end - 1]))
            end -= 1
    return [syllable for word in reversed(words) for syllable in word]


@lru_cache(maxsize=8192)
def _character(han: str) -> tuple[str, ...]:
    """Return the commonest reading of one character, as a word of one syllable."""
    return (_characters().get(str(ord(han)), han).partition(",")[0],)


@cache
def _sizes() -> MappingProxyType[str, tuple[int, ...]]:
    """Return how long phrases are by their last two characters, the longest first."""
    sizes: dict[str, tuple[int, ...]] = {}
    for phrase in sorted(phrases(), key=len, reverse=True):
        if 1 < (size := len(phrase)) <= _LONGEST:
            longer = sizes.get(phrase[-2:], ())
            if size not in longer:
                sizes[phrase[-2:]] = _shared((*longer, size))
    return MappingProxyType(sizes)


@cache
def _shared(sizes: tuple[int, ...]) -> tuple[int, ...]:
    """Return the one tuple that stands for all of its like."""
    return sizes


@cache
def phrases() -> MappingProxyType[str, tuple[str, ...]]:
    """Return the first reading of each syllable of each phrase, ours among them."""
    phrases: dict[str, list[list[str]]] = _dictionary("phrases_dict.json")
    theirs = {
        han: tuple([syllable[0] for syllable in syllables])
        for han, syllables in phrases.items()
    }
    return MappingProxyType(theirs | OWN_WORDS)


def readings(han: str) -> list[str]:
    """Return the readings of one character, with tone marks, the commonest first.

    >>> readings("和")[:2], readings("x")
    (['hé', 'hè'], [])
    """
    return [
        reading
        for reading in _characters().get(str(ord(han)), "").split(",")
        if reading
    ]


@cache
def _characters() -> MappingProxyType[str, str]:
    """Return the readings of each character by its code point in decimal figures."""
    characters: dict[str, str] = _dictionary("pinyin_dict.json")
    return MappingProxyType(characters)


def _dictionary(name: str) -> Any:
    """Return what a file of pypinyin holds.

    The package itself is not imported: it would build a segmenter that is not used.
    """
    spec = find_spec("pypinyin")
    (folder,) = (spec and spec.submodule_search_locations) or ("",)
    return orjson.loads((Path(folder) / name).read_bytes())


def sound(pinyin: str) -> str:
    """Return pinyin without tones, spaces and marks, ü as v: what readings match by.

    Takes tone marks or figures, words apart or run together, ü as v or u:.

    >>> sound("xīnxíng dàguó guānxì"), sound("Xin1xing2 da4guo2"), sound("lu:4 lǜ lv")
    ('xinxingdaguoguanxi', 'xinxingdaguo', 'lvlvlv')
    """
    return "".join(map(_sound, pinyin.split()))


@lru_cache(maxsize=16_384)
def _sound(word: str) -> str:
    text = unicodedata.normalize("NFC", word).casefold()
    text = _TONE.sub("", unicodedata.normalize("NFC", _toneless(text)))
    text = text.replace("u:", "v").replace("ü", "v")
    return "".join(_SOUNDS.findall(text))


def initials(reading: str, text: str) -> str:
    """Return the first letters of the syllables of a term's reading.

    The number of Han characters in `text` says how many syllables there are; where
    the reading has another number, there are no initials.

    >>> initials("xīnxíng dàguó guānxì", "新型大国关系")
    'xxdggx'
    """
    together = _begins(reading)
    expected = sum(map(len, _RUNS.findall(text)))
    return together if len(together) == expected else ""


#: The wordings of one entry in two scripts have one reading.
@lru_cache(maxsize=256)
def _begins(reading: str) -> str:
    return "".join(map(_begin, _BETWEEN_SYLLABLES.split(reading)))


@lru_cache(maxsize=16_384)
def _begin(word: str) -> str:
    return _firsts(sound(word))


@lru_cache(maxsize=16_384)
def _firsts(letters: str) -> str:
    """Return the first letter of each syllable, or what has no syllables as it is."""
    return "".join(syllable[0] for syllable in _syllables(letters)) or letters


def is_sound(text: str) -> bool:
    """Say whether letters can be read as pinyin: `zhongguo`, not `china`.

    >>> is_sound("zhongguo"), is_sound("xinxingdaguoguanxi"), is_sound("treaty")
    (True, True, False)
    """
    return text.isascii() and bool(_syllables(text))


def breaks_a_syllable(letters: str, text: str) -> bool:
    """Say whether a simplified text is read as going on from sounds within a syllable.

    >>> breaks_a_syllable("xigua", "习惯国际法"), breaks_a_syllable("xiguan", "习惯")
    (True, False)
    """
    others = {letters}
    for character in text:
        sounds = _sounds(character)
        rests = {
            rest.removeprefix(syllable)
            for rest in others
            for syllable in sounds
            if rest.startswith(syllable)
        }
        if "" in rests:
            return False
        if not rests:
            return any(
                syllable.startswith(rest) for rest in others for syllable in sounds
            )
        others = rests
    return False


def may_sound(text: str, letters: str) -> bool:
    """Say whether a simplified Chinese text may be read as pinyin without tones.

    >>> may_sound("毅", "yi"), may_sound("任重", "renzhong"), may_sound("刚", "yi")
    (True, True, False)
    """
    rests = {letters}
    for character in text:
        rests = {
            rest.removeprefix(syllable)
            for rest in rests
            for syllable in _sounds(character)
            if rest.startswith(syllable)
        }
    return "" in rests


def may_name(character: str, letters: str) -> bool:
    """Say whether a simplified character may be read so as the name of a family.

    Of the readings of a character, that is the commonest, or one that families have.

    >>> may_name("方", "fang"), may_name("方", "wang"), may_name("单", "shan")
    (True, False, True)
    """
    return letters in _surname_sounds(character)


@lru_cache(maxsize=8192)
def _surname_sounds(character: str) -> frozenset[str]:
    """Return how families may read one character, without tones."""
    return frozenset(_SURNAMES.get(character) or map(sound, readings(character)[:1]))


@lru_cache(maxsize=8192)
def _sounds(character: str) -> frozenset[str]:
    """Return how one character may be read, without tones."""
    return frozenset(map(sound, readings(character)))


def _toneless(text: str) -> str:
    """Take the four tones off, not the two dots of ü."""
    parts = unicodedata.normalize("NFD", text)
    return re.sub("[\u0300\u0301\u0304\u030c]", "", parts)


@lru_cache(maxsize=4096)
def _syllables(letters: str) -> tuple[str, ...]:
    """Cut letters into syllables; nothing when they are none.

    Within a word a syllable begins with no vowel if it can be helped, as an apostrophe
    would stand before it (GB/T 16159): yan ge, not yang e. Then the longest comes
    first.

    >>> _syllables("yange"), _syllables("jiaru"), _syllables("xian")
    (('yan', 'ge'), ('jia', 'ru'), ('xian',))
    """
    best: list[tuple[int, list[str]] | None] = [None] * len(letters) + [(0, [])]
    last = len(letters)
    for start in range(len(letters) - 1, -1, -1):
        if last - start > _LONGEST_SYLLABLE:
            # No syllable is so long that it reaches what is read behind it.
            return ()
        for end in range(min(start + _LONGEST_SYLLABLE, len(letters)), start, -1):
            rest = best[end]
            if rest is None or not _SYLLABLE.fullmatch(letters, start, end):
                continue
            worse = rest[0] + (start > 0 and letters[start] in _VOWELS)
            now = best[start]
            if now is None or worse < now[0]:
                best[start] = worse, [letters[start:end], *rest[1]]
                last = start
    return tuple(best[0][1]) if best[0] else ()
