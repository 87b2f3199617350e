"""What stands beside a wording in a text, and whether the wording is a term there.

阿|萨德 is no missile system, Prime|Minister no envoy, 外交部长|长期 no minister: a term
lists the texts that it does not stand behind or before.
"""

from functools import lru_cache
from typing import NamedTuple

from glossary.entry import twins
from glossary.recognition.snapshot import Sense
from glossary.text import has_han, key

#: So many characters more than a context has may spell it: spaces, hyphens, accents.
_SLACK = 16


class Guard(NamedTuple):
    """The texts that a wording does not stand behind, and not before."""

    behind: tuple[str, ...]
    before: tuple[str, ...]

    def bars(self, text: str, start: int, end: int) -> bool:
        """Say whether one of them stands directly beside a place of a text."""
        return any(_ends_in(text, start, ending) for ending in self.behind) or any(
            _begins_with(text, end, beginning) for beginning in self.before
        )


def guard_of(sense: Sense) -> Guard | None:
    """Return what guards a wording, in whatever script its entry says it; or None."""
    terms = sense.entry.terms
    if not any(term.not_preceded_by or term.not_followed_by for term in terms):
        return None
    same = list(twins(sense.entry, sense.term))
    behind = dict.fromkeys(text for term in same for text in term.not_preceded_by)
    before = dict.fromkeys(text for term in same for text in term.not_followed_by)
    return Guard(tuple(behind), tuple(before)) if behind or before else None


def _ends_in(text: str, at: int, context: str) -> bool:
    """Say whether a text up to a place ends in a context."""
    near = text[max(at - 2 * len(context) - _SLACK, 0) : at]
    bare = near.rstrip()
    if not bare or (len(bare) < len(near) and _is_solid(bare[-1] + text[at : at + 1])):
        return False
    near_key, context_key = key(bare), _key(context)
    if not context_key:
        return bare.endswith(context)
    if not near_key.endswith(context_key) or not _meets(bare[-1], context[-1]):
        return False
    rest = near_key[: len(near_key) - len(context_key)]
    return not (rest[-1:].isalnum() and _is_word(context_key[0]) and _is_word(rest[-1]))


def _begins_with(text: str, at: int, context: str) -> bool:
    """Say whether a text goes on with a context from a place."""
    near = text[at : at + 2 * len(context) + _SLACK]
    bare = near.lstrip()
    if not bare or (len(bare) < len(near) and _is_solid(text[at - 1 : at] + bare[0])):
        return False
    near_key, context_key = key(bare), _key(context)
    if not context_key:
        return bare.startswith(context)
    if not near_key.startswith(context_key) or not _meets(bare[0], context[0]):
        return False
    rest = near_key[len(context_key) :]
    return not (rest[:1].isalnum() and _is_word(context_key[-1]) and _is_word(rest[0]))


def _is_solid(pair: str) -> bool:
    """Say whether two characters are written without a space between them."""
    return len(pair) == 2 and all(map(has_han, pair))


def _is_word(character: str) -> bool:
    return character.isalnum() and not has_han(character)


def _meets(there: str, mark: str) -> bool:
    """Say whether no mark stands between, which folding would overlook."""
    return there.isalnum() or there == mark


@lru_cache(maxsize=4096)
def _key(context: str) -> str:
    return key(context)
