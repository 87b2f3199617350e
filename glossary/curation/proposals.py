"""Anyone proposes a change or a new entry; an editor accepts or rejects it."""

from dataclasses import replace

from glossary.curation import changes
from glossary.entry import DECISIONS, Entry, Proposal
from glossary.errors import Invalid, Stale, TooMany
from glossary.message import N_, Problem
from glossary.store import Store, Write


def propose(store: Store, proposal: Proposal, *, by: str, most: int) -> Proposal:
    """Keep a proposal for an editor and return it with its number.

    `most` bounds how many may wait. Raise TooMany beyond it, NotFound when the entry
    that is to be changed is not there, and Invalid when nothing would change.
    """
    if proposal.entry:
        now = store.entry(proposal.entry)
        document = replace(
            proposal.document,
            id=now.id,
            state=now.state,
            version=now.version,
            created=now.created,
            modified=now.modified,
        )
        if document == now:
            raise Invalid([Problem("/document", N_("This changes nothing."))])
        version = proposal.version or now.version
        proposal = replace(proposal, document=document, version=version)
    with store.write(by=by) as write:
        if store.proposals.waiting() >= most:
            raise TooMany(
                N_("%(most)s proposals are waiting already; come back later."),
                most=most,
            )
        return write.add_proposal(proposal)


def accept(store: Store, number: int, *, by: str) -> Proposal:
    """Make a proposal the newest version of its entry, or a new entry.

    Raise NotFound, Conflict when it is decided already, and Stale when the entry has
    moved since it was proposed.
    """
    proposal = store.proposals.get(number)
    with store.write(by=by) as write:
        settled = write.settle_proposal(proposal, DECISIONS[1], "")
        if not proposal.entry:
            made = write.create(_named(write, proposal.document))
            return replace(settled, document=made)
        now = write.entry(proposal.entry)
        if now.version != proposal.version:
            raise Stale(
                N_("“%(id)s” is at version %(version)s by now; propose it anew."),
                id=now.id,
                version=now.version,
            )
        write.update(replace(proposal.document, state=now.state), "accept")
        return settled


def reject(store: Store, number: int, *, by: str, reason: str) -> Proposal:
    """Lay a proposal aside and say why; raise NotFound or Conflict."""
    proposal = store.proposals.get(number)
    with store.write(by=by) as write:
        return write.settle_proposal(proposal, DECISIONS[2], reason)


def _named(write: Write, entry: Entry) -> Entry:
    return entry if entry.id else replace(entry, id=changes.free_id(write, entry))
