"""What the headings of other tools mean: the table of aliases.

Headings are compared after NFKC, in small letters and without quotes, brackets,
spaces, `_` and `-`: `Chinese (PRC)`, `chinese_prc` and `CHINESE PRC` are one.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import combinations, takewhile
from types import MappingProxyType
from typing import Final, NamedTuple

from glossary.formats.table.names import FIELDS, LANGUAGES
from glossary.formats.table.qualifiers import qualified, unnumbered
from glossary.speech import names_of_languages, registered
from glossary.text import canonical, has_han, primary

#: The two-letter languages of ISO 639-1 but `id`, `no`, `so`, `as`, `is`, `to`, `or`,
#: `am`, `my`, `io` and `na`, which as headings are words.
_ISO_639_1: Final = frozenset(
    re.findall(
        "..",
        "aaabaeafakanaravayazbabebgbhbmbnbobrbscacechcocrcscucvcydadedvdzeeeleneoes"
        "eteufafffifjfofrfygagdglgngugvhahehihohrhthuhyhziaieigiiikitiujajvkakgkikj"
        "kkklkmknkokrkskukvkwkylalblglilnloltlulvmgmhmimkmlmnmrmsmtnbndnengnlnnnrnv"
        "nyocojompapiplpsptqurmrnroruwasascsdsesgsiskslsmsnsqsrssstsusvswtatetgthti"
        "tktltntrtstttwtyugukuruzvevivowowaxhyiyozazhzu",
    )
)
_TAG: Final = re.compile(r"[a-z]{2}(?:[-_][a-z]{4})?(?:[-_](?:[a-z]{2}|\d{3}))?")
_NAME_AND_TAG: Final = re.compile(r"(?P<name>.*\S)\s*[\[(](?P<tag>[\w-]+)[\])]")
_PARTS: Final = re.compile(r"[^\s_\-:/.()\[\]]+")
_IGNORED: Final = re.compile(r"[\s_\-()\[\]{}\"'“”‘’«»\ufeff*]+")
_EITHER: Final = re.compile(r"\s*(?:/|&|\bor\b|\band\b|或|及|和)\s*")
#: What stands in one script within a heading that says the same twice.
_IN_A_SCRIPT: Final = re.compile(r"[\u3400-\u9fff][\u3400-\u9fff\s]*|[^\u3400-\u9fff]+")
_SMALL: Final = frozenset("in of the for".split())
#: Headings of more words than this are sentences.
_MOST_PARTS: Final = 6
#: What tells the script of Chinese in a heading, once it is `normal`.
_SAYS_SCRIPT: Final = re.compile(
    r"han[st]|cn|sg|tw|hk|mo|chs|cht|simp|trad|prc|china(?!ese)|singapore|taiwan|hong"
    r"|maca|[简簡繁正]体|[简簡繁正]體|[简簡繁]|大[陆陸]|台[湾灣]|臺灣|香港"
)
#: Letters: a shorter word is like too many others.
_SHORTEST_SLIP: Final = 6
#: As many characters have names of languages in Chinese: 阿塞拜疆语.
_LONGEST_NAME: Final = 5
_MEMBERS: Final = re.compile(r"\s*,\s*")


class HeadingMeaning(NamedTuple):
    """What a heading says: the kind of column, and the language if it names one.

    `status` is what it says of the terms below it: `不推荐译法`.
    """

    field: str
    lang: str | None = None
    status: str = ""


def normal(heading: str) -> str:
    """Return a heading in the form in which headings are compared.

    >>> normal("Chinese (PRC)"), normal('"Term_Info"'), normal("ＺＨ－ＣＮ")
    ('chineseprc', 'terminfo', 'zhcn')
    """
    return _IGNORED.sub("", unicodedata.normalize("NFKC", heading).casefold())


def _table(rows: dict[str, str]) -> dict[str, str]:
    return {
        normal(alias): meaning
        for meaning, aliases in rows.items()
        for alias in _MEMBERS.split(aliases.strip())
    }


_FIELD_OF: Final = _table(FIELDS)
_LANGUAGE_OF: Final = _table(LANGUAGES)
#: The columns that a language may stand beside: `Status [en]`, `en_description`.
_OF_A_LANGUAGE: Final = frozenset(FIELDS) - frozenset(
    "lang id glossary state number approved version".split()
)
_NAMES_A_TERM: Final = frozenset({"term", "text", "target", "source"})
#: Fields that are terms of one type.
KINDS_OF_TERMS: Final = frozenset({"abbreviation", "acronym", "fullForm", "shortForm"})
#: Headings of terms, which a status or a number may stand beside.
_NAMES_TERMS: Final = frozenset({"term", "target", "source", "synonyms"})
#: Headings that several columns have, told apart by a number: `Note 2`.
_SEVERAL: Final = _NAMES_TERMS | {"definition", "note", "subjects", "usage"}


def language_of_heading(heading: str) -> str | None:
    """Return the language that a heading names by name or by tag, or None.

    Only registered subtags make a tag: `en_note` names no language.
    """
    if lang := _LANGUAGE_OF.get(normal(heading)):
        return lang
    bare = unicodedata.normalize("NFKC", heading).casefold().strip(" []()\"'\ufeff")
    if _TAG.fullmatch(bare) and bare[:2] in _ISO_639_1:
        return canonical(bare) if registered(bare.replace("_", "-")) else None
    return None


def is_open(heading: str) -> bool:
    """Say whether a heading names Chinese and not which script it is in.

    >>> is_open("中文"), is_open("Chinese term"), is_open("简体中文"), is_open("zh-CN")
    (True, True, False, False)
    """
    return not _SAYS_SCRIPT.search(normal(heading))


@cache
def _names() -> MappingProxyType[str, str]:
    """Return the names of languages that are not in the table, in many languages."""
    names = {normal(name): tag for name, tag in names_of_languages()}
    return MappingProxyType(
        {n: t for n, t in names.items() if len(n) > 2 or not n.isascii()}
    )


def language_named(text: str) -> str | None:
    """Return the language of a text that is a tag, or a name in a language we know."""
    tag = language_of_heading(text) or _names().get(normal(text))
    return canonical(tag) if tag else None


def names_language(heading: str) -> bool:
    """Say whether a part of a heading names a language: `英文职务`, `English title`.

    >>> names_language("英文职务"), names_language("职务"), names_language("China desk")
    (True, False, False)
    """
    return language_in(heading) is not None


def language_in(heading: str) -> str | None:
    """Return the first language that a part of a heading names, or None.

    >>> language_in("英文职务"), language_in("0.0 English"), language_in("职务")
    ('en', 'en', None)
    """
    text = unicodedata.normalize("NFKC", heading)
    if has_han(text):
        ends = (at for at, letter in enumerate(text, start=1) if letter in "文语語")
        parts = [
            text[start:at]
            for at in ends
            for start in range(max(at - _LONGEST_NAME, 0), at - 1)
        ]
        return next((tag for part in parts if (tag := language_named(part))), None)
    names = (_names().get(normal(p)) for p in _PARTS.findall(text) if len(p) > 3)
    return next((canonical(tag) for tag in names if tag), None)


def nearly_names_language(heading: str) -> bool:
    """Say whether a heading is the name of a language with one slip: `Englishh`.

    >>> nearly_names_language("Englishh"), nearly_names_language("Chines")
    (True, True)
    >>> nearly_names_language("Person"), nearly_names_language("English")
    (False, False)
    """
    word = normal(heading)
    if len(word) < _SHORTEST_SLIP or not word.isascii() or word in _LANGUAGE_OF:
        return False
    return any(
        name.isascii() and _is_a_slip(word, name)
        for name in _LANGUAGE_OF
        if len(name) >= _SHORTEST_SLIP
    )


def _is_a_slip(word: str, name: str) -> bool:
    """Say whether one letter more, less, other or changed with the next parts two."""
    if abs(len(word) - len(name)) > 1 or word == name:
        return False
    pairs = zip(word, name, strict=False)
    start = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    one, other = word[start:], name[start:]
    return (
        one[1:] == other[1:]
        or one[1:] == other
        or one == other[1:]
        or (one[:2] == other[1::-1] and one[2:] == other[2:])
    )


@lru_cache(maxsize=4096)
def meaning(heading: str) -> HeadingMeaning | None:
    """Return what a heading means, or None when it says nothing known.

    >>> meaning("Term [en]")
    HeadingMeaning(field='term', lang='en', status='')
    >>> meaning("English_United_States_Def")
    HeadingMeaning(field='definition', lang='en', status='')
    >>> meaning("中文释义"), meaning("Priority")
    (HeadingMeaning(field='definition', lang='zh-Hans', status=''), None)
    >>> meaning("Chinesisch")
    HeadingMeaning(field='term', lang='zh-Hans', status='')
    >>> meaning("不推荐译法")
    HeadingMeaning(field='target', lang=None, status='deprecated')
    """
    if len(heading) > 100:
        return None
    bare = heading.strip().rstrip("?？:：*")
    if field := _FIELD_OF.get(normal(heading)) or _FIELD_OF.get(normal(bare)):
        return HeadingMeaning(field)
    if lang := language_of_heading(bare):
        return HeadingMeaning("term", lang)
    parts = _PARTS.findall(unicodedata.normalize("NFKC", bare))
    if has_han(heading) and len(parts) == 1:
        parts = list(parts[0])
    for lang_parts, field_parts in _divided(parts):
        if meaning_of_both := _of_a_language(lang_parts, field_parts):
            return meaning_of_both
    return _either(heading) or _by_name(bare) or _qualified(bare) or _tagged(bare)


def _tagged(heading: str) -> HeadingMeaning | None:
    """Return the language of a name with its tag beside it: `English (en-US)`."""
    match = _NAME_AND_TAG.fullmatch(unicodedata.normalize("NFKC", heading).strip())
    if match is None:
        return None
    name, tag = language_named(match["name"]), language_of_heading(match["tag"])
    alike = name and tag and primary(name) == primary(tag)
    return HeadingMeaning("term", tag) if alike else None


def _qualified(heading: str) -> HeadingMeaning | None:
    """Return what a heading of terms means that has a status or a number beside it."""
    if bare := unnumbered(heading):
        plain = meaning(bare)
        return plain if plain and plain.field in _SEVERAL else None
    for status, name in qualified(heading):
        plain = meaning(name)
        if plain and plain.field in _NAMES_TERMS and not plain.status:
            return plain._replace(status=status)
    return None


def _divided(parts: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the ways in which a heading may name a language and a field."""
    for at in range(1, len(parts)):
        yield parts[:at], parts[at:]
        yield parts[at:], parts[:at]
    if len(parts) <= _MOST_PARTS and not any(map(has_han, parts)):
        # “Chinese term (simplified)”: the language stands around the field.
        inner = [part for part in parts if part.casefold() not in _SMALL]
        for count in range(1, len(inner)):
            for places in combinations(range(len(inner)), count):
                lang = [inner[at] for at in places]
                yield lang, [p for at, p in enumerate(inner) if at not in places]


def _either(heading: str) -> HeadingMeaning | None:
    """Return what “Source/Reference” or “英文 English” means, if its parts agree."""
    parts = [part for part in _EITHER.split(heading) if part.strip()]
    if len(parts) == 1:
        parts = [part for part in _IN_A_SCRIPT.findall(heading) if normal(part)]
    if not 1 < len(parts) <= _MOST_PARTS:
        return None
    meanings = {meaning(part) for part in parts}
    if len(meanings) > 1:
        meanings -= {HeadingMeaning("source")}
    return meanings.pop() if len(meanings) == 1 else None


def _by_name(heading: str) -> HeadingMeaning | None:
    """Return the language that a heading names in another language: `Русский`."""
    if not any(map(str.isalpha, heading)):
        return None
    tag = _names().get(normal(heading))
    lang = canonical(tag) if tag else None
    return HeadingMeaning("term", lang) if lang else None


def _of_a_language(lang: list[str], field: list[str]) -> HeadingMeaning | None:
    name = normal("".join(field))
    kind = "term" if name == "name" else _FIELD_OF.get(name)
    if kind not in _OF_A_LANGUAGE:
        return None
    tag = language_named("-".join(lang))
    if tag is None:
        return None
    if kind in _NAMES_A_TERM:
        kind = "term"
    return HeadingMeaning(kind or "", tag)
