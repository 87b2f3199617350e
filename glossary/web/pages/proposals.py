"""Pages to propose a change by, and for editors to decide on what was proposed."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, NamedTuple

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from glossary import schema
from glossary.curation import changes
from glossary.curation import proposals as proposing
from glossary.entry import DECISIONS, STATUSES, Entry, Proposal, codec, history, renamed
from glossary.errors import GlossaryError, Invalid, NotFound
from glossary.message import N_, Problem
from glossary.query import ProposalListing
from glossary.schema import load
from glossary.speech import say
from glossary.web import current, rates
from glossary.web import request as incoming
from glossary.web.api import proposals
from glossary.web.pages.entry import title
from glossary.web.pages.entry_form import LANGUAGES, spoken
from glossary.web.pages.frame import pages, reasons, shown

_PROPOSAL: Final = schema.ProposalBody()
_REJECT: Final = schema.RejectBody()
#: Fields of a term that the form shows; the others stay as they are.
_SHOWN: Final = ("lang", "text", "status", "issuer", "since", "until", "usage")
#: Empty rows that the form offers for further wordings.
_FREE: Final = 2
_AT_ONCE: Final = 50
#: A version as a form sends it.
_VERSION: Final = re.compile(r"[1-9][0-9]{0,8}")


class Waiting(NamedTuple):
    """A proposal that waits: what it changes, its entry by now, and what collides."""

    proposal: Proposal
    changes: list[history.Changed]
    now: Entry | None
    collisions: tuple[Problem, ...]


@pages.get("/entries/<entry_id>/propose")
def propose_page(entry_id: str) -> str:
    """Show the form to propose a change of an entry by."""
    incoming.nothing()
    return _form(current.store().entry(entry_id), {})


@pages.post("/entries/<entry_id>/propose")
@rates.limited("proposals")
def propose(entry_id: str) -> tuple[str, int] | WerkzeugResponse:
    """Take a proposal from the form; show the form again with what is wrong."""
    incoming.nothing()
    entry = current.store().entry(entry_id)
    form = request.form.to_dict()
    try:
        entry = _as_read(entry, form.get("version", ""))
        proposal: Proposal = load(_PROPOSAL, _proposal(entry, form))
        number = proposals.propose(proposal).id
    except GlossaryError as error:
        return _form(entry, form, problem=reasons(error)), 422
    return redirect(url_for("pages.proposals_page", _anchor=f"p{number}"), 303)


@pages.get("/proposals")
def proposals_page() -> str:
    """Show what was proposed and waits, and what was decided."""
    incoming.nothing()
    return _list()


@pages.get("/proposals/<int:number>")
def proposal_page(number: int) -> str:
    """Show one proposal and what became of it, to whoever made it above all."""
    incoming.nothing()
    proposal = proposing.one(current.store(), number, by=current.actor())
    now = current.store().entries_of([proposal.entry]) if proposal.entry else []
    is_open = proposal.state == DECISIONS[0]
    return _drawn(
        waiting=[_shown(proposal, next(iter(now), None))] if is_open else [],
        decided=[] if is_open else [proposal],
        alone=True,
    )


@pages.post("/proposals/<int:number>")
def decide(number: int) -> tuple[str, int] | WerkzeugResponse:
    """Accept or reject a proposal, with the token that the form was given."""
    incoming.nothing()
    store = current.store()
    try:
        by = shown("review")
        reason = load(_REJECT, {"reason": request.form.get("reason", "")})
        if request.form.get("decision") == DECISIONS[1]:
            proposing.accept(store, number, by=by, **reason)
        else:
            proposing.reject(store, number, by=by, **reason)
    except NotFound:
        raise
    except GlossaryError as error:
        locale = current.locale()
        places = [f"{p.pointer}: {say(p.detail, locale)}" for p in error.problems]
        return _list(problem=" ".join([say(error.message, locale), *places])), 422
    return redirect(url_for("pages.proposals_page", _anchor=f"p{number}"), 303)


def _as_read(now: Entry, version: str) -> Entry:
    """Return the entry as it was where the form was made; raise Invalid or NotFound."""
    if version in {"", str(now.version)}:
        return now
    if not _VERSION.fullmatch(version):
        raise Invalid([Problem("/version", N_("This is not a version of the entry."))])
    return changes.version_of(current.store(), now.id, int(version))


def _form(entry: Entry, form: Mapping[str, str], problem: str = "") -> str:
    rows = [codec.plain(term) for term in entry.terms]
    rows += [{"lang": "en", "status": "admitted"}] * _FREE
    return render_template(
        "propose.html",
        entry=entry,
        title=title(entry),
        rows=rows,
        sent=form,
        problem=problem,
        statuses=STATUSES,
        languages=[*dict.fromkeys([*LANGUAGES, *entry.definition, *entry.notes])],
    )


def _proposal(entry: Entry, form: Mapping[str, str]) -> dict[str, Any]:
    """Return the proposal that a form describes, as the API would be sent it.

    `entry` is as it was where the form was made: what the form does not show is its.
    """
    document = codec.plain(entry)
    document["note"] = form.get("note", entry.note).strip()
    document["definition"] = spoken(form, "definition", entry.definition)
    document["notes"] = spoken(form, "note", entry.notes)
    terms = []
    for at in range(len(entry.terms) + _FREE):
        row = {name: form.get(f"{name}-{at}", "").strip() for name in _SHOWN}
        if not row["text"]:
            continue
        old = document["terms"][at] if at < len(entry.terms) else {}
        none = {name: row[name] or None for name in ("issuer", "since", "until")}
        terms.append({**old, **row, **none})
    document["terms"] = terms
    return {
        "entry": entry.id,
        "version": entry.version,
        "document": renamed(entry, document),
        "comment": form.get("comment", ""),
        "by": form.get("by", ""),
    }


def _list(problem: str = "") -> str:
    store = current.store()
    waiting, *rest = (
        proposing.listed(
            store,
            ProposalListing(state=state, limit=_AT_ONCE),
            by=current.actor(),
        )
        for state in DECISIONS
    )
    decided = [proposal for some in rest for proposal in some]
    entries = {e.id: e for e in store.entries_of([p.entry for p in waiting if p.entry])}
    return _drawn(
        waiting=[_shown(proposal, entries.get(proposal.entry)) for proposal in waiting],
        decided=sorted(decided, key=lambda proposal: proposal.decided, reverse=True),
        problem=problem,
    )


def _drawn(
    *,
    waiting: list[Waiting],
    decided: list[Proposal],
    problem: str = "",
    alone: bool = False,
) -> str:
    return render_template(
        "proposals.html",
        waiting=waiting,
        decided=decided,
        alone=alone,
        title=title,
        parts=history.parts,
        coded=history.CODED,
        problem=problem,
    )


def _shown(proposal: Proposal, now: Entry | None) -> Waiting:
    """Return what a proposal changes of what it was made from, and what collides."""
    document, store = proposal.document, current.store()
    base = proposing.origin_of(store, proposal, now) if now is not None else None
    old = base or now or replace(document, definition={}, note="", notes={}, terms=())
    changes = history.changes(replace(old, state=document.state), document)
    collisions: tuple[Problem, ...] = ()
    if now is not None and now.version != proposal.version:
        collisions = proposing.together(store, proposal, now).collisions
    return Waiting(proposal, changes, now, collisions)
