"""What is answered of sources, subjects, issuers, glossaries, for the OpenAPI document.

Nothing is validated here.
"""

from marshmallow import fields

from glossary.entry import KINDS
from glossary.schema.page import Parts, next_page
from glossary.schema.register import (
    GlossarySchema,
    IssuerSchema,
    SourceSchema,
    SubjectSchema,
)
from glossary.schema.value import Strict, one_of


class GlossaryCount(Parts, GlossarySchema):
    """A glossary and how many entries it holds."""

    entries = fields.Integer()


class GlossariesAnswer(Strict):
    """Every glossary, described or only named by entries."""

    items = fields.List(fields.Nested(GlossaryCount))
    next = next_page()


class RemovedAnswer(Strict):
    """What went with a glossary; `removed` names the first thousand entries.

    A deletion that is sent again with its key names none: they went the first time.
    """

    glossary = fields.String()
    entries = fields.Integer()
    removed = fields.List(fields.String())


class SubjectCount(Parts, SubjectSchema):
    """A subject field and how many entries it holds."""

    entries = fields.Integer()


class SubjectsAnswer(Strict):
    """Every subject field, described or only named by entries."""

    items = fields.List(fields.Nested(SubjectCount))
    next = next_page()


class SourceCount(Parts, SourceSchema):
    """A source and how many entries cite it."""

    entries = fields.Integer()


class SourcesAnswer(Strict):
    """Every source."""

    items = fields.List(fields.Nested(SourceCount))
    next = next_page()


class IssuerCount(Parts, IssuerSchema):
    """An issuer and how many entries have wordings of theirs."""

    entries = fields.Integer()


class IssuersAnswer(Strict):
    """Every issuer, and names that terms have and nobody is listed for."""

    items = fields.List(fields.Nested(IssuerCount))
    next = next_page()
    unlisted = fields.Dict(
        keys=fields.String(),
        values=fields.Integer(),
        metadata={"description": "Names that no issuer has, with their entries."},
    )


class NounVersionSchema(Strict):
    """One version of a noun; `document` is null when it was deleted."""

    kind = fields.String(validate=one_of(tuple(KINDS.values())))
    id = fields.String()
    version = fields.Integer()
    revision = fields.Integer()
    at = fields.DateTime()
    by = fields.String()
    action = fields.String()
    changed = fields.List(fields.String())
    document = fields.Dict(allow_none=True)


class NounVersionsAnswer(Strict):
    """The history of a noun, newest first."""

    items = fields.List(fields.Nested(NounVersionSchema))
    next = next_page()


class NounChangesAnswer(Strict):
    """What moved since a revision among the nouns, oldest first."""

    revision = fields.Integer()
    epoch = fields.String(metadata={"description": "Of the revision."})
    changes = fields.List(fields.Nested(NounVersionSchema))
    next = next_page()
