"""Proposals over HTTP: anyone who may read proposes, who may write decides."""

from dataclasses import replace
from typing import Final

from flask import Blueprint, Response, request

from glossary import schema
from glossary.curation import Known
from glossary.curation import proposals as proposing
from glossary.entry import Proposal
from glossary.query import ProposalListing, Why
from glossary.web import current, rates, reply
from glossary.web import request as incoming
from glossary.web.reply import of_one_moment

proposals = Blueprint("proposals", __name__, url_prefix="/api/v1")

_PROPOSAL: Final = schema.ProposalBody()
_LIST: Final = schema.ProposalsQuery()
_WHY: Final = schema.WhyQuery()
_REJECT: Final = schema.RejectBody()


@proposals.post("/proposals")
@rates.limited("proposals")
def post_proposals() -> Response:
    """Propose a change of an entry, or a new one; an editor decides."""
    incoming.nothing()
    version = incoming.known_version(is_needed=False)
    proposal = propose(incoming.body(_PROPOSAL), knows=version)
    return reply.created(proposal, "proposals.get_proposal", number=proposal.id)


@proposals.get("/proposals")
@of_one_moment(is_revised=False)
def get_proposals() -> Response:
    """List proposals in the order in which they came."""
    page: ProposalListing = incoming.query(_LIST)
    longer = replace(page, limit=page.limit + 1)
    rows = proposing.listed(current.store(), longer, by=current.actor())
    return reply.private_items(reply.sliced(rows, page.limit, lambda row: row.id))


@proposals.get("/proposals/<int:number>")
@of_one_moment(is_revised=False)
def get_proposal(number: int) -> Response:
    """Return one proposal."""
    incoming.nothing()
    proposal = proposing.one(current.store(), number, by=current.actor())
    return reply.json(proposal)


@proposals.post("/proposals/<int:number>/accept")
def post_accept(number: int) -> Response:
    """Make a proposal the newest version of its entry; 412 when changes collide."""
    why: Why = incoming.either(_WHY)
    actor = current.actor()
    proposal = proposing.accept(current.store(), number, by=actor, reason=why.reason)
    return reply.json(proposal)


@proposals.post("/proposals/<int:number>/reject")
def post_reject(number: int) -> Response:
    """Lay a proposal aside; the body may say why."""
    incoming.nothing()
    reason = incoming.body(_REJECT)["reason"] if request.content_length else ""
    return reply.json(
        proposing.reject(current.store(), number, by=current.actor(), reason=reason)
    )


def propose(proposal: Proposal, *, knows: Known = None) -> Proposal:
    """Keep a proposal under the name of its sender's token.

    Without one it is nobody's: a name that it is signed with is only that.
    """
    actor = current.actor()
    if actor.is_known:
        proposal = replace(proposal, signed="")
    settings = current.settings()
    return proposing.propose(
        current.store(),
        proposal,
        by=actor,
        most=settings.max_proposals,
        most_anonymous=min(settings.max_anonymous, settings.max_proposals),
        knows=knows,
    )
