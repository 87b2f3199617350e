"""What the server answers, as nouns beside those of `glossary.entry.nouns`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from glossary import entry
from glossary.entry import (
    Change,
    Dated,
    Entry,
    Finding,
    Glossary,
    Issuer,
    Meaning,
    Source,
    Subject,
    Suggestion,
    Version,
)

_Item_co = TypeVar("_Item_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Hit(entry.Hit):
    """An entry that was found, its terms with whether they are in force."""

    term: Dated
    equivalents: tuple[Dated, ...]
    use: tuple[Dated, ...]


@dataclass(frozen=True, slots=True)
class Lookup:
    """The hits of a lookup; `query` says the languages it was settled for.

    Each hit says in `block` whether it is an answer, known in the query, or similar.
    `more` says that there are more answers; `did_you_mean` are no hits.
    """

    query: Mapping[str, str]
    hits: tuple[Hit, ...]
    sources: tuple[Source, ...] = ()
    revision: int = 0
    more: bool = False
    elsewhere: int = 0
    did_you_mean: tuple[Suggestion, ...] = ()

    def of(self, block: str) -> tuple[Hit, ...]:
        """Return the hits of a block: `answer`, `known-parts` or `similar`."""
        return tuple(hit for hit in self.hits if hit.block == block)


@dataclass(frozen=True, slots=True)
class Lookups:
    """The hits of many look-ups, in their order."""

    revision: int
    answers: tuple[Lookup, ...]


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Completions of what is being typed."""

    suggestions: tuple[Suggestion, ...]


class Paged(Protocol[_Item_co]):
    """A page of a list, and the address of the next one."""

    @property
    def items(self) -> tuple[_Item_co, ...]:
        """What stands on this page."""

    @property
    def next(self) -> str | None:
        """Where the list goes on; None at its end."""


@dataclass(frozen=True, slots=True)
class EntryPage:
    """A page of entries, and the address of the next one."""

    items: tuple[Entry, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class ChangePage:
    """A page of changes at a revision, and the address of the next one."""

    revision: int
    epoch: str
    changes: tuple[Change, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Versions:
    """The history of an entry, newest first."""

    items: tuple[Version, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class GlossaryCount(Glossary):
    """A glossary and how many entries it holds."""

    entries: int = 0


@dataclass(frozen=True, slots=True)
class Glossaries:
    """Every glossary."""

    items: tuple[GlossaryCount, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class SubjectCount(Subject):
    """A subject field and how many entries it holds."""

    entries: int = 0


@dataclass(frozen=True, slots=True)
class Subjects:
    """Every subject field."""

    items: tuple[SubjectCount, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class IssuerCount(Issuer):
    """An issuer and how many entries have wordings of theirs."""

    entries: int = 0


@dataclass(frozen=True, slots=True)
class Issuers:
    """Every issuer, and by name how many entries have one that nobody is listed for."""

    items: tuple[IssuerCount, ...]
    unlisted: Mapping[str, int]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class Sources:
    """Every source."""

    items: tuple[Source, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked(Meaning):
    """A term found in a text: what it means, and its place, as the server counts."""

    term: Dated
    equivalents: tuple[Dated, ...]
    use: tuple[Dated, ...]
    start: int = 0
    end: int = 0
    text: str = ""
    contains: tuple[str, ...] = ()
    parts: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Annotated:
    """The terms of a text, in its order."""

    revision: int
    matches: tuple[Marked, ...]


@dataclass(frozen=True, slots=True)
class ListedTerm:
    """A wording of a text: what to write for it, best first, what not, and a note."""

    source: str
    target: tuple[str, ...]
    avoid: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class TermsOfText:
    """The terms of a text, each once."""

    revision: int
    terms: tuple[ListedTerm, ...]


@dataclass(frozen=True, slots=True)
class CheckedPair:
    """What there is to say of one pair."""

    id: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What there is to say of some pairs, and the counts of all of it."""

    revision: int
    summary: Mapping[str, int]
    pairs: tuple[CheckedPair, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """An import and what came of it.

    `problems`, `warnings` and `records` are the first ones. `confirm` is the number of
    entries that would be retired, when that must be confirmed; `code` is the error's.
    `left_out` counts by kind what no entry holds afterwards, and `left` is the first of
    it; `question` is what must be said of a table before it can be read.
    """

    id: str
    state: str
    format: str
    glossary: str
    mode: str
    dry_run: bool
    progress: Mapping[str, int | None]
    counts: Mapping[str, int]
    problems: tuple[Mapping[str, Any], ...]
    records: tuple[Mapping[str, Any], ...]
    mapping: Mapping[str, str]
    revision: int | None
    error: str | None
    code: str | None = None
    confirm: int | None = None
    warnings: tuple[Mapping[str, Any], ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)
    left: tuple[Mapping[str, Any], ...] = ()
    question: Mapping[str, Any] | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing more will come of it unless somebody asks."""
        return self.state not in {"queued", "running"}
