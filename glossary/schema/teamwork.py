"""What people who work together send one another, and are answered."""

from datetime import date
from typing import Any

from marshmallow import ValidationError, fields, post_load

from glossary.entry import LISTS, STATES, QueueListing, Task
from glossary.message import N_
from glossary.schema.people import PersonId
from glossary.schema.value import Count, Id, Strict, Text, next_page, one_of


class QueuePlace(fields.Field[tuple[str, str]]):
    """Where a queue goes on: a day or nothing, and an id."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> tuple[str, str]:
        place, parted, name = str(value).partition("~")
        if not parted or not name:
            raise ValidationError(
                N_("This is no cursor; follow the link to the next page as it is.")
            )
        return place, name


class QueueQuery(Strict):
    """Which queue is asked for."""

    list = fields.String(
        load_default=LISTS[0],
        validate=one_of(LISTS),
        metadata={
            "description": "`stale` is what nobody checked for GLOSSARY_STALE_MONTHS."
        },
    )
    glossary = Id()
    cursor = QueuePlace(metadata={"description": "From the link to `next`."})
    limit = Count(lambda s: s.max_page, load_default=100)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> QueueListing:
        """Return the noun."""
        return QueueListing(**data)


class AssignmentBody(Strict):
    """Who is to work on an entry, and by when."""

    person = PersonId(required=True)
    due = fields.Date(
        allow_none=True,
        load_default=None,
        metadata={"description": "The day by which it should be done."},
    )
    note = Text(longest=500, load_default="")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Task:
        """Return the noun, whose entry stands in the address."""
        due: date | None = data["due"]
        return Task("", data["person"], due.isoformat() if due else "", data["note"])


class AssignmentSchema(Strict):
    """Who is to work on an entry, by when, and who asked them."""

    entry = fields.String()
    person = fields.String()
    due = fields.String()
    note = fields.String()
    by = fields.String()
    at = fields.String()


class QueuedSchema(Strict):
    """An entry that waits."""

    entry = fields.String()
    title = fields.List(fields.String())
    glossary = fields.String()
    state = fields.String(validate=one_of(STATES))
    checked = fields.String(
        metadata={"description": "The day of the last check, or else change."}
    )
    assigned = fields.Nested(AssignmentSchema, allow_none=True)


class QueueAnswer(Strict):
    """What waits."""

    items = fields.List(fields.Nested(QueuedSchema))
    next = next_page()
