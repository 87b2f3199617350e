"""The words of an order, of which one may stand for another, and where they stand.

Each line of `orders.tsv` is a member: its order, how it is told in Chinese, what may be
a trace of it there, how it is told in English, and what else may be a trace of it.
Traces are wide, so that other words for the same thing accuse nobody.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final, NamedTuple

from glossary import late_pattern
from glossary.recognition.sentences import Piece
from glossary.text import has_han, simplified

_SIGN: Final = re.compile("s([0-9]+)")
#: So many characters at its beginning tell which signs may stand at a place, by whether
#: they are in Chinese.
_TOLD: Final = {True: 2, False: 3}
_FLAGS: Final = re.IGNORECASE | re.DOTALL
#: A class of these names no characters one by one.
_UNTOLD: Final = re.compile(r"^\^|\\|.-.")
#: What a sign takes more than once, so that what follows is not told.
_REPEATED: Final = ("*", "+", "{")
#: What a sign begins with and takes no character.
_ASSERTIONS: Final = re.compile(r"^(?:\\b|\(\?<?[!=][^()]*\))+")


class Member(NamedTuple):
    """One of an order: how it is told in either language, and what may be a trace."""

    order: str
    chinese: re.Pattern[str]
    english: re.Pattern[str]

    def has_trace(self, text: str) -> bool:
        """Say whether a text of either language may speak of it."""
        traces = self.chinese if has_han(text) else self.english
        return traces.search(text) is not None


class Signs(NamedTuple):
    """The signs of all members in a language, by what they begin with."""

    #: Finds where a sign may begin, with what stands there.
    starts: re.Pattern[str]
    begun_by: MappingProxyType[str, re.Pattern[str]]

    @classmethod
    def of(cls, signs: Sequence[str]) -> "Signs":
        """Return the signs of members, which come in the order of their numbers."""
        is_chinese = has_han("".join(signs))
        length = _TOLD[is_chinese]
        numbers: dict[str, set[int]] = {}
        for number, sign in enumerate(signs):
            for begin in beginnings(sign, length):
                numbers.setdefault(begin, set()).add(number)
        patterns = {}
        for begin in numbers:
            shorter = (begin[:many] for many in range(1, length + 1))
            several = set[int]().union(*(numbers.get(start, ()) for start in shorter))
            every = "|".join(
                f"(?P<s{number}>{signs[number]})" for number in sorted(several)
            )
            patterns[begin] = late_pattern(every, re.IGNORECASE)
        # A letter within a word begins no sign; a character begins one anywhere.
        firsts = "".join(sorted({begin[0] for begin in patterns}))
        starts = rf"(?=([{firsts}].{{0,{length - 1}}}))"
        return cls(
            re.compile(starts if is_chinese else rf"\b{starts}", _FLAGS),
            MappingProxyType(patterns),
        )

    def places(self, text: str) -> dict[int, list[Piece]]:
        """Return where members stand in a text, by their numbers."""
        places: dict[int, list[Piece]] = {}
        begun_by = self.begun_by
        end = 0
        for start in self.starts.finditer(text):
            at = start.start()
            if at < end:
                continue
            begin = start[1].lower()
            while begin and begin not in begun_by:
                begin = begin[:-1]
            match = begun_by[begin].match(text, at) if begin else None
            number = match and _SIGN.fullmatch(match.lastgroup or "")
            if match and number:
                end = match.end()
                places.setdefault(int(number[1]), []).append(Piece(at, end))
        return places


class Orders(NamedTuple):
    """All members, and the signs of all of them."""

    members: tuple[Member, ...]
    chinese: Signs
    english: Signs

    @classmethod
    def of(cls, name: str) -> "Orders":
        """Return the members that a file of this package has, a line each."""
        lines = (files("glossary.recognition") / name).read_text("utf-8")
        members: list[Member] = []
        signs: tuple[list[str], list[str]] = ([], [])
        for line in lines.splitlines():
            order, chinese, trace, english, other = line.split("\t")
            # Texts are folded before they are looked through: 著 is 着 in them.
            chinese, trace = simplified(chinese), simplified(trace)
            signs[0].append(chinese)
            signs[1].append(english)
            members.append(
                Member(
                    order,
                    re.compile(f"{chinese}|{trace}"),
                    re.compile(rf"{english}|\b(?:{other})", re.IGNORECASE),
                )
            )
        return cls(tuple(members), *map(Signs.of, signs))

    def places(self, text: str) -> dict[int, list[Piece]]:
        """Return where members stand in a text of either language, by their numbers."""
        return (self.chinese if has_han(text) else self.english).places(text)


def beginnings(sign: str, many: int = 3) -> set[str]:
    r"""Return the characters, in lower case, that what a sign matches may begin with.

    They are so many at most, and fewer where what follows is not told. A sign is a
    regular expression of letters, groups, classes, `?` and assertions.

    >>> sorted(beginnings(r"\b(?:neo-?)?colonialism\b|(?<!x)[kz]ing\w+"))
    ['col', 'kin', 'neo', 'zin']
    >>> sorted(beginnings(r"\bwe?\b|a\w+|b(?:c|d)?e"))
    ['a', 'bce', 'bde', 'be', 'w', 'we']
    """
    if not many:
        return {""}
    firsts: set[str] = set()
    for branch in _branches(sign):
        rest = _ASSERTIONS.sub("", branch)
        unit = _unit(rest)
        behind = rest[len(unit) :]
        tail = behind.removeprefix("?")
        characters = _characters(unit)
        if tail.startswith(_REPEATED):
            firsts.add("")
        elif unit.startswith("(?:"):
            for inner in _branches(unit[3:-1]):
                firsts |= beginnings(inner + tail, many)
        elif characters:
            tails = beginnings(tail, many - 1)
            firsts |= {first + more for first in characters for more in tails}
        else:
            firsts.add("")
        if tail != behind:
            firsts |= beginnings(tail, many)
    return firsts


def _unit(pattern: str) -> str:
    """Return the group, class, escape or character that a pattern begins with."""
    if pattern.startswith("("):
        return _head(pattern)
    if pattern.startswith("["):
        return pattern[: pattern.index("]") + 1]
    return pattern[: 2 if pattern.startswith("\\") else 1]


def _characters(unit: str) -> str:
    """Return which characters a unit stands for, none if they are not told."""
    if unit.startswith("["):
        inner = unit[1:-1]
        return "" if _UNTOLD.search(inner) else inner.lower()
    if unit.startswith("\\"):
        return "" if unit[1].isalnum() else unit[1]
    return "" if unit in {".", "(", "$", "^"} else unit.lower()


def _branches(sign: str) -> Iterator[str]:
    """Yield what stands between the bars of a pattern that are in no group."""
    depth = start = 0
    for at, c in enumerate(sign):
        depth += (c == "(") - (c == ")")
        if c == "|" and not depth:
            yield sign[start:at]
            start = at + 1
    yield sign[start:]


def _head(pattern: str) -> str:
    """Return the group that a pattern begins with."""
    depth = 0
    for at, c in enumerate(pattern):
        depth += (c == "(") - (c == ")")
        if not depth:
            return pattern[: at + 1]
    raise ValueError(pattern)


@cache
def all_orders() -> Orders:
    """Return all members, in the order of their lines."""
    return Orders.of("orders.tsv")
