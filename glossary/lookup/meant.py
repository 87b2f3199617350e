"""Terms that may be meant by words that no term has together.

The words of terms, definitions and notes are weighed by BM25 (Robertson and Zaragoza,
2009): a word weighs the more, the fewer of the entries that were met have it, and in
a short text more than in a long one. What is met this way is offered, never a hit.
"""

from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from math import log
from typing import Final

from glossary.entry import Entry, Term, ranked
from glossary.lookup.settled import Asked
from glossary.text import SMALL_WORDS, asked_grams, primary, prose_grams

#: So many entries that have two of the words are weighed: of prose, and of terms.
_WEIGHED: Final = 100
_OF_TERMS: Final = 60
#: Of a long query, so many words are asked for: those with the most letters.
_MOST_WORDS: Final = 8
#: Words by which one asks, which tell nothing of what is asked for.
_ASKING: Final = frozenset(
    "how what does do did one say says said mean means called translate translated "
    "translation please".split()
)
_FIELDS: Final = ("definition", "note")
_ANY_LENGTH: Final = (0, 1 << 20)
#: The two constants of BM25: how soon further words count less, and how much the
#: length of a text matters, at their usual values.
_SATURATION: Final = 1.2
_LENGTH: Final = 0.75
#: Entries of which it is remembered, at some hundred bytes each.
_MOST_REMEMBERED: Final = 4096
#: The hashes of the grams of texts, by the hash of these.
_WEIGHED_BEFORE: Final[dict[int, "array[int]"]] = {}


def by_words(question: Asked, *, most: int) -> list[Entry]:
    """Return the entries whose terms and prose have the most of a query's words.

    The likeliest stands first; an entry must have two of the words.
    """
    small = SMALL_WORDS | _ASKING
    words = {g for g in asked_grams(question.query.q) if g.lstrip("=") not in small}
    longest = sorted(words, key=lambda g: (-len(g), g))[:_MOST_WORDS]
    if len(longest) < 2:
        return []
    entries = {entry.id: entry for entry in _having_two(question, longest)}
    grams_of = {name: _grams(question, entry) for name, entry in entries.items()}
    scores = _scores(grams_of, longest)
    order = sorted(scores, key=lambda name: (-scores[name], name))
    return [entries[name] for name in order[:most]]


def _having_two(question: Asked, words: Sequence[str]) -> list[Entry]:
    """Return entries that have two of these words in their prose, or in one term."""
    search, scope = question.store.search, question.scope
    telling = search.telling_some(words, _FIELDS, scope, _WEIGHED)
    in_order = sorted(words)
    pairs = [[[one], in_order[at:]] for at, one in enumerate(in_order[:-1], 1)]
    terms = search.matching(pairs, scope, _OF_TERMS, lengths=_ANY_LENGTH)
    numbers = list(dict.fromkeys(term.entry for term in terms))
    entries = search.entries(numbers) if numbers else {}
    return [*telling, *entries.values()]


def _grams(question: Asked, entry: Entry) -> "array[int]":
    """Return the hashes of what an entry is weighed by: words of its terms and prose.

    What answers little answers many: the same entries are weighed again and again.
    """
    lang = primary(question.from_)
    terms = [term.text for term in entry.terms if primary(term.lang) == lang]
    texts = (*terms, *entry.definition.values(), *entry.every_note())
    name = hash(texts)
    grams = _WEIGHED_BEFORE.get(name)
    if grams is None:
        if len(_WEIGHED_BEFORE) >= _MOST_REMEMBERED:
            _WEIGHED_BEFORE.clear()
        grams = _WEIGHED_BEFORE[name] = array("q", map(hash, prose_grams(texts)))
    return grams


def _scores(
    grams_of: Mapping[str, "array[int]"], words: Sequence[str]
) -> dict[str, float]:
    """Return the weight of each text that has two of the words."""
    hashes = frozenset(map(hash, words))
    often = Counter(
        w for grams in grams_of.values() for w in hashes.intersection(grams)
    )
    usual = sum(map(len, grams_of.values())) / max(len(grams_of), 1)
    scores = {}
    for name, grams in grams_of.items():
        has = hashes.intersection(grams)
        if len(has) < 2:
            continue
        length = 1 - _LENGTH + _LENGTH * len(grams) / usual
        once = (_SATURATION + 1) / (1 + _SATURATION * length)
        rare = (
            (len(grams_of) - often[w] + 0.5 for w in has),
            (often[w] + 0.5 for w in has),
        )
        scores[name] = once * sum(log(1 + n / of) for n, of in zip(*rare, strict=True))
    return scores


def lead(question: Asked, entry: Entry) -> Term:
    """Return the term that stands for an entry in the query's language."""
    terms = ranked(entry.terms, question.from_, as_of=question.query.as_of, issuer=None)
    return [*terms, *entry.terms][0]
