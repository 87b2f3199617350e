"""English forms of a phrase made one: plural, possessive, verb forms, articles.

Each word of a folded text is cut back to a stem that all its inflected forms share:
*relations* and *relation*, *establishing* and *establish*, *countries'* and *country*.
A stem is for comparing only and need not be a word (*promot*). Derivation is left
alone: *nation* and *national* stay apart.
"""

import re
from functools import lru_cache
from typing import Final

from glossary.text.fold import Folded

_WORDS: Final = re.compile(r"[a-z0-9]+")
_PLAIN: Final = re.compile(r"[a-z0-9]+(?: [a-z0-9]+)*")
_ARTICLES: Final = frozenset({"a", "an", "the"})
_VOWEL: Final = re.compile(r"[aeiouy]")
_APOSTROPHES: Final = "'’‘ʼ`´＇"

_FORMS: Final = """
be is are am was were been being
have has had having
do does did done doing
go goes went gone going
agree agrees agreed agreeing
guarantee guarantees guaranteed guaranteeing
free frees freed freeing
begin begins began begun
bear bears bore borne
become becomes became
break breaks broke broken
bring brings brought
build builds built
choose chooses chose chosen
come comes came
deal deals dealt
die dies died dying
draw draws drew drawn
fight fights fought
find finds found
forgive forgives forgave forgiven
get gets got
give gives gave given
grow grows grew grown
hold holds held
keep keeps kept
know knows knew known
lay lays laid
lead leads led
lie lies lying
lose loses lost
make makes made
mean means meant
meet meets met
overcome overcomes overcame
pay pays paid
rise rises rose risen
say says said
see sees saw seen
seek seeks sought
send sends sent
show shows showed shown
speak speaks spoke spoken
stand stands stood
strike strikes struck stricken
swear swears swore sworn
take takes took taken
teach teaches taught
tell tells told
think thinks thought
tie ties tied tying
undergo undergoes underwent undergone
understand understands understood
undertake undertakes undertook undertaken
uphold upholds upheld
win wins won
withdraw withdraws withdrew withdrawn
withstand withstands withstood
write writes wrote written
analysis analyses
basis bases
child children childrens
crisis crises
criterion criteria
foot feet
life lives
man men mens
memorandum memoranda memorandums
person persons
phenomenon phenomena
thesis theses
woman women womens
"""
_IRREGULAR: Final = {
    form: line.split()[0]
    for line in _FORMS.strip().splitlines()
    for form in line.split()
}


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Return what all inflected forms of a folded English word share.

    >>> [stem(w) for w in ("relations", "relation", "establishing", "established")]
    ['relation', 'relation', 'establish', 'establish']
    >>> [stem(w) for w in ("promotes", "carried", "committed", "status", "held")]
    ['promot', 'carry', 'commit', 'status', 'hold']
    """
    if not word.isascii() or not word.isalpha():
        return word
    base = _IRREGULAR.get(word) or _IRREGULAR.get(_singular(word))
    return _bare(base or _uninflected(word))


def stemmed(folded: Folded) -> str:
    """Return the text of `stems`, in a third of the time where nothing is special."""
    text = folded.text
    if not _PLAIN.fullmatch(text) or any(
        mark in folded.source for mark in _APOSTROPHES
    ):
        return stems(folded).text
    words = text.split(" ")
    kept = [w for w in words[:-1] if w not in _ARTICLES] + words[-1:]
    return " ".join(map(stem, kept))


def stems(folded: Folded) -> Folded:
    """Return a folded text with each English word cut to its stem, articles left out.

    The way back to the source stays: the last letter of a stem leads to the last
    letter of the whole word, so that a span covers the word as it is written. What
    is not English stays as it is.
    """
    text, places = folded.text, folded.origin
    parts: list[str] = []
    origin: list[int] = []
    done = 0
    for match in _WORDS.finditer(text):
        start, end = match.span()
        if not _whole(text, start, end):
            continue
        word = match[0]
        if word in _ARTICLES and text[end : end + 1] == " ":
            new, start_of_rest = "", end + 1
        else:
            new, start_of_rest = stem(_unpossessed(folded, start, end)), end
        if new == word:
            continue
        parts += text[done:start], new
        origin += places[done:start]
        if new:
            head = min(len(new) - 1, end - start)
            origin += places[start : start + head]
            origin += [places[end - 1]] * (len(new) - head)
        done = start_of_rest
    if not done:
        return folded
    return Folded(
        folded.source, "".join(parts) + text[done:], [*origin, *places[done:]]
    )


def _whole(text: str, start: int, end: int) -> bool:
    """Say whether letters stand alone, not beside others of the same word."""
    before = text[start - 1 : start]
    after = text[end : end + 1]
    return not (_is_letter(before) or _is_letter(after))


def _is_letter(character: str) -> bool:
    return character.isalpha() and character < "\u2e80"


def _unpossessed(folded: Folded, start: int, end: int) -> str:
    """Return a word without the s of its possessive, however short the word is."""
    word = folded.text[start:end]
    if len(word) < 2 or not word.endswith("s"):
        return word
    between = folded.source[folded.origin[end - 2] : folded.origin[end - 1]]
    return word[:-1] if any(mark in _APOSTROPHES for mark in between) else word


def _singular(word: str) -> str:
    return word.removesuffix("s")


def _uninflected(word: str) -> str:
    """Take the ending of a plural off, then that of a past or an -ing form."""
    if len(word) > 4 and word.endswith(("ies", "ied")):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if word.endswith("ing") and _can_stand(word[:-3]):
        return word[:-3]
    if word.endswith("ed") and not word.endswith("eed") and _can_stand(word[:-2]):
        return word[:-2]
    return word


def _can_stand(rest: str) -> bool:
    return len(rest) > 2 and _VOWEL.search(rest) is not None


def _bare(word: str) -> str:
    """Take off a silent e and one of two equal consonants at the end."""
    if len(word) > 3 and word.endswith("e") and not word.endswith("ee"):
        word = word[:-1]
    if len(word) > 3 and word[-1] == word[-2] and not _VOWEL.match(word[-1]):
        word = word[:-1]
    return word
