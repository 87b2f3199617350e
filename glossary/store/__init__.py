"""Where entries are kept: the only state of the service."""

from glossary.errors import StoreUnreadable
from glossary.message import N_
from glossary.store.copying import Told, copy, tell
from glossary.store.grams import Wanted
from glossary.store.matching import Matching
from glossary.store.once import DoneBefore, reused
from glossary.store.searching import Candidate, Scope
from glossary.store.sqlite.store import SqliteStore
from glossary.store.store import Store, beside, is_address
from glossary.store.writing import Write, moved

__all__ = [
    "Candidate",
    "DoneBefore",
    "Matching",
    "Scope",
    "SqliteStore",
    "Store",
    "Told",
    "Wanted",
    "Write",
    "beside",
    "copy",
    "is_address",
    "moved",
    "open_store",
    "reused",
    "store_at",
    "tell",
]


def open_store(
    database: str, *, busy_timeout: float = 10.0, standby_wait: float = 0.2
) -> Store:
    """Open the store behind a name and make it when it is new.

    A write waits `busy_timeout` seconds for another one, a read `standby_wait` for a
    standby that is behind.
    Raise StoreUnreadable when it cannot be opened or is no glossary, and
    StoreOutdated when `glossary db upgrade` must run first.
    """
    store = store_at(database, busy_timeout=busy_timeout, standby_wait=standby_wait)
    store.check()
    if store.fresh("select revision from head")[0][0] < 0:
        raise StoreUnreadable(
            N_("The copy is not finished; give the same command again.")
        )
    return store


def store_at(
    database: str, *, busy_timeout: float = 10.0, standby_wait: float = 0.2
) -> Store:
    """Return the store behind a name as it is, unchecked.

    The name is an address that begins with postgresql://, or a file of SQLite.
    """
    if is_address(database):
        from glossary.store.postgres.store import PostgresStore  # noqa: PLC0415 - an extra.

        return PostgresStore(
            database, busy_timeout=busy_timeout, standby_wait=standby_wait
        )
    return SqliteStore(database, busy_timeout=busy_timeout)
