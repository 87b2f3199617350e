"""What may be asked: the parameters of every read."""

from typing import Any

from marshmallow import fields, post_load

from glossary.entry import STATES
from glossary.formats import READABLE, WRITABLE
from glossary.query import FIELDS, MODES, ON_ERROR, TIERS, Order, Query
from glossary.schema.value import (
    Count,
    Date,
    Id,
    Mapped,
    Number,
    Place,
    Revision,
    Strict,
    Tag,
    Text,
    one_of,
)


class LookupQuery(Strict):
    """Parameters of a lookup."""

    q = Text(
        required=True,
        longest=lambda s: s.max_query,
        empty=False,
        metadata={"description": "The phrase, in either language."},
    )
    from_ = Tag(
        data_key="from",
        metadata={"description": "Language of the query; told from its script."},
    )
    to = Tag(metadata={"description": "Language wanted; the other one by default."})
    glossary = Id()
    subject = Id()
    as_of = Date(
        metadata={"description": "Lead with the rendering in force at this time."}
    )
    issuer = Text(
        longest=200,
        empty=False,
        metadata={"description": "Lead with the renderings of this issuer."},
    )
    tier = fields.String(
        load_default=TIERS[-1],
        validate=one_of(TIERS),
        metadata={"description": "The lowest tier wanted."},
    )
    limit = Count(lambda s: s.max_hits, load_default=10)
    field = fields.String(
        load_default=FIELDS[0],
        validate=one_of(FIELDS),
        metadata={"description": "Look in terms, or in the prose about them."},
    )

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Query:
        """Return the noun."""
        return Query(**data)


class SuggestQuery(Strict):
    """Parameters of a completion."""

    q = Text(required=True, longest=lambda s: s.max_query, empty=False)
    limit = Count(lambda s: s.max_hits, load_default=8)


class EntriesQuery(Strict):
    """Parameters of the list of entries."""

    glossary = Id()
    subject = Id()
    state = fields.String(
        validate=one_of(STATES),
        metadata={"description": "By default draft and approved, not retired."},
    )
    cursor = Id(metadata={"description": "From the link to `next`."})
    limit = Count(lambda s: s.max_page, load_default=100)


class ChangesQuery(Strict):
    """Parameters of the list of changes."""

    since = Revision(
        load_default=0,
        metadata={"description": "The revision that the caller has seen."},
    )
    cursor = Place(metadata={"description": "From the link to `next`."})
    limit = Count(lambda s: s.max_page, load_default=100)


class MissedQuery(Strict):
    """Parameters of the list of look-ups that found nothing."""

    limit = Count(lambda s: s.max_page, load_default=100)


class BrowseQuery(Strict):
    """Parameters of a list of entries: one of the kinds, and where it goes on."""

    subject = Text(longest=100)
    issuer = Text(longest=200)
    source = Text(longest=100)
    en = Text(longest=1)
    zh = Text(longest=1)
    after = Text(longest=600)


class RecentQuery(Strict):
    """Parameters of what changed last."""

    before = Revision()


class PurgeQuery(Strict):
    """Parameters of a deletion."""

    purge = fields.Boolean(
        load_default=False,
        metadata={"description": "Remove the entry with its history; for admins."},
    )


class ImportQuery(Strict):
    """Parameters of an import."""

    format = fields.String(
        validate=one_of(READABLE),
        metadata={"description": "By default told from the content."},
    )
    glossary = Id(
        metadata={"description": "By default what each record says, else the default."}
    )
    mode = fields.String(load_default="merge", validate=one_of(MODES))
    dry_run = fields.Boolean(load_default=False)
    on_error = fields.String(load_default="abort", validate=one_of(ON_ERROR))
    source = Tag(metadata={"description": "Language of the column “source”."})
    target = Tag(metadata={"description": "Language of the column “target”."})
    mapping = Mapped(
        data_key="map",
        load_default=dict,
        metadata={"description": "Columns by field: `zh=原文,en=译文`."},
    )
    filename = Text(longest=255, load_default="")
    confirm = Number(
        load_default=None,
        metadata={
            "description": "So many entries may be retired, as a dry run or 422 said."
        },
    )

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Order:
        """Return the noun."""
        return Order(**data)


class ApplyQuery(Strict):
    """Parameters of applying a plan."""

    confirm = Number(
        load_default=None,
        metadata={"description": "The number of the plan's `confirm`, if it has one."},
    )


class UndoQuery(Strict):
    """Parameters of taking back what a revision changed."""

    dry_run = fields.Boolean(load_default=False)


class ChangesetQuery(Strict):
    """Parameters of the list of what a revision changed."""

    cursor = Id(metadata={"description": "From the link to `next`."})
    limit = Count(lambda s: s.max_page, load_default=100)


class ExportQuery(Strict):
    """Parameters of an export."""

    format = fields.String(required=True, validate=one_of(WRITABLE))
    glossary = Id()
    entry = Id(metadata={"description": "This entry alone."})
    report = fields.Boolean(
        load_default=False,
        metadata={"description": "Return what the format cannot hold instead."},
    )


class LinesQuery(Strict):
    """Parameters of a list that is downloaded."""

    format = fields.String(load_default="ndjson", validate=one_of(("ndjson", "csv")))


class NoQuery(Strict):
    """For calls that take no parameters."""
