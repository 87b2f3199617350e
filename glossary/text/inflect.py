"""English forms of a phrase made one: plural, possessive, verb forms, articles.

Each word of a folded text is led back to a stem that all its inflected forms share:
*relations* and *relation*, *establishing* and *establish*, *countries'* and *country*.
The stem is the lemma of simplemma's dictionary but for four things: irregular forms are
those of `forms`; a gerund is its verb (*meetings*, *meet*); comparatives stay as they
are; and some words stand apart that only look like forms (*united*, *according*).
Owners are one, *one's* and *its* and *our*, and so are *oneself* and *ourselves*.
Derivation is left alone: *nation* and *national* stay apart, *human* and *humane*.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from glossary import late_pattern
from glossary.text.fold import Folded, has_accents
from glossary.text.forms import APART, IRREGULAR
from glossary.text.function_words import APOSTROPHES, ARTICLES
from glossary.text.lemma import is_known, lemma
from glossary.text.script import UNSPACED
from glossary.text.spelling import SEPARABLE_PREFIXES

_WORDS: Final = re.compile(r"[a-z0-9]+")
_WORD_AND_SPACE: Final = re.compile(r"([a-z0-9]+)( ?)")
#: What is no Han, no mark of Chinese or English, and no letter without an accent.
_SPECIAL: Final = late_pattern(
    rf"['`]|[^\x00-\x7f{UNSPACED}\u3000-\u3002\u3008-\u3011，。；：？！（）“”—…·–]"
)

_TWO_LETTERS: Final = frozenset(
    "am an as at be by do go he if in is it me my no of on or so to up us we".split()
)
#: Letters of a word: what is left of a shorter one would be any word.
_LEAST: Final = 3
#: Stems of texts up to so many characters are remembered.
_REMEMBERED: Final = 150


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Return what all inflected forms of a folded English word share.

    >>> [stem(w) for w in ("relations", "relation", "establishing", "established")]
    ['relation', 'relation', 'establish', 'establish']
    >>> [stem(w) for w in ("promotes", "carried", "committed", "status", "held")]
    ['promote', 'carry', 'commit', 'status', 'hold']
    >>> [stem(w) for w in ("humane", "human", "meetings", "arms", "larger", "ngos")]
    ['humane', 'human', 'meet', 'arms', 'larger', 'ngo']
    """
    if not word.isascii() or not word.isalpha() or word in APART:
        return word
    irregular = IRREGULAR.get(word)
    if irregular is not None:
        return irregular
    base = lemma(word)
    if base is None:
        return _of_unknown(word)
    return _of_gerund(base) if base.endswith("ing") else base


def stem_of(word: str, wording: str) -> str:
    """Return the stem of a folded word; one that ends in -és is a plural.

    >>> stem_of("attaches", "attachés"), stem_of("attaches", "attaches")
    ('attache', 'attach')
    """
    if word.endswith("es") and not wording.isascii():
        ending = unicodedata.normalize("NFC", wording)[-2:-1]
        word = word[:-1] if has_accents(ending) else word
    return stem(word)


def is_word(word: str) -> bool:
    """Say whether an English text may well have this word in small letters.

    Of two letters, the dictionary has hardly any words but rare ones.

    >>> [is_word(w) for w in ("who", "us", "trips", "led", "unesco", "imf", "au")]
    [True, True, True, True, False, False, False]
    """
    if len(word) < _LEAST:
        return word in _TWO_LETTERS
    return word in IRREGULAR or is_known(word)


def stemmed(plain: Folded) -> str:
    """Return the text of `stems`, in a third of the time where nothing is special."""
    if not is_special(plain.source):
        text = plain.text
        is_short = len(text) <= _REMEMBERED
        return _remembered(text) if is_short else stemmed_words(text)
    parts: list[str] = []
    end_before = 0
    for start, _, behind, new in _changes(plain):
        parts += plain.text[end_before:start], new
        end_before = behind
    return "".join([*parts, plain.text[end_before:]])


def is_special(text: str) -> bool:
    """Say whether words cannot be cut to their stems without the way back.

    Special are apostrophes, accents, and letters of other scripts beside ours.
    """
    if text.isascii():
        return "'" in text or "`" in text
    return _SPECIAL.search(text) is not None


def stemmed_words(text: str) -> str:
    """Return a folded text, of nothing special, with its words cut to their stems."""
    return _WORD_AND_SPACE.sub(_stem_and_space, text)


#: A look-up asks for the stems of its query, and of what is near to it, several times.
_remembered: Final = lru_cache(maxsize=4096)(stemmed_words)


def _stem_and_space(match: re.Match[str]) -> str:
    """Return a word's stem with the space behind it, nothing for an article before."""
    word, space = match[1], match[2]
    return "" if space and word in ARTICLES else stem(word) + space


def stems(plain: Folded) -> Folded:
    """Return a folded text with each English word cut to its stem, articles left out.

    The way back to the source stays: the last letter of a stem leads to the last
    letter of the whole word, so that a span covers the word as it is written. What
    is not English stays as it is.
    """
    text, places = plain.text, plain.origin
    parts: list[str] = []
    origin: list[int] = []
    end_before = 0
    for start, end, behind, new in _changes(plain):
        parts += text[end_before:start], new
        origin += places[end_before:start]
        if new:
            head = min(len(new) - 1, end - start)
            origin += places[start : start + head]
            origin += [places[end - 1]] * (len(new) - head)
        end_before = behind
    if not end_before:
        return plain
    return Folded(
        plain.source,
        "".join(parts) + text[end_before:],
        [*origin, *places[end_before:]],
    )


def _changes(plain: Folded) -> Iterator[tuple[int, int, int, str]]:
    """Yield the span of each word that is cut, what follows it, and its stem."""
    text = plain.text
    for match in _WORDS.finditer(text):
        start, end = match.span()
        before, after = text[start - 1 : start], text[end : end + 1]
        if _is_letter(before) or _is_letter(after):
            # These letters do not stand alone, but beside others of the same word.
            continue
        word = match[0]
        if word in ARTICLES and after == " ":
            yield start, end, end + 1, ""
            continue
        bare = _unpossessed(plain, start, end) if word[-1] == "s" else word
        is_plural = bare[-2:] == "es"
        new = stem_of(bare, _written(plain, start, end)) if is_plural else stem(bare)
        if new != word:
            yield start, end, end, new


def _is_letter(character: str) -> bool:
    return character.isalpha() and character < "\u2e80"


def _unpossessed(plain: Folded, start: int, end: int) -> str:
    """Return a word without the s of its possessive, however short the word is."""
    word = plain.text[start:end]
    if len(word) < 2 or not word.endswith("s"):
        return word
    between = plain.source[plain.origin[end - 2] : plain.origin[end - 1]]
    is_possessive = any(mark in APOSTROPHES for mark in between)
    return unpossessed(word) if is_possessive else word


def unpossessed(word: str) -> str:
    """Return a folded word in -’s without the s; *one's* is *its*.

    >>> unpossessed("chinas"), unpossessed("ones")
    ('china', 'its')
    """
    return "its" if word == "ones" else word[:-1]


def _written(plain: Folded, start: int, end: int) -> str:
    """Return a word as it is written."""
    return plain.source[plain.origin[start] : plain.origin[end - 1] + 1]


def singular(word: str) -> str:
    """Return a folded word without the s of a plural, as far as an ending tells.

    >>> [singular(w) for w in ("demarches", "mous", "parties", "boxes", "press")]
    ['demarche', 'mou', 'party', 'box', 'press']
    """
    if len(word) < _LEAST or not word.endswith("s") or word.endswith("ss"):
        return word
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(("xes", "zes", "sses", "shes")):
        return word[:-2]
    return word[:-1]


def _of_gerund(word: str) -> str:
    """Return the verb that a noun in -ing is made of, the noun where there is none.

    >>> [_of_gerund(w) for w in ("building", "ruling", "setting", "morning")]
    ['build', 'rule', 'set', 'morning']
    """
    if word in APART or word in IRREGULAR:
        return IRREGULAR.get(word, word)
    rest = word.removesuffix("ing")
    if len(rest) < _LEAST:
        return word
    past = lemma(f"{rest}ed")
    if past is not None and past != f"{rest}ed":
        return past
    verbs = (_undoubled(rest), rest, f"{rest}e")
    return next(filter(_is_base, verbs), word)


def _of_unknown(word: str) -> str:
    """Return the stem of a word that the dictionary lacks: a name, a new word."""
    for prefix in SEPARABLE_PREFIXES:
        rest = word.removeprefix(prefix)
        if rest != word and len(rest) >= _LEAST and is_known(rest):
            return prefix + stem(rest)
    one = singular(word)
    if one != word:
        return stem(one)
    for ending in ("ing", "ed"):
        rest = word.removesuffix(ending)
        if rest != word:
            for verb in (f"{rest}e", rest, _undoubled(rest)):
                if len(verb) > _LEAST and _is_base(verb):
                    return verb
    return word


def _undoubled(rest: str) -> str:
    """Return what stands before an ending without the letter that it doubled."""
    is_double = rest[-2:-1] == rest[-1:] and rest[-1:] not in "aeiou"
    return rest[:-1] if is_double else rest


def _is_base(word: str) -> bool:
    return lemma(word) == word
