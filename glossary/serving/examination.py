"""The checks of a store, one after the other; each says what it found."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from glossary.config import Settings
from glossary.errors import GlossaryError, StoreError
from glossary.message import N_, Message, counted
from glossary.store import Store, beside, examining, is_address, store_at

#: So many entries are named of those that are wrong.
_NAMED: Final = 5
#: A log of SQLite that is longer than this, in bytes, could not be taken in for long.
_LONG: Final = 256_000_000
#: A version may be this much later than now before the clock is wrong.
_LATER: Final = timedelta(minutes=5)
#: Free room beside a store, as a multiple of its size, that a dry run needs.
_ROOM: Final = 2


class Diagnosis(NamedTuple):
    """What one check found: `ok`, `advice` or `wrong`, and what to do."""

    check: str
    verdict: str
    detail: str
    remedy: str = ""


def examine(settings: Settings) -> Iterator[Diagnosis]:
    """Yield what is found of the store that the settings name; nothing is changed."""
    yield _imports(settings)
    try:
        store = store_at(settings.database, busy_timeout=settings.busy_timeout)
    except GlossaryError as error:
        yield Diagnosis("store", "wrong", error.message)
        return
    if not is_address(settings.database):
        yield from _file(Path(settings.database))
    try:
        yield from _of_store(store)
    finally:
        with suppress(StoreError):
            store.close()


def repair(settings: Settings) -> None:
    """Make the index of the store anew and remove what is left over; raise StoreError.

    Entries and their history are not touched.
    """
    store = store_at(settings.database, busy_timeout=settings.busy_timeout)
    try:
        store.tidy()
        store.repair()
    finally:
        store.close()


def _of_store(store: Store) -> Iterator[Diagnosis]:
    try:
        store.check()
        revision = store.revision()
    except StoreError as error:
        yield Diagnosis("store", "wrong", error.message)
        if not _answers(store):
            return
    else:
        if revision < 0:
            template = N_("The copy is not finished; run the same command again.")
            yield Diagnosis("store", "wrong", Message(template))
        now = Message(
            N_("%(path)s is at revision %(revision)s of epoch %(epoch)s."),
            path=store.shown,
            revision=revision,
            epoch=store.epoch,
        )
        yield Diagnosis("store", "ok", now)
    for check in (_integrity, _entries, _history, _index, _clock, _writing):
        name = check.__name__.removeprefix("_")
        try:
            yield check(store)
        except StoreError as error:
            yield Diagnosis(name, "wrong", error.message, _bring_back())


def _answers(store: Store) -> bool:
    with suppress(StoreError):
        return bool(store.rows("select 1 from head"))
    return False


def _integrity(store: Store) -> Diagnosis:
    damage = store.damage()
    if not damage:
        return Diagnosis("integrity", "ok", Message(N_("Every page is whole.")))
    message = counted(
        len(damage),
        N_("A page or an index is damaged: %(first)s"),
        N_("%(count)s pages or indexes are damaged: %(first)s"),
        first="; ".join(damage[:_NAMED]),
    )
    return Diagnosis("integrity", "wrong", message, _repair_or_bring_back())


def _entries(store: Store) -> Diagnosis:
    well = N_("All entries are as they should be.")
    return _listed("entries", list(examining.garbled(store)), _bring_back, well)


def _history(store: Store) -> Diagnosis:
    well = N_("All entries have all their versions.")
    return _listed("history", examining.torn(store), _bring_back, well)


def _index(store: Store) -> Diagnosis:
    well = N_("The index matches the entries.")
    return _listed("index", examining.unindexed(store), _repair, well)


def _listed(
    check: str, names: list[str], remedy: Callable[[], Message], well: str
) -> Diagnosis:
    """Return what is found of entries: that all is well, or how many, and the first."""
    if not names:
        return Diagnosis(check, "ok", Message(well))
    message = counted(
        len(names),
        N_("1 entry is not as it should be: %(first)s"),
        N_("%(count)s entries are not as they should be: %(first)s"),
        first=", ".join(islice(names, _NAMED)),
    )
    return Diagnosis(check, "wrong", message, remedy())


def _clock(store: Store) -> Diagnosis:
    newest = examining.newest(store)
    now = datetime.now(UTC)
    if newest and datetime.fromisoformat(newest) > now + _LATER:
        message = Message(
            N_("The newest version is of %(then)s, and this clock says %(now)s."),
            then=newest,
            now=now.isoformat(timespec="seconds"),
        )
        return Diagnosis(
            "clock", "advice", message, Message(N_("Set the clock right."))
        )
    return Diagnosis("clock", "ok", Message(N_("The clock is not behind the store.")))


def _writing(store: Store) -> Diagnosis:
    store.must_be_well()
    store.must_be_writable()
    return Diagnosis("writing", "ok", Message(N_("The store can be written.")))


def _file(path: Path) -> Iterator[Diagnosis]:
    """Yield what is found of a file and its folder, without opening it."""
    folder = path.absolute().parent
    if not path.exists():
        return
    size = path.stat().st_size
    free = shutil.disk_usage(folder).free
    room = Message(
        N_("%(free)s MB are free beside a store of %(size)s MB."),
        free=free // 1_000_000,
        size=size // 1_000_000,
    )
    if free < _ROOM * size:
        remedy = Message(
            N_("Make room: a dry run and a backup each need as much as a copy.")
        )
        yield Diagnosis("space", "advice", room, remedy)
    else:
        yield Diagnosis("space", "ok", room)
    log = path.with_name(f"{path.name}-wal")
    length = log.stat().st_size if log.exists() else 0
    if length > _LONG:
        message = Message(N_("The log has %(size)s MB."), size=length // 1_000_000)
        remedy = Message(
            N_("End whatever has been reading for a long time, then use --repair.")
        )
        yield Diagnosis("log", "advice", message, remedy)
    rehearsals = [*folder.glob(".rehearsal-*")]
    if rehearsals:
        message = counted(
            len(rehearsals),
            N_("A dry run has left a copy."),
            N_("%(count)s dry runs have left copies."),
        )
        remedy = Message(N_("If none is under way, --repair removes them."))
        yield Diagnosis("leftovers", "advice", message, remedy)
    if path.stat().st_mode & 0o077:
        message = Message(N_("Others on this machine may read or write the file."))
        remedy = Message(N_("If they should not: chmod 600 %(path)s"), path=path)
        yield Diagnosis("rights", "advice", message, remedy)


def _imports(settings: Settings) -> Diagnosis:
    """Return whether the settings name a folder that imports can be kept in."""
    folder = Path(settings.imports or beside(settings.database, "imports"))
    place = folder if folder.exists() else folder.absolute().parent
    if os.access(place, os.W_OK | os.X_OK):
        return Diagnosis("settings", "ok", Message(N_("Imports can be kept.")))
    message = Message(N_("Imports cannot be kept in %(path)s."), path=folder)
    remedy = Message(N_("Check its permissions, or set GLOSSARY_IMPORTS."))
    return Diagnosis("settings", "wrong", message, remedy)


def _repair() -> Message:
    return Message(N_("glossary doctor --repair rebuilds the index."))


def _bring_back() -> Message:
    return Message(N_("Restore a backup: glossary restore FILE"))


def _repair_or_bring_back() -> Message:
    return Message(
        N_(
            "Try glossary doctor --repair; if that is not enough, restore a backup: "
            "glossary restore FILE"
        )
    )
