"""Pinyin as it is typed in a hurry, Wade-Giles and zhuyin: other spellings."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from glossary import late_pattern
from glossary.text.reading import is_sound, sound

_ONSETS: Final = dict(
    zip(
        "ㄅㄆㄇㄈㄉㄊㄋㄌㄍㄎㄏㄐㄑㄒㄓㄔㄕㄖㄗㄘㄙ",
        "b p m f d t n l g k h j q x zh ch sh r z c s".split(),
        strict=True,
    )
)
_FINALS: Final = dict(
    zip(
        "ㄚㄛㄜㄝㄞㄟㄠㄡㄢㄣㄤㄥㄦ",
        "a o e e ai ei ao ou an en ang eng er".split(),
        strict=True,
    )
)
_AFTER: Final = {
    "ㄧ": "i",
    "ㄧㄚ": "ia",
    "ㄧㄛ": "io",
    "ㄧㄝ": "ie",
    "ㄧㄠ": "iao",
    "ㄧㄡ": "iu",
    "ㄧㄢ": "ian",
    "ㄧㄣ": "in",
    "ㄧㄤ": "iang",
    "ㄧㄥ": "ing",
    "ㄨ": "u",
    "ㄨㄚ": "ua",
    "ㄨㄛ": "uo",
    "ㄨㄞ": "uai",
    "ㄨㄟ": "ui",
    "ㄨㄢ": "uan",
    "ㄨㄣ": "un",
    "ㄨㄤ": "uang",
    "ㄨㄥ": "ong",
    "ㄩ": "v",
    "ㄩㄝ": "ve",
    "ㄩㄢ": "van",
    "ㄩㄣ": "vn",
    "ㄩㄥ": "iong",
}
_ALONE: Final = {
    "i": "yi",
    "in": "yin",
    "ing": "ying",
    "iu": "you",
    "u": "wu",
    "ui": "wei",
    "un": "wen",
    "ong": "weng",
    "v": "yu",
    "ve": "yue",
    "van": "yuan",
    "vn": "yun",
    "iong": "yong",
}
_ZHUYIN: Final = late_pattern(
    "([ㄅ-ㄙ])?([ㄧㄨㄩ]?[ㄚㄛㄜㄝㄞㄟㄠㄡㄢㄣㄤㄥㄦ]|[ㄧㄨㄩ])?[ˉˊˇˋ˙\\s]*"
)
#: Onsets and finals of Wade-Giles in pinyin; ' marks breath.
_WADE: Final = (
    *(("p'", "p"), ("t'", "t"), ("k'", "k"), ("ts'", "c"), ("tz'", "c")),
    *(("ch'", "ch"), ("ts", "z"), ("tz", "z"), ("ch", "zh"), ("hs", "x")),
    *(("sh", "sh"), ("sz", "s"), ("ss", "s"), ("p", "b"), ("t", "d"), ("k", "g")),
    *(("j", "r"), ("m", "m"), ("f", "f"), ("n", "n"), ("l", "l"), ("h", "h")),
    *(("s", "s"), ("y", "y"), ("w", "w")),
)
_WADE_FINALS: Final = {
    "ih": "i",
    "erh": "er",
    "ieh": "ie",
    "üeh": "ve",
    "ung": "ong",
    "iung": "iong",
    "u": "u",
    "ien": "ian",
    "uei": "ui",
    "ueh": "ue",
    "eh": "e",
    "ê": "e",
    "ên": "en",
    "êng": "eng",
    "ü": "v",
    "üan": "van",
    "ün": "vn",
    "ŭ": "i",
}
_UNLIKE_PINYIN: Final = re.compile(
    "'|hs|ts|tz|ê|ü|ih\\b|ieh\\b|ien\\b|ung\\b|erh\\b|ŭ|(?<=[a-z])-(?=[a-z])"
)
#: Syllables that pinyin has not either, but which alone may be other words.
_UNLIKE_BESIDE_OTHERS: Final = re.compile(
    r"\b(?:chi(?:a|ao|ang|n|ng|u)|j(?:an|ang|ao|e|en|eng|o|ou|ui))\b"
)
_WADE_WORD: Final = re.compile(r"[^\W\d_]+'?[^\W\d_]*")
_PALATAL: Final = re.compile("[iv]")
_SYLLABLE: Final = re.compile(
    r"(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?([aeiouv]+)(ng(?![aeiouv])|n(?![aeiouv])|r(?![aeiouv]))?"
)
_NASAL: Final = re.compile(r"(?<=[aei])ng(?![aeiouv])")


def of_zhuyin(text: str) -> str | None:
    """Return the pinyin of a text all in zhuyin, else None.

    >>> of_zhuyin("ㄓㄨˇㄑㄩㄢˊ"), of_zhuyin("ㄑㄧㄡˊ ㄊㄨㄥˊ"), of_zhuyin("主权")
    ('zhuquan', 'qiutong', None)
    """
    syllables, at = [], 0
    text = text.strip()
    while at < len(text):
        match = _ZHUYIN.match(text, at)
        if match is None or not (match[1] or match[2]):
            return None
        syllables.append(_syllable(match[1], match[2]))
        at = match.end()
    return "".join(syllables) or None


def _syllable(onset: str | None, final: str | None) -> str:
    begin = _ONSETS[onset] if onset else ""
    if not final:
        return f"{begin}i"
    end = _AFTER.get(final) or _FINALS[final]
    if not begin:
        plain = end.replace("i", "y", 1) if end.startswith("i") else end
        plain = plain.replace("u", "w", 1) if plain.startswith("u") else plain
        return _ALONE.get(end, plain)
    return begin + (end.replace("v", "u") if begin in "jqx" else end)


@lru_cache(maxsize=256)
def of_wade_giles(text: str) -> str | None:
    """Return the pinyin of a text in Wade-Giles, else None.

    It must have what pinyin has not: a mark of breath, a hyphen between syllables, hs,
    ts, ê, ü, ih, ieh, ien, ung, or, between other syllables, chia, chin, jen and such.

    >>> of_wade_giles("Hsi-tsang"), of_wade_giles("T'ai-wan"), of_wade_giles("treaty")
    ('xizang', 'taiwan', None)
    >>> of_wade_giles("tan pien chu i"), of_wade_giles("zhu quan")
    ('danbianzhuyi', None)
    >>> of_wade_giles("wai chiao pu"), of_wade_giles("double chin")
    ('waijiaobu', None)
    """
    plain = unicodedata.normalize("NFC", text.casefold())
    plain = re.sub("[’‘ʼ`´ʻ]", "'", plain)
    words = _WADE_WORD.findall(plain)
    if not _UNLIKE_PINYIN.search(plain) and (
        len(words) < 2 or not _UNLIKE_BESIDE_OTHERS.search(plain)
    ):
        return None
    syllables = [_from_wade(word) for word in words]
    if (
        not words
        or None in syllables
        or re.sub(r"[\s\-']", "", plain)
        != "".join(word.replace("'", "") for word in words)
    ):
        return None
    return "".join(filter(None, syllables))


def _from_wade(word: str) -> str | None:
    begin, end = next(
        ((p, word[len(w) :]) for w, p in _WADE if word.startswith(w)), ("", word)
    )
    end = _WADE_FINALS.get(end, end)
    if begin in {"zh", "ch"} and _PALATAL.match(end) and word[-2:] != "ih":
        begin = {"zh": "j", "ch": "q"}[begin]
    if end == "o" and begin in {"g", "k", "h", ""}:
        end = "e"
    elif end == "o" and begin not in {"b", "p", "m", "f", "w"}:
        end = "uo"
    if not begin:
        end = {"i": "yi", "v": "yu"}.get(end, end)
    if begin == "y" and end == "en":
        end = "an"
    if begin in set("jqxy"):
        end = end.replace("v", "u")
    if (
        begin in {"z", "c", "s"}
        and word[-1] == "u"
        and word.startswith(("tz", "sz", "ss"))
    ):
        end = "i"
    syllable = sound(begin + end)
    return syllable if is_sound(syllable) else None


def onsets(letters: str, *, odd: int = 0) -> list[str]:
    """Return the syllables of letters that are nearly pinyin; nothing for others.

    So many `odd` letters are passed over that begin no syllable.

    >>> onsets("tongzhogongji"), onsets("treaty")
    (['tong', 'zho', 'gong', 'ji'], [])
    >>> onsets("guojiatongyyi"), onsets("guojiatongyyi", odd=1)
    ([], ['guo', 'jia', 'tong', 'yi'])
    """
    words, at = [], 0
    while at < len(letters):
        match = _SYLLABLE.match(letters, at)
        if match is None and odd:
            at, odd = at + 1, odd - 1
            continue
        if match is None:
            return []
        words.append(match[0])
        at = match.end()
    return words


@lru_cache(maxsize=16_384)
def forgiving(letters: str) -> str:
    """Return letters as they sound to who does not tell zh from z, ng from n, n from l.

    Nor does it tell ü from u.

    >>> forgiving("zhanlve"), forgiving("lingshi"), forgiving("qvanping")
    ('zannue', 'ninsi', 'quanpin')
    """
    text = re.sub("(?<=[zcs])h", "", letters.replace("v", "u"))
    return _NASAL.sub("n", text).replace("l", "n")
