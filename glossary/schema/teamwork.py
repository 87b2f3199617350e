"""What people who work together send one another, and are answered."""

from datetime import date
from typing import Any

from marshmallow import ValidationError, fields, post_load

from glossary.entry import (
    DELIVERIES,
    LISTS,
    STATES,
    TOLD,
    WATCHED,
    Hook,
    NoticeListing,
    QueueListing,
    Saying,
    Starred,
    Task,
    Watch,
)
from glossary.message import N_
from glossary.schema.page import next_page
from glossary.schema.people import PersonId
from glossary.schema.value import (
    Count,
    Id,
    Number,
    Prose,
    Strict,
    Tag,
    Text,
    few,
    one_of,
)


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
        allow_none=True,
        metadata={"description": "The day of the last check; null for none yet."},
    )
    modified = fields.String()
    assigned = fields.Nested(AssignmentSchema, allow_none=True)


class QueueAnswer(Strict):
    """What waits."""

    items = fields.List(fields.Nested(QueuedSchema))
    next = next_page()


class RemarkBody(Strict):
    """What is said under an entry; `@id` tells that person."""

    text = Prose(required=True, empty=False)
    lang = Tag(load_default="")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Saying:
        """Return the noun, whose entry stands in the address."""
        return Saying(0, "", **data)


class SettleBody(Strict):
    """Whether a comment is settled."""

    resolved = fields.Boolean(required=True)


class RemarkSchema(Strict):
    """What was said under an entry, and whether it is settled."""

    id = fields.Integer()
    entry = fields.String()
    text = fields.String()
    lang = fields.String()
    by = fields.String()
    at = fields.String()
    mentions = fields.List(fields.String())
    resolved = fields.String(metadata={"description": "When; empty while it is open."})
    resolved_by = fields.String()


class RemarksAnswer(Strict):
    """What was said under an entry, in its order."""

    items = fields.List(fields.Nested(RemarkSchema))


class WatchBody(Strict):
    """What somebody wants to be told of."""

    kind = fields.String(required=True, validate=one_of(WATCHED))
    value = Text(required=True, longest=500, empty=False)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Watch:
        """Return the noun, which is the caller's."""
        return Watch("", **data)


class WatchSchema(Strict):
    """What somebody is told of."""

    person = fields.String()
    kind = fields.String(validate=one_of(WATCHED))
    value = fields.String()
    at = fields.String()


class WatchesAnswer(Strict):
    """All that the caller is told of."""

    items = fields.List(fields.Nested(WatchSchema))


class NoticesQuery(Strict):
    """Which notices are asked for."""

    unseen = fields.Boolean(load_default=False)
    cursor = Number(
        load_default=None,
        allow_none=True,
        metadata={"description": "From the link to `next`."},
    )
    limit = Count(lambda s: s.max_page, load_default=100)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> NoticeListing:
        """Return the noun."""
        return NoticeListing(**data)


class SeenBody(Strict):
    """Up to which number somebody has seen their notices."""

    until = Number(required=True)


class NoticeSchema(Strict):
    """What somebody is told."""

    n = fields.Integer()
    person = fields.String()
    kind = fields.String(validate=one_of(TOLD))
    about = fields.String(metadata={"description": "An entry, or nothing."})
    by = fields.String()
    text = fields.String()
    at = fields.String()
    seen = fields.String()


class NoticesAnswer(Strict):
    """What the caller is told, the newest first."""

    items = fields.List(fields.Nested(NoticeSchema))
    next = next_page()


class HookBody(Strict):
    """An address that is to be told of changes."""

    id = Id(required=True)
    url = Text(required=True, longest=2000, empty=False)
    glossaries = fields.List(
        Id(),
        load_default=list,
        validate=few(lambda s: s.max_page),
        metadata={"description": "None means all."},
    )

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Hook:
        """Return the noun."""
        return Hook(data["id"], data["url"], tuple(data["glossaries"]))


class HookSchema(HookBody):
    """A webhook; `secret` is answered once, when it is made."""

    by = fields.String()
    at = fields.String()
    secret = fields.String()
    disabled = fields.String(
        metadata={
            "description": "Since when nothing is sent, because who made it may not "
            "look after it any more; empty while it is told."
        }
    )


class HooksAnswer(Strict):
    """The webhooks that the caller looks after."""

    items = fields.List(fields.Nested(HookSchema))


class DeliverySchema(Strict):
    """What was sent to a webhook, or will be, and what came of it."""

    n = fields.Integer()
    hook = fields.String()
    state = fields.String(validate=one_of(DELIVERIES))
    due = fields.String()
    body = fields.String()
    at = fields.String()
    tries = fields.Integer()
    outcome = fields.String()


class DeliveriesAnswer(Strict):
    """What was sent to a webhook, the newest first."""

    items = fields.List(fields.Nested(DeliverySchema))
    next = next_page()


class KeptBody(Strict):
    """What somebody notes of an entry for themselves."""

    note = Prose(load_default="")
    rendering = Text(longest=500, load_default="")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Starred:
        """Return the noun, whose entry stands in the address."""
        return Starred("", **data)


class KeptSchema(Strict):
    """An entry that somebody keeps for themselves."""

    entry = fields.String()
    note = fields.String()
    rendering = fields.String()
    at = fields.String()
    title = fields.List(fields.String())


class MineAnswer(Strict):
    """What the caller keeps, the newest first."""

    items = fields.List(fields.Nested(KeptSchema))
