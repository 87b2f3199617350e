"""Terms that may be meant by words that no term has together.

The words of terms, definitions and notes are weighed by BM25 (Robertson and Zaragoza,
2009): a word weighs the more, the fewer of the entries that were met have it, and in
a short text more than in a long one. What is met this way is offered, never a hit.
"""

from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from math import log
from typing import Final, NamedTuple

from glossary.entry import Entry, Term, codec, ranked
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
#: Texts of which it is remembered, at some hundred bytes each.
_MOST_REMEMBERED: Final = 4096
#: The hashes of the grams of texts, by the hash of these: a write changes few of them,
#: and where the moment of a snapshot is not known, nothing else outlasts it.
_WEIGHED_BEFORE: Final[dict[int, "array[int]"]] = {}


@dataclass(slots=True)
class _TermText:
    """What is weighed of a term."""

    lang: str
    text: str


@dataclass(slots=True)
class _TextsOfEntry:
    """What is weighed of an entry. The noun itself takes four times as long."""

    id: str
    terms: tuple[_TermText, ...]
    definition: Mapping[str, str]
    note: str
    notes: Mapping[str, str] = field(default_factory=dict)


_read: Final = codec.reader(_TextsOfEntry)


class _Weighed(NamedTuple):
    """An entry as it is weighed: its id, and the hashes of the words of its texts."""

    entry: str
    grams: "array[int]"


def by_words(question: Asked, *, most: int) -> list[Entry]:
    """Return the entries whose terms and prose have the most of a query's words.

    The likeliest stands first; an entry must have two of the words.
    """
    small = SMALL_WORDS | _ASKING
    words = {g for g in asked_grams(question.query.q) if g.lstrip("=") not in small}
    longest = sorted(words, key=lambda g: (-len(g), g))[:_MOST_WORDS]
    if len(longest) < 2:
        return []
    search, lang = question.store.search, primary(question.from_)

    documents: dict[int, str | bytes] = {}

    def ask(new: list[int]) -> dict[int, _Weighed]:
        documents.update(search.documents(new))
        return {n: _weighed(_read(text), lang) for n, text in documents.items()}

    # What answers little answers many: the same entries are weighed again and again.
    numbers = _having_two(question, longest)
    if not numbers:
        return []
    texts = search.memory.lasting(f"weighed in {lang}", numbers, ask)
    scores = _scores(texts, longest)
    order = sorted(scores, key=lambda n: (-scores[n], texts[n].entry))[:most]
    others = [n for n in order if n not in documents]
    entries = search.entries(others) if others else {}
    return [
        entries[n] if n in entries else codec.read_entry(documents[n]) for n in order
    ]


def _having_two(question: Asked, words: Sequence[str]) -> list[int]:
    """Return entries that have two of these words in their prose, or in one term."""
    search, scope = question.store.search, question.scope
    telling = search.telling_some(words, _FIELDS, scope, _WEIGHED)
    in_order = sorted(words)
    pairs = [[[one], in_order[at:]] for at, one in enumerate(in_order[:-1], 1)]
    terms = search.matching(pairs, scope, _OF_TERMS, lengths=_ANY_LENGTH)
    return list(dict.fromkeys([*telling, *(term.entry for term in terms)]))


def _weighed(entry: _TextsOfEntry, lang: str) -> _Weighed:
    """Return an entry as it is weighed: words of its terms in a language, and prose."""
    terms = [term.text for term in entry.terms if primary(term.lang) == lang]
    notes = filter(None, (entry.note, *entry.notes.values()))
    texts = (*terms, *entry.definition.values(), *notes)
    name = hash(texts)
    grams = _WEIGHED_BEFORE.get(name)
    if grams is None:
        if len(_WEIGHED_BEFORE) >= _MOST_REMEMBERED:
            _WEIGHED_BEFORE.clear()
        grams = _WEIGHED_BEFORE[name] = array("q", map(hash, prose_grams(texts)))
    return _Weighed(entry.id, grams)


def _scores(texts: Mapping[int, _Weighed], words: Sequence[str]) -> dict[int, float]:
    """Return the weight of each text that has two of the words."""
    hashes = frozenset(map(hash, words))
    words_of = {n: hashes.intersection(text.grams) for n, text in texts.items()}
    often = Counter(chain.from_iterable(words_of.values()))
    usual = sum(len(text.grams) for text in texts.values()) / max(len(texts), 1)
    scores = {}
    for n, has in words_of.items():
        if len(has) < 2:
            continue
        length = 1 - _LENGTH + _LENGTH * len(texts[n].grams) / usual
        once = (_SATURATION + 1) / (1 + _SATURATION * length)
        scores[n] = once * sum(
            log(1 + (len(texts) - often[word] + 0.5) / (often[word] + 0.5))
            for word in has
        )
    return scores


def lead(question: Asked, entry: Entry) -> Term:
    """Return the term that stands for an entry in the query's language."""
    terms = ranked(entry.terms, question.from_, as_of=question.query.as_of, issuer=None)
    return [*terms, *entry.terms][0]
