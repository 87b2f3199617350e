"""Which store a name stands for: a file of SQLite, or an address of PostgreSQL."""

from pathlib import Path

from glossary.errors import StoreUnreadable
from glossary.message import N_
from glossary.store.address import is_address
from glossary.store.sqlite.file import unopened
from glossary.store.sqlite.store import SqliteStore
from glossary.store.store import Store


def open_store(
    database: str,
    *,
    new: bool = True,
    busy_timeout: float = 10.0,
    standby_wait: float = 0.2,
) -> Store:
    """Open the store behind a name; with `new`, make it where none has ever stood.

    A write waits `busy_timeout` seconds for another one, a read `standby_wait` for a
    standby that is behind.
    Raise StoreUnreadable when it cannot be opened or is no glossary, StoreMissing when
    there is none, and StoreOutdated when `glossary db upgrade` must run first.
    """
    store = store_at(database, busy_timeout=busy_timeout, standby_wait=standby_wait)
    if new and not store.stands() and not store.lost():
        store.make()
    store.check()
    if store.fresh("select revision from head")[0][0] < 0:
        raise StoreUnreadable(
            N_("The copy is not finished; run the same command again.")
        )
    store.mark()
    return store


def store_at(
    database: str, *, busy_timeout: float = 10.0, standby_wait: float = 0.2
) -> Store:
    """Return the store behind a name as it is, unchecked.

    The name is an address that begins with postgresql://, or a file of SQLite. Raise
    StoreUnreadable when it can be neither.
    """
    if is_address(database):
        try:
            from glossary.store.postgres.store import PostgresStore  # noqa: PLC0415 - an extra.
        except ModuleNotFoundError as error:
            raise StoreUnreadable(
                N_("%(name)s is missing: pip install 'glossary-termbase[postgres]'"),
                name=error.name,
            ) from error
        return PostgresStore(
            database, busy_timeout=busy_timeout, standby_wait=standby_wait
        )
    _must_name_a_file(database)
    return SqliteStore(database, busy_timeout=busy_timeout)


def _must_name_a_file(name: str) -> None:
    """Raise StoreUnreadable for a name that SQLite would take for something else."""
    if not name.strip() or name.startswith((":", "file:")) or "://" in name:
        raise StoreUnreadable(
            N_(
                "“%(name)s” does not name a store; give the name of a file, or an "
                "address that begins with postgresql://."
            ),
            name=name,
        )
    path = Path(name)
    try:
        other = path.exists() and not path.is_file()
    except OSError as error:
        raise unopened(name, error) from error
    if other:
        raise StoreUnreadable(N_("%(path)s is not a file."), path=name)
