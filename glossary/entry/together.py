"""What is asked of many entries together: which ones, and what they are to become."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which entries are changed together: those of some ids, else by what they have."""

    entries: tuple[str, ...] = ()
    glossary: str | None = None
    subject: str | None = None
    state: str | None = None
    status: str | None = None
    proof: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What entries are to become; `issuer` and `status` are pairs: from, to."""

    state: str | None = None
    glossary: str | None = None
    add_subjects: tuple[str, ...] = ()
    remove_subjects: tuple[str, ...] = ()
    issuer: tuple[str | None, str | None] | None = None
    status: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulk:
    """A change of many entries as it is asked for, planned at `revision`."""

    select: Choice
    set: Wish
    reason: str = ""
    dry_run: bool = False
    revision: int | None = None
