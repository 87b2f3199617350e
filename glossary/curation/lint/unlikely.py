"""Whether the words of a term are read as a dictionary of words reads them.

A reading may fit its characters and yet be wrong in this word: 框 alone may be kuāng,
框架 is kuàngjià. Such readings are what a machine makes character by character and
nobody has read aloud.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from glossary.curation.lint.flaw import Flaw, flaw
from glossary.curation.lint.sounds import PARTS, choices, has_tone, letters
from glossary.curation.lint.words import LONGEST, readings_of
from glossary.entry import Entry, Term
from glossary.text import HAN, UNSPACED, primary, simplified, sound

_HAN_RUN: Final = re.compile(f"[{UNSPACED}]+")
#: In 以人民为中心 the second is a verb; between them stand a few characters.
_TAKEN_AS: Final = re.compile(r"以[^以为]{1,12}为(?=.)")
#: What changes its tone before another syllable, and is written either way.
_CHANGING: Final = frozenset("一不")


class _Word(NamedTuple):
    """A word of a run of characters, and how it is usually read."""

    start: int
    end: int
    usual: tuple[str, ...]


def flaws(entry: Entry) -> Iterator[Flaw]:
    """Yield the readings in which a word sounds unlike itself."""
    for at, term in enumerate(entry.terms):
        if primary(term.lang) == "zh" and term.reading and not term.reading_derived:
            yield from _of_term(term, (entry.id, f"/terms/{at}/reading"))


def _of_term(term: Term, place: tuple[str, str]) -> Iterator[Flaw]:
    reading = term.reading or ""
    if not has_tone(reading):
        return
    for run, said in _runs(term.text, reading):
        told: set[int] = set()
        for word in _doubtful(run, said):
            wrong = {
                word.start + i
                for i, usual in enumerate(word.usual)
                if not _alike(run[word.start + i], said[word.start + i], usual)
            }
            if told.isdisjoint(wrong):
                told |= wrong
                yield flaw(
                    "reading-unlikely",
                    *place,
                    reading=" ".join(said[word.start : word.end]),
                    word=run[word.start : word.end],
                    usual=" ".join(word.usual),
                )


def _doubtful(run: str, said: Sequence[str]) -> Iterator[_Word]:
    """Yield the words that are not read as usual, those from the front first.

    A word that is read as usual speaks against shorter ones that overlap it: 地支 in
    坚定不移地支持 is none.
    """
    usual_words: list[_Word] = []
    others: list[_Word] = []
    for start in range(len(run)):
        for end in range(start + 2, min(len(run), start + LONGEST) + 1):
            known = readings_of(run[start:end])
            if not known:
                continue
            word = _Word(start, end, known[0])
            fits = any(_read_so(run[start:end], said[start:end], k) for k in known)
            (usual_words if fits else others).append(word)
    for word in others:
        length = word.end - word.start
        if not any(
            each.start < word.end and word.start < each.end
            for each in usual_words
            if each.end - each.start >= length
        ):
            yield word
    for found in _TAKEN_AS.finditer(run):
        at = found.end() - 1
        if said[at] != "wéi":
            yield _Word(at, at + 1, ("wéi",))


def _runs(text: str, reading: str) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield each run of Han characters, simplified, with a syllable for each of them.

    Nothing comes of a text with figures: they may be read in several ways.
    """
    parts = PARTS.findall(simplified(text))
    if any(part.isdigit() for part in parts):
        return
    syllables = _syllables(parts, letters(reading))
    if not syllables:
        return
    of_characters = iter(
        [said for part, said in zip(parts, syllables, strict=True) if HAN.match(part)]
    )
    for run in _HAN_RUN.findall(simplified(text)):
        yield run, [next(of_characters) for _ in run]


def _syllables(parts: Sequence[str], said: str) -> tuple[str, ...]:
    """Return the letters cut into one reading for each part; empty if none fit."""
    reached: dict[int, tuple[str, ...]] = {0: ()}
    for part in parts:
        after: dict[int, tuple[str, ...]] = {}
        for at, path in reached.items():
            for choice in choices(part, toned=True):
                if choice and said.startswith(choice, at):
                    after.setdefault(at + len(choice), (*path, choice))
        reached = after
    return reached.get(len(said), ())


def _read_so(word: str, said: Sequence[str], usual: Sequence[str]) -> bool:
    return all(map(_alike, word, said, usual))


def _alike(character: str, said: str, usual: str) -> bool:
    """Say whether a character is read as usual, or has only lost its tone."""
    if said == usual:
        return True
    light = not has_tone(said) or not has_tone(usual)
    return (light or character in _CHANGING) and sound(said) == sound(usual)
