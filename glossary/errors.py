"""What can go wrong, as a tree that knows nothing of HTTP or of the shell.

    GlossaryError
    ├── Invalid             what was sent breaks a rule; lists every place
    │   └── NotConfirmed    a file would retire more than goes unasked
    ├── Unreadable          what was sent cannot be read at all
    ├── UnreadableFile      a file as a whole cannot be read
    │   ├── NoRecords       it has nothing to replace a glossary by
    │   └── UnsettledColumns its columns are understood by half (in `formats`)
    ├── TooLarge            what was sent, or the answer to it, is more than is allowed
    ├── NotFound            no such entry, version or page
    ├── Conflict            the id is taken
    │   └── InUse           what is to be deleted is still named by others
    ├── Stale               somebody else changed the entry first
    ├── Gone                what the caller has seen is no part of this store
    ├── MatchRequired       a change must say which version it changes
    ├── TooMany             as much as is kept at a time waits already
    │   └── TooFast         more was asked in a time than one may ask
    ├── Unauthorized        no token, or one that is not known
    ├── Forbidden           the token does not allow this
    │   ├── NotReviewer     what is approved is a reviewer's
    │   └── OwnWork         somebody else has to review it
    ├── Cancelled           somebody stopped the import
    ├── BadSetting          a setting has a value that it cannot have
    ├── DoorTaken           the address to serve at cannot be had
    └── StoreError          the store cannot be used right now
        ├── NotReady        the wordings of a store just filled are being gathered
        ├── StoreBehind     the store is older than what the caller has seen
        ├── StoreBusy       another writer held the store too long
        ├── Stopping        the server ends in a moment; another one may answer
        ├── StoreMissing    nothing stands where the settings say, or no longer
        ├── StoreFull       there is no room left where it is kept
        ├── StoreReadOnly   it can be read, but not written
        ├── StoreDamaged    what is kept is not what was written
        ├── Exhausted       this process may open no more files, or has no memory left
        ├── ProviderAway    who signs people in is not reached
        ├── StoreOutdated   the file's schema is not the program's
        └── StoreUnreadable the file cannot be opened or is no glossary

Each error carries a `Message`; an edge says it in the reader's language.
"""

from collections.abc import Sequence

from glossary.message import N_, Message, Problem, counted


class GlossaryError(Exception):
    """The root of every error that this package raises on purpose."""

    code = "error"
    #: The places that are wrong, where an error has any.
    problems: tuple[Problem, ...] = ()

    def __init__(self, template: str, **values: object) -> None:
        self.message = Message(template, **values)
        super().__init__(self.message)


class Invalid(GlossaryError):
    """What was sent can be read, but breaks a rule of the data."""

    code = "invalid"

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(
            N_("%(count)s value(s) break a rule; see “errors”."),
            count=len(self.problems),
        )

    def __str__(self) -> str:
        """Name every place, for logs and for the shell."""
        return "; ".join(f"{p.pointer or '/'}: {p.detail}" for p in self.problems)


class Unreadable(GlossaryError):
    """What was sent cannot be read at all: broken JSON, bytes that are not UTF-8."""

    code = "unreadable"


class TooLarge(GlossaryError):
    """What was asked at a time, or what it would be answered, is more than allowed."""

    code = "too-large"


class NotFound(GlossaryError):
    """Nothing is stored under that name."""

    code = "not-found"


class Conflict(GlossaryError):
    """The id is taken already."""

    code = "exists"


class InUse(Conflict):
    """What is to be deleted is still named by others."""

    code = "in-use"


class Stale(GlossaryError):
    """The entry has moved on since the caller read it.

    `problems` say where it did, as far as that is known.
    """

    code = "stale"

    def __init__(
        self, template: str, *, problems: Sequence[Problem] = (), **values: object
    ) -> None:
        super().__init__(template, **values)
        self.problems = tuple(problems)

    def __str__(self) -> str:
        """Name every place, for logs and for the shell."""
        return " ".join(
            [self.message, *(f"{p.pointer}: {p.detail}" for p in self.problems)]
        )


class Gone(GlossaryError):
    """The revision that was named is not of this store: begin anew from nothing."""

    code = "revision-gone"


class MatchRequired(GlossaryError):
    """A change must name the version that it changes."""

    code = "match-required"


class TooMany(GlossaryError):
    """As much as is kept at a time is waiting already."""

    code = "too-many"


class TooFast(TooMany):
    """More was asked in a time than one address or token may ask."""

    code = "too-fast"


class Unauthorized(GlossaryError):
    """No token was given, or it is not a known one."""

    code = "unauthorized"


class Forbidden(GlossaryError):
    """The token is known but does not allow this."""

    code = "forbidden"


class NotReviewer(Forbidden):
    """Only a reviewer approves an entry, or changes one that is approved."""

    code = "not-reviewer"


class OwnWork(Forbidden):
    """What somebody has written is to be approved by somebody else."""

    code = "own-work"


class StoreError(GlossaryError):
    """The store cannot be used right now."""

    code = "store"


class NotReady(StoreError):
    """The store was filled a moment ago and its wordings are being gathered."""

    code = "not-ready"


class StoreBehind(StoreError):
    """The store is older than what the caller has seen of it."""

    code = "store-behind"


class StoreBusy(StoreError):
    """Another writer held the store for longer than we wait."""

    code = "store-busy"


class Stopping(StoreError):
    """The server has been told to stop."""

    code = "stopping"


class StoreMissing(StoreError):
    """No glossary stands where the settings say: not yet, or no longer."""

    code = "store-missing"


class StoreFull(StoreError):
    """There is no room left where the store, or a file that goes with it, is kept."""

    code = "store-full"


class StoreReadOnly(StoreError):
    """The store can be read, but nobody lets this process write it."""

    code = "store-read-only"


class StoreDamaged(StoreError):
    """What is kept cannot be read as it was written."""

    code = "store-damaged"


class Exhausted(StoreError):
    """The process has as many files open, or as much memory, as it may have."""

    code = "exhausted"


class ProviderAway(StoreError):
    """The provider of OpenID Connect does not answer, or not as one."""

    code = "provider-away"


class StoreOutdated(StoreError):
    """The store's schema is older or newer than the one this program writes."""

    code = "store-outdated"


class StoreUnreadable(StoreError):
    """The file cannot be opened, or is not a glossary."""

    code = "store-unreadable"


class UnreadableFile(GlossaryError):
    """The file as a whole cannot be read: wrong format, broken, or over a limit."""

    code = "unreadable-file"


class NoRecords(UnreadableFile):
    """The file has no record that could be taken; replacing by it would retire all."""

    code = "no-records"


class NotConfirmed(Invalid):
    """A file would retire more of a glossary than goes unasked.

    `count` entries would go; whoever says so many may do it.
    """

    code = "must-confirm"

    def __init__(self, count: int, message: Message | None = None) -> None:
        request = Message(
            N_("Send confirm=%(count)s to do it all the same."), count=count
        )
        super().__init__([Problem("/confirm", request)])
        self.count = count
        self.message = message or counted(
            count,
            N_("1 entry is not in the file and would be retired."),
            N_("%(count)s entries are not in the file and would be retired."),
        )


class Cancelled(GlossaryError):
    """The import was cancelled; nothing was written."""

    code = "cancelled"


class BadSetting(GlossaryError):
    """A setting's value cannot be used."""

    code = "bad-setting"


class DoorTaken(GlossaryError):
    """The address cannot be had."""

    code = "address"
