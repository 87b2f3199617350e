"""What editors ask beside the entry itself: why, which entries, what is to become."""

from typing import Any

from marshmallow import ValidationError, fields, post_load

from glossary.entry import PROOFS, STATES, STATUSES, Bulk, Choice, Wish
from glossary.message import N_
from glossary.query import ChangesetListing, EntryView, Prefilled, Why
from glossary.schema.entry import EntrySchema
from glossary.schema.page import next_page
from glossary.schema.query import PurgeQuery
from glossary.schema.value import Count, Id, Revision, Strict, Text, one_of


class Reason(Text):
    """Why something is changed, for the history."""

    def __init__(self) -> None:
        super().__init__(
            longest=500,
            load_default="",
            metadata={"description": "Reason for the change, kept in the history."},
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


class EntryPageQuery(Strict):
    """How the page of an entry is shown."""

    history = fields.Boolean(load_default=False)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> EntryView:
        """Return the noun."""
        return EntryView(**data)


class NewEntryQuery(Strict):
    """Wordings that are known of a new entry."""

    zh = Text(load_default="", longest=500)
    en = Text(load_default="", longest=500)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Prefilled:
        """Return the noun."""
        return Prefilled(**data)


class UndoQuery(WhyQuery):
    """How what a revision did is taken back."""

    dry_run = fields.Boolean(load_default=False)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Bulk:
        """Return the noun."""
        return Bulk(select=Choice(), set=Wish(), **data)


class ChangesetQuery(Strict):
    """A page of what a revision did."""

    cursor = Id(load_default="", metadata={"description": "From the link to `next`."})
    limit = Count(lambda s: s.max_page, load_default=100)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> ChangesetListing:
        """Return the noun."""
        return ChangesetListing(**data)


class ChoiceSchema(Strict):
    """Which entries are meant: those of some ids, else by what they have."""

    entries = fields.List(Id(), load_default=())
    glossary = Id()
    subject = Id()
    state = fields.String(validate=one_of(STATES))
    status = fields.String(validate=one_of(STATUSES))
    proof = fields.String(validate=one_of(PROOFS))

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Choice:
        """Return the noun; refuse to mean everything."""
        choice = Choice(**{**data, "entries": tuple(data["entries"])})
        if choice == Choice():
            raise ValidationError(N_("Say which entries to change."))
        return choice


class FromToSchema(Strict):
    """A value, and what is to stand in its place; null is none."""

    old = fields.String(data_key="from", allow_none=True, required=True)
    new = fields.String(data_key="to", allow_none=True, required=True)


class StatusFromToSchema(Strict):
    """A status, and what is to stand in its place."""

    old = fields.String(data_key="from", required=True, validate=one_of(STATUSES))
    new = fields.String(data_key="to", required=True, validate=one_of(STATUSES))


class WishSchema(Strict):
    """What the entries are to become."""

    state = fields.String(validate=one_of(STATES))
    glossary = Id()
    add_subjects = fields.List(Id(), load_default=())
    remove_subjects = fields.List(Id(), load_default=())
    issuer = fields.Nested(FromToSchema)
    status = fields.Nested(StatusFromToSchema)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Wish:
        """Return the noun; refuse to wish for nothing."""
        for name in ("add_subjects", "remove_subjects"):
            data[name] = tuple(data[name])
        for name in ("issuer", "status"):
            if name in data:
                data[name] = (data[name]["old"], data[name]["new"])
        wish = Wish(**data)
        if wish == Wish():
            raise ValidationError(N_("Say what to change."))
        return wish


class BulkBody(Strict):
    """A change of many entries as one revision."""

    select = fields.Nested(ChoiceSchema, required=True)
    set = fields.Nested(WishSchema, required=True)
    reason = Reason()
    dry_run = fields.Boolean(load_default=False)
    revision = Revision(
        metadata={
            "description": "Where it was planned: 412 when the store moved since."
        }
    )

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Bulk:
        """Return the noun."""
        return Bulk(**data)


class MergeBody(Strict):
    """Into which entry another one is merged."""

    into = Id(required=True)


class SplitBody(Strict):
    """What an entry is split into."""

    parts = fields.List(fields.Nested(EntrySchema), required=True)


class StayingSchema(Strict):
    """An entry that stays as it is, and why; `code` is stable."""

    entry = fields.String()
    code = fields.String()
    message = fields.String()


class DoneAnswer(Strict):
    """What came of many entries."""

    revision = fields.Integer(metadata={"description": "Made, or standing."})
    epoch = fields.String()
    dry_run = fields.Boolean()
    counts = fields.Dict(keys=fields.String(), values=fields.Integer())
    changed = fields.List(fields.String())
    retired = fields.List(fields.String())
    left = fields.List(fields.Nested(StayingSchema))


class MovedSchema(Strict):
    """What a revision did to an entry; `left` says that it was changed since."""

    entry = fields.String()
    action = fields.String()
    version = fields.Integer()
    left = fields.Boolean()


class ChangesetAnswer(Strict):
    """What a revision did to entries."""

    revision = fields.Integer()
    epoch = fields.String()
    at = fields.DateTime()
    by = fields.String()
    reason = fields.String()
    entries = fields.Integer()
    items = fields.List(fields.Nested(MovedSchema))
    next = next_page()


class SplitAnswer(Strict):
    """The entries that one was split into."""

    items = fields.List(fields.Nested(EntrySchema))
