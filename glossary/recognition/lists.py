"""Lists that have fewer members on one side of official prose than on the other.

教育、文化、旅游和体育 are four, *education, culture and sports* three. Members are
counted where a sentence has one list on either side. An English list may begin with
what is none of its members, so that only those of the Chinese one can be too many.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final

from glossary import late_pattern
from glossary.recognition.alignment import Alignment
from glossary.recognition.answered import Answered
from glossary.recognition.exchanges import OtherWord
from glossary.recognition.numbers import is_lone
from glossary.recognition.sentences import Piece
from glossary.text import UNSPACED, has_han

#: What stands between the members of a Chinese list.
_COMMA: Final = "、"
#: What a member of a list is made of.
_HAN: Final = rf"[{UNSPACED}“”‘’《》0-9A-Za-z—]"
_CHINESE: Final = late_pattern(
    rf"(?:(?![一二三四五六七八九十]+、){_HAN}{{1,9}}、)+{_HAN}+"
)
#: The last two members.
_AND_CHINESE: Final = late_pattern(
    rf"、{_HAN}{{1,4}}?(?:以及|[和与與及](?![平解谐諧睦缓緩约約时時其])){_HAN}"
)
_WORD: Final = r"(?!(?:and|or)\b)[\w'’“”\"-]+"
#: A word of a member that is not the first: that may begin with what governs all.
_INNER: Final = rf"(?!(?:in|on|with|to|for|as|that|which|by|at|from)\b){_WORD}"
_ENGLISH: Final = late_pattern(
    rf"\b(?:{_WORD} ){{0,3}}{_WORD}(?:, (?:{_INNER} ){{0,4}}{_INNER})+?,? (?:and|or) "
    rf"(?:the )?{_WORD}"
)
_PAIR: Final = re.compile(rf"{_WORD} (?:and|or) {_WORD}")
#: What joins members too.
_JOINS: Final = re.compile(r";|\b(?:as well as|along with|together with|both)\b")
#: Of such a list, there are more members.
_GOES_ON: Final = re.compile(r"(?: [\w'’-]+){0,4},| and ")
#: So many members make a list.
_LEAST: Final = 3


def omissions(
    texts: tuple[str, str],
    alignment: Alignment,
    answers: Answered,
    is_official: Callable[[int], bool],
) -> Iterator[OtherWord]:
    """Yield the lists that have fewer members in English than in Chinese."""
    side = 0 if has_han(texts[0]) else 1
    for number, bead in enumerate(alignment.beads):
        if is_lone(bead) or not is_official(number):
            continue
        chinese = texts[side][slice(*bead[side])]
        here = list(_CHINESE.finditer(chinese)) if _COMMA in chinese else []
        if len(here) != 1:
            continue
        count = _least(here[0][0])
        if count < _LEAST:
            continue
        there = _shorter(texts[1 - side][slice(*bead[1 - side])], count)
        if there is None:
            continue
        places = Piece(*here[0].span()), there
        source, target = (
            place.moved(piece.start)
            for place, piece in zip(
                places if side == 0 else places[::-1], bead, strict=True
            )
        )
        if not (answers.is_accused(source) or answers.is_named(target)):
            yield OtherWord(source, target)


def _least(text: str) -> int:
    """Return how many members a Chinese list has at least."""
    return text.count(_COMMA) + 1 + (_AND_CHINESE.search(text) is not None)


def _shorter(text: str, count: int) -> Piece | None:
    """Return the only list of an English sentence, if it has fewer members."""
    if _JOINS.search(text):
        return None
    lists = list(_ENGLISH.finditer(text)) if ", " in text else []
    if len(lists) == 1:
        match = lists[0]
        members = len(re.findall(", (?!and |or )", match[0])) + 2
        # What comes before it may belong to it: *of trade and of rail, sea and air*.
        if re.search(r"\b(?:and|or)\b", text[: match.start()]):
            members += 1
        is_whole = not _GOES_ON.match(text, match.end())
        return Piece(*match.span()) if is_whole and members < count else None
    pairs = list(_PAIR.finditer(text))
    if lists or len(pairs) != 1 or "," in text:
        return None
    return Piece(*pairs[0].span())
