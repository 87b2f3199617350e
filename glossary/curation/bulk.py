"""Changes of many entries as one revision: of a selection, and back again.

Nothing is half done: it is one transaction, and its revision can be undone. With
`dry_run` the same is worked out and nothing is written.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from glossary.curation.naming import refused_issuers, refused_sources, vouched
from glossary.curation.reviewing import writing
from glossary.entry import RETIRED, Choice, Entry, Wish, codec
from glossary.errors import Invalid, NotFound, OwnWork
from glossary.message import N_, Message, Problem
from glossary.people import Actor, acting
from glossary.query import Once
from glossary.schema import load_entry
from glossary.store import Chosen, Moved, Store, Write

#: So many entries are worked on at a time.
_PAGE: Final = 500
UNDO: Final = "undo"
BULK: Final = "bulk"


@dataclass(frozen=True, slots=True)
class Left:
    """An entry that stays as it is, though it was meant, and why."""

    entry: str
    code: str
    message: Message


@dataclass(frozen=True, slots=True)
class Done:
    """What came of many entries: the revision that was made, or that stands.

    `changed` and `retired` have the ids of what became another; `unchanged` counts.
    """

    revision: int
    dry_run: bool
    changed: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()
    unchanged: int = 0
    left: tuple[Left, ...] = ()


@dataclass(frozen=True, slots=True)
class _Manner:
    """By whom many entries are changed, why, under which key, and whether at all."""

    by: Actor | str
    reason: str
    once: Once | None
    dry_run: bool


#: What an entry is to become, or why it stays.
_Plan = tuple[Entry, Entry] | Left


def undo(
    store: Store,
    revision: int,
    *,
    by: Actor | str,
    once: Once | None = None,
    reason: str = "",
    dry_run: bool = False,
) -> Done:
    """Take back what a revision did to entries, as one revision.

    An entry that it made is retired, any other becomes what it was before. What was
    changed since or is gone is left. What it did to sources, subjects, issuers and
    glossaries stays. Raise NotFound when it changed no entry, and what `writing` does.
    """
    if store.changesets.find(revision) is None:
        raise NotFound(N_("Revision %(n)s changed no entry."), n=revision)

    def plans(write: Write) -> Iterator[list[_Plan]]:
        for page in write.changesets.moved(revision):
            yield [_back(one) for one in page]

    how = _Manner(by, reason, once, dry_run)
    return _carried_out(store, plans, how, action=UNDO)


def edit(
    store: Store,
    choice: Choice,
    wish: Wish,
    *,
    by: Actor | str,
    once: Once | None = None,
    reason: str = "",
    dry_run: bool = False,
    at: int | None = None,
) -> Done:
    """Make of each chosen entry what is wished, as one revision.

    With `at`, the store must not have moved since that revision. Raise Stale when it
    has, and what `writing` does; what would break a rule, or is the author's own work,
    is left.
    """

    def plans(write: Write) -> Iterator[list[_Plan]]:
        write.must_be_at(at)
        for page in _chosen(write, choice):
            yield [_vouched(write, _wished(entry, wish), by) for entry in page]

    how = _Manner(by, reason, once, dry_run)
    return _carried_out(store, plans, how, action=BULK)


def done_before(store: Store, revision: int) -> Done:
    """Return what a revision made of entries, for who sends a change once more.

    What was left as it was, and what was so already, is not told again.
    """
    moves = [move for page in store.changesets.moved(revision) for move in page]
    retirements = tuple(m.entry for m in moves if m.then and m.then.state == RETIRED)
    others = tuple(m.entry for m in moves if m.entry not in retirements)
    return Done(revision, dry_run=False, changed=others, retired=retirements)


def _vouched(write: Write, plan: _Plan, by: Actor | str) -> _Plan:
    if isinstance(plan, Left):
        return plan
    now, new = plan
    for problem in refused_issuers(write, new, now):
        return _refused(now, "unknown-issuer", problem)
    return now, vouched(write, new, now, by)


def _carried_out(
    store: Store,
    plans: Callable[[Write], Iterator[list[_Plan]]],
    how: _Manner,
    *,
    action: str,
) -> Done:
    by, dry_run = how.by, how.dry_run
    changes: list[str] = []
    retirements: list[str] = []
    staying: list[Left] = []
    same = 0
    once = None if dry_run else how.once
    with writing(store, by, once=once, reason=how.reason) as write:
        before = write.must_be_at(None)
        for page in plans(write):
            going: list[Entry] = []
            for plan in page:
                outcome = (
                    plan if isinstance(plan, Left) else _allowed(write, *plan, by=by)
                )
                if isinstance(outcome, Left):
                    staying.append(outcome)
                elif outcome is None:
                    same += 1
                else:
                    now, new = outcome
                    ends = new.state == RETIRED != now.state
                    (retirements if ends else changes).append(new.id)
                    going.append(new)
            if going and not dry_run:
                write.update_all(going, action)
        last = write.new_revision or before
    return Done(last, dry_run, tuple(changes), tuple(retirements), same, tuple(staying))


def _allowed(
    write: Write, now: Entry, new: Entry, *, by: Actor | str
) -> tuple[Entry, Entry] | Left | None:
    """Return what is to be written; why it is not; or None when it is so already."""
    same = replace(new, version=now.version, created=now.created, modified=now.modified)
    if same == now:
        return None
    for glossary in sorted({now.glossary, new.glossary}):
        acting(by).must("bulk", glossary)
    for problem in refused_sources(write, new):
        return _refused(now, "unknown-source", problem)
    try:
        write.guard(now, new, "update", None)
    except OwnWork as error:
        return Left(now.id, error.code, error.message)
    return now, new


def _refused(now: Entry, code: str, problem: Problem) -> Left:
    detail = problem.detail
    return Left(
        now.id, code, detail if isinstance(detail, Message) else Message(detail)
    )


def _back(one: Moved) -> _Plan:
    """Return what an entry goes back to, or why it is left as it is."""
    if one.now is None or one.then is None:
        message = Message(N_("It was deleted with its history and cannot be restored."))
        return Left(one.entry, "purged", message)
    if one.is_left:
        message = Message(
            N_(
                "%(by)s has changed it since (version %(version)s), so it "
                "stays as it is."
            ),
            by=one.now_by,
            version=one.now.version,
        )
        return Left(one.entry, "changed-since", message)
    return one.now, one.before or replace(one.now, state=RETIRED)


def _wished(entry: Entry, wish: Wish) -> _Plan:
    subjects = [name for name in entry.subjects if name not in wish.remove_subjects]
    terms = [
        replace(
            term,
            issuer=wish.issuer[1]
            if wish.issuer and term.issuer == wish.issuer[0]
            else term.issuer,
            status=wish.status[1]
            if wish.status and term.status == wish.status[0]
            else term.status,
        )
        for term in entry.terms
    ]
    new = replace(
        entry,
        state=wish.state or entry.state,
        glossary=wish.glossary or entry.glossary,
        subjects=tuple(dict.fromkeys([*subjects, *wish.add_subjects])),
        terms=tuple(terms),
    )
    if new == entry:
        return entry, entry
    try:
        sound = load_entry(codec.plain(new))
    except Invalid as error:
        return Left(entry.id, "invalid", Message(str(error.problems[0].detail)))
    return entry, sound


def _chosen(write: Write, choice: Choice) -> Iterator[list[Entry]]:
    """Yield the entries that are meant, some hundreds at a time, by id."""
    if choice.entries:
        names = sorted(set(choice.entries))
        for at in range(0, len(names), _PAGE):
            yield [write.entry(name) for name in names[at : at + _PAGE]]
        return
    selection = Chosen(
        glossary=choice.glossary,
        subject=choice.subject,
        state=choice.state,
        proof=choice.proof,
    )
    after = ""
    while page := write.page(after, _PAGE, selection):
        after = page[-1].id
        status = choice.status
        yield [e for e in page if not status or status in {t.status for t in e.terms}]
