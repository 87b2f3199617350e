"""Whether a State is named in a text in another way than by its name.

A text that has named a State goes on with *it*, *the country*, its capital, its people
or one Chinese character: 中美, 越共, *Athens*, *the Turks*. Some are understood
altogether: *the Treasury* is 英国财政部 in Chinese. A name that is missing is an error
where nothing of that kind stands in its place.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from glossary import late_pattern
from glossary.entry import Entry, usable
from glossary.recognition.remains import Rest
from glossary.text import are_kin, content, has_han, primary, simplified

#: The subject of entries that are names of States.
STATES: Final = "states"
#: Names that readers at home understand; they are no error where they do not stand.
_UNDERSTOOD: Final = frozenset(
    "中国 美国 英国 法国 德国 俄罗斯 日本 韩国 朝鲜 印度 "
    "非洲 欧洲 亚洲 拉丁美洲 台湾 香港 澳门".split()
)
#: What stands for a country: pronouns, and words like *the country*.
_POINTING: Final = (
    re.compile(
        r"\b(?:it|its|itself|they|them|their|theirs|we|us|our|here|there|home"
        r"|on the ground)\b|[它其该該此]|[他她我咱][们們]|当地|當地",
        re.IGNORECASE,
    ),
    late_pattern(
        r"\b(?:country|nation|government|national(?:ly)?|domestic|kingdom|republic)\b"
        r"|(?:[该該我本各全祖]|两|兩)[国國]|[国國][内內家]|本土",
        re.IGNORECASE,
    ),
)
#: A Chinese name of so many characters is seldom said again: there is 该国 for it.
_LONG: Final = 4
#: What points at something that was named: its head follows.
_SAID_CHINESE: Final = late_pattern(
    "(?:[该本]|上述|前述|此[等种项类])([\u4e00-\u9fff]{1,4})"
)
_SAID_ENGLISH: Final = re.compile(
    r"\b(?:the|this|that|these|those|such|said|each|any|every) ([a-z]{3,})\b",
    re.IGNORECASE,
)
#: Characters for several countries, one each: 巴以, 日韩台澳.
_SIDE_BY_SIDE: Final = re.compile(
    "[中美英法德俄日韩朝印巴以伊澳加欧非台港阿哈吉塔乌土越老柬缅泰马新菲蒙埃沙叙约黎意西葡荷"
    "比波匈捷塞希瑞挪芬丹智墨秘古委哥尼肯坦赞津刚苏卢]{2,}"
)
#: So many letters at its beginning tell a name: *Turk* of *Turkey*, *Czech*oslovak.
_STEM: Final = 4
_USUAL: Final = "shortForm"
_SEVERAL: Final = 2
#: Words of names that many have.
_COMMON: Final = frozenset(
    "republic state states kingdom united democratic federal federation islamic people "
    "peoples island islands north south central new saint".split()
)
_WORD: Final = re.compile(r"[A-Z][a-zà-ÿ]{3,}")
#: What its readers call a name by, all alone: *the Party*, 党, but not 党派.
_CALLED: Final = {
    "党": re.compile("(?<![政各朝野])[党黨](?![派员員])"),
    "盟": re.compile("[入脱脫退]盟"),
    "约": re.compile("[入退][约約](?!束)"),
}
#: Continents and their unions are named beside a country by one character: 中欧, 中非.
_CONTINENT: Final = re.compile("[欧非](?:盟|洲|洲联盟)")


def is_state(entry: Entry) -> bool:
    """Say whether an entry is the name of a State."""
    return STATES in entry.subjects


def is_understood(*texts: str) -> bool:
    """Say whether one of some wordings is a name that may be left out."""
    return any(simplified(text) in _UNDERSTOOD for text in texts if has_han(text))


def is_named(entry: Entry, target: Rest, source: Rest) -> bool:
    """Say whether what is left of a target may name a State in another way."""
    return is_hinted(entry, target.text) or (
        not _is_long(entry) and _is_pointed_at(target, source)
    )


def is_hinted(entry: Entry, text: str) -> bool:
    """Say whether something in a text may be made of the name of an entry.

    That is its first Chinese character, of a long name two or the one before 方, or an
    English word that begins alike.
    """
    names = list(_names(entry))
    is_long = _is_long(entry)
    many = 2 if is_long else 1
    simple = simplified(text)
    if any(name[:many] in simple for name in names if has_han(name)):
        return True
    if any(f"{name[0]}方" in simple for name in names if has_han(name)):
        return True
    if is_long and any(
        name[0] in run for run in _SIDE_BY_SIDE.findall(simple) for name in names
    ):
        return True
    stems = {
        word[:_STEM].lower()
        for name in names
        for word in _WORD.findall(name)
        if word.lower() not in _COMMON
    }
    return any(word[:_STEM].lower() in stems for word in _WORD.findall(text))


def pointed_at(wording: str, text: str) -> int:
    """Return how often a text points at what a wording names: 该会, *such agencies*.

    >>> pointed_at("安全理事会", "不得影响该会之权责")
    1
    >>> pointed_at("specialized agencies", "Such agencies shall report to that agency.")
    2
    >>> pointed_at("specialized agencies", "the specialized agencies of the countries")
    0
    """
    if has_han(wording):
        name = simplified(wording)
        return sum(
            any(name.endswith(behind[1][:many]) for many in range(1, len(name)))
            for behind in _SAID_CHINESE.finditer(simplified(text))
        )
    words = content(wording.partition(" of ")[0])
    if len(words) < _SEVERAL:
        return 0
    return sum(
        any(are_kin(words[-1], head) for head in content(behind[1]))
        for behind in _SAID_ENGLISH.finditer(text)
    )


def is_called(wordings: Iterable[str], text: str) -> bool:
    """Say whether a text calls what some wordings name by one character.

    >>> [is_called(["中国共产党"], text) for text in ("党和国家", "各党派")]
    [True, False]
    >>> [is_called(["欧盟"], text) for text in ("中欧关系", "入盟进程", "北欧")]
    [True, True, False]
    """
    names = {simplified(wording) for wording in wordings if has_han(wording)}
    last = {name[-1:] for name in names}
    return any(
        sign.search(text) for end, sign in _CALLED.items() if end in last
    ) or any(
        name[0] in run
        for name in names
        if _CONTINENT.fullmatch(name)
        for run in _SIDE_BY_SIDE.findall(simplified(text))
    )


def _is_long(entry: Entry) -> bool:
    """Say whether the usual Chinese name of a State is long."""
    chinese = [t for t in usable(entry.terms, None) if primary(t.lang) == "zh"]
    usual = next((t for t in chinese if t.type == _USUAL), None)
    return usual is not None and len(usual.text) >= _LONG


def _is_pointed_at(target: Rest, source: Rest) -> bool:
    """Say whether a target has more that may stand for a country than its source."""
    return any(
        len(kind.findall(target.text)) > len(kind.findall(source.text))
        for kind in _POINTING
    )


def _names(entry: Entry) -> Iterator[str]:
    for term in usable(entry.terms, None):
        if primary(term.lang) in {"zh", "en"}:
            yield simplified(term.text) if has_han(term.text) else term.text
