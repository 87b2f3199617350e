"""What may be proposed, and how proposals are asked for."""

from typing import Any

from marshmallow import fields, post_load, pre_load

from glossary.entry import DECISIONS, Proposal
from glossary.query import ProposalListing
from glossary.schema.entry import EntrySchema
from glossary.schema.page import next_page
from glossary.schema.value import (
    Count,
    Id,
    Prose,
    Revision,
    Strict,
    Text,
    one_of,
)


class ProposalBody(Strict):
    """An entry as somebody would have it."""

    document = fields.Nested(
        EntrySchema,
        required=True,
        metadata={"description": "The whole entry; its state stays with the editors."},
    )
    entry = Id(metadata={"description": "The entry to be changed; none for a new one."})
    version = Revision(
        metadata={
            "description": "The version that was read; by default that of `document`."
        }
    )
    comment = Prose(load_default="")
    by = Text(
        longest=100,
        load_default="",
        metadata={"description": "Who proposes, where no token says it."},
    )

    @pre_load
    def heed_the_document(self, data: Any, **_: Any) -> Any:
        """Take the version that the document has; of two that differ, the older."""
        if not isinstance(data, dict) or not isinstance(data.get("document"), dict):
            return data
        versions = [
            side["version"]
            for side in (data, data["document"])
            if isinstance(side.get("version"), int) and side["version"] > 0
        ]
        return {**data, "version": min(versions)} if versions else data

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Proposal:
        """Return the noun, not yet under anybody's name but what it is signed with."""
        return Proposal(**{**data, "by": "", "signed": data["by"]})


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
    def make(self, data: dict[str, Any], **_: Any) -> ProposalListing:
        """Return the noun."""
        return ProposalListing(**data)


class ProposalSchema(ProposalBody):
    """A proposal, and what an editor decided; for the OpenAPI document."""

    id = fields.Integer()
    signed = fields.String(
        metadata={"description": "The name that somebody without a token gave."}
    )
    at = fields.DateTime()
    state = fields.String(validate=one_of(DECISIONS))
    decided_by = fields.String()
    decided = fields.String()
    reason = fields.String()


class ProposedSchema(Strict):
    """Who proposed a version, when, why, and from which version; `by` is a token's."""

    id = fields.Integer()
    by = fields.String()
    signed = fields.String(
        metadata={"description": "The name that somebody without a token gave."}
    )
    at = fields.DateTime()
    comment = fields.String()
    version = fields.Integer()


class ProposalsAnswer(Strict):
    """Proposals in the order in which they came."""

    items = fields.List(fields.Nested(ProposalSchema))
    next = next_page()
