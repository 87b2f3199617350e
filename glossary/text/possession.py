"""Whose something is: a slot of English wordings that any owner fills.

*Safeguard one's sovereignty* is said of *its*, *their* and *our* sovereignty, whose
owners have one stem, and of *China's* or *the two countries' own*.
"""

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from glossary import late_pattern
from glossary.text.script import has_han

#: One's, its, their …: what any owner may stand in place of.
_PRONOUNS: Final = frozenset("one's one’s its their his her our my your".split())
_PRONOUN: Final = late_pattern(
    r"(?<![\w'’-])(?:one['’]s|its|their|his|her|our|my|your)(?![\w'’-])", re.IGNORECASE
)
_POSSESSIVE: Final = re.compile(r"[^\W\d_][\w.&-]*(?:['’][sS]|(?<=[sS])['’])")
_DETERMINERS: Final = frozenset(
    "the this that these those a an each every both all".split()
)
#: What stands between the words of a name: the Republic of Korea's.
_INSIDE: Final = frozenset("of and the for".split())
#: What no owner holds: the words behind belong to something else.
_OUTSIDE: Final = frozenset(
    "and as at but by for from in into is of on or that to under was which who with"
    " are were be been has have had will would".split()
)
#: What is said, not owned.
_CONTRACTED: Final = frozenset(
    f"{word}{mark}s"
    for word in "it he she that there what who let here where how this".split()
    for mark in "'’"
)
_PLAIN: Final = re.compile(r"[a-z][\w-]*")
_NAME: Final = re.compile(r"[^\W\d_a-z][\w.&-]*(?:['’]s)?")
#: A longer name of an owner is none, in words.
_LONGEST: Final = 9
#: So many lower-case words may name an owner: the neighboring countries'.
_MOST_PLAIN: Final = 2
_OWN: Final = "own"


def unowned(text: str) -> list[str]:
    """Return the parts of an English wording around one's, its, their …; one if none.

    A wording that begins or ends so is one part: what is left would be anybody's.

    >>> unowned("present one's credentials"), unowned("its core interests")
    (['present', 'credentials'], ['its core interests'])
    """
    parts = [part.strip() for part in _PRONOUN.split(text)]
    is_whole = len(parts) < 2 or not all(parts) or has_han(text)
    return [text] if is_whole else parts


def is_owner(text: str) -> bool:
    """Say whether words name an owner, as they stand before what is owned.

    >>> [is_owner(t) for t in ("the two countries'", "its own", "the Republic of X's")]
    [True, True, True]
    >>> is_owner("mistakes in the court's"), is_owner("the")
    (False, False)
    """
    words = text.split()
    if words[-1:] == [_OWN]:
        words.pop()
    return 0 < len(words) <= _LONGEST and (
        (len(words) == 1 and is_pronoun(words[0])) or _is_named(words)
    )


def is_pronoun(text: str) -> bool:
    """Say whether a text is one's, its, their … and no more."""
    return text.strip().lower() in _PRONOUNS


def of_anyone(text: str) -> list[str]:
    """Return a text with *its* in place of a name that owns something, in each way.

    >>> of_anyone("safeguard China's sovereignty")
    ['safeguard its sovereignty', 'its sovereignty']
    """
    words = text.split()
    return [
        " ".join([*words[:first], "its", *behind])
        for at, word in enumerate(words)
        if _POSSESSIVE.fullmatch(word) and (behind := _without_own(words[at + 1 :]))
        for first in range(at, max(at - _LONGEST, -1), -1)
        if _is_named(words[first : at + 1])
    ]


def _without_own(words: list[str]) -> list[str]:
    return words[1:] if words[:1] == [_OWN] else words


def _is_named(words: Sequence[str]) -> bool:
    """Say whether words are a possessive with the name before it."""
    last = words[-1]
    if not _POSSESSIVE.fullmatch(last) or last.lower() in _CONTRACTED:
        return False
    if words[0].lower() in _DETERMINERS:
        words = words[1:]
    if not words:
        return False
    *before, last = words
    plain = sum(1 for _ in takewhile(_is_plain, before))
    name = before[plain:]
    if not _NAME.match(last):
        return not name and plain < _MOST_PLAIN
    return plain < _MOST_PLAIN and all(
        _NAME.fullmatch(word) or (at and word in _INSIDE)
        for at, word in enumerate(name)
    )


def _is_plain(word: str) -> bool:
    """Say whether a lower-case word may stand before a name, or be one."""
    return _PLAIN.fullmatch(word) is not None and word not in _OUTSIDE
