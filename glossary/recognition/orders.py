"""The words of an order, of which one may stand for another, and where they stand.

Each line of `orders.tsv` is a member: its order, how it is told in Chinese, what may be
a trace of it there, how it is told in English, and what else may be a trace of it.
Traces are wide, so that other words for the same thing accuse nobody.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final, NamedTuple

from glossary.recognition.sentences import Piece
from glossary.text import has_han, simplified

_SIGN: Final = re.compile("s([0-9]+)")
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

    starts: re.Pattern[str]
    begun_by: MappingProxyType[str, re.Pattern[str]]

    @classmethod
    def of(cls, signs: Iterable[str]) -> "Signs":
        """Return the signs of members, which come in the order of their numbers."""
        begun_by: dict[str, list[str]] = {}
        for number, sign in enumerate(signs):
            for first in beginnings(sign):
                begun_by.setdefault(first, []).append(f"(?P<s{number}>{sign})")
        patterns = {
            first: re.compile("|".join(several), re.IGNORECASE)
            for first, several in begun_by.items()
        }
        # A letter within a word begins no sign; a character begins one anywhere.
        firsts = "".join(begun_by)
        within = "" if has_han(firsts) else r"\b"
        starts = re.compile(f"{within}[{firsts}]", re.IGNORECASE)
        return cls(starts, MappingProxyType(patterns))

    def places(self, text: str) -> dict[int, list[Piece]]:
        """Return where members stand in a text, by their numbers."""
        places: dict[int, list[Piece]] = {}
        end = 0
        for start in self.starts.finditer(text):
            if start.start() < end:
                continue
            match = self.begun_by[start[0].lower()].match(text, start.start())
            number = match and _SIGN.fullmatch(match.lastgroup or "")
            if match and number:
                end = match.end()
                at = Piece(match.start(), end)
                places.setdefault(int(number[1]), []).append(at)
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


def beginnings(sign: str) -> set[str]:
    r"""Return the characters, in lower case, that what a sign matches may begin with.

    A sign is a regular expression of letters, groups, classes, `?` and assertions.

    >>> sorted(beginnings(r"\b(?:neo-?)?colonialism\b|(?<!x)[kz]ing"))
    ['c', 'k', 'n', 'z']
    """
    firsts: set[str] = set()
    for branch in _branches(sign):
        rest = _ASSERTIONS.sub("", branch)
        if rest.startswith("(?:"):
            head = _head(rest)
            firsts |= beginnings(head[3:-1])
        elif rest.startswith("["):
            head = rest[: rest.index("]") + 1]
            firsts |= {*head[1:-1]}
        else:
            head = rest[:1]
            firsts.add(head)
        if rest[len(head) :].startswith("?"):
            firsts |= beginnings(rest[len(head) + 1 :])
    return firsts


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
