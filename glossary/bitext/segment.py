"""A pair in a file, and the languages that are known of it."""

from typing import NamedTuple

from glossary.query import Pair


class Languages(NamedTuple):
    """The languages of source and target; None where they are not known."""

    from_: str | None = None
    to: str | None = None

    def or_else(self, from_: str | None, to: str | None) -> "Languages":
        """Return these languages, or others where these are not known."""
        return Languages(self.from_ or from_, self.to or to)


class Segment(NamedTuple):
    """A pair with its place: a line, a row or a paragraph, counted from 1."""

    pair: Pair
    line: int
    languages: Languages
