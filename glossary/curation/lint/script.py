"""In which script a term is written, and whether that is the one of its language."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Final

from glossary import late_pattern
from glossary.curation.lint.flaw import Flaw, flaw
from glossary.entry import Entry, Term
from glossary.text import fold, has_han, is_chinese_of, passes_for, primary

#: Characters that simplified Chinese writes too, in some words: 显著, 乾坤, 瞭望, 慰藉.
_BOTH: Final = frozenset("著乾瞭藉夥拚摺么吒捱薹袷醣麴")
#: What Hong Kong's traditional Chinese writes: 本着, where Taiwan has 本著.
_OF_HONG_KONG: Final = frozenset("着")
#: Joiners and marks of a direction, which neither Chinese nor English is written with.
_UNSEEN: Final = frozenset("\u200c\u200d\u200e\u200f\u061c\u034f\u115f\u1160\u3164")
_KANA: Final = late_pattern("[\u3041-\u3096\u30a1-\u30fa\u3105-\u312f]")
_LATIN_WORD: Final = re.compile("[A-Za-z]*[a-z]{2}[A-Za-z]*")


def flaws(entry: Entry) -> Iterator[Flaw]:
    """Yield what is wrong with the scripts of an entry's terms."""
    latin = {t.text for t in entry.terms if primary(t.lang) != "zh"}
    for at, term in enumerate(entry.terms):
        place = (entry.id, f"/terms/{at}/text")
        yield from _of_seeming(term, place)
        if primary(term.lang) == "zh":
            # A name that both languages write alike is not to be translated.
            if term.text not in latin:
                yield from _of_chinese(term, place)
            yield from _of_guards(entry, at, term)
        elif primary(term.lang) == "en":
            yield from _of_english(term, place)
    yield from _of_twins(entry)


def _of_guards(entry: Entry, at: int, term: Term) -> Iterator[Flaw]:
    """Yield what may not stand beside a wording and is in the other script."""
    for name in ("not_preceded_by", "not_followed_by"):
        for text in getattr(term, name):
            place = (entry.id, f"/terms/{at}/{name}")
            yield from _of_characters(term.lang, text, place)


def _of_twins(entry: Entry) -> Iterator[Flaw]:
    """Yield traditional wordings that a check expects otherwise than their twins."""
    twins = {fold(t.text).text: t for t in entry.terms if t.lang == "zh-Hans"}
    for at, term in enumerate(entry.terms):
        twin = twins.get(fold(term.text).text) if term.lang == "zh-Hant" else None
        if twin is not None and twin.expected != term.expected:
            place = (entry.id, f"/terms/{at}/expected")
            yield flaw("uneven-scripts", *place, text=term.text, other=twin.text)


def _is_foreign(character: str) -> bool:
    name = unicodedata.name(character, "")
    return character.isalpha() and not name.startswith("LATIN")


def _of_seeming(term: Term, place: tuple[str, str]) -> Iterator[Flaw]:
    """Yield what is not what it looks like, and what is not seen at all."""
    if primary(term.lang) not in {"zh", "en"}:
        return
    for character in dict.fromkeys(term.text):
        code = f"U+{ord(character):04X}"
        if character in _UNSEEN:
            yield flaw("unseen-character", *place, text=term.text, name=code)
        elif primary(term.lang) == "en" and _is_foreign(character):
            # `mixed-script` and `wrong-script` tell of it.
            continue
        elif usual := passes_for(character):
            values = {"found": character, "usual": usual, "name": code}
            yield flaw("homoglyph", *place, text=term.text, **values)


def _of_chinese(term: Term, place: tuple[str, str]) -> Iterator[Flaw]:
    text = term.text
    if not has_han(text):
        yield flaw("wrong-script", *place, text=text, lang=term.lang)
        return
    yield from _of_characters(term.lang, text, place)
    for odd in (*_KANA.findall(text), *_LATIN_WORD.findall(text)):
        yield flaw("mixed-script", *place, text=text, found=odd)


def _of_characters(lang: str, text: str, place: tuple[str, str]) -> Iterator[Flaw]:
    traditional, simplified = _scripts()
    if lang == "zh-Hans" and (others := _among(text, traditional)):
        yield flaw("traditional-character", *place, text=text, found=others)
    if is_chinese_of(lang, "zh-Hant") and (others := _among(text, simplified)):
        yield flaw("simplified-character", *place, text=text, found=others)


def _of_english(term: Term, place: tuple[str, str]) -> Iterator[Flaw]:
    letters = [c for c in term.text if c.isalpha()]
    foreign = [c for c in letters if _is_foreign(c)]
    if foreign and len(foreign) == len(letters):
        yield flaw("wrong-script", *place, text=term.text, lang=term.lang)
    elif foreign:
        strange = "".join(dict.fromkeys(foreign))
        yield flaw("mixed-script", *place, text=term.text, found=strange)


def _among(text: str, characters: frozenset[str]) -> str:
    return "".join(c for c in dict.fromkeys(text) if c in characters)


@cache
def _scripts() -> tuple[frozenset[str], frozenset[str]]:
    """Return the characters of traditional and of simplified Chinese only."""
    every = "".join(map(chr, range(0x4E00, 0xA000)))
    pairs = [(a, b) for a, b in zip(every, fold(every).text, strict=True) if a != b]
    traditional = {old for old, _ in pairs}
    # Big5 has no character that is not written in traditional Chinese as well.
    simplified = {new for _, new in pairs if not _is_in_big5(new)} - traditional
    return frozenset(traditional - _BOTH), frozenset(simplified - _OF_HONG_KONG)


def _is_in_big5(character: str) -> bool:
    try:
        character.encode("big5")
    except UnicodeEncodeError:
        return False
    return True
