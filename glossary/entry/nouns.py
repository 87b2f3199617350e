"""The nouns: what the service keeps and what it answers with. All are frozen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from glossary.entry.finding import VERDICTS, Finding, Span
from glossary.entry.hit import BLOCKS, VIAS, Dated, Hit, Suggestion
from glossary.entry.state import STATES
from glossary.entry.term import (
    BANS,
    EXPECTATIONS,
    MATCHES,
    PARTS_OF_SPEECH,
    STATUSES,
    TERM_TYPES,
    USABLE,
    Citation,
    Counterpart,
    Term,
)
from glossary.text import is_chinese_of

__all__ = [
    "ATTESTATIONS",
    "BANS",
    "BLOCKS",
    "DECISIONS",
    "EXPECTATIONS",
    "MATCHES",
    "PARTS_OF_SPEECH",
    "RELATIONS",
    "STATES",
    "STATUSES",
    "TERM_TYPES",
    "USABLE",
    "VERDICTS",
    "VIAS",
    "Attestation",
    "Change",
    "Citation",
    "Counterpart",
    "Dated",
    "Dictionary",
    "Entry",
    "Finding",
    "Hit",
    "LastCheck",
    "Match",
    "Meaning",
    "Proposal",
    "Relation",
    "Span",
    "Suggestion",
    "Term",
    "Version",
]
#: `stronger` and `weaker` order wordings of one intent: concern, grave concern.
RELATIONS: Final = (
    "broader",
    "narrower",
    "part",
    "whole",
    "related",
    "contrast",
    "stronger",
    "weaker",
)
ATTESTATIONS: Final = ("citation", "rendering")


@dataclass(frozen=True, slots=True)
class Relation:
    """A link to another entry: that entry is this one's `type`."""

    type: str
    entry: str


@dataclass(frozen=True, slots=True)
class LastCheck:
    """When an entry was last checked, and by whom where that is a user."""

    date: str
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One concept with its terms. `version` is 0 until it is stored.

    `since` and `until` are those of the concept. `expected` is for its terms that say
    nothing of it themselves. `replaced_by` is where what it said stands, once it was
    merged or split. `notes` are by language; of `note` no language is told.
    """

    id: str
    glossary: str
    subjects: tuple[str, ...]
    definition: Mapping[str, str]
    note: str
    relations: tuple[Relation, ...]
    terms: tuple[Term, ...]
    since: str | None = None
    until: str | None = None
    expected: str | None = None
    checked: LastCheck | None = None
    state: str = "draft"
    version: int = 0
    created: str = ""
    modified: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)
    replaced_by: tuple[str, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)

    def best(self, lang: str) -> Term | None:
        """Return the leading usable term in a language, or None.

        What is worded as in a region stands behind what is not.
        """
        usable = [
            term
            for term in self.terms
            if is_chinese_of(term.lang, lang) and term.status in USABLE
        ]
        return min(
            usable,
            key=lambda term: (term.lang != lang, STATUSES.index(term.status)),
            default=None,
        )

    def every_note(self) -> tuple[str, ...]:
        """Return its notes, the one of no language first."""
        return tuple(filter(None, (self.note, *self.notes.values())))

    def title(self) -> list[str]:
        """Return its leading wordings in Chinese and English, where it has them."""
        return [t.text for t in map(self.best, ("zh-Hans", "en")) if t]


@dataclass(frozen=True, slots=True)
class Attestation:
    """What a paragraph of a document, counted from 1, may prove of an entry.

    It is a citation for a term, or a new term (`rendering`) with its citation, and
    then `like` is the known wording that it renders. `state` is the entry's. An editor
    decides.
    """

    kind: str
    entry: str
    lang: str
    text: str
    status: str
    paragraph: int
    citation: Citation
    like: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Dictionary:
    """A glossary that another tool keeps as pairs of a source and a rendering.

    `id` is the glossary here. What the tool calls one glossary, by `name`, may be
    several dictionaries; `group` is its id there.
    """

    id: str
    group: str
    name: str
    source: str
    target: str
    created: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """Where a version comes from that was proposed: who proposed it, when, and why.

    `by` is the name of the proposer's token. It is empty for somebody without one;
    `signed` is the name that they gave, which nobody has checked. `version` is the one
    that the proposal was made from, 0 for a new entry.
    """

    id: int
    by: str
    signed: str
    at: str
    comment: str
    version: int


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an entry: who made it, when, how, and what it changed.

    `changed` holds RFC 6901 pointers into the entry; `entry` is None once the
    entry was purged. `proposal` says who proposed it, where it was proposed; `reason`
    is what who made it said of why.
    """

    version: int
    revision: int
    at: str
    by: str
    action: str
    changed: tuple[str, ...]
    entry: Entry | None
    proposal: Proposed | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """The newest state of an entry that moved; `document` is None after a purge."""

    revision: int
    entry: str
    version: int
    action: str
    at: str
    by: str
    document: Entry | None


#: What becomes of a proposal.
DECISIONS: Final = ("open", "accepted", "rejected")


@dataclass(frozen=True, slots=True)
class Proposal:
    """An entry as somebody would have it, until an editor decides.

    `entry` is the id of the entry to be changed and `version` the one it was read at;
    both are empty for an entry that does not exist yet. `by` and `signed` are as in
    `Proposed`.
    """

    document: Entry
    entry: str = ""
    version: int = 0
    comment: str = ""
    by: str = ""
    at: str = ""
    state: str = DECISIONS[0]
    decided_by: str = ""
    decided: str = ""
    reason: str = ""
    id: int = 0
    signed: str = ""

    @property
    def origin(self) -> Proposed:
        """What the history of an entry keeps of it."""
        return Proposed(
            self.id, self.by, self.signed, self.at, self.comment, self.version
        )


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a wording in a text stands for, wherever it stands.

    `also` lists other entries with the same wording. `use`, `proof` and `proved_by` are
    as in a `Hit`; `banned` says that the wording is wrong wherever it stands, whatever
    it renders.
    """

    entry: str
    term: Term
    tier: str
    via: tuple[str, ...]
    equivalents: tuple[Term, ...]
    use: tuple[Term, ...]
    also: tuple[str, ...]
    glossary: str
    state: str
    banned: bool = False
    proof: str = "none"
    proved_by: tuple[str, ...] = ()


class Match(NamedTuple):
    """A term found in a running text, with what it means there.

    `start` and `end` are offsets into the text as it was given. `contains` lists the
    entries found inside it. A match in several pieces has their spans in `parts`. What
    the meaning has, the match has too.
    """

    start: int
    end: int
    text: str
    meaning: Meaning
    contains: tuple[str, ...] = ()
    parts: tuple[tuple[int, int], ...] = ()

    @property
    def entry(self) -> str:
        """The id of the likeliest entry."""
        return self.meaning.entry

    @property
    def term(self) -> Term:
        """The term that is written here."""
        return self.meaning.term

    @property
    def tier(self) -> str:
        """How near the text is to the term: exact, folded, inflected."""
        return self.meaning.tier

    @property
    def via(self) -> tuple[str, ...]:
        """What had to be overlooked."""
        return self.meaning.via

    @property
    def equivalents(self) -> tuple[Term, ...]:
        """The renderings, the one to use first."""
        return self.meaning.equivalents

    @property
    def use(self) -> tuple[Term, ...]:
        """What to write instead of a term that is not to be used."""
        return self.meaning.use

    @property
    def shown(self) -> tuple[Term, ...]:
        """What to write for it: instead of what is wrong here, else to render it."""
        return self.use if self.banned and self.use else self.equivalents

    @property
    def banned(self) -> bool:
        """Whether it is wrong wherever it stands."""
        return self.meaning.banned

    @property
    def also(self) -> tuple[str, ...]:
        """Other entries with the same wording."""
        return self.meaning.also

    @property
    def glossary(self) -> str:
        """The glossary of the entry."""
        return self.meaning.glossary

    @property
    def state(self) -> str:
        """The state of the entry."""
        return self.meaning.state
