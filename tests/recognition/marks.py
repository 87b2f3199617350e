"""Readouts with marked errors, as texts with places."""

import re
from pathlib import Path
from typing import NamedTuple

from glossary.entry import Finding
from glossary.query import Wanted
from glossary.recognition import Snapshot, check

_FOLDER = Path(__file__).parent / "readouts"
_MARK = re.compile(
    r"\{(?P<plain>\w+):(?P<text>[^{}]*)\}"
    r"|\[(?P<number>\w+):(?P<right>[^|\]]*)\|(?P<wrong>[^|\]]*)\|(?P<kind>[^|\]]*)\]"
)
DIRECTIONS = (("zh", "en"), ("en", "zh"))


class Marked(NamedTuple):
    """A text, and where its numbered places are; those with an error are named."""

    text: str
    places: dict[str, tuple[int, int]]
    errors: set[str]


def marked(name: str, lang: str, *, wrong: bool) -> Marked:
    """Read one side of a readout, with its errors or right."""
    blocks = (_FOLDER / f"{name}.txt").read_text("utf-8").strip().split("\n\n")
    text = ""
    places: dict[str, tuple[int, int]] = {}
    errors: set[str] = set()
    for line in (block.split("\n")[lang == "en"] for block in blocks):
        done = 0
        for mark in _MARK.finditer(line):
            text += line[done : mark.start()]
            done = mark.end()
            number = mark["plain"] or mark["number"]
            shown = mark["text"] or mark["wrong" if wrong else "right"] or ""
            places[number] = len(text), len(text) + len(shown)
            text += shown
            if mark["kind"]:
                errors.add(number)
        text += f"{line[done:]}\n"
    return Marked(text, places, errors)


def accusations(snapshot: Snapshot, source: Marked, target: Marked) -> list[Finding]:
    findings = check(snapshot, source.text, target.text, Wanted())
    return [
        f for f in findings if f.verdict in {"missing", "forbidden"} and not f.advice
    ]
