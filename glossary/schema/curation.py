"""What editors send and are answered; the answers are for the OpenAPI document only."""

from typing import Any

from marshmallow import fields, post_load

from glossary.entry import ATTESTATIONS, FORCES, PROOFS, STATES, STATUSES, Attestation
from glossary.schema.entry import CitationSchema
from glossary.schema.value import TERM_LENGTH, Id, Strict, Tag, Text, one_of


class AttestationSchema(Strict):
    """What a document may prove of an entry, as an editor accepts it."""

    kind = fields.String(required=True, validate=one_of(ATTESTATIONS))
    entry = Id(required=True)
    lang = Tag(required=True)
    text = Text(required=True, longest=TERM_LENGTH, empty=False)
    status = fields.String(load_default="admitted", validate=one_of(STATUSES))
    paragraph = fields.Integer(load_default=0)
    citation = fields.Nested(CitationSchema, required=True)
    like = Text(load_default="", longest=TERM_LENGTH)
    state = fields.String(load_default="", validate=one_of(("", *STATES)))

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Attestation:
        """Return the noun."""
        return Attestation(**data)


class FlawSchema(Strict):
    """Something that an editor should look at; `code` is stable."""

    severity = fields.String(validate=one_of(("error", "warning")))
    code = fields.String()
    entry = fields.String()
    pointer = fields.String(metadata={"description": "RFC 6901, into the entry."})
    message = fields.String()


class FlawsAnswer(Strict):
    """The flaws of an entry."""

    items = fields.List(fields.Nested(FlawSchema))


class PointSchema(Strict):
    """A dated document in which a rendering stands."""

    date = fields.String()
    issuer = fields.String(allow_none=True)
    source = fields.String()
    title = fields.Dict(keys=fields.String(), values=fields.String())
    locator = fields.String()
    quote = fields.String()


class RenderingSchema(Strict):
    """A term of which a time is known."""

    lang = fields.String()
    text = fields.String()
    status = fields.String()
    issuer = fields.String(allow_none=True)
    since = fields.String(allow_none=True)
    until = fields.String(allow_none=True)
    in_force = fields.String(validate=one_of(FORCES))
    points = fields.List(fields.Nested(PointSchema))


class HappeningSchema(Strict):
    """What a year brought to a rendering."""

    lang = fields.String()
    text = fields.String()
    kind = fields.String(validate=one_of(("since", "cited", "until")))


class YearSchema(Strict):
    """What is known of one year and one issuer."""

    year = fields.Integer()
    issuer = fields.String(allow_none=True)
    renderings = fields.List(fields.Nested(HappeningSchema))


class EvidenceAnswer(Strict):
    """Renderings over time, and by year and issuer."""

    entry = fields.String()
    state = fields.String()
    proof = fields.String(
        validate=one_of(PROOFS),
        metadata={"description": "What is proved of the leading pair."},
    )
    proved_by = fields.List(
        fields.String(),
        metadata={"description": "The sources that prove it as a pair."},
    )
    proved_in = fields.List(
        fields.Integer(), metadata={"description": "The years of those sources."}
    )
    first = fields.Integer(allow_none=True)
    last = fields.Integer(allow_none=True)
    renderings = fields.List(fields.Nested(RenderingSchema))
    years = fields.List(fields.Nested(YearSchema))
