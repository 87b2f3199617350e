"""What editors are answered, for the OpenAPI document: nothing is validated here."""

from marshmallow import fields

from glossary.schema.value import Strict, one_of


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
    first = fields.Integer(allow_none=True)
    last = fields.Integer(allow_none=True)
    renderings = fields.List(fields.Nested(RenderingSchema))
    years = fields.List(fields.Nested(YearSchema))
