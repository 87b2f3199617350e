"""What a lookup finds: a hit, in its block, and what is offered to go on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from glossary.entry.term import Citation, Term
from glossary.text import Difference

#: What a hit is to a query: what is asked for, known in it, or only like it.
BLOCKS: Final = ("answer", "known-parts", "similar")
#: In what a hit or a match may differ from what was asked for, or how it was reached.
VIAS: Final = (
    *("case", "width", "script", "punctuation", "hyphen", "space", "accent"),
    *("spelling", "article", "inflection", "numeral", "wording", "gap", "coordination"),
    *("mixed", "family", "expanded"),
    *("pinyin", "initials", "homophone", "slip", "zhuyin", "wade-giles"),
    *("contained", "pattern", "definition", "note"),
    *("typo", "word-order", "missing-word", "extra-word", "character"),
    *("missing-character", "extra-character", "look-alike", "swapped", "particle"),
)


@dataclass(frozen=True, slots=True)
class Dated(Term):
    """A term, with what is computed of it.

    `in_force` is said of the time that was asked for. `also_cited` are citations that
    stand with other terms of the entry and prove this one too: of the same wording in
    another script, or with it as their counterpart, turned round.
    """

    in_force: str = "undated"
    also_cited: tuple[Citation, ...] = ()

    @property
    def evidence(self) -> tuple[Citation, ...]:
        """Every citation that proves it."""
        return (*self.citations, *self.also_cited)

    @property
    def documents(self) -> tuple[str, ...]:
        """The ids of the sources in which it stands, each once."""
        return tuple(dict.fromkeys(citation.source for citation in self.evidence))


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry found by a lookup, with the term that was found and what it equals.

    `use` holds what to write instead when the found term is not to be used. `proof` is
    what is proved of the entry's leading pair, `proved_by` has the sources that prove
    it as a pair, and `proved_in` their years, as far as known.
    `score`, between 0 and 1, is how much of the found term the query covers. `block`
    says what the hit is to the query; `difference` has the query and the term in
    pieces where they are not the same. `other_script` has the found wording in the
    other Chinese script, where the entry has it.
    """

    entry: str
    tier: str
    score: float
    via: tuple[str, ...]
    term: Term
    equivalents: tuple[Term, ...]
    use: tuple[Term, ...]
    subjects: tuple[str, ...]
    definition: Mapping[str, str]
    glossary: str
    state: str
    proof: str = "none"
    proved_by: tuple[str, ...] = ()
    proved_in: tuple[int, ...] = ()
    block: str = BLOCKS[0]
    difference: tuple[Difference, ...] = ()
    other_script: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A completion of what is being typed, with its leading equivalent.

    `via` is `definition` for one whose terms or prose have words that were asked for,
    `meaning` for one that is near in meaning.
    """

    text: str
    lang: str
    entry: str
    equivalent: str | None
    state: str
    via: str = ""
