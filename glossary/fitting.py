"""A suggestion in the letter case of what it is to replace."""

import re
from typing import Final

_SMALL: Final = frozenset(
    "a an the and but or nor of in on at to for by with from as between".split()
)
_WORD: Final = re.compile(r"[A-Za-z][A-Za-z'’]*")
_SENTENCE: Final = re.compile(r"(?:^|[.!?。！？\n])[\s“‘\"'(\[]*$")


def fitted(suggestion: str, text: str, start: int, end: int) -> str:
    """Return a suggestion for `text[start:end]` in the letter case found there.

    Capitals throughout and capitals at each word are kept; a capital that only begins a
    sentence begins the suggestion too. Capitals of the suggestion's own stay.

    >>> fitted("major-country relations", "GREAT POWER RELATIONS", 0, 21)
    'MAJOR-COUNTRY RELATIONS'
    >>> fitted("model of relations", "A New Type of Ties", 2, 18)
    'Model of Relations'
    >>> fitted("model of relations", "Great power relations are", 0, 21)
    'Model of relations'
    """
    words = [w for w in _WORD.findall(text[start:end]) if w.lower() not in _SMALL]
    if not words:
        return suggestion
    if all(word.isupper() for word in words) and max(map(len, words)) > 1:
        # A lone acronym says nothing about the case of what replaces it.
        return suggestion.upper() if len(words) > 1 else suggestion
    if len(words) > 1 and all(word[0].isupper() for word in words):
        return _WORD.sub(_capitalized, suggestion)
    if words[0][0].isupper() and _SENTENCE.search(text[:start]):
        return suggestion[:1].upper() + suggestion[1:]
    return suggestion


def _capitalized(match: re.Match[str]) -> str:
    word = match[0]
    if word in _SMALL and match.start():
        return word
    return word[0].upper() + word[1:]
