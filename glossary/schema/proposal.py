"""What may be proposed, and how proposals are asked for."""

from typing import Any

from marshmallow import fields, post_load

from glossary.entry import DECISIONS, Proposal
from glossary.query import ProposalPage
from glossary.schema.entry import EntrySchema
from glossary.schema.value import Count, Id, Prose, Revision, Strict, Text, one_of


class ProposalBody(Strict):
    """An entry as somebody would have it."""

    document = fields.Nested(
        EntrySchema,
        required=True,
        metadata={"description": "The whole entry; its state stays with the editors."},
    )
    entry = Id(metadata={"description": "The entry to be changed; none for a new one."})
    version = Revision(metadata={"description": "The version that was read."})
    comment = Prose(load_default="")
    by = Text(longest=100, load_default="", metadata={"description": "Who proposes."})

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Proposal:
        """Return the noun."""
        return Proposal(**data)


class RejectBody(Strict):
    """Why a proposal is laid aside."""

    reason = Prose(load_default="")


class ProposalsQuery(Strict):
    """Parameters of the list of proposals."""

    state = fields.String(validate=one_of(DECISIONS))
    entry = Id()
    cursor = Revision(
        load_default=0, metadata={"description": "From the link to `next`."}
    )
    limit = Count(lambda s: s.max_page, load_default=100)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> ProposalPage:
        """Return the noun."""
        return ProposalPage(**data)


class ProposalSchema(ProposalBody):
    """A proposal, and what an editor decided; for the OpenAPI document."""

    id = fields.Integer()
    at = fields.DateTime()
    state = fields.String(validate=one_of(DECISIONS))
    decided_by = fields.String()
    decided = fields.String()
    reason = fields.String()


class ProposalsAnswer(Strict):
    """Proposals in the order in which they came."""

    items = fields.List(fields.Nested(ProposalSchema))
    next = fields.String(allow_none=True)
