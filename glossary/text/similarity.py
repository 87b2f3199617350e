"""How close what somebody remembers comes to a term, and in what it differs.

All texts are keys or stems of keys (see `fold` and `inflect`), lengths are in code
points, scores lie between 0 and 1.
"""

from collections.abc import Iterable
from functools import lru_cache
from itertools import chain
from typing import Final, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA, Indel
from rapidfuzz.fuzz import partial_ratio, ratio, token_sort_ratio

from glossary.text.family import SHARED, are_kin
from glossary.text.function_words import SMALL_WORDS

#: From here on, the one may well have been meant by the other.
ENOUGH: Final = 0.75
_LONG_WORD: Final = 8
#: A phrase of no more characters stands inside too many.
_SHORT_PHRASE: Final = 4
#: No word is forgiven more typing mistakes.
_MISTAKES: Final = 2
#: So few phrases are compared one by one sooner than they are sifted by their words.
_FEW: Final = 6


class Closeness(NamedTuple):
    """How close two texts are, and what differs: names as in the `via` of a hit."""

    score: float
    via: tuple[str, ...]


def mistakes(length: int) -> int:
    """Return how many typing mistakes a word of a length is forgiven.

    >>> [mistakes(n) for n in (3, 4, 7, 8)]
    [0, 1, 1, 2]
    """
    return 0 if length < 4 else 1 if length < _LONG_WORD else 2


@lru_cache(maxsize=65_536)
def same_word(one: str, other: str) -> bool:
    """Say whether two words are one but for typing mistakes.

    >>> same_word("respekt", "respect"), same_word("power", "tower")
    (True, True)
    >>> same_word("cat", "cut")
    False
    """
    if one == other:
        return True
    most = mistakes(min(len(one), len(other)))
    if not most or abs(len(one) - len(other)) > most:
        return False
    return OSA.distance(one, other, score_cutoff=most) <= most


def content(text: str) -> list[str]:
    """Return the words of a text that say something; all, if none does."""
    words = text.split()
    return [w for w in words if w not in SMALL_WORDS] or words


@lru_cache(maxsize=4096)
def _distinct(text: str) -> tuple[str, ...]:
    """Return the words of a text that say something, each once."""
    return tuple(dict.fromkeys(content(text)))


def _same(word: str, others: list[str]) -> str | None:
    """Return the first of some words that is another one but for typing mistakes."""
    size = len(word)
    for other in others:
        if -_MISTAKES <= len(other) - size <= _MISTAKES and same_word(word, other):
            return other
    return None


def _kin(word: str, others: list[str]) -> str | None:
    """Return the first of some words that is of the family of another one."""
    begins = word[:SHARED]
    for other in others:
        if other.startswith(begins) and are_kin(word, other):
            return other
    return None


def has_in_order(text: str, q: str) -> bool:
    """Say whether a text has the words of a phrase one behind the other.

    They may be mistyped; what says little may stand between them.

    >>> has_in_order("un secretary general", "secretary genaral")
    True
    >>> has_in_order("general secretary", "secretary general")
    False
    """
    words, there = content(q), content(text)
    starts = range(len(there) - len(words) + 1)
    return any(all(map(same_word, words, there[at:])) for at in starts)


def is_turned_round(q: str, text: str) -> bool:
    """Say whether two phrases have the same words, mistyped or not, in another order.

    >>> is_turned_round("secretary genaral", "general secretary")
    True
    >>> is_turned_round("peace keeping", "peacekeeping")
    False
    """
    words, there = content(q), content(text)
    return (
        1 < len(words) == len(there)
        and not all(map(same_word, words, there))
        and all(any(same_word(one, other) for other in there) for one in words)
    )


class Resemblance:
    """How close many phrases of words come to one; the order of words is free.

    >>> Resemblance("mutal respect").of(["mutual respect"])[0].via
    ('typo',)
    >>> Resemblance("respect mutual").of(["mutual respect"])[0].via
    ('word-order',)
    >>> Resemblance("strategic dialogue").of(["strategic and economic dialogue"])[0].via
    ('missing-word',)
    >>> Resemblance("freedom to navigate").of(["freedom of navigation"])[0].via
    ('family',)
    >>> Resemblance("strategic dialogue").of(["strategic balance"])
    [Closeness(score=0.0, via=())]
    """

    def __init__(self, q: str) -> None:
        self._q = q
        self._words = _distinct(q)
        #: So many of the words may be missing.
        self._allowed = 1 if len(self._words) > 2 else 0
        #: Which of the words a word that was met may stand for, as bits of a number.
        self._places: dict[str, int] = {}
        self._of: dict[str, Closeness] = {}

    def of(self, texts: Iterable[str]) -> list[Closeness]:
        """Return how close each text comes to the phrase."""
        texts = list(texts)
        new = [text for text in texts if text not in self._of]
        if len(new) <= _FEW:
            for text in new:
                self._of[text] = _of_words(
                    self._q, text, self._words, allowed=self._allowed
                )
            return [self._of[text] for text in texts]
        words_of = {text: text.split() for text in new}
        self._meet(set(chain.from_iterable(words_of.values())) - self._places.keys())
        for text, words in words_of.items():
            there = 0
            for word in words:
                there |= self._places[word]
            if len(self._words) - there.bit_count() > self._allowed:
                # Whatever stands for what, too many are missing.
                self._of[text] = _run_together(self._q, text)
            else:
                self._of[text] = _of_words(
                    self._q, text, self._words, allowed=self._allowed
                )
        return [self._of[text] for text in texts]

    def _meet(self, words: set[str]) -> None:
        """Note for which words of the phrase some others may stand, at the most."""
        places = dict.fromkeys(words, 0)
        by_beginning: dict[str, list[str]] = {}
        for word in words:
            by_beginning.setdefault(word[:SHARED], []).append(word)
        for at, own in enumerate(self._words):
            likely = {own, *by_beginning.get(own[:SHARED], ())}
            if most := mistakes(len(own)):
                near = process.extract(
                    own, words, scorer=OSA.distance, score_cutoff=most, limit=None
                )
                likely.update(word for word, *_ in near)
            for word in likely & words:
                places[word] |= 1 << at
        self._places |= places


def _of_words(
    q: str, text: str, wanted_words: tuple[str, ...], *, allowed: int
) -> Closeness:
    """Compare two phrases of words, of which the first may lack so many."""
    unmet = [*_distinct(text)]
    length = sum(map(len, unmet))
    others = []
    for word in wanted_words:
        if word in unmet:
            unmet.remove(word)
        else:
            others.append(word)
    missed = kin = 0
    for word in others:
        match = _same(word, unmet)
        if match is None:
            match = _kin(word, unmet)
            kin += match is not None
        if match is not None:
            unmet.remove(match)
        elif missed == allowed:
            return _run_together(q, text)
        else:
            missed += 1
    typos = len(others) > missed + kin
    whole = max(ratio(q, text), 0.97 * token_sort_ratio(q, text)) / 100
    if missed == 0:
        covered = 1 - sum(map(len, unmet)) / length
        telling = max(map(len, wanted_words)) >= (4 if len(wanted_words) > 1 else 6)
        whole = max(whole, 0.75 + 0.2 * covered) if telling else whole
    names = {
        "typo": typos,
        "word-order": not (typos or kin or missed or unmet or q == text),
        "family": bool(kin),
        "missing-word": bool(unmet),
        "extra-word": bool(missed),
    }
    reasons = tuple(name for name, applies in names.items() if applies)
    return Closeness(round(min(whole, 0.99), 3), reasons or ("typo",))


def _run_together(q: str, text: str) -> Closeness:
    """Compare without spaces, for words that were run together or cut apart."""
    score = ratio(q.replace(" ", ""), text.replace(" ", ""), score_cutoff=88) / 100
    return Closeness(round(0.97 * score, 3), ("space",) if score else ())


def of_characters(q: str, texts: Iterable[str]) -> list[Closeness]:
    """Compare a phrase of Han characters with others.

    >>> of_characters("合作供赢", ["合作共赢"])
    [Closeness(score=0.75, via=('character',))]
    >>> of_characters("共赢合作", ["合作共赢"])[0].via
    ('word-order',)
    >>> of_characters("新型的大国关系", ["新型大国关系"])[0].via
    ('extra-character',)
    """
    texts = list(texts)
    scorer = Indel.normalized_similarity
    of_all = process.extract(q, texts, scorer=scorer, limit=None)
    scores = {text: score for text, score, _ in of_all}
    longer = [text for text in scores if len(text) > len(q) + 1]
    if len(q) > _SHORT_PHRASE and longer:
        # A mistyped phrase may be meant that stands inside a longer one.
        inside = process.extract(q, longer, scorer=partial_ratio, limit=None)
        for text, score, _ in inside:
            scores[text] = max(scores[text], 0.9 * score / 100)
    return [_of_characters(q, text, scores[text]) for text in texts]


def _of_characters(q: str, text: str, score: float) -> Closeness:
    """Name in what two phrases of Han characters differ, that are so close."""
    if len(q) == len(text):
        if len(q) > 3 and score < ENOUGH and sorted(q) == sorted(text):
            return Closeness(0.9, ("word-order",))
        if len(q) == 3 and Indel.distance(q, text) == 2:
            score = ENOUGH
        return Closeness(round(score, 3), ("character",))
    name = "missing-character" if len(text) > len(q) else "extra-character"
    return Closeness(round(min(score, 0.99), 3), (name,))
