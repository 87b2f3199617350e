"""What is asked: of a lookup, a list, an import, a write that may be sent again."""

import dataclasses
import re
from dataclasses import dataclass, replace
from typing import Final, NamedTuple, Self

_MOMENT: Final = re.compile(r"(?:([0-9a-f]{8})-)?([0-9]{1,15})")

#: How closely a hit fits, best first.
TIERS: Final = ("exact", "folded", "inflected", "pinyin", "prefix", "part", "fuzzy")
#: Where a lookup looks: terms, or the prose about them.
FIELDS: Final = ("term", "definition", "note", "all")
#: How a table is laid out: a term a row, or an entry a row and columns a language.
LAYOUTS: Final = ("terms", "wide")
#: How a translation is laid beside its source: sentence by sentence, or not at all.
ALIGNS: Final = ("auto", "none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which entries are looked at: no glossaries means all, None lets all through.

    `proof` is what is proved of an entry's leading pair.
    """

    glossaries: frozenset[str] = frozenset()
    subject: str | None = None
    state: str | None = None
    proof: str | None = None


#: All entries are looked at.
EVERYTHING: Final = Filters()


@dataclass(frozen=True, slots=True)
class Query:
    """A lookup. `from_` and `to` are None until they are told from the text.

    `issuers` has the keys of the names of `issuer`, once it is settled who that is.
    `order` has glossaries, the one that comes first before the others.
    """

    q: str
    from_: str | None = None
    to: str | None = None
    glossary: str | None = None
    subject: str | None = None
    as_of: str | None = None
    issuer: str | None = None
    tier: str = TIERS[-1]
    limit: int = 10
    field: str = FIELDS[0]
    issuers: frozenset[str] | None = None
    glossaries: frozenset[str] = frozenset()
    state: str | None = None
    proof: str | None = None
    order: tuple[str, ...] = ()
    #: The fields that are wanted of each hit; they change nothing of what is found.
    members: tuple[str, ...] = dataclasses.field(default=(), compare=False)

    @property
    def filters(self) -> Filters:
        """Which entries are looked at."""
        others = self.subject, self.state, self.proof
        if not (self.glossary or self.glossaries) and others == (None, None, None):
            return EVERYTHING
        one = frozenset([self.glossary] if self.glossary else ())
        return Filters(
            glossaries=self.glossaries | one,
            subject=self.subject,
            state=self.state,
            proof=self.proof,
        )

    def everywhere(self) -> "Query":
        """Return the same query of all entries."""
        return replace(
            self,
            glossary=None,
            glossaries=frozenset(),
            subject=None,
            state=None,
            proof=None,
            order=(),
        )

    @property
    def looks_everywhere(self) -> bool:
        """Whether nothing is left out: no filter is set, and no tier is passed over.

        The languages, time and issuer that are asked for leave nothing out.
        """
        plain = Query(
            self.q,
            from_=self.from_,
            to=self.to,
            as_of=self.as_of,
            issuer=self.issuer,
            issuers=self.issuers,
            limit=self.limit,
        )
        return self in (plain, replace(plain, field=FIELDS[-1]))

    def wants(self, tier: str) -> bool:
        """Say whether hits of this tier are asked for."""
        return TIERS.index(tier) <= TIERS.index(self.tier)


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """What somebody is typing, and how many terms are to go on from it."""

    q: str
    limit: int
    filters: Filters = EVERYTHING


class Moment(NamedTuple):
    """A revision, and the epoch of the store that it is of, where that is said.

    >>> print(Moment(154, "1f0c9a2b"))
    1f0c9a2b-154
    """

    revision: int
    epoch: str | None = None

    def __str__(self) -> str:
        """Write it as answers and requests do."""
        return f"{self.epoch}-{self.revision}" if self.epoch else str(self.revision)

    @classmethod
    def read(cls, text: str) -> Self:
        """Return what `EPOCH-REVISION` or a bare number says; raise ValueError."""
        if not (match := _MOMENT.fullmatch(text)):
            raise ValueError(text)
        return cls(int(match[2]), match[1])


#: Before everything, of whatever epoch.
BEGINNING: Final = Moment(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeListing:
    """A page of what changed since a revision of an epoch.

    `cursor` is the entry of a revision that it goes on after; `wait` is in seconds.
    """

    limit: int
    since: Moment = BEGINNING
    cursor: tuple[Moment, str] | None = None
    wait: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BrowsePage:
    """A page of a list: what the entries are listed by, and the value of it.

    `after` says where it goes on: after this sorting text and this entry's number.
    """

    kind: str = ""
    value: str = ""
    after: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecentPage:
    """A page of what changed last: from before a revision, or after an entry of it."""

    before: int | None = None
    after: str = ""
    action: str = ""
    by: str = ""
    glossary: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedListing:
    """The most frequent look-ups that found nothing."""

    limit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalListing:
    """A page of the proposals, from after the number `cursor` on."""

    limit: int
    cursor: int = 0
    state: str | None = None
    entry: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NounChangeListing:
    """A page of the changes of nouns; `cursor` is a revision with a kind and an id."""

    since: Moment
    limit: int
    cursor: tuple[Moment, tuple[str, str]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesetListing:
    """A page of what a revision did; `cursor` is the last entry of the page before."""

    limit: int
    cursor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """How the page of an entry is shown: what was merged, with its history or not."""

    history: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Prefilled:
    """Wordings that are known of a new entry, in Chinese and in English."""

    zh: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Why something is changed, for the history."""

    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal(Why):
    """Whether an entry is removed with its history, or only retired, and why.

    `confirm` is how many entries a glossary may take with it.
    """

    purge: bool = False
    confirm: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Applying:
    """How a plan is applied: `confirm` is how many entries it may retire."""

    confirm: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Which of the entries in use are meant; every condition that is given holds.

    `status` is that of at least one term. `changed_since` is a revision: what moved
    after it is meant. `glossaries` are meant where no `glossary` is, none means all;
    `order` is as in `Query`.
    """

    glossary: str | None = None
    entry: str | None = None
    state: str | None = None
    status: str | None = None
    subject: str | None = None
    proof: str | None = None
    changed_since: int | None = None
    glossaries: frozenset[str] = frozenset()
    order: tuple[str, ...] = ()

    @property
    def is_filtered(self) -> bool:
        """Say whether an entry in use of the glossary may be left out."""
        conditions = (self.entry, self.state, self.status, self.subject, self.proof)
        return any((*conditions, self.glossaries)) or self.changed_since is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Export(Part):
    """What is taken out as a file, or with `report` what that format cannot hold.

    `source` and `target` are the languages of the pairs, in formats that hold pairs in
    one direction. With `nouns`, what the entries name is taken out too.
    """

    format: str
    layout: str = LAYOUTS[0]
    report: bool = False
    nouns: bool = False
    source: str | None = None
    target: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """The format of a list that is downloaded."""

    format: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """What a call is asked that takes no parameters."""


@dataclass(frozen=True, slots=True)
class Once:
    """A write that is done once however often it is sent.

    `key` is the caller's name for it; `digest` tells another request with the same
    key apart. `seal` is a digest that only who has the caller's token can make.
    """

    key: str
    digest: str
    seal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked of a text.

    Without `from_`, terms of every language are recognised; without `to`, each match
    has the equivalents of the other language. No glossaries means all. `issuers` has
    the keys of the names of `issuer`, once it is settled who that is. `align` says how
    a translation is laid beside its source; `order` is as in `Query`.
    """

    from_: str | None = None
    to: str | None = None
    glossaries: frozenset[str] = frozenset()
    overlaps: bool = False
    as_of: str | None = None
    issuer: str | None = None
    issuers: frozenset[str] | None = None
    align: str = ALIGNS[0]
    subject: str | None = None
    state: str | None = None
    proof: str | None = None
    order: tuple[str, ...] = ()

    @property
    def filters(self) -> Filters:
        """Which entries have their terms found."""
        return Filters(
            glossaries=self.glossaries,
            subject=self.subject,
            state=self.state,
            proof=self.proof,
        )


@dataclass(frozen=True, slots=True)
class Pair:
    """A source and its translation, with the name its file has for them."""

    id: str
    source: str
    target: str


#: How a file's records meet what is stored, and what a refused one does to the rest.
MODES: Final = ("merge", "add", "replace")
ON_ERROR: Final = ("abort", "skip")


#: What may part synonyms in the cell of a table, when somebody says so.
SPLITS: Final = "/、，,;；|\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """How a file is to be brought in.

    Without a glossary, each record goes where it says, or to the default one. Without
    a format, the content tells it. `mapping` has pairs of a field and its column.
    `confirm` is how many entries replacing may retire, as the caller was told; with
    `any_number`, that may be any number. `heading`, `sheets` and `split` say of a table
    what `formats.ReadOptions` has.
    """

    format: str | None = None
    glossary: str | None = None
    mode: str = MODES[0]
    on_error: str = ON_ERROR[0]
    dry_run: bool = False
    mapping: tuple[tuple[str, str], ...] = ()
    source: str | None = None
    target: str | None = None
    heading: int | None = None
    sheets: tuple[str, ...] = ()
    split: str = ""
    filename: str = ""
    confirm: int | None = None
    any_number: bool = False
