"""Whether the words of a term are read as a dictionary of words reads them.

A reading may fit its characters and yet be wrong in this word: 框 alone may be kuāng,
框架 is kuàngjià. Such readings are what a machine makes character by character and
nobody has read aloud.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from glossary.curation.lint.flaw import Flaw, flaw
from glossary.curation.lint.sounds import PARTS, choices, has_tone, letters
from glossary.curation.lint.words import LONGEST, Words, of_phrases
from glossary.entry import Entry, Term
from glossary.text import HAN, HAN_RUN, OWN_WORDS, primary, simplified, sound

#: In 以人民为中心 the second is a verb; between them stand a few characters.
_TAKEN_AS: Final = re.compile(r"(?<![所可难])以(?!色列|及|来|外)[^以为]{1,12}为(?=.)")
#: Single characters that stand between words rather than in them.
_LINKING: Final = frozenset("的地得了着和与及或在对向为以从由被把将并而是不")
#: What changes its tone before another syllable, and is written either way.
_CHANGING: Final = frozenset("一不")


class _Word(NamedTuple):
    """A word of a run of characters, and how it is usually read."""

    start: int
    end: int
    usual: tuple[str, ...]


def flaws(entry: Entry, dictionary: Words) -> Iterator[Flaw]:
    """Yield the readings in which a word sounds unlike itself.

    What the usage of a term says of its reading is right: a name may be read otherwise.
    """
    for at, term in enumerate(entry.terms):
        if primary(term.lang) == "zh" and term.reading and not term.reading_derived:
            yield from _of_term(term, dictionary, (entry.id, f"/terms/{at}/reading"))


def _of_term(term: Term, dictionary: Words, place: tuple[str, str]) -> Iterator[Flaw]:
    reading = term.reading or ""
    if not has_tone(reading):
        return
    explained = letters(term.usage)
    for run, reading_run in _runs(term.text, reading):
        doubts: set[int] = set()
        for word in _doubtful(run, reading_run, dictionary):
            wrong = {
                word.start + i
                for i, usual in enumerate(word.usual)
                if not _alike(run[word.start + i], reading_run[word.start + i], usual)
            }
            as_read = reading_run[word.start : word.end]
            if doubts.isdisjoint(wrong) and "".join(as_read) not in explained:
                doubts |= wrong
                yield flaw(
                    "reading-unlikely",
                    *place,
                    reading=" ".join(as_read),
                    word=run[word.start : word.end],
                    usual=" ".join(word.usual),
                )


def _doubtful(run: str, syllables: Sequence[str], dictionary: Words) -> Iterator[_Word]:
    """Yield the words that are not read as usual, those from the front first.

    A word that is read as usual speaks against shorter ones that overlap it: 地支 in
    坚定不移地支持 is none.
    """
    usual_words: list[_Word] = []
    others: list[_Word] = []
    for word in _words(run, dictionary):
        part = run[word.start : word.end]
        own_syllables = syllables[word.start : word.end]
        dictionary_readings = dictionary(part)
        readings = (
            word.usual,
            *(dictionary_readings if len(dictionary_readings) > 1 else ()),
        )
        fits = any(_read_so(part, own_syllables, usual) for usual in readings)
        (usual_words if fits else others).append(word)
    for word in others:
        length = word.end - word.start
        if not any(
            usual_word.start < word.end and word.start < usual_word.end
            for usual_word in usual_words
            if usual_word.end - usual_word.start >= length
        ):
            yield word
    for match in _TAKEN_AS.finditer(run):
        at = match.end() - 1
        if syllables[at] != "wéi":
            yield _Word(at, at + 1, ("wéi",))


def _words(run: str, dictionary: Words) -> Iterator[_Word]:
    """Yield the words that stand in a run of characters, or seem to, those we add too.

    Of pypinyin's words of two characters those only that do not leave single characters
    on both sides, of which one may belong to them: 间道 in 中间道路 is none.
    """
    cuts = _cuts(run, dictionary) if dictionary is of_phrases else None
    for start in range(len(run)):
        for end in range(start + 2, min(len(run), start + LONGEST) + 1):
            text = run[start:end]
            own = OWN_WORDS.get(text)
            listed_ways = (own,) if own else dictionary(text)
            if listed_ways and (
                own or cuts is None or end - start > 2 or start in cuts
            ):
                yield _Word(start, end, _with_ours(text, listed_ways[0]))


@lru_cache(maxsize=16_384)
def _with_ours(text: str, usual: tuple[str, ...]) -> tuple[str, ...]:
    """Return the reading of a word, words of our own in it as we have them."""
    for own, own_reading in OWN_WORDS.items():
        at = text.find(own)
        if at >= 0:
            usual = (*usual[:at], *own_reading, *usual[at + len(own) :])
    return usual


def _cuts(run: str, dictionary: Words) -> set[int]:
    """Return where words of two characters begin, the run cut up from its end.

    The longest known word goes first, as readings are derived.
    """
    pieces: list[tuple[int, int]] = []
    end = len(run)
    while end:
        starts = range(max(end - LONGEST, 0), end - 1)
        start = next((at for at in starts if dictionary(run[at:end])), end - 1)
        pieces.insert(0, (start, end))
        end = start
    strays = [end - start == 1 and run[start] not in _LINKING for start, end in pieces]
    edged = [False, *strays, False]
    return {
        start
        for at, (start, end) in enumerate(pieces)
        if end - start == 2 and not (edged[at] and edged[at + 2])
    }


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
        [
            syllable
            for part, syllable in zip(parts, syllables, strict=True)
            if HAN.match(part)
        ]
    )
    for run in HAN_RUN.findall(simplified(text)):
        yield run, [next(of_characters) for _ in run]


def _syllables(parts: Sequence[str], reading: str) -> tuple[str, ...]:
    """Return the letters cut into one reading for each part; empty if none fit."""
    reached: dict[int, tuple[str, ...]] = {0: ()}
    for part in parts:
        after: dict[int, tuple[str, ...]] = {}
        for at, path in reached.items():
            for choice in choices(part, toned=True):
                if choice and reading.startswith(choice, at):
                    after.setdefault(at + len(choice), (*path, choice))
        reached = after
    return reached.get(len(reading), ())


def _read_so(word: str, syllables: Sequence[str], usual: Sequence[str]) -> bool:
    return all(map(_alike, word, syllables, usual))


def _alike(character: str, syllable: str, usual: str) -> bool:
    """Say whether a character is read as usual, or has only lost its tone."""
    if syllable == usual:
        return True
    light = not has_tone(syllable) or not has_tone(usual)
    return (light or character in _CHANGING) and sound(syllable) == sound(usual)
