"""What is answered, for the OpenAPI document: nothing is validated here."""

from marshmallow import fields

from glossary.entry import PROOFS, STATES, STATUSES, VERDICTS, VIAS
from glossary.query import TIERS
from glossary.schema.entry import EntrySchema
from glossary.schema.lookup_answer import DatedTermSchema
from glossary.schema.page import Parts, next_page
from glossary.schema.proposal import ProposedSchema
from glossary.schema.transfer import QuestionSchema
from glossary.schema.value import Strict, one_of


class MatchSchema(Strict):
    """A term found in a running text."""

    start = fields.Integer(metadata={"description": "Offset, in the unit asked for."})
    end = fields.Integer()
    text = fields.String()
    entry = fields.String()
    term = fields.Nested(DatedTermSchema)
    tier = fields.String(validate=one_of(TIERS))
    via = fields.List(
        fields.String(validate=one_of(VIAS)),
        metadata={
            "description": "In what the term differs from what was asked for, or how "
            "it was reached; nothing for what is written alike."
        },
    )
    equivalents = fields.List(fields.Nested(DatedTermSchema))
    banned = fields.Boolean(
        metadata={"description": "Whether it is wrong wherever it stands."}
    )
    use = fields.List(
        fields.Nested(DatedTermSchema),
        metadata={"description": "What to write instead of a term not to be used."},
    )
    contains = fields.List(
        fields.String(), metadata={"description": "Entries found inside it."}
    )
    also = fields.List(
        fields.String(),
        metadata={"description": "Other entries with the same wording."},
    )
    parts = fields.List(
        fields.List(fields.Integer()),
        metadata={"description": "The spans of a match that is in pieces."},
    )
    glossary = fields.String()
    state = fields.String(validate=one_of(STATES))
    proof = fields.String(
        validate=one_of(PROOFS),
        metadata={"description": "What is proved of the leading pair."},
    )
    proved_by = fields.List(
        fields.String(),
        metadata={"description": "The sources that prove it as a pair."},
    )


class ListedSchema(Strict):
    """A wording of a text, with what to write for it and what not (shape `terms`)."""

    source = fields.String()
    target = fields.List(fields.String())
    avoid = fields.List(
        fields.String(), metadata={"description": "Not there when there is none."}
    )
    note = fields.String(metadata={"description": "Not there when there is none."})


class FoundEntrySchema(Strict):
    """An entry of a text (shape `entries`)."""

    entry = fields.String()
    glossary = fields.String()
    state = fields.String()
    proof = fields.String(validate=one_of(PROOFS))
    proved_by = fields.List(fields.String())
    equivalents = fields.List(fields.Nested(DatedTermSchema))


class PlaceSchema(Strict):
    """A match that names its entry (shape `entries`)."""

    start = fields.Integer()
    end = fields.Integer()
    text = fields.String()
    entry = fields.String()
    term = fields.String()
    tier = fields.String()
    banned = fields.Boolean()
    equivalents = fields.List(
        fields.Integer(),
        metadata={"description": "Places in those of the entry, from 0."},
    )
    contains = fields.List(fields.String())
    parts = fields.List(fields.List(fields.Integer()))


class TextSchema(Strict):
    """The matches of one text."""

    from_ = fields.String(data_key="from")
    to = fields.String()
    matches = fields.List(fields.Nested(MatchSchema))
    terms = fields.List(fields.Nested(ListedSchema))
    places = fields.List(fields.Nested(PlaceSchema))
    entries = fields.List(fields.Nested(FoundEntrySchema))


class AnnotateAnswer(Strict):
    """The matches of a text; of several, a list in their order.

    In the shape `terms` it has `terms` in place of matches; in the shape `entries`,
    `places` that name their entry, and `entries`.
    """

    from_ = fields.String(data_key="from")
    to = fields.String()
    matches = fields.List(fields.Nested(MatchSchema))
    terms = fields.List(fields.Nested(ListedSchema))
    places = fields.List(fields.Nested(PlaceSchema))
    entries = fields.List(fields.Nested(FoundEntrySchema))
    texts = fields.List(fields.Nested(TextSchema))
    revision = fields.Integer()
    epoch = fields.String(metadata={"description": "Of the revision."})


class SpanSchema(Strict):
    """A wording in a text."""

    start = fields.Integer()
    end = fields.Integer()
    text = fields.String()


class FindingSchema(Strict):
    """What a check says of one term."""

    verdict = fields.String(validate=one_of(VERDICTS))
    entry = fields.String(
        allow_none=True,
        metadata={"description": "Null where the whole target is missing."},
    )
    source = fields.Nested(SpanSchema, allow_none=True)
    target = fields.Nested(SpanSchema, allow_none=True)
    expected = fields.List(
        fields.String(), metadata={"description": "Wordings to use, best first."}
    )
    advice = fields.Boolean(
        metadata={"description": "Worth a glance, but it need not be wrong."}
    )
    message = fields.String()
    state = fields.String(
        allow_none=True,
        validate=one_of(STATES),
        metadata={"description": "The state of the entry: nobody vouches for a draft."},
    )
    proof = fields.String(
        allow_none=True,
        validate=one_of(PROOFS),
        metadata={"description": "What is proved of the entry's leading pair."},
    )
    rendered = fields.Integer(
        allow_none=True,
        metadata={"description": "How many members of a sequence are rendered."},
    )
    of = fields.Integer(allow_none=True)
    lacking = fields.List(fields.String())
    status = fields.String(
        allow_none=True,
        validate=one_of(STATUSES),
        metadata={"description": "That of the term that stands in the target."},
    )
    #: A code for why it is advice, or `omitted`.
    reason = fields.String(allow_none=True)
    #: The entry whose wording stands where this one's should.
    instead = fields.String(allow_none=True)


class CheckedPairSchema(Strict):
    """The findings of one pair."""

    id = fields.String()
    findings = fields.List(fields.Nested(FindingSchema))


class SummarySchema(Strict):
    """How many findings of each verdict there are; `advice` counts across them."""

    pairs = fields.Integer()
    ok = fields.Integer()
    admitted = fields.Integer()
    forbidden = fields.Integer()
    missing = fields.Integer()
    advice = fields.Integer()


class CheckAnswer(Strict):
    """The findings of each pair, and their number."""

    revision = fields.Integer()
    epoch = fields.String(metadata={"description": "Of the revision."})
    summary = fields.Nested(SummarySchema)
    pairs = fields.List(fields.Nested(CheckedPairSchema))


class EntryPartSchema(Parts, EntrySchema):
    """An entry, or those of its fields that were asked for."""


class EntriesAnswer(Strict):
    """A page of entries."""

    items = fields.List(fields.Nested(EntryPartSchema))
    next = next_page()


class VersionSchema(Strict):
    """One version of an entry."""

    version = fields.Integer()
    revision = fields.Integer()
    at = fields.DateTime()
    by = fields.String()
    action = fields.String()
    changed = fields.List(fields.String())
    entry = fields.Nested(EntrySchema, allow_none=True)
    proposal = fields.Nested(ProposedSchema, allow_none=True)
    reason = fields.String(
        metadata={"description": "What who made it said of why; maybe empty."}
    )


class VersionsAnswer(Strict):
    """The history of an entry, newest first."""

    items = fields.List(fields.Nested(VersionSchema))
    next = next_page()


class ChangeSchema(Strict):
    """An entry that moved; `document` is null when it was purged."""

    revision = fields.Integer()
    entry = fields.String()
    version = fields.Integer()
    action = fields.String()
    at = fields.DateTime()
    by = fields.String()
    document = fields.Nested(EntrySchema, allow_none=True)


class ChangesAnswer(Strict):
    """What moved since a revision, oldest first."""

    revision = fields.Integer()
    epoch = fields.String(metadata={"description": "Of the revision."})
    changes = fields.List(fields.Nested(ChangeSchema))
    next = next_page()


class StatsAnswer(Strict):
    """Counts over the whole store."""

    revision = fields.Integer()
    epoch = fields.String(metadata={"description": "Of the revision."})
    entries = fields.Dict(keys=fields.String(), values=fields.Integer())
    terms = fields.Dict(keys=fields.String(), values=fields.Integer())
    statuses = fields.Dict(keys=fields.String(), values=fields.Integer())
    proof = fields.Dict(
        keys=fields.String(validate=one_of(PROOFS)),
        values=fields.Integer(),
        metadata={"description": "Entries in use, by what is proved of them."},
    )
    proof_approved = fields.Dict(
        keys=fields.String(validate=one_of(PROOFS)),
        values=fields.Integer(),
        metadata={"description": "The same of the approved ones."},
    )
    glossaries = fields.Integer()
    sources = fields.Integer()


class DroppedValueSchema(Strict):
    """Something that a format cannot hold."""

    entry = fields.String()
    pointer = fields.String()
    reason = fields.String()
    value = fields.String()


class DroppedAnswer(Strict):
    """Everything that a format cannot hold."""

    format = fields.String()
    dropped = fields.List(fields.Nested(DroppedValueSchema))


class ProblemPlace(Strict):
    """One place that breaks a rule."""

    pointer = fields.String()
    detail = fields.String()


class ProblemAnswer(Strict):
    """RFC 9457 problem details; `question` with the code `unsettled-columns`."""

    type = fields.String()
    title = fields.String()
    status = fields.Integer()
    detail = fields.String()
    code = fields.String()
    errors = fields.List(fields.Nested(ProblemPlace))
    question = fields.Nested(QuestionSchema)


class IndexAnswer(Strict):
    """Where a caller may begin."""

    version = fields.String(metadata={"description": "Of the program."})
    revision = fields.Integer()
    epoch = fields.String(metadata={"description": "Of the revision."})
    links = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        metadata={"description": "Paths on this server."},
    )


class Health(Strict):
    """Whether the service can do its work."""

    status = fields.String()
