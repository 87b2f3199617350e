"""Which words of Chinese and English go together, learned from the curated terms.

    python -m glossary.curation.vocabulary

writes `glossary/recognition/vocabulary.tsv`. The pairs are those that IBM's first model
makes likely in both directions (Brown and others, 1993, “The mathematics of statistical
machine translation: parameter estimation”); they need not be made anew with each entry.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from glossary.curation.fixtures import entries
from glossary.entry import Entry, pairing, usable
from glossary.recognition import chinese_words
from glossary.text import content

#: Turns of expectation and maximisation; every further one takes as long again.
_ROUNDS: Final = 8
#: How likely one of a pair must make the other, in the better direction and the worse.
_LIKELY, _POSSIBLE = 0.15, 0.03
_LONGEST: Final = 12
#: What a word goes with that renders nothing.
_NOTHING: Final = ""


class _WordPair(NamedTuple):
    """The words of a term and of its rendering, and how much they count."""

    one: tuple[str, ...]
    other: tuple[str, ...]
    weight: float


class WordPair(NamedTuple):
    """A Chinese word and the head of an English one, and how many entries have each."""

    word: str
    head: str
    entries_of_word: int
    entries_of_head: int


def word_pairs(entries: Iterable[Entry]) -> list[WordPair]:
    """Return the words that go together, in order."""
    by_entry = [list(_pairs(entry)) for entry in entries]
    pairs = [pair for pairs_of_one in by_entry for pair in pairs_of_one]
    words = Counter(
        w for pairs_of_one in by_entry for w in {w for p in pairs_of_one for w in p.one}
    )
    heads = Counter(
        h
        for pairs_of_one in by_entry
        for h in {h for p in pairs_of_one for h in p.other}
    )
    forth = _probabilities(pairs)
    back = _probabilities(_WordPair(p.other, p.one, p.weight) for p in pairs)
    pairs_of_words = []
    for (word, head), likely in forth.items():
        both = likely, back.get((head, word), 0.0)
        if word and head and max(both) >= _LIKELY and min(both) >= _POSSIBLE:
            pairs_of_words.append(WordPair(word, head, words[word], heads[head]))
    return sorted(pairs_of_words)


def _pairs(entry: Entry) -> Iterator[_WordPair]:
    for term in usable(entry.terms, None):
        if term.lang == "zh-Hans":
            renderings = pairing(entry.terms, term, lang="en").first
            rendered = [r for r in usable(renderings, None) if r.type != "acronym"]
            for other in rendered:
                words, heads = chinese_words(term.text), content(other.text)
                if words and heads and max(len(words), len(heads)) <= _LONGEST:
                    yield _WordPair(words, heads, 1 / len(rendered))


def _probabilities(pairs: Iterable[_WordPair]) -> dict[tuple[str, str], float]:
    """Return how likely a word makes another in what renders it."""
    weighed = list(pairs)
    likely: dict[tuple[str, str], float] = defaultdict(lambda: 1.0)
    for _ in range(_ROUNDS):
        counts: dict[tuple[str, str], float] = defaultdict(float)
        totals: dict[str, float] = defaultdict(float)
        for one, other, weight in weighed:
            words = (*one, _NOTHING)
            for head in other:
                whole = sum(likely[word, head] for word in words)
                for word in words:
                    part = weight * likely[word, head] / whole
                    counts[word, head] += part
                    totals[word] += part
        likely = {pair: count / totals[pair[0]] for pair, count in counts.items()}
    return likely


def main() -> None:
    """Write the file beside the module that reads it."""
    path = Path(__file__).parents[1] / "recognition" / "vocabulary.tsv"
    lines = ("\t".join(map(str, pair)) + "\n" for pair in word_pairs(entries()))
    path.write_text("".join(lines), "utf-8")


if __name__ == "__main__":
    main()
