"""What may be asked: the parameters of every read."""

from typing import Any

from marshmallow import (
    ValidationError,
    fields,
    post_load,
    validate,
    validates_schema,
)

from glossary.entry import PROOFS, STATES
from glossary.message import N_
from glossary.query import (
    BEGINNING,
    FIELDS,
    TIERS,
    BrowsePage,
    ChangeListing,
    Completion,
    Download,
    MissedListing,
    Nothing,
    NounChangeListing,
    Query,
    RecentPage,
    Removal,
)
from glossary.schema.listing import FieldNames
from glossary.schema.lookup_answer import HitSchema
from glossary.schema.value import (
    ChangePlace,
    Count,
    Date,
    Id,
    Ids,
    ListPlace,
    NounPlace,
    Number,
    Phrase,
    Queries,
    Revision,
    Since,
    Strict,
    Tag,
    Text,
    one_of,
)


class Filtered(Strict):
    """Parameters that say which entries are looked at."""

    glossary = Id()
    glossaries = Ids(
        metadata={"description": "Only these glossaries, with commas between them."}
    )
    subject = Id()
    state = fields.String(
        validate=one_of(STATES[:-1]),
        metadata={
            "description": "Only entries in this state; what is in review is a draft "
            "too. All by default."
        },
    )
    proof = fields.String(
        validate=one_of(PROOFS),
        metadata={"description": "Only entries whose leading pair is proved so."},
    )


class Looking(Filtered):
    """What every lookup may say."""

    from_ = Tag(
        data_key="from",
        metadata={"description": "Language of the query; told from its script."},
    )
    to = Tag(metadata={"description": "Language wanted; the other one by default."})
    as_of = Date(
        metadata={"description": "Put the rendering in force at this time first."}
    )
    issuer = Text(
        longest=200,
        empty=False,
        metadata={"description": "Put the renderings of this issuer first."},
    )
    tier = fields.String(
        load_default=TIERS[-1],
        validate=one_of(TIERS),
        metadata={"description": "Lowest tier of match to return."},
    )
    limit = Count(lambda s: s.max_hits, load_default=10)
    field = fields.String(
        load_default=FIELDS[0],
        validate=one_of(FIELDS),
        metadata={"description": "Look in terms, or in the prose about them."},
    )
    members = FieldNames(HitSchema, always="entry", of="hit")


class LookupQuery(Looking):
    """Parameters of a lookup."""

    q = Phrase(
        required=True,
        longest=lambda s: s.max_query,
        empty=False,
        metadata={"description": "The phrase, in either language."},
    )

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Query:
        """Return the noun."""
        return Query(**data)


class LookupBody(Looking):
    """Many queries at once, looked up alike."""

    glossaries = Ids(
        metadata={
            "type": ["string", "array"],
            "items": {"type": "string"},
            "description": "Only these glossaries; all by default.",
        }
    )
    queries = Queries(
        Phrase(longest=lambda s: s.max_query, empty=False),
        required=True,
        metadata={"description": "The phrases, each in either language."},
    )

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> list[Query]:
        """Return a noun for each query."""
        return [Query(q, **data) for q in data.pop("queries")]


class SuggestQuery(Filtered):
    """Parameters of a completion."""

    q = Phrase(required=True, longest=lambda s: s.max_query, empty=False)
    limit = Count(lambda s: s.max_hits, load_default=8)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Completion:
        """Return the noun."""
        q, limit = data.pop("q"), data.pop("limit")
        return Completion(q=q, limit=limit, filters=Query(q, **data).filters)


class ChangesQuery(Strict):
    """Parameters of the list of changes."""

    since = Since(
        load_default=BEGINNING,
        metadata={"description": "What the caller has seen: `EPOCH-REVISION`."},
    )
    cursor = ChangePlace(metadata={"description": "From the link to `next`."})
    limit = Count(lambda s: s.max_page, load_default=100)
    wait = Count(
        lambda _: 60,
        metadata={"description": "Seconds to wait for something to move."},
    )

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> ChangeListing:
        """Return the noun."""
        return ChangeListing(**data)


class NounChangesQuery(Strict):
    """Parameters of the list of changes of nouns."""

    since = Since(
        load_default=BEGINNING,
        metadata={"description": "What the caller has seen: `EPOCH-REVISION`."},
    )
    cursor = NounPlace(metadata={"description": "From the link to `next`."})
    limit = Count(lambda s: s.max_page, load_default=100)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> NounChangeListing:
        """Return the noun."""
        return NounChangeListing(**data)


class MissedQuery(Strict):
    """Parameters of the list of look-ups that found nothing."""

    limit = Count(lambda s: s.max_page, load_default=100)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> MissedListing:
        """Return the noun."""
        return MissedListing(**data)


class BrowseQuery(Strict):
    """Parameters of a list of entries: what it is a list by, and where it goes on."""

    subject = Text(longest=100)
    issuer = Text(longest=200)
    source = Text(longest=100)
    en = Text(longest=1)
    zh = Text(longest=1)
    proof = fields.String(validate=one_of(PROOFS))
    after = ListPlace()

    checks = ("by_one_thing",)

    @validates_schema
    def by_one_thing(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse a list by two things at once."""
        if len(data.keys() - {"after"}) > 1:
            raise ValidationError(N_("Entries are listed by one thing at a time."))

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> BrowsePage:
        """Return the noun."""
        after = data.pop("after", None)
        kind, value = next(iter(data.items()), ("", ""))
        return BrowsePage(kind=kind, value=value, after=after)


class DriftQuery(Strict):
    """Parameters of what changed in the language: a year, where its list goes on."""

    year = fields.String(
        validate=validate.Regexp(r"[0-9]{4}\Z", error=N_("A year has four digits."))
    )
    after = ListPlace()

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> BrowsePage:
        """Return the noun."""
        year = data.pop("year", "")
        return BrowsePage(kind="turn", value=year, after=data.get("after"))


class RecentQuery(Strict):
    """Parameters of what changed last."""

    before = Revision()
    after = Text(longest=100)
    action = Text(longest=20)
    by = Text(longest=200)
    glossary = Text(longest=100)
    subject = Text(longest=100)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> RecentPage:
        """Return the noun."""
        return RecentPage(**data)


class PurgeQuery(Strict):
    """Parameters of a deletion."""

    purge = fields.Boolean(
        load_default=False,
        metadata={"description": "Remove the entry with its history; for admins."},
    )

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Removal:
        """Return the noun."""
        return Removal(**data)


class GlossaryPurgeQuery(PurgeQuery):
    """Parameters of the deletion of a glossary."""

    confirm = Number(
        load_default=None,
        metadata={"description": "So many retired entries go with it, as 422 said."},
    )


class LinesQuery(Strict):
    """Parameters of a list that is downloaded."""

    format = fields.String(load_default="ndjson", validate=one_of(("ndjson", "csv")))

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Download:
        """Return the noun."""
        return Download(**data)


class NoQuery(Strict):
    """For calls that take no parameters."""

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Nothing:
        """Return the noun."""
        return Nothing(**data)
