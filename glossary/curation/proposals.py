"""Anyone proposes a change or a new entry; an editor accepts or rejects it.

A proposal is made from a version of its entry. When the entry has moved since, what was
proposed is put together with what was changed meanwhile; where the two collide, nothing
is written and the places are named.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from glossary.curation import changes
from glossary.curation.changes import Known
from glossary.curation.naming import must_name_what_is_known
from glossary.curation.reviewing import writing
from glossary.curation.uniting import United, differences, is_same, united
from glossary.entry import DECISIONS, EVERY, STATES, TOLD, Entry, Notice, Proposal
from glossary.errors import Invalid, NotFound, Stale, TooMany, Unauthorized
from glossary.message import N_, Message, Problem
from glossary.people import Actor, acting, network
from glossary.query import ProposalListing
from glossary.store import PROPOSED, Store, Write

#: So many that wait for one entry are looked through for one that says the same.
_MOST_COMPARED: Final = 100
#: One address, of IPv6 one network, has this part of the room for unknown people.
_SHARES: Final = 10


def propose(
    store: Store,
    proposal: Proposal,
    *,
    by: Actor | str,
    most: int,
    most_anonymous: int = 0,
    knows: Known = None,
) -> Proposal:
    """Keep a proposal for an editor and return it with its number.

    One that names no version is taken to be made from the newest. State and last check
    of an entry stay with its editors; a new one is a draft. `by` has no name for
    somebody whom nobody knows. `most` bounds how many of known people may
    wait, `most_anonymous` how many of others: those never keep the first out. One that
    waits already, word for word, is returned and not kept twice: an answer was lost.

    Raise Forbidden for who may not propose in its glossary, TooMany beyond `most` or,
    for unknown people, beyond the tenth that one address has,
    Unauthorized where nothing is taken from unknown people, NotFound when the entry
    that is to be changed is not there, Stale when `knows` does not know its version,
    and Invalid when nothing would change or there is no such version.
    """
    actor = acting(by)
    # It may be meant for another glossary than the one that it stands in.
    actor.must("propose", proposal.document.glossary)
    if proposal.entry:
        actor.must("propose", store.entry(proposal.entry).glossary)
        proposal = _of_version(store, proposal, knows)
    else:
        new = replace(proposal.document, state=STATES[0], checked=None, replaced_by=())
        proposal = replace(proposal, document=new)
    with store.write(by=actor.name) as write:
        is_unknown = not actor.is_known
        if is_unknown:
            most = most_anonymous
        if is_unknown and not most:
            raise Unauthorized(N_("Sign in to propose."))
        if store.proposals.waiting(anonymous=is_unknown) >= most:
            raise TooMany(
                N_("%(most)s proposals are already waiting; come back later."),
                most=most,
            )
        if same := _waiting(store, proposal, actor.name):
            return same
        if is_unknown:
            _must_leave_room(store, network(actor.address), most)
        added = write.add_proposal(proposal)
        if is_unknown:
            write.people.note(PROPOSED, str(added.id), address=network(actor.address))
        return added


def _must_leave_room(store: Store, place: str, most: int) -> None:
    """Raise TooMany where a place has its share of what unknown people may propose."""
    share = max(most // _SHARES, 1)
    if store.proposals.waiting_from(place) >= share:
        raise TooMany(
            N_(
                "%(most)s proposals from your address are already waiting; sign in to "
                "propose more, or come back later."
            ),
            most=share,
        )


def accept(store: Store, number: int, *, by: Actor | str, reason: str = "") -> Proposal:
    """Make a proposal the newest version of its entry, or a new entry.

    Return the proposal with the entry as it is then. Its history says who proposed it
    and why. Raise NotFound, Conflict when it is decided already, and Stale when the
    entry has moved since and what was changed collides with what is proposed.
    """
    proposal = store.proposals.get(number)
    with writing(store, by, reason=reason) as write:
        acting(by).must("review", _glossary(write, proposal))
        outcome = write.settle_proposal(proposal, DECISIONS[1], reason)
        origin = proposal.origin
        if not proposal.entry:
            must_name_what_is_known(write, proposal.document)
            entry_now = write.create(_named(write, proposal.document), proposed=origin)
        else:
            now = write.entry(proposal.entry)
            both = together(store, proposal, now)
            if both.collisions:
                raise Stale(
                    N_(
                        "“%(id)s” has changed since version %(version)s, "
                        "which this proposal is based on, and not as "
                        "proposed; see “errors”."
                    ),
                    problems=both.collisions,
                    id=now.id,
                    version=proposal.version,
                )
            must_name_what_is_known(write, both.entry, now)
            entry_now = write.update(both.entry, "accept", proposed=origin)
        _tell(write, outcome, entry_now.id)
        return replace(outcome, document=entry_now)


def reject(store: Store, number: int, *, by: Actor | str, reason: str) -> Proposal:
    """Lay a proposal aside and say why; raise NotFound or Conflict."""
    proposal = store.proposals.get(number)
    with store.write(by=acting(by).name) as write:
        acting(by).must("review", _glossary(write, proposal))
        outcome = write.settle_proposal(proposal, DECISIONS[2], reason)
        _tell(write, outcome, proposal.entry)
        return outcome


def listed(store: Store, page: ProposalListing, *, by: Actor) -> list[Proposal]:
    """Return the proposals that somebody may read, in the order in which they came."""
    proposals: list[Proposal] = []
    after, limit = page.cursor, page.limit
    while len(proposals) < limit:
        some = store.proposals.listed(
            state=page.state, entry=page.entry, after=after, limit=limit
        )
        proposals += _readable(store, some, by)
        if len(some) < limit:
            break
        after = some[-1].id
    return proposals[:limit]


def one(store: Store, number: int, *, by: Actor) -> Proposal:
    """Return a proposal; raise Forbidden for who may not read it, or NotFound."""
    proposal = store.proposals.get(number)
    if not [*_readable(store, [proposal], by)]:
        by.must("read", EVERY)
    return proposal


def _readable(
    store: Store, proposals: Sequence[Proposal], by: Actor
) -> Iterator[Proposal]:
    """Yield those of glossaries that somebody may read, of before and of after."""
    glossaries = by.readable()
    if glossaries is None:
        yield from proposals
        return
    names = [proposal.entry for proposal in proposals if proposal.entry]
    entries = {entry.id: entry.glossary for entry in store.entries_of(names)}
    for proposal in proposals:
        own = proposal.document.glossary
        if {own, entries.get(proposal.entry, own)} <= glossaries:
            yield proposal


def _tell(write: Write, outcome: Proposal, about: str) -> None:
    """Tell who proposed what was decided, if they are a person here."""
    person = write.people.find(outcome.by) if outcome.by else None
    if person is not None and outcome.decided_by != person.id:
        text = f"{outcome.state} ({outcome.id}) {outcome.reason}".strip()
        write.team.tell(Notice(0, person.id, TOLD[4], about, text=text))


def _glossary(write: Write, proposal: Proposal) -> str:
    """Return the glossary that a proposal is about."""
    now = write.find(proposal.entry) if proposal.entry else None
    return (now or proposal.document).glossary


def origin_of(store: Store, proposal: Proposal, now: Entry) -> Entry | None:
    """Return the entry as it was where a proposal was made; None when it is gone."""
    if proposal.version == now.version:
        return now
    try:
        return changes.version_of(store, now.id, proposal.version)
    except NotFound:
        return None


def together(store: Store, proposal: Proposal, now: Entry) -> United:
    """Return an entry as it stands now with what is proposed, and what collides."""
    base = origin_of(store, proposal, now)
    if base is None:
        template = N_("The version that this proposal is based on no longer exists.")
        return United(now, (Problem("", template),))
    return united(base, now=now, other=proposal.document)


def _waiting(store: Store, proposal: Proposal, by: str) -> Proposal | None:
    """Return the proposal that waits already and says the same, if there is one."""
    waiting = store.proposals.listed(
        state=DECISIONS[0], entry=proposal.entry, after=0, limit=_MOST_COMPARED
    )
    same = replace(proposal, by=by)
    return next((p for p in waiting if replace(p, id=0, at="") == same), None)


def _of_version(store: Store, proposal: Proposal, knows: Known) -> Proposal:
    """Return a proposal with the version that it was made from."""
    now = store.entry(proposal.entry)
    if knows is not None and not knows(now.version):
        raise Stale(
            N_("The entry “%(id)s” is now at version %(version)s; read it again."),
            problems=differences(now, proposal.document),
            id=now.id,
            version=now.version,
        )
    proposal = replace(proposal, version=proposal.version or now.version)
    base = origin_of(store, proposal, now)
    if base is None:
        message = Message(
            N_("The entry “%(id)s” has no version %(version)s."),
            id=now.id,
            version=proposal.version,
        )
        raise Invalid([Problem("/version", message)])
    if any(is_same(entry, proposal.document) for entry in (base, now)):
        raise Invalid([Problem("/document", N_("This changes nothing."))])
    document = replace(
        proposal.document,
        id=now.id,
        state=now.state,
        checked=base.checked,
        replaced_by=base.replaced_by,
        version=base.version,
        created=base.created,
        modified=base.modified,
    )
    return replace(proposal, document=document)


def _named(write: Write, entry: Entry) -> Entry:
    return entry if entry.id else replace(entry, id=changes.free_id(write, entry))
