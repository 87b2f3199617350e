"""A backup is one file of SQLite, made while everybody works, from either engine.

It is a store like any other: it can be looked into, served, and copied back into a new
file or an empty database.
"""

from collections.abc import Callable
from pathlib import Path

from glossary.entry import USABLE
from glossary.errors import Conflict, NotFound, StoreError
from glossary.lookup import lookup
from glossary.message import N_
from glossary.query import Query
from glossary.store import Holdings, Store, copy, is_address, open_store, store_at, tell

Watch = Callable[[int, int], None]
#: So many terms of a tier are ranked when a store is tried.
_CANDIDATES = 400


def backup(store: Store, path: Path, *, watch: Watch = lambda *_: None) -> Holdings:
    """Write all that a store holds to a new file, which is there as a whole at the end.

    One that was interrupted goes on where it was. Raise Conflict when there is such a
    file, and StoreError when the backup does not hold the same, or does not answer.
    """
    if path.exists():
        raise Conflict(
            N_("The file “%(path)s” already exists; choose another name."), path=path
        )
    part = path.with_name(f"{path.name}.part")
    if store.clone(part):
        copy_store = store_at(str(part))
        with copy_store.write(by="backup") as write:
            # It may be put back by other means than ours, and is another store then.
            write.begin_epoch()
        holdings = tell(copy_store)
    else:
        copy_store = _ready(str(part))
        holdings = copy(store, copy_store, watch=watch)
    try_out(copy_store)
    copy_store.close()
    part.rename(path)
    return holdings


def restore(path: Path, database: str, *, watch: Watch = lambda *_: None) -> Holdings:
    """Bring a backup into a new file or an empty database; return what it holds.

    Raise Conflict when there are entries already, NotFound when there is no backup,
    and StoreError when the restored store does not hold the same, or does not answer.
    """
    return copied(str(path), database, watch=watch)


def copied(from_: str, to: str, *, watch: Watch = lambda *_: None) -> Holdings:
    """Copy the store behind a name to a new or empty one; return what both hold.

    Raise as `restore` does.
    """
    if not is_address(from_) and not Path(from_).exists():
        raise NotFound(N_("There is no file “%(path)s”."), path=from_)
    source, target = open_store(from_, new=False), _ready(to)
    try:
        holdings = copy(source, target, watch=watch)
        try_out(target)
        target.mark()
    finally:
        source.close()
        target.close()
    return holdings


def try_out(store: Store) -> None:
    """Look a term up that must be found; raise StoreError when it is not."""
    for entry in store.entries(limit=1):
        term = next((t for t in entry.terms if t.status in USABLE), entry.terms[0])
        query = Query(q=f'"{term.text}"', from_=term.lang, tier="exact", limit=100)
        hits = lookup(store, query, candidates=_CANDIDATES).hits
        if entry.id not in {hit.entry for hit in hits}:
            raise StoreError(N_("“%(q)s” was not found in the copy."), q=term.text)


def _ready(database: str) -> Store:
    """Return a store that may be an unfinished copy; make it where nothing stands.

    That one stood there and was lost is no hindrance: this is how it comes back.
    """
    store = store_at(database)
    if not store.stands():
        store.make()
    store.check()
    return store
