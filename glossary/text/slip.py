"""Whether what differs between two wordings is a slip of typing, or another meaning.

A slip keeps what is meant: a character that sounds or looks like the right one, two
that changed places, 的 or 之 too many, a mistyped letter. Whatever else differs makes
another wording, and above all a title, a negation, a number or a name: 副总理 is not
总理, and *non-proliferation* no *proliferation*. All texts are keys (see `fold`).
"""

import re
from collections import defaultdict
from collections.abc import Callable
from functools import cache, lru_cache
from itertools import starmap
from pathlib import Path
from types import MappingProxyType
from typing import Final

from rapidfuzz.distance import OSA, Levenshtein

from glossary import late_pattern
from glossary.text.function_words import SMALL_WORDS
from glossary.text.lemma import is_known
from glossary.text.reading import readings, sound
from glossary.text.script import has_han
from glossary.text.similarity import mistakes, same_word

_IsWord = Callable[[str], bool]
#: Characters that may be too many or too few without another meaning.
PARTICLES: Final = frozenset("的之")
#: Characters that join alike: 主权与领土 is 主权和领土.
_JOINING: Final = frozenset("和与及同")
_NUMERALS: Final = frozenset("零〇一二三四五六七八九十百千万亿两双单半0123456789")
#: What turns a title or a statement into another one.
_TURNS: Final = frozenset("副正非不反离到前原第无未没勿莫否未毋休拒代助次准")
#: What is counted, in Chinese with the word by which it is.
_COUNTED: Final = late_pattern(
    "[一二三四五六七八九十百千两0-9]+(?:个|国|种|项|届|条|点|方|家|位|次|国家)"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|[0-9]+) \w{4,}"
)
#: Countries and regions in one character, as names of relations have them.
_COUNTRIES: Final = frozenset(
    "中美俄苏英法德日韩朝印巴以伊澳奥加欧非拉越老柬泰缅蒙台港"
)
#: Of these, one is never typed for another without another meaning.
_GROUPS: Final = (_NUMERALS, _COUNTRIES, _TURNS)
#: Words that do in English what `_TURNS` do, and prefixes.
_TURNING: Final = frozenset(
    "vice deputy former ex acting assistant associate honorary under non no not never "
    "without against anti counter half semi pre post fake pseudo quasi".split()
)
_PREFIXES: Final = (
    *("un", "non", "in", "im", "il", "ir", "dis", "de", "anti", "counter", "mis"),
    *("pre", "post", "inter", "intra", "sub", "ex", "uni", "bi", "tri", "multi"),
)
#: Words that are easily forgotten without another meaning.
_LIGHT: Final = SMALL_WORDS | frozenset(
    "be been is are was were but only while when or both than that which it one ones "
    "through upon".split()
)
#: A longer word with one other letter is hardly another word that was meant.
_LONG: Final = 8
#: Fewer letters than this, or fewer words, leave little to tell a word by.
_FEW: Final = 3
#: Names that are near to another name.
_NAMES: Final = frozenset(
    "iran iraq niger nigeria gambia zambia slovakia slovenia mali malta malawi austria "
    "australia guinea guyana ghana chad chile china ireland iceland mauritius india "
    "mauritania sudan jordan oman north south east west korea cuba congo georgia "
    "dominica dominican swiss swedish".split()
)
#: English words that sound the same, so that one is typed for the other.
_HOMOPHONES: Final = tuple(
    frozenset(words.split("/"))
    for words in (
        "principal/principle counsel/council counsellor/councillor cite/site/sight "
        "complement/compliment peace/piece right/rite/write border/boarder led/lead "
        "counselor/councilor their/there/they're affect/effect weather/whether "
        "principals/principles councils/counsels stationary/stationery role/roll "
        "ensure/insure/assure whole/hole fair/fare bare/bear cease/seize seas/seize "
        "treaties/treatise precedence/precedents presence/presents naval/navel "
        "sovereign/sovran mutual/mutuel council/consul martial/marshal"
    ).split()
)
_FUZZY: Final = re.compile(r"(?<=[zcs])h|(?<=[aei]n)g")
_FIGURE: Final = re.compile(r"\d")
#: The first level of GB 2312: the characters in most common use.
_COMMON: Final = "".join(
    bytes((row, cell)).decode("gb2312", "ignore")
    for row in range(0xB0, 0xD8)
    for cell in range(0xA1, 0xFF)
)


def slip_of_characters(q: str, text: str, *, is_word: _IsWord) -> str | None:
    """Name the slip by which a Chinese wording was typed as `q`; None when it is none.

    `is_word` says whether characters are a word of their own: 议会 is no 会议 typed
    in a hurry.

    >>> slip_of_characters("合作供赢", "合作共赢", is_word=lambda _: False)
    'homophone'
    >>> slip_of_characters("强烈遣责", "强烈谴责", is_word=lambda _: False)
    'homophone'
    >>> slip_of_characters("未段防御", "末段防御", is_word=lambda _: False)
    'look-alike'
    >>> slip_of_characters("冷战的思维", "冷战思维", is_word=lambda _: False)
    'particle'
    >>> slip_of_characters("合共作赢", "合作共赢", is_word=lambda _: False)
    'swapped'
    >>> slip_of_characters("国务院副总理", "国务院总理", is_word=lambda _: False)
    >>> slip_of_characters("九三共识", "九二共识", is_word=lambda _: False)
    """
    if len(q) == len(text) and sorted(q) == sorted(text):
        return None if q == text else _exchanged(q, text, is_word)
    names: set[str] = set()
    replaced = 0
    for step in Levenshtein.opcodes(q, text):
        typed = q[step.src_start : step.src_end]
        meant = text[step.dest_start : step.dest_end]
        if step.tag == "replace":
            for kind in starmap(_replaced, zip(typed, meant, strict=True)):
                if kind is None:
                    return None
                names.add(kind)
            replaced += len(typed)
        elif step.tag != "equal" and not PARTICLES.issuperset(typed + meant):
            return None
        elif step.tag != "equal":
            names.add("particle")
    if replaced == len(text) and (is_word(q) or "look-alike" in names):
        return None
    if "look-alike" in names and replaced > max(len(text) // 4, 1):
        return None
    return next(n for n in ("look-alike", "homophone", "particle") if n in names)


def turns_by_itself(typed: str, meant: str) -> bool:
    """Say whether one of the characters that differ makes a title or a negation.

    Who types 副代表团 has not mistyped a part of 政府代表团.
    """
    return any(a in _TURNS for a, b in zip(typed, meant, strict=True) if a != b)


def _exchanged(q: str, text: str, is_word: _IsWord) -> str | None:
    """Name the slip of two wordings of the same characters in another order."""
    differing = [at for at, (a, b) in enumerate(zip(q, text, strict=True)) if a != b]
    first, last = differing[0], differing[-1] + 1
    typed, meant = q[first:last], text[first:last]
    for at in range(2, len(typed) - 1):
        blocks = typed[:at], typed[at:]
        if blocks[1] + blocks[0] == meant and all(map(is_word, blocks)):
            return "word-order"
    if not (_NUMERALS | _TURNS | _COUNTRIES).isdisjoint(typed) or is_word(typed):
        return None
    if len(typed) == 2:
        return "swapped"
    turned = any(typed[at:] + typed[:at] == meant for at in range(1, len(meant)))
    return "word-order" if turned or len(differing) == 2 else None


def _replaced(typed: str, meant: str) -> str | None:
    """Name the likeness of two characters, when one may be typed for the other."""
    if _are_apart(typed, meant):
        return None
    if {typed, meant} <= _JOINING:
        return "particle"
    if not (has_han(typed) and has_han(meant)):
        return None
    if _sounds(typed) & _sounds(meant):
        return "homophone"
    return "look-alike" if look_alike(typed, meant) else None


def _are_apart(one: str, other: str) -> bool:
    """Say whether characters are two numbers, two countries or two turns of a title."""
    return any(one in group and other in group for group in _GROUPS)


@lru_cache(maxsize=8192)
def _sounds(character: str) -> frozenset[str]:
    """Return how a character may sound to who does not tell z from zh, n from ng."""
    there = _by_character().get(character)
    return sounds_of(character) if there is None else frozenset(there)


def sounds_of(character: str) -> frozenset[str]:
    """Return how a character may sound, by its readings, with zh as z and ing as in.

    >>> sorted(sounds_of("重"))
    ['cong', 'tong', 'zong']
    """
    return frozenset(_FUZZY.sub("", sound(reading)) for reading in readings(character))


def look_alike(one: str, other: str) -> bool:
    """Say whether two characters are easily taken for one another.

    >>> look_alike("己", "已"), look_alike("赢", "羸"), look_alike("国", "人")
    (True, True, False)
    """
    return other in _shapes().get(one, "") or one in _shapes().get(other, "")


@cache
def _shapes() -> MappingProxyType[str, str]:
    """Return the characters that each one looks like, as far as they stand behind it.

    The table was made once: characters of GB 2312 that are drawn nearly alike, and
    those that share the part which is no radical and are drawn somewhat alike.
    """
    lines = Path(__file__).with_name("alike.txt").read_text(encoding="utf-8")
    return MappingProxyType({line[0]: line[1:] for line in lines.splitlines()})


@cache
def _shaped_like() -> MappingProxyType[str, str]:
    """Return the characters behind which each one stands there, in their order."""
    others = defaultdict[str, list[str]](list)
    for character, alike in _shapes().items():
        for one in alike:
            others[one].append(character)
    return MappingProxyType({one: "".join(there) for one, there in others.items()})


@lru_cache(maxsize=512)
def typed_for(character: str) -> MappingProxyType[str, str]:
    """Return the characters that one may have been typed for, and how they are alike.

    >>> typed_for("杈")["权"], typed_for("仪")["议"], "国" in typed_for("人")
    ('look-alike', 'homophone', False)
    """
    alike = _shapes().get(character, "") + _shaped_like().get(character, "")
    homophones = [
        c for syllable in _sounds(character) for c in _of_sound().get(syllable, "")
    ]
    likely = dict.fromkeys(alike, "look-alike") | dict.fromkeys(homophones, "homophone")
    for apart in (group for group in _GROUPS if character in group):
        for other in apart.intersection(likely):
            del likely[other]
    return MappingProxyType(likely)


def sounding(syllable: str) -> str:
    """Return the characters that a syllable may be, of those that are in common use.

    Zh is as good as z in it, n as ng.

    >>> "涉" in sounding("she"), "涉" in sounding("shi"), "心" in sounding("xin")
    (True, False, True)
    """
    return _of_sound().get(_FUZZY.sub("", syllable), "")


@cache
def _of_sound() -> MappingProxyType[str, str]:
    """Return the characters of the table of shapes by how they may sound.

    Some common ones look like nothing else, and stand in no line of it. This table was
    made of the readings; it takes fifty times as long to make it anew.
    """
    lines = Path(__file__).with_name("sounds.txt").read_text(encoding="utf-8")
    return MappingProxyType(dict(line.split(" ") for line in lines.splitlines()))


@cache
def _by_character() -> MappingProxyType[str, tuple[str, ...]]:
    """Return how the same characters may sound, by character."""
    sounds: dict[str, tuple[str, ...]] = {}
    for syllable, characters in _of_sound().items():
        for character in characters:
            sounds[character] = (*sounds.get(character, ()), syllable)
    return MappingProxyType(sounds)


def slip_of_words(q: str, text: str) -> bool:
    """Say whether an English wording may have been typed as `q`.

    Words may stand in another order and small ones be left out; a mistyped word must
    be no word of its own.

    >>> slip_of_words("mutal respekt", "mutual respect")
    True
    >>> slip_of_words("non aligned movement", "aligned movement")
    False
    >>> slip_of_words("five party talks", "six party talks")
    False
    """
    if q.replace(" ", "") == text.replace(" ", ""):
        return True
    unmet = text.split()
    others = [word for word in q.split() if not _struck(unmet, word)]
    for word in others:
        if word in _LIGHT:
            continue
        among = len(unmet) + len(q.split()) > _FEW
        match = next((o for o in unmet if _mistyped(word, o, among=among)), None)
        if match is None:
            return False
        unmet.remove(match)
    return _LIGHT.issuperset(unmet)


def _struck(words: list[str], word: str) -> bool:
    """Strike a word out; say whether it was there."""
    there = word in words
    if there:
        words.remove(word)
    return there


def _mistyped(typed: str, meant: str, *, among: bool) -> bool:
    """Say whether a word was meant that came out as another one, or as none.

    One that is no word, `among` others that are right, may have more mistakes.
    """
    if any({typed, meant} <= group for group in _HOMOPHONES):
        return True
    is_other = _FIGURE.search(typed + meant) or typed in _NAMES
    if is_other or _turned(typed, meant):
        return False
    if is_known(typed):
        # The dictionary has rare and obsolete spellings too: developement.
        is_swapped = sorted(typed) == sorted(meant) and mistakes(len(typed)) > 0
        is_likely = is_swapped or len(meant) > _LONG
        return is_likely and OSA.distance(typed, meant) == 1
    if among and len(meant) > _FEW:
        most = 2 + (len(meant) > _LONG)
        return OSA.distance(typed, meant, score_cutoff=most) <= most
    return same_word(typed, meant)


def _turned(one: str, other: str) -> bool:
    """Say whether two words differ in what they begin with, not in a letter of it.

    >>> _turned("unofficial", "official"), _turned("bilateral", "unilateral")
    (True, True)
    """
    if not one.startswith(_PREFIXES) and not other.startswith(_PREFIXES):
        return False
    heads = ("", *_PREFIXES)
    rests = [
        {(head, word[len(head) :]) for head in heads if word.startswith(head)}
        for word in (one, other)
    ]
    return any(
        rest == same and head != begin and len(rest) > 3
        for head, rest in rests[0]
        for begin, same in rests[1]
    )


def turns(key: str, part: str, *, is_word: _IsWord) -> bool:
    """Say whether a key turns a part of it into another title or its contrary.

    So do 副, 不, 逆 and 假 before the part, *vice*, *former*, *non* and *fake*. What
    is counted is another thing where something else is counted before it: 两种制度 is
    not 一个国家、两种制度.

    >>> turns("不可接受", "可接受", is_word=lambda _: False)
    True
    >>> turns("unequal treaties", "equal treaties", is_word=lambda _: False)
    True
    >>> turns("亚非会议", "会议", is_word=lambda word: word == "亚非")
    False
    >>> turns("one country two systems", "two systems", is_word=lambda _: False)
    True
    """
    at = key.find(part)
    while at >= 0:
        if not _is_turned(key[:at], part, is_word):
            return False
        at = key.find(part, at + 1)
    return True


def _is_turned(before: str, part: str, is_word: _IsWord) -> bool:
    """Say whether what stands before a part turns it."""
    if not before:
        return False
    if _COUNTED.match(part) and _COUNTED.search(before):
        return True
    last = before[-1]
    if has_han(last):
        if last not in "副非不反前无未去逆伪假":
            return False
        return len(before) == 1 or last == "不" or not is_word(before[-2:])
    word = before.rpartition(" ")[2] if not before.endswith(" ") else ""
    if word:
        return word in _PREFIXES and is_known(part.partition(" ")[0])
    return before.rsplit(maxsplit=1)[-1] in _TURNING
