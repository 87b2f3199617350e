"""A piece of two compared texts, which is all that readers of answers need."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """A piece of a query beside a term: `side` is `both`, `query` or `term`."""

    text: str
    side: str
