"""Cities and provinces of which another one stands: *Dakar* for 北京.

`places.tsv` has their names in both languages, and what else may stand for one in
Chinese: 京, or 美方 for *Washington*. The foreign ones are those of the time zones in
the Unicode CLDR, and other seats of talks. Where a sentence has just one on either side
of which the other side has nothing around it, the one stands for the other.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import NamedTuple

from glossary.recognition.alignment import Alignment
from glossary.recognition.answered import Answered
from glossary.recognition.exchanges import OtherWord
from glossary.recognition.sentences import Piece
from glossary.text import has_han, simplified


class _Gazetteer(NamedTuple):
    """Names of places in both languages, and which go together."""

    chinese: re.Pattern[str]
    english: re.Pattern[str]
    #: Of a Chinese name, the English ones; of an English one, what stands for it.
    names: MappingProxyType[str, tuple[str, ...]]
    traces: MappingProxyType[str, re.Pattern[str]]


@cache
def _gazetteer() -> _Gazetteer:
    lines = (files("glossary.recognition") / "places.tsv").read_text("utf-8")
    names: dict[str, tuple[str, ...]] = {}
    traces: dict[str, list[str]] = {}
    for line in lines.splitlines():
        chinese, others, english = line.split("\t")
        names[chinese] = tuple(english.split("|"))
        for name in names[chinese]:
            own = [other for other in (chinese, others) if other]
            traces.setdefault(name, []).extend(own)
    patterns = {name: re.compile("|".join(signs)) for name, signs in traces.items()}
    return _Gazetteer(
        re.compile("|".join(sorted(names, key=len, reverse=True))),
        re.compile(rf"\b(?:{'|'.join(_by_initials(traces))})\b"),
        MappingProxyType(names),
        MappingProxyType(patterns),
    )


def _by_initials(names: Iterable[str]) -> Iterator[str]:
    """Yield patterns of the names with each initial, the longest first."""
    by_initial: dict[str, list[str]] = {}
    for name in sorted(names, key=len, reverse=True):
        by_initial.setdefault(name[0], []).append(re.escape(name[1:]))
    for initial, rests in by_initial.items():
        yield f"{initial}(?:{'|'.join(rests)})"


def exchanges(
    texts: tuple[str, str], alignment: Alignment, answers: Answered
) -> Iterator[OtherWord]:
    """Yield the places for which a translation has another one."""
    side = 0 if has_han(texts[0]) else 1
    chinese, english = simplified(texts[side]), ""
    gazetteer = _gazetteer()
    for number, bead in enumerate(alignment.beads):
        names = list(gazetteer.chinese.finditer(chinese, *bead[side]))
        if not names:
            continue
        english = english or _plain(texts[1 - side])
        theirs = {
            match[0]: Piece(match.start(), match.end())
            for match in gazetteer.english.finditer(english, *bead[1 - side])
        }
        if not theirs:
            continue
        near = alignment.around(number)
        ours, around = chinese[slice(*near[side])], english[slice(*near[1 - side])]
        strange = [n for n in theirs if not gazetteer.traces[n].search(ours)]
        if len(strange) != 1:
            continue
        lost = {
            match[0]: Piece(match.start(), match.end())
            for match in names
            if not any(name in around for name in gazetteer.names[match[0]])
        }
        if len(lost) == 1:
            (mine,), its = lost.values(), theirs[strange[0]]
            source, target = (mine, its) if side == 0 else (its, mine)
            if not (answers.is_accused(source) or answers.is_named(target)):
                yield OtherWord(source, target)


def _plain(text: str) -> str:
    """Return a text without accents, each character of which is one of its own."""
    if text.isascii():
        return text
    return "".join(
        unicodedata.normalize("NFD", character)[0] if character > "\x7f" else character
        for character in text.replace("’", "'")
    )
