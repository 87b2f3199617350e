"""Where entries are kept: the only state of the service."""

from glossary.store.sqlite import SqliteStore

__all__ = ["SqliteStore", "open_store"]


def open_store(database: str, *, busy_timeout: float = 10.0) -> SqliteStore:
    """Open the store behind a name, a file name for SQLite; make it when new.

    Raise StoreUnreadable when the file cannot be opened or is no glossary, and
    StoreOutdated when `glossary db upgrade` must run first.
    """
    store = SqliteStore(database, busy_timeout=busy_timeout)
    store.check()
    return store
