"""Whether a reading can be the reading of its characters, by pypinyin's dictionary."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from glossary import late_pattern
from glossary.curation.lint.flaw import Flaw, flaw
from glossary.entry import Entry
from glossary.text import HAN, UNSPACED, primary, readings, sound

PARTS: Final = late_pattern(f"[{UNSPACED}]|[0-9]+|[A-Za-z]+")
_TONES: Final = re.compile("[\u0300\u0301\u0304\u030c]")
_NOT_LETTERS: Final = re.compile(r"[^a-zà-ǿ0-9ḿ]+")
#: How a character sounds in some words, beside what the dictionary has.
_ALSO: Final = {"儿": ["r"], "一": ["yí", "yì"], "不": ["bú"], "沒": ["mò"]}


def flaws(entry: Entry) -> Iterator[Flaw]:
    """Yield the readings that do not fit their characters."""
    for at, term in enumerate(entry.terms):
        reading = term.reading
        if primary(term.lang) != "zh" or term.reading_derived or not reading:
            continue
        place = (entry.id, f"/terms/{at}/reading")
        if not _fits(sound(reading), term.text, toned=False):
            yield flaw("reading-mismatch", *place, reading=reading, text=term.text)
            continue
        if has_tone(reading) and not _fits(letters(reading), term.text, toned=True):
            yield flaw("reading-tone", *place, reading=reading, text=term.text)


def has_tone(reading: str) -> bool:
    """Say whether any syllable of a reading has the mark of a tone."""
    return _TONES.search(unicodedata.normalize("NFD", reading)) is not None


def letters(reading: str) -> str:
    """Return a reading without spaces and marks between its syllables."""
    return _NOT_LETTERS.sub("", unicodedata.normalize("NFC", reading).casefold())


def _fits(syllable: str, text: str, *, toned: bool) -> bool:
    """Say whether letters can be cut into one reading for each character.

    `reached` are the places up to which the letters can be cut so far.
    """
    reached = {0}
    for part in PARTS.findall(text):
        readings = choices(part, toned=toned)
        after = {
            at + len(choice)
            for at in reached
            for choice in readings
            if syllable.startswith(choice, at)
        }
        if part.isdigit() or not readings:
            # It may be read out, in any number of syllables.
            after.update(range(min(reached) + 1, len(syllable) + 1))
        reached = after
        if not reached:
            return False
    return len(syllable) in reached


@lru_cache(maxsize=16_384)
def choices(part: str, *, toned: bool) -> tuple[str, ...]:
    """Return what a character, a figure or a Latin word may sound like.

    A character may always lose its tone; of one that is not known there is nothing.
    """
    if not HAN.fullmatch(part):
        return (part,) if part.isdigit() else (sound(part),)
    syllables = [*readings(part), *_ALSO.get(part, ())]
    plain = {sound(reading) for reading in syllables}
    if toned:
        plain |= {_with_v(reading) for reading in plain} | set(syllables)
    return tuple(sorted(plain))


def _with_v(reading: str) -> str:
    return reading.replace("v", "ü")
