"""What lint says of an entry, and how bad that is."""

from dataclasses import dataclass
from typing import Final

from glossary.message import N_, Message

ERROR: Final = "error"
WARNING: Final = "warning"
SEVERITIES: Final = (ERROR, WARNING)
#: Every reason code with its severity and what it says, in the order of the issue.
CODES: Final = {
    "missing-language": (ERROR, N_("The entry has no term in %(language)s.")),
    "missing-script": (
        WARNING,
        N_("The entry has no term in %(language)s, as most others here have."),
    ),
    "wrong-script": (ERROR, N_("“%(text)s” is not written in the script of %(lang)s.")),
    "mixed-script": (
        WARNING,
        N_("“%(text)s” mixes scripts: “%(found)s” looks out of place."),
    ),
    "homoglyph": (
        ERROR,
        N_("“%(text)s” has “%(found)s” (%(name)s), which only looks like “%(usual)s”."),
    ),
    "unseen-character": (
        WARNING,
        N_("“%(text)s” has a character that nobody sees: %(name)s."),
    ),
    "traditional-character": (
        ERROR,
        N_("“%(text)s” is said to be simplified, but has “%(found)s”."),
    ),
    "simplified-character": (
        ERROR,
        N_("“%(text)s” is said to be traditional, but has “%(found)s”."),
    ),
    "reading-mismatch": (
        ERROR,
        N_("The reading “%(reading)s” does not fit the characters “%(text)s”."),
    ),
    "reading-tone": (
        WARNING,
        N_("A tone of the reading “%(reading)s” is unusual for “%(text)s”."),
    ),
    "reading-unlikely": (
        ERROR,
        N_("“%(word)s” is read “%(usual)s” as a rule, not “%(reading)s”."),
    ),
    "duplicate": (
        ERROR,
        N_("The entry “%(other)s” has the same wordings, “%(text)s” and “%(also)s”."),
    ),
    "near-duplicate": (
        WARNING,
        N_("The entry “%(other)s” says nearly the same: “%(text)s”, “%(also)s”."),
    ),
    "same-chinese": (
        WARNING,
        N_("“%(text)s” stands in the entry “%(other)s” too, for another concept."),
    ),
    "same-english": (
        WARNING,
        N_("“%(text)s” stands in the entry “%(other)s” too, for another concept."),
    ),
    "no-preferred": (ERROR, N_("None of the terms in %(lang)s is preferred.")),
    "two-preferred": (
        ERROR,
        N_("“%(text)s” and “%(other)s” are preferred by one issuer at one time."),
    ),
    "forbidden-but-preferred": (
        ERROR,
        N_("“%(text)s” is %(status)s here, but preferred in the entry “%(other)s”."),
    ),
    "period-gap": (
        WARNING,
        N_("Nothing is said of the time between “%(text)s” and “%(other)s”."),
    ),
    "period-overlap": (
        WARNING,
        N_("“%(text)s” was still in use when “%(other)s” had replaced it."),
    ),
    "dangling-relation": (ERROR, N_("There is no entry “%(other)s” in use.")),
    "one-way-relation": (
        WARNING,
        N_("The entry “%(other)s” does not say “%(type)s” of this one."),
    ),
    "circular-relation": (
        ERROR,
        N_("By its relations “%(type)s”, the entry comes back to itself."),
    ),
    "unknown-source": (ERROR, N_("There is no source “%(source)s”.")),
    "unknown-issuer": (
        WARNING,
        N_("Nobody here is called “%(issuer)s”; the nearest are: %(names)s."),
    ),
    "quote-without-term": (
        ERROR,
        N_("The quote “%(quote)s” does not contain “%(text)s”."),
    ),
    "uncited-approved": (
        WARNING,
        N_("The entry is approved, but none of its terms has a citation."),
    ),
    "bare-ellipsis": (
        WARNING,
        N_(
            "“%(text)s” has a bare ellipsis or blank; write {…} where something else "
            "is to stand, or leave it out."
        ),
    ),
    "half-proved": (
        WARNING,
        N_(
            "“%(text)s” and “%(other)s” are half proved: a document has one of them, "
            "or each stands by itself; no citation has its counterpart."
        ),
    ),
    "unproved": (
        WARNING,
        N_("No citation is of “%(text)s” or “%(other)s”, which lead here."),
    ),
    "since-unproved": (
        WARNING,
        N_(
            "No citation of “%(text)s” is of the year of %(date)s, and no note says "
            "why."
        ),
    ),
    "other-concept": (
        ERROR,
        N_(
            "“%(text)s” is said to be something else: “%(usage)s”; give that an entry "
            "of its own, or say what this wording renders."
        ),
    ),
    "title-as-synonym": (
        ERROR,
        N_(
            "“%(text)s” is the title of an instrument, “%(other)s” is none; give the "
            "instrument an entry of its own."
        ),
    ),
    "unowned-ban": (
        ERROR,
        N_("“%(text)s” is what another side says: “%(usage)s”; give its issuer."),
    ),
    "short-term": (
        WARNING,
        N_(
            "“%(text)s” is so short that it will be found in other words; let it match "
            "exactly or by letter case."
        ),
    ),
    "abbreviation-is-a-word": (
        WARNING,
        N_(
            "“%(text)s” is written like the English word “%(word)s”; in a text, one "
            "may be taken for the other."
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that an editor should look at.

    `code` is stable; `pointer` is the place in the entry, after RFC 6901.
    """

    severity: str
    code: str
    entry: str
    pointer: str
    message: Message

    def plain(self, message: str) -> dict[str, str]:
        """Return the flaw as it is sent, with its message in the reader's language."""
        names = ("severity", "code", "entry", "pointer")
        return {**{name: getattr(self, name) for name in names}, "message": message}


def flaw(code: str, entry: str, pointer: str, **values: str) -> Flaw:
    """Return a flaw of a code; `values` fill its message."""
    severity, template = CODES[code]
    return Flaw(severity, code, entry, pointer, Message(template, **values))
