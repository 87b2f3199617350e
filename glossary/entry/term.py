"""A term: one wording in one language, with what is known of it and where it stands."""

from dataclasses import dataclass
from typing import Final

#: Statuses of a term, best first.
STATUSES: Final = ("preferred", "admitted", "deprecated", "superseded", "forbidden")
#: Statuses of a term that a translator may use.
USABLE: Final = frozenset({"preferred", "admitted"})
TERM_TYPES: Final = (
    "phrase",
    "fullForm",
    "acronym",
    "abbreviation",
    "shortForm",
    "variant",
)
PARTS_OF_SPEECH: Final = ("noun", "verb", "adjective", "adverb", "other")
#: How far a wording in a running text may differ from the term, strictest first.
MATCHES: Final = ("exact", "folded", "inflected")
#: Where a term that is not to be used is wrong: as a rendering, or wherever it stands.
BANS: Final = ("rendering", "anywhere")
#: Whether a check may miss a term of the source in the translation.
EXPECTATIONS: Final = ("always", "advice", "never")
#: What is said of a term beside its wording, reading, status and kind, by the names of
#: the fields.
TERM_DETAILS: Final = (
    "issuer",
    "since",
    "until",
    "usage",
    "match",
    "case_sensitive",
    "renders",
    "ban",
    "expected",
    "not_preceded_by",
    "not_followed_by",
)


@dataclass(frozen=True, slots=True)
class Counterpart:
    """What a cited wording is in the other language, and where it stands there.

    `text` is a term of the entry. Without `source`, the document is the cited one, in
    its other language.
    """

    text: str
    quote: str = ""
    locator: str = ""
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a wording stands: a source's id, the place in it, a short quote."""

    source: str
    locator: str = ""
    quote: str = ""
    counterpart: Counterpart | None = None

    @property
    def sources(self) -> tuple[str, ...]:
        """The documents that are named: its own, and that of a translation."""
        other = self.counterpart.source if self.counterpart is not None else None
        return (self.source, other) if other else (self.source,)

    def turned(self, text: str) -> "Citation | None":
        """Return the citation of the counterpart; this one, of `text`, is its."""
        other = self.counterpart
        if other is None:
            return None
        elsewhere = other.source is not None
        return Citation(
            other.source or self.source,
            other.locator or ("" if elsewhere else self.locator),
            other.quote,
            Counterpart(
                text, self.quote, self.locator, self.source if elsewhere else None
            ),
        )


@dataclass(frozen=True, slots=True)
class Term:
    """One wording in one language.

    `since` and `until` are inclusive and may be as coarse as a month or a year.
    `reading_derived` says that nobody has checked the reading. `match`,
    `case_sensitive`, `not_preceded_by` and `not_followed_by` bound what is recognised
    as this term in a running text. `renders` has the terms of the other language that
    it renders; `ban` counts only where the term is not to be used.
    """

    lang: str
    text: str
    status: str = "admitted"
    type: str = "phrase"
    part_of_speech: str | None = None
    reading: str | None = None
    reading_derived: bool = False
    issuer: str | None = None
    since: str | None = None
    until: str | None = None
    usage: str = ""
    match: str = MATCHES[-1]
    case_sensitive: bool = False
    renders: tuple[str, ...] = ()
    ban: str = BANS[0]
    expected: str | None = None
    not_preceded_by: tuple[str, ...] = ()
    not_followed_by: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
