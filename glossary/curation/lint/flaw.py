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
        N_("The entry has no term in %(language)s, though most others here do."),
    ),
    "wrong-script": (
        ERROR,
        N_(
            "“%(text)s” is not written in the script of %(lang)s; correct the "
            "term or its language."
        ),
    ),
    "mixed-script": (
        WARNING,
        N_("“%(text)s” mixes scripts: “%(found)s” looks out of place."),
    ),
    "homoglyph": (
        ERROR,
        N_(
            "“%(text)s” contains “%(found)s” (%(name)s), which only looks "
            "like “%(usual)s”; retype it."
        ),
    ),
    "unseen-character": (
        WARNING,
        N_("“%(text)s” contains an invisible character: %(name)s."),
    ),
    "traditional-character": (
        ERROR,
        N_("“%(text)s” is marked as simplified, but contains “%(found)s”."),
    ),
    "simplified-character": (
        ERROR,
        N_("“%(text)s” is marked as traditional, but contains “%(found)s”."),
    ),
    "uneven-scripts": (
        WARNING,
        N_(
            "“%(text)s” and “%(other)s” are one wording in two scripts, but a "
            "check is stricter with one; expect the same of both."
        ),
    ),
    "reading-mismatch": (
        ERROR,
        N_("The reading “%(reading)s” does not match the characters “%(text)s”."),
    ),
    "reading-tone": (
        WARNING,
        N_("A tone in the reading “%(reading)s” is unusual for “%(text)s”."),
    ),
    "reading-unlikely": (
        ERROR,
        N_("“%(word)s” is usually read “%(usual)s”, not “%(reading)s”."),
    ),
    "duplicate": (
        ERROR,
        N_(
            "The entry “%(other)s” has the same wordings, “%(text)s” and "
            "“%(also)s”; merge the two."
        ),
    ),
    "near-duplicate": (
        WARNING,
        N_("The entry “%(other)s” is nearly the same: “%(text)s”, “%(also)s”."),
    ),
    "same-chinese": (
        WARNING,
        N_("“%(text)s” is also in the entry “%(other)s”, for another concept."),
    ),
    "same-english": (
        WARNING,
        N_("“%(text)s” is also in the entry “%(other)s”, for another concept."),
    ),
    "no-preferred": (
        ERROR,
        N_("No term in %(lang)s is preferred; mark the one to use."),
    ),
    "two-preferred": (
        ERROR,
        N_(
            "“%(text)s” and “%(other)s” are both preferred by the same "
            "issuer at the same time."
        ),
    ),
    "forbidden-but-preferred": (
        ERROR,
        N_("“%(text)s” is %(status)s here, but preferred in the entry “%(other)s”."),
    ),
    "period-gap": (
        WARNING,
        N_("The periods of “%(text)s” and “%(other)s” leave a gap."),
    ),
    "period-overlap": (
        WARNING,
        N_(
            "“%(text)s” is still in use after “%(other)s” has replaced it; "
            "correct one of the dates."
        ),
    ),
    "dangling-relation": (
        ERROR,
        N_("The related entry “%(other)s” does not exist or is retired."),
    ),
    "one-way-relation": (
        WARNING,
        N_("The entry “%(other)s” lacks the relation “%(type)s” back to this one."),
    ),
    "circular-relation": (
        ERROR,
        N_("Its relations “%(type)s” lead the entry back to itself."),
    ),
    "unknown-source": (ERROR, N_("There is no source “%(source)s”.")),
    "unknown-issuer": (
        WARNING,
        N_("There is no issuer called “%(issuer)s”; the closest are: %(names)s."),
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
            "“%(text)s” contains a bare ellipsis or blank; write {…} where "
            "other words go, or remove it."
        ),
    ),
    "half-proved": (
        WARNING,
        N_(
            "“%(text)s” and “%(other)s” are only half proved: documents have "
            "one of them, or each by itself; no citation has a counterpart."
        ),
    ),
    "unproved": (
        WARNING,
        N_("Neither “%(text)s” nor “%(other)s”, which lead here, has a citation."),
    ),
    "other-place": (
        WARNING,
        N_(
            "The citation stands in “%(locator)s”, its counterpart in "
            "“%(other)s”; correct one of the two."
        ),
    ),
    "since-unproved": (
        WARNING,
        N_(
            "“%(text)s” has no citation from the year of %(date)s, and no "
            "note explains the date."
        ),
    ),
    "other-concept": (
        ERROR,
        N_(
            "The usage note says that “%(text)s” is something else: "
            "“%(usage)s”; give that an entry of its own, or say what this "
            "wording renders."
        ),
    ),
    "title-as-synonym": (
        ERROR,
        N_(
            "“%(text)s” is the title of an instrument, but “%(other)s” is "
            "not; give the instrument an entry of its own."
        ),
    ),
    "unowned-ban": (
        ERROR,
        N_("“%(text)s” is what another side says: “%(usage)s”; name its issuer."),
    ),
    "short-term": (
        WARNING,
        N_(
            "“%(text)s” is so short that it will be found inside other "
            "words; have it match exactly or by letter case."
        ),
    ),
    "abbreviation-is-a-word": (
        WARNING,
        N_(
            "“%(text)s” is spelled like the English word “%(word)s”; in a "
            "text, one may be mistaken for the other."
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
