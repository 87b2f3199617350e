"""Other engines that find many terms in a text, and what they need to answer as we do.

They are loaded with folded terms and search folded text; each returns half-open spans
of it with the terms. What they leave to their user, even with `complete` around them:
other forms of a word, what lies inside of a longer term, several entries with one
wording, terms that bound how far a text may differ, terms in pieces, terms saved a
moment ago.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from importlib import import_module
from typing import Final

from glossary.entry import write
from glossary.store import Store
from glossary.text import fold

Hit = tuple[int, int, str]
Find = Callable[[str], Sequence[Hit]]
#: The engines whose scan ours is measured against.
RAW: Final = ("daachorse", "ahocorasick-rs")


def _daachorse(terms: list[str]) -> Find:
    module = import_module("daachorse")
    longest = module.MATCH_KIND_LEFTMOST_LONGEST
    tree = module.CharwiseDoubleArrayAhoCorasick(terms, longest)
    return lambda text: [(start, end, terms[n]) for start, end, n in tree.find(text)]


def _ahocorasick_rs(terms: list[str]) -> Find:
    module = import_module("ahocorasick_rs")
    longest = module.MatchKind.LeftmostLongest
    find = module.AhoCorasick(terms, matchkind=longest).find_matches_as_indexes
    return lambda text: [(start, end, terms[n]) for n, start, end in find(text)]


def _pyahocorasick(terms: list[str]) -> Find:
    tree = import_module("ahocorasick").Automaton()
    for term in terms:
        tree.add_word(term, term)
    tree.make_automaton()
    return lambda text: [
        (at + 1 - len(term), at + 1, term) for at, term in tree.iter_long(text)
    ]


def _flashtext2(terms: list[str]) -> Find:
    processor = import_module("flashtext2").KeywordProcessor(case_sensitive=True)
    processor.add_keywords_from_iter(terms)
    find = processor.extract_keywords_with_span
    # Its spans are not to be relied on; some even lie beyond the text.
    return lambda text: [
        (at, at + len(term), term)
        for term, at, _ in find(text)
        if at + len(term) <= len(text)
    ]


def _phrase_matcher(terms: list[str]) -> Find:
    spacy, matching = import_module("spacy"), import_module("spacy.matcher")
    # The blank pipeline of no language in particular, as the terms are of two.
    nlp = spacy.blank("xx")
    nlp.max_length = 10_000_000
    matcher = matching.PhraseMatcher(nlp.vocab)
    matcher.add("terms", list(nlp.tokenizer.pipe(terms)))

    def find(text: str) -> list[Hit]:
        spans = matcher(nlp.make_doc(text), as_spans=True)
        return [(span.start_char, span.end_char, span.text) for span in spans]

    return find


def _word_loop(terms: list[str]) -> Find:
    patterns = [re.compile(rf"\b{re.escape(term)}\b") for term in terms]
    return lambda text: [(*m.span(), m[0]) for p in patterns for m in p.finditer(text)]


#: Engine, the most entries it is tried with, and what hinders it with more.
_KNOWN: Final[tuple[tuple[str, int, str, Callable[[list[str]], Find]], ...]] = (
    ("daachorse", 1_000_000, "", _daachorse),
    ("ahocorasick-rs", 100_000, "gigabytes", _ahocorasick_rs),
    ("pyahocorasick", 100_000, "gigabytes", _pyahocorasick),
    ("flashtext2", 1_000_000, "", _flashtext2),
    ("spaCy PhraseMatcher", 100_000, "tokenises terms for minutes", _phrase_matcher),
    (r"\b regex loop", 1_000, "compiles terms for minutes", _word_loop),
)


def engines(terms: list[str], entries: int) -> Iterator[tuple[str, Find | str]]:
    """Yield each engine, loaded with folded terms, or why it is left out."""
    for name, most, hindrance, load in _KNOWN:
        if entries > most:
            yield name, f"left out: {hindrance}"
            continue
        try:
            yield name, load(terms)
        except ImportError:
            yield name, "left out: not installed"


def members_of(store: Store, numbers: Mapping[str, int]) -> Callable[[str], bytes]:
    """Return what gives the members of a JSON object for a folded wording.

    `numbers` has the number of an entry by each wording.
    """

    @lru_cache(maxsize=100_000)
    def members(folded: str) -> bytes:
        n = numbers[folded]
        entry = store.wordings.entries([n], store.revision())[n]
        values = {"entry": entry.id, "terms": entry.terms, "state": entry.state}
        return write(values)[1:-1]

    return members


def complete(find: Find, entry: Callable[[str], bytes]) -> Callable[[str], bytes]:
    """Put around an engine what it leaves out: folding, the way back, entries, JSON.

    `entry` returns the members of a JSON object for a folded wording.
    """

    def answer(text: str) -> bytes:
        folded = fold(text)
        found = []
        for start, end, term in find(folded.text):
            a, b = folded.span(start, end)
            said = a, b, write(text[a:b]), entry(term)
            found.append(b'{"start":%d,"end":%d,"text":%s,%s}' % said)
        return b"[%s]" % b",".join(found)

    return answer


def wrong(text: str, hits: Sequence[Hit]) -> float:
    """Return the share of hits that cut a word of English, or are not the term."""

    def joins(at: int) -> bool:
        around = text[at - 1 : at + 1] if at else ""
        return len(around) == 2 and around.isascii() and around.isalnum()

    bad = sum(
        joins(start) or joins(end) or text[start:end] != term
        for start, end, term in hits
    )
    return bad / len(hits) if hits else 0.0
