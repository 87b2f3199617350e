"""Proposals over HTTP: anyone who may read proposes, who may write decides."""

from dataclasses import replace
from typing import Any, Final
from urllib.parse import urlencode

from flask import Blueprint, Response, request, url_for

from glossary import schema
from glossary.curation import Known
from glossary.curation import proposals as proposing
from glossary.entry import Proposal, write
from glossary.query import ProposalPage, Why
from glossary.web import current, rates
from glossary.web import request as asked

proposals = Blueprint("proposals", __name__, url_prefix="/api/v1")

_PROPOSAL: Final = schema.ProposalBody()
_LIST: Final = schema.ProposalsQuery()
_WHY: Final = schema.WhyQuery()
_REJECT: Final = schema.RejectBody()


@proposals.post("/proposals")
@rates.limited("proposals")
def post_proposals() -> Response:
    """Propose a change of an entry, or a new one; an editor decides."""
    asked.nothing()
    known = asked.known_version(needed=False)
    return _shown(made(asked.body(_PROPOSAL), known=known), 201)


@proposals.get("/proposals")
def get_proposals() -> Response:
    """List proposals in the order in which they came."""
    page: ProposalPage = asked.query(_LIST)
    limit = page.limit
    found = current.store().proposals.listed(
        state=page.state, entry=page.entry, after=page.cursor, limit=limit + 1
    )
    more = None
    if len(found) > limit:
        further = {**request.args.to_dict(), "cursor": found[limit - 1].id}
        more = f"{request.script_root}{request.path}?{urlencode(further)}"
    answer = _json({"items": found[:limit], "next": more})
    if more:
        answer.headers["Link"] = f'<{more}>; rel="next"'
    return answer


@proposals.get("/proposals/<int:number>")
def get_proposal(number: int) -> Response:
    """Return one proposal."""
    asked.nothing()
    return _shown(current.store().proposals.get(number))


@proposals.post("/proposals/<int:number>/accept")
def post_accept(number: int) -> Response:
    """Make a proposal the newest version of its entry; 412 when changes collide."""
    why: Why = asked.query(_WHY)
    actor = current.actor()
    made = proposing.accept(current.store(), number, by=actor, reason=why.reason)
    return _shown(made)


@proposals.post("/proposals/<int:number>/reject")
def post_reject(number: int) -> Response:
    """Lay a proposal aside; the body may say why."""
    asked.nothing()
    reason = asked.body(_REJECT)["reason"] if request.content_length else ""
    return _shown(
        proposing.reject(current.store(), number, by=current.actor(), reason=reason)
    )


def made(proposal: Proposal, *, known: Known = None) -> Proposal:
    """Keep a proposal under the name of its sender's token.

    Without one it is nobody's: a name that it is signed with is only that.
    """
    actor = current.actor()
    if actor.is_known:
        proposal = replace(proposal, signed="")
    store, most = current.store(), current.settings().max_proposals
    return proposing.propose(store, proposal, by=actor.name, most=most, known=known)


def _shown(proposal: Proposal, status: int = 200) -> Response:
    answer = _json(proposal)
    answer.status_code = status
    if status == 201:
        address = url_for("proposals.get_proposal", number=proposal.id)
        answer.headers["Location"] = address
    return answer


def _json(document: Any) -> Response:
    return Response(
        write(document),
        headers={
            "Content-Type": "application/json",
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )
