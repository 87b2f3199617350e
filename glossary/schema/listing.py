"""What may be asked of a list: how long, from where on, in what order, which fields."""

from typing import Any, cast

from marshmallow import Schema, ValidationError, fields, post_load, validates_schema

from glossary.entry import PROOFS, STATES
from glossary.message import N_, Message
from glossary.query import Moment
from glossary.schema.answer import EntryPartSchema, VersionSchema
from glossary.schema.noun_answer import (
    GlossaryCount,
    IssuerCount,
    SourceCount,
    SubjectCount,
)
from glossary.schema.value import NO_CURSOR, ChangePlace, Count, Id, Strict, one_of
from glossary.store import SORTS, EntryListing, Listing, VersionListing


class FieldNames(fields.String):
    """Names of fields of an answer, with commas between them, loaded as a tuple.

    The one that tells an item from the others is `always` among them.
    """

    def __init__(self, schema: type[Schema], *, always: str, of: str = "item") -> None:
        text = (
            f"Only these fields of each {of}, with commas between them; `{always}` "
            "always comes. All by default."
        )
        super().__init__(
            data_key="fields", load_default=(), metadata={"description": text}
        )
        self.always = always
        self.names = tuple(
            field.data_key or name for name, field in schema().fields.items()
        )

    def _deserialize(self, *args: Any, **kw: Any) -> tuple[str, ...]:  # type: ignore[override]
        value = super()._deserialize(*args, **kw) or ""
        names = [name.strip() for name in value.split(",") if name.strip()]
        for name in names:
            if name not in self.names:
                template = N_("There is no field “%(name)s”; there are: %(all)s.")
                message = Message(template, name=name[:40], all=", ".join(self.names))
                raise ValidationError(message)
        if not names:
            raise ValidationError(N_("This must not be empty."))
        return tuple(dict.fromkeys([self.always, *names]))


class EntryPlace(fields.String):
    """Where a list of entries goes on: an id, or `revision:id` where time sorts it."""

    def _deserialize(  # type: ignore[override]
        self, *args: Any, **kw: Any
    ) -> tuple[Moment | None, str]:
        value = super()._deserialize(*args, **kw) or ""
        if ":" in value:
            moment, name = cast("tuple[Moment, str]", ChangePlace().deserialize(value))
            return moment, name
        return None, str(Id().deserialize(value))


class EntryQuery(Strict):
    """Parameters of one entry."""

    members = FieldNames(EntryPartSchema, always="id", of="entry")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Listing:
        """Return the noun."""
        return Listing(**data)


class EntriesQuery(Strict):
    """Parameters of the list of entries."""

    glossary = Id()
    subject = Id()
    state = fields.String(
        validate=one_of(STATES),
        metadata={
            "description": "By default all but retired; what is in review is a "
            "draft too."
        },
    )
    proof = fields.String(
        validate=one_of(PROOFS),
        metadata={
            "description": "What is proved of the leading pair, of entries in use."
        },
    )
    sort = fields.String(
        load_default=SORTS[0],
        validate=one_of(SORTS),
        metadata={
            "description": "By their ids, or by when they were last changed; with a "
            "minus, the other way round: `-modified` has the newest first."
        },
    )
    cursor = EntryPlace(metadata={"description": "From the link to `next`."})
    limit = Count(lambda s: s.max_page, load_default=100)
    members = FieldNames(EntryPartSchema, always="id", of="entry")

    checks = ("goes_on_in_its_order",)

    @validates_schema
    def goes_on_in_its_order(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse the cursor of a list in another order."""
        moment, name = data.get("cursor", (None, ""))
        if name and (moment is not None) != data["sort"].endswith("modified"):
            raise ValidationError(NO_CURSOR, "cursor")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> EntryListing:
        """Return the noun."""
        return EntryListing(**data)


class _PageQuery(Strict):
    """Parameters of a list that comes as a whole, up to the largest page."""

    limit = Count(
        lambda s: s.max_page,
        metadata={"description": "As many as a page may have, by default."},
    )


class HistoryQuery(_PageQuery):
    """Parameters of the history of a noun."""

    cursor = Count(
        lambda _: 2**31 - 1, metadata={"description": "From the link to `next`."}
    )

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> VersionListing:
        """Return the noun."""
        return VersionListing(**data)


class VersionsQuery(HistoryQuery):
    """Parameters of the history of an entry."""

    members = FieldNames(VersionSchema, always="version", of="version")


class NounsQuery(_PageQuery):
    """Parameters of the list of a kind of noun."""

    cursor = Id(metadata={"description": "From the link to `next`."})

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Listing:
        """Return the noun."""
        return Listing(**data)


class SourcesQuery(NounsQuery):
    """Parameters of the list of sources."""

    members = FieldNames(SourceCount, always="id", of="source")


class SubjectsQuery(NounsQuery):
    """Parameters of the list of subjects."""

    members = FieldNames(SubjectCount, always="id", of="subject")


class IssuersQuery(NounsQuery):
    """Parameters of the list of issuers."""

    members = FieldNames(IssuerCount, always="id", of="issuer")


class GlossariesQuery(NounsQuery):
    """Parameters of the list of glossaries."""

    members = FieldNames(GlossaryCount, always="id", of="glossary")
