"""A text that remembers its template and values; the marker for gettext."""

from collections.abc import Mapping
from typing import NamedTuple, Self


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for this marker.
    """Mark a message for extraction; return it unchanged."""
    return message


class Message(str):
    """English text that remembers its template and its values.

    `template` uses `%(name)s` placeholders. An edge that speaks another language
    translates the template and fills it with `values` again.
    """

    __slots__ = ("template", "values")

    template: str
    values: Mapping[str, object]

    def __new__(cls, template: str, **values: object) -> Self:
        """Fill the template with the values."""
        self = super().__new__(cls, template % values if values else template)
        self.template = template
        self.values = values
        return self


def counted(count: int, one: str, several: str, **values: object) -> Message:
    """Return what is said of one thing, or of several: `%(count)s` is how many.

    Chinese says the same of both, so that two messages do, each with its translation.

    >>> counted(1, "1 entry", "%(count)s entries"), counted(0, "1", "%(count)s entries")
    ('1 entry', '0 entries')
    """
    return Message(one if count == 1 else several, count=count, **values)


class Problem(NamedTuple):
    """One place that breaks a rule: an RFC 6901 pointer and what is wrong there."""

    pointer: str
    detail: str
