"""How far an entry has come: the states it passes, and what a step is called."""

from collections.abc import Iterable
from typing import Final

STATES: Final = ("draft", "in-review", "approved", "retired")
DRAFT, IN_REVIEW, APPROVED, RETIRED = STATES
#: Nobody vouches for an entry in one of these: it bans nothing and is marked.
UNVOUCHED: Final = frozenset({DRAFT, IN_REVIEW})
#: What of an entry is a reviewer's, not an author's, or the store's.
_REVIEWERS: Final = frozenset({"state", "checked", "version", "created", "modified"})
#: What the history calls a version that only takes an entry from one state to another.
_STEPS: Final = {
    (DRAFT, IN_REVIEW): "submit",
    (DRAFT, APPROVED): "approve",
    (IN_REVIEW, APPROVED): "approve",
    (IN_REVIEW, DRAFT): "send-back",
    (APPROVED, IN_REVIEW): "reopen",
    (APPROVED, DRAFT): "reopen",
    (RETIRED, DRAFT): "reopen",
    (RETIRED, IN_REVIEW): "reopen",
    (RETIRED, APPROVED): "approve",
}


def is_draft(state: str | None) -> bool:
    """Say whether nobody vouches yet for an entry of this state.

    >>> is_draft("draft"), is_draft("in-review"), is_draft("approved"), is_draft(None)
    (True, True, False, False)
    """
    return state in UNVOUCHED


def meant_by(state: str) -> tuple[str, ...]:
    """Return the states that a filter lets through; what is in review is a draft too.

    >>> meant_by("draft"), meant_by("in-review"), meant_by("approved")
    (('draft', 'in-review'), ('in-review',), ('approved',))
    """
    return STATES[:2] if state == DRAFT else (state,)


def is_of_review(pointers: Iterable[str]) -> bool:
    """Say whether what changed at some pointers is all a reviewer's, not an author's.

    >>> is_of_review(["/state", "/checked/date"]), is_of_review(["/state", "/note"])
    (True, False)
    """
    return all(pointer.split("/")[1] in _REVIEWERS for pointer in pointers)


def step(before: str, after: str) -> str:
    """Return what a step from one state to another is called in the history.

    >>> step("draft", "in-review"), step("in-review", "draft"), step("draft", "retired")
    ('submit', 'send-back', 'retire')
    """
    if after == RETIRED and before != RETIRED:
        return "retire"
    return _STEPS.get((before, after), "update")
