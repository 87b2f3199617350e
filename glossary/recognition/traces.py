"""What a text has left of a wording: enough for a paraphrase, or another thing.

The words of a wording may be about without saying it: where what negates it, a member
of it or its name is gone, what is left is another's.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import takewhile
from typing import Final, NamedTuple

from glossary.recognition.initials import phrase_of
from glossary.recognition.remains import ENDING, NEGATION, Rest, has_word, words_of
from glossary.recognition.vocabulary import is_rare
from glossary.text import (
    UNSPACED,
    are_kin,
    content,
    has_han,
    heads,
    is_of_instrument,
    is_word,
    simplified,
)

_SLOT: Final = re.compile(r"\{[^}]*\}|…+|\.{3,}|_{2,}")
_CAPITALS: Final = re.compile(r"\b[A-Z]{2,4}\b")
_GONE: Final = " "
#: Such a share of the characters of a place are of the wording looked for in it.
_DENSE: Final = 0.6
#: A Chinese word of more characters is there with two of them: 包容 of 包容性.
_LONG_WORD: Final = 2
#: Of two words, or four characters, one word is just half.
_PAIR, _FOUR = 2, 4
#: A word that so many words of the source explain is what the text is about.
_TOPIC: Final = 2
#: What stands more often is no trace of a certain term.
_SELDOM: Final = 2
#: Words in capitals one after the other: *Partnership for Shared Development*.
_NAME: Final = re.compile(r"[A-Z]\w+(?: (?:(?:of|for|and|the|on) )*[A-Z]\w+)+")
#: A word in capitals that is no word of English is a name: *Xizang-related issues*.
_PROPER: Final = re.compile(r"\b[A-Z][a-z]{2,}\b")
_FIGURE: Final = re.compile(r"[0-9]{3,}")
#: So many letters at its beginning tell a name.
_STEM: Final = 4
#: What stands between the members of a list, which has three at least.
_COMMA: Final = re.compile(r"\s*(?:[、，；]|[,;]?\s+and\s+|[,;])\s*")
_LIST: Final = 3
#: What stands between two that are named together; 和平 is one word.
_JOINED: Final = re.compile(
    rf"\s+and\s+|(?<=[{UNSPACED}]{{2}})[和与與及、](?![平谐諧解睦约約议議])"
)

#: What is left of a source that has nothing else.
_NOTHING: Final = Rest("")


def is_left(
    wording: str, target: Rest, source: Rest, *, whole: bool, half: bool
) -> bool:
    """Say whether at least half of a wording is left in a target, in one place.

    Its content words count: English ones by family, Chinese ones by their characters.
    A word that renders another word of the source does not count. One word of two is
    enough where it is a rare one, where it stands in a name, which is translated in its
    own way, or where `half` says so; with `whole`, all of it must be there.
    """
    if _is_anothers(wording, target):
        return False
    traits = _traits(wording)
    if traits.chinese is not None:
        return _is_left_in_chinese(
            traits.chinese, target, source, whole=whole, half=half
        )
    return _is_before_name(traits.bare, target.text) or _is_left_in_english(
        traits, target, source, whole=whole, half=half
    )


class _Traits(NamedTuple):
    """What there is to know of a wording, whatever text it is looked for in."""

    #: Without its slots.
    bare: str
    #: Its Chinese words, None for a wording in English.
    chinese: tuple[str, ...] | None
    english: tuple[str, ...]
    has_capitals: bool
    negates: bool
    #: Whether it ends something, and is no instrument that is named by that.
    ends: bool
    #: The members of a list, each with the text that tells it, and if it is a phrase.
    members: tuple[tuple[str, bool], ...]
    figures: tuple[str, ...]
    #: The beginnings of the names in it that are no words.
    names: tuple[str, ...]


@lru_cache(maxsize=32_768)
def _traits(wording: str) -> _Traits:
    bare = _SLOT.sub(" ", wording)
    is_chinese = has_han(wording)
    return _Traits(
        bare,
        tuple(words_of(bare)) if is_chinese else None,
        () if is_chinese else tuple(dict.fromkeys(content(bare))),
        _CAPITALS.search(bare) is not None,
        NEGATION.search(bare) is not None,
        # A convention against something may be named by that: 《生物武器公约》.
        ENDING.search(bare) is not None and not is_of_instrument(bare),
        _members(bare),
        tuple(_FIGURE.findall(bare)),
        tuple(n[:_STEM] for n in _PROPER.findall(bare) if not is_word(n.lower())),
    )


def _is_anothers(wording: str, target: Rest) -> bool:
    """Say whether what is left of a wording is another thing: its contrary, a part."""
    is_anothers = target.spoilt.get(wording)
    if is_anothers is None:
        traits = _traits(wording)
        is_anothers = target.spoilt[wording] = (
            (traits.negates and not target.negates)
            or (traits.ends and not target.ends and not target.negates)
            or _lacks_a_member(traits, target)
            or _lacks_its_name(traits, target)
        )
    return is_anothers


def is_spoilt(wordings: Iterable[str], target: Rest) -> bool:
    """Say whether of all wordings of which enough is left, that is another thing."""
    is_spoilt = False
    for text in wordings:
        if _is_anothers(text, target):
            is_spoilt = True
        elif is_left(text, target, _NOTHING, whole=False, half=True):
            return False
    return is_spoilt


def is_part(part: str, wording: str) -> bool:
    """Say whether a text is a part of a wording, but for what leads up to it.

    >>> is_part("表示强烈不满", "强烈不满和坚决反对"), is_part("坚决反对", "反对")
    (True, False)
    """
    one, other = part.casefold(), wording.casefold()
    return one in other or any(
        other.startswith(one[at:]) and other != one[at:]
        for at in range(1, len(one) - _FOUR + 1)
    )


def _is_left_in_english(
    traits: _Traits, target: Rest, source: Rest, *, whole: bool, half: bool
) -> bool:
    words, wording = traits.english, traits.bare
    if traits.has_capitals:
        words = tuple(dict.fromkeys(content(_written_out(wording, target.text))))
    there = [
        word
        for word in words
        if (times := target.english.count(word))
        and _is_more(times, source.explained_in_english(word, words, target))
    ]
    if not there or 2 * len(there) < len(words):
        return False
    if not whole and len(words) == _PAIR and len(there) == 1:
        return (
            half
            or (is_rare(there[0]) and target.english.count(there[0]) <= _SELDOM)
            or (wording.islower() and _is_in_name(there[0], target.text))
        )
    near = _closest(target.heads, there, wide=2 * len(words) + 1)
    if whole or len(words) <= _PAIR:
        return near == len(words)
    return 2 * near >= len(words)


def _written_out(wording: str, text: str) -> str:
    """Return a wording with its letters as a text writes them out, if it does.

    >>> _written_out("AI security", "Security Commission on Artificial Intelligence")
    'Artificial Intelligence security'
    """
    return _CAPITALS.sub(
        lambda letters: phrase_of(text, letters[0]) or letters[0], wording
    )


def _members(wording: str) -> tuple[tuple[str, bool], ...]:
    """Return the members of a list that a wording is, each with whether it must stay.

    Of two, one that must has two words itself: *territorial integrity*.
    """
    members = _COMMA.split(wording)
    if len(members) >= _LIST:
        return tuple((_apart(member, members), True) for member in members)
    members = _JOINED.split(wording)
    if len(members) != _PAIR:
        return ()
    return tuple((member, _is_phrase(member)) for member in members)


def _lacks_a_member(traits: _Traits, target: Rest) -> bool:
    """Say whether a member of a list is gone that must stay, and another is there."""
    if not traits.members:
        return False
    there = [has_word(member, target) for member, _ in traits.members]
    return any(there) and any(
        must_stay and not is_there
        for (_, must_stay), is_there in zip(traits.members, there, strict=True)
    )


def _apart(member: str, members: Sequence[str]) -> str:
    """Return the words of a member of a list that no other has, or all, if none is.

    >>> _apart("mutual learning", ["mutual learning", "mutual benefit"])
    'learn'
    """
    words, between = (words_of, "、") if has_han(member) else (content, " ")
    others = {word for other in members if other != member for word in words(other)}
    return between.join(w for w in words(member) if w not in others) or member


def _is_phrase(text: str) -> bool:
    """Say whether a text has several words."""
    return len(text) >= _FOUR if has_han(text) else len(content(text)) >= _PAIR


def _lacks_its_name(traits: _Traits, target: Rest) -> bool:
    """Say whether a wording has a name of which nothing is in a target, or a figure.

    Names are spelt in several ways, and have adjectives: *Macao*, *Kazakh*. The figure
    of *Resolution 2758* is its name.
    """
    if any(figure not in target.text for figure in traits.figures):
        return True
    names = traits.names
    return bool(names) and not any(name in target.text for name in names)


def told_apart(one: str, other: str) -> str | None:
    """Return the word of a name by which it is told from another of as many words.

    That is *development* in *Global Development Initiative*, beside *Global Security
    Initiative*: two words and more are the same, and these have nothing in common, as
    互不 and 不 have. None for any other names.
    """
    if has_han(one):
        ours, theirs = list(words_of(one)), list(words_of(other))
    else:
        ours, theirs = list(heads(one)), list(heads(other))
    if len(ours) != len(theirs) or len(ours) <= _PAIR:
        return None
    differing = [
        (mine, its)
        for mine, its in zip(ours, theirs, strict=True)
        if not are_kin(mine, its)
    ]
    if len(differing) != 1:
        return None
    mine, its = differing[0]
    return None if has_han(mine) and set(mine) & set(its) else mine


def is_one_word(text: str) -> bool:
    """Say whether a Chinese text is one word of up to three characters."""
    return has_han(text) and len(text) < _FOUR and len(list(words_of(text))) == 1


def _is_in_name(word: str, text: str) -> bool:
    """Say whether an English word stands in the name of something."""
    names = _NAME.findall(text)
    return any(are_kin(word, head) for name in names for head in heads(name))


def _is_before_name(wording: str, text: str) -> bool:
    """Say whether a title stands before a name without its office: *Premier Li*.

    >>> wording = "Premier of the State Council"
    >>> [_is_before_name(wording, text) for text in ("met Premier Li", "met Premiers")]
    [True, False]
    """
    title, _, office = wording.partition(" of ")
    return bool(office and title.istitle()) and bool(
        re.search(rf"\b{re.escape(title)} (?!of\b)[A-Z]", text)
    )


def _is_more(times: int, explained: int) -> bool:
    """Say whether a word stands more often than other words of the source explain.

    What they explain twice is what the text is about: it proves nothing.
    """
    return times > explained and explained < _TOPIC


def _closest(heads: Sequence[str], words: Sequence[str], *, wide: int) -> int:
    """Return how many of some words stand within so many words of a text at most."""
    places = [
        (at, number)
        for at, head in enumerate(heads)
        for number, word in enumerate(words)
        if are_kin(word, head)
    ]
    best = 0
    for first, (at, _) in enumerate(places):
        near = takewhile(lambda place: place[0] < at + wide, places[first:])  # noqa: B023
        best = max(best, len({number for _, number in near}))
    return best


def _is_left_in_chinese(
    words: tuple[str, ...], target: Rest, source: Rest, *, whole: bool, half: bool
) -> bool:
    characters = "".join(words)
    if not characters:
        return False
    text = simplified(target.text)
    own = set(characters)
    for word, count in target.chinese.items():
        # No other word has anything of the wording.
        if not own.isdisjoint(word) and not _is_more(
            count, source.explained_in_chinese(word, words, target)
        ):
            text = text.replace(word, _GONE * len(word))
    there = _densest(text, characters)
    if whole:
        return there == len(characters)
    if 2 * there > len(characters):
        return True
    if 2 * there == len(characters) and (half or len(characters) > _FOUR):
        return True
    if len(characters) == _FOUR and any(
        len(half) == _PAIR and half in text
        for half in (*words, characters[:_PAIR], characters[_PAIR:])
    ):
        return True
    return any(
        2 * len(word) >= len(characters) and is_rare(word) and _has(text, word)
        for word in words
    )


def _has(text: str, word: str) -> bool:
    """Say whether a word stands in a text, or what it is made of."""
    if word in text:
        return True
    return len(word) > _LONG_WORD and (word[:2] in text or word[-2:] in text)


def _densest(text: str, characters: str) -> int:
    """Return how many of some characters stand together in a text at most.

    Where they stand there are few others between them.
    """
    counts = Counter(characters)
    places = [at for at, c in enumerate(text) if c in counts]
    best = 0
    for number, first in enumerate(places):
        near: Counter[str] = Counter()
        count = 0
        for at in places[number : number + len(characters)]:
            if near[text[at]] < counts[text[at]]:
                near[text[at]] += 1
                count += 1
            if count < _DENSE * (at + 1 - first):
                break
            best = max(best, count)
    return best
