"""Every pair of words that the curated English unites, to be read pair by pair.

Write the list anew with `make united`, and read what it adds: a pair belongs on it only
when one word is a form of the other, its other spelling, or another owner. A pair that
does not is a fault of `glossary.text.inflect`.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path

from glossary.entry import Entry, Term
from glossary.recognition.tier import LOUD, likeness
from glossary.text.capitals import is_acronym
from glossary.text.fold import key
from glossary.text.inflect import stem_of
from tests.nouns import curated_entries

LIST = Path(__file__).parent / "united.txt"
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_POSSESSIVE = re.compile(r"['’](?:s|$)")


def english(entry: Entry) -> Iterator[str]:
    """Yield the English of an entry: terms, usage, quotes, definition, note."""
    yield entry.definition.get("en", "")
    yield entry.note
    for term in entry.terms:
        if term.lang.startswith("en"):
            yield term.text
            yield term.usage
            yield from (citation.quote for citation in term.citations)


def words(texts: Iterable[str]) -> set[str]:
    """Return the words of texts without possessives; acronyms keep their capitals."""
    found = (
        _POSSESSIVE.sub("", word[0]) for text in texts for word in _WORD.finditer(text)
    )
    return {
        word if is_acronym(word) else word.lower()
        for word in found
        if re.fullmatch("[a-z]+", key(word))
    }


def pairs() -> set[str]:
    """Return the pairs, each as a line: one is taken for a term that is the other."""
    alike: dict[str, set[str]] = defaultdict(set)
    for word in words(text for entry in curated_entries() for text in english(entry)):
        alike[stem_of(key(word), word)].add(word)
    return {
        f"{one} {other}"
        for forms in alike.values()
        for one, other in combinations(sorted(forms), 2)
        if one.lower() != other.lower() and (passes(one, other) or passes(other, one))
    }


def passes(written: str, wording: str) -> bool:
    """Say whether a word of a text, not all in capitals, is taken for a term."""
    like = likeness(written, Term("en", wording), key(wording))
    return like is not None and like.where != LOUD


if __name__ == "__main__":
    LIST.write_text("\n".join([*sorted(pairs()), ""]), encoding="utf-8")
