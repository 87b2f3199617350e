"""What editors ask beside the entry itself: why, which entries, what is to become."""

from typing import Any

from marshmallow import post_load

from glossary.query import Why
from glossary.schema.query import PurgeQuery
from glossary.schema.value import Strict, Text


class Reason(Text):
    """Why something is changed, for the history."""

    def __init__(self) -> None:
        super().__init__(
            longest=500,
            load_default="",
            metadata={"description": "Why, for the history."},
        )


class WhyQuery(Strict):
    """Why something is changed."""

    reason = Reason()

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Why:
        """Return the noun."""
        return Why(**data)


class RemovalQuery(PurgeQuery):
    """How an entry is deleted, and why."""

    reason = Reason()
