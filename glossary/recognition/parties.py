"""Parties that have changed places: *China will help Africa* for 非洲将帮助中国.

Who does something, and whom it is done to, is told from what stands directly beside a
name: in Chinese a word like 愿, 将 or 支持 behind it, or 对 between two; in English an
auxiliary or a verb, or an *'s* before what is done *to*, *on* or *against* another.
Where both sides of a sentence name the same two parties, and each has another one that
does it, they have changed places. A sentence with a passive is left alone.

`parties.tsv` has the names of States, as the Unicode CLDR has them, and of unions in
both languages, what stands for one before 方 in Chinese, and before *side* in English.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from operator import attrgetter
from types import MappingProxyType
from typing import Final, NamedTuple

from glossary.recognition.alignment import Alignment
from glossary.recognition.answered import Answered
from glossary.recognition.exchanges import OtherWord
from glossary.recognition.sentences import Piece
from glossary.text import has_han, simplified

#: So many parties have changed places.
_PAIR: Final = 2
_SIDE: Final = "方"
_BEGIN: Final = attrgetter("at.start")
#: What stands between a party and what it does.
_ADVERB: Final = (
    "(?:政府|人民|也|还|都|正|已|已经|仍|仍然|则|均|一贯|一向|一直|始终|坚定|坚决|高度|真诚|衷心|继续"
    "|再次|明确|严格|积极|主动|完全|充分|强烈|郑重|特别|不断|长期|率先){0,3}"
)
#: What a party does, directly behind its name.
_DOES: Final = (
    "愿|将(?!军)|会(?![谈议晤见场长员])|应|须|必须|可以|能够|无意|从未|从不|绝不|决不|不(?![同一仅])"
    "|支持|反对|赞赏|感谢|欢迎|希望|期待|理解|尊重|帮助|邀请|承诺|同意|提出|宣布|呼吁|要求|敦促"
    "|承认|重申|强调|认为|主张|坚持|奉行|恪守|遵守|向|为(?!了)|对(?![话口等])"
)
#: What makes a name the object of something before it.
_OBJECT: Final = frozenset(
    "对向同与和跟给从至赴在以及、为被由将把让使请促劝持谢赏迎助邀"
)
_GOVERNS: Final = (
    "will|would|shall|should|must|can|could|may|has|have|had|does|did|do|never"
)
_ACTS: Final = (
    "stands?|stood|supports?|supported|opposes?|opposed|welcomes?|welcomed|appreciates?"
    "|appreciated|thanks?|thanked|hopes?|hoped|expects?|respects?|helps?|helped|invites?"
    "|invited|pledges?|pledged|agrees?|agreed|calls? on|called on|urges?|urged|demands?"
    "|recogni[sz]es?|recogni[sz]ed|acknowledges?|acknowledged|reaffirms?|reaffirmed"
    "|reiterates?|reiterated|maintains?|upholds?|adheres?|provides?|provided|sends?|sent"
    "|gives?|gave|offers?|offered|follows?|pursues?|understands?"
)
#: What is done to a party, or given to it.
_RECEIVES: Final = (
    r"(?:be(?:en)?|receive\w*|got|get|obtain\w*|gain\w*|benefit\w*|enjoy\w*|see|seen|suffer\w*"
    r"|learn\w*|import\w*|buy|bought|borrow\w*|face\w*|undergo\w*)\b"
)
_READY: Final = (
    "ready|willing|prepared|committed|convinced|determined|opposed|resolute|firm|grateful"
    "|pleased|deeply|strongly|not|also|always|highly|gravely"
)
_PASSIVE: Final = re.compile(r"\bby (?:the )?[A-Z]")
_ADVERBS: Final = (
    "(?:(?:also|always|firmly|highly|sincerely|strongly|fully|resolutely|consistently"
    "|still|once again|again|too|further|solemnly|deeply|actively) )?"
)
_OBJECT_ENGLISH: Final = re.compile(
    r"\b(?:of|with|to|by|for|from|between|and|against|on|in|towards?|or|than|as|like"
    r"|both|including|helps?|supports?|urges?|thanks?|invites?|lets?|makes?) (?:the )?$"
)
#: What is done to another party, between their names.
_TOWARDS: Final = re.compile(
    "(?:政府|军队|军方|武装部队)?(?:悍然|再次|肆意|继续)?(?:对|向|袭击|空袭|打击|侵略|入侵|进攻|攻击|轰炸|制裁)"
    r"|(?:['’]s?)? (?:[a-z-]+ ){1,4}?(?:on|against|to|towards?|upon|over) (?:the )?"
)
_ACTS_CHINESE: Final = re.compile(f"{_ADVERB}(?:{_DOES})")
_ACTS_ENGLISH: Final = re.compile(
    rf" {_ADVERBS}(?:(?:(?:{_GOVERNS}) (?!{_ADVERBS}{_RECEIVES})|(?:{_ACTS})\b)"
    rf"|(?:is|are|was|were) {_ADVERBS}(?:{_READY})\b)"
)


class _Name(NamedTuple):
    """A party that a text names, by its number, and where."""

    party: int
    at: Piece


class _Names(NamedTuple):
    """The names of parties in both languages, and whose they are, by number."""

    chinese: re.Pattern[str]
    english: re.Pattern[str]
    numbers: MappingProxyType[str, int]
    #: Of what stands before 方, which parties may be meant.
    sides: MappingProxyType[str, tuple[int, ...]]


@cache
def _names() -> _Names:
    lines = (files("glossary.recognition") / "parties.tsv").read_text("utf-8")
    numbers: dict[str, int] = {}
    sides: dict[str, tuple[int, ...]] = {}
    for number, line in enumerate(lines.splitlines()):
        chinese, side, english, adjectives = line.split("\t")
        own = [*chinese.split("|"), *english.split("|")]
        if side:
            sides[side] = (*sides.get(side, ()), number)
        for adjective in filter(None, adjectives.split("|")):
            own += adjective, f"{adjective} side"
        numbers.update(dict.fromkeys(own, number))
    by_length = sorted(numbers, key=len, reverse=True)
    # A pattern of nothing but words is looked for by what they begin with.
    han = [*filter(has_han, by_length), *(f"{side}{_SIDE}" for side in sides)]
    latin = "|".join(re.escape(name) for name in by_length if not has_han(name))
    return _Names(
        re.compile("|".join(han)),
        re.compile(rf"(?<![\w.])(?:{latin})(?![\w-])"),
        MappingProxyType(numbers),
        MappingProxyType(sides),
    )


def exchanges(
    texts: tuple[str, str], alignment: Alignment, answers: Answered
) -> Iterator[OtherWord]:
    """Yield the parties of a source that another one stands for which it names too."""
    side = 0 if has_han(texts[0]) else 1
    chinese, english = simplified(texts[side]), texts[1 - side]
    ours = _chinese_names(chinese)
    if len({name.party for name in ours}) < _PAIR:
        return
    theirs = _english_names(english)
    for bead in alignment.beads:
        here = _within(ours, bead[side])
        there = _within(theirs, bead[1 - side])
        both = {name.party for name in here} & {name.party for name in there}
        if len(both) < _PAIR:
            continue
        pair = _other_actor((chinese, english), (here, there), bead[1 - side])
        pair = pair or _other_way((chinese, english), (here, there))
        if pair is None or {name.party for name in pair} - both:
            continue
        mine, its = (pair[side].at, pair[1 - side].at)
        if not (answers.is_accused(mine) or answers.is_named(its)):
            yield OtherWord(mine, its)


def _chinese_names(text: str) -> list[_Name]:
    names = _names()
    places = list(names.chinese.finditer(text))
    whole = {names.numbers.get(place[0]) for place in places}
    several: list[_Name] = []
    for place in places:
        party = names.numbers.get(place[0])
        if party is None:
            meant = names.sides[place[0].removesuffix(_SIDE)]
            meant = tuple(n for n in meant if len(meant) == 1 or n in whole)
            if len(meant) != 1:
                continue
            party = meant[0]
        several.append(_Name(party, Piece(place.start(), place.end())))
    return several


def _within(names: Sequence[_Name], piece: Piece) -> Sequence[_Name]:
    """Return the names that begin in a piece of their text."""
    first = bisect_left(names, piece.start, key=_BEGIN)
    return names[first : bisect_left(names, piece.end, key=_BEGIN)]


def _english_names(text: str) -> list[_Name]:
    names = _names()
    return [
        _Name(names.numbers[place[0]], Piece(place.start(), place.end()))
        for place in names.english.finditer(text)
    ]


def _other_actor(
    texts: tuple[str, str],
    names: tuple[Sequence[_Name], Sequence[_Name]],
    english: Piece,
) -> tuple[_Name, _Name] | None:
    """Return the party that does something in each text, if it is another one."""
    if _PASSIVE.search(texts[1], *english):
        return None
    here = [
        name
        for name in names[0]
        if texts[0][max(name.at.start - 1, 0) : name.at.start] not in _OBJECT
        and _ACTS_CHINESE.match(texts[0], name.at.end)
    ]
    there = [
        name
        for name in names[1]
        if not _OBJECT_ENGLISH.search(texts[1][english.start : name.at.start])
        and _ACTS_ENGLISH.match(texts[1], name.at.end)
    ]
    if len({name.party for name in here}) != 1 or len({n.party for n in there}) != 1:
        return None
    return (here[0], there[0]) if here[0].party != there[0].party else None


def _other_way(
    texts: tuple[str, str], names: tuple[Sequence[_Name], Sequence[_Name]]
) -> tuple[_Name, _Name] | None:
    """Return the party that does something to another, if it is the other way round."""
    here, there = (
        {
            (one.party, other.party): one
            for one, other in pairwise(several)
            if _TOWARDS.fullmatch(text, one.at.end, other.at.start)
        }
        for text, several in zip(texts, names, strict=True)
    )
    if len(here) != 1 or len(there) != 1:
        return None
    ((one, other), mine), (way, its) = *here.items(), *there.items()
    return (mine, its) if way == (other, one) and one != other else None
