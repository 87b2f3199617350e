"""*My glossary*: entries that a person keeps for themselves.

Nobody else sees it, and it changes nothing that others see.
"""

import csv
import io
from collections.abc import Iterable
from typing import Final

from glossary.entry import Entry, Starred
from glossary.errors import Conflict, NotFound, Unauthorized
from glossary.formats import guarded
from glossary.message import N_
from glossary.people import Actor
from glossary.store import Store

#: So many entries one person may keep.
_MOST: Final = 5_000
_COLUMNS: Final = ("entry", "zh", "en", "rendering", "note", "at")


def keep(store: Store, star: Starred, *, by: Actor) -> Starred:
    """Keep an entry; raise NotFound, Forbidden, Unauthorized, or Conflict."""
    _must_be_a_person(by)
    with store.write(by=by.name) as write:
        by.must("read", write.entry(star.entry).glossary)
        if len(write.team.own(by.person)) >= _MOST:
            raise Conflict(
                N_("You already keep %(most)s entries; remove one first."), most=_MOST
            )
        return write.team.keep(by.person, star)


def let_go(store: Store, entry_id: str, *, by: Actor) -> None:
    """Keep an entry no more; raise NotFound or Unauthorized."""
    _must_be_a_person(by)
    with store.write(by=by.name) as write:
        if not write.team.let_go(by.person, entry_id):
            raise NotFound(N_("“%(id)s” is not kept."), id=entry_id)


def listed(store: Store, *, by: Actor) -> list[tuple[Starred, Entry | None]]:
    """Return what somebody keeps, the newest first, with what they may read of it.

    Raise Unauthorized for who is no person.
    """
    _must_be_a_person(by)
    stars = store.team.own(by.person)
    entries = {e.id: e for e in store.entries_of([star.entry for star in stars])}
    pairs = [(star, entries.get(star.entry)) for star in stars]
    return [
        (star, entry if entry and by.may("read", entry.glossary) else None)
        for star, entry in pairs
    ]


def as_csv(rows: Iterable[tuple[Starred, Entry | None]]) -> str:
    """Return what somebody keeps as a table that no spreadsheet takes for formulas."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(_COLUMNS)
    for star, entry in rows:
        best = [entry and entry.best(lang) for lang in ("zh-Hans", "en")]
        zh, en = [term.text if term else "" for term in best]
        line = (star.entry, zh, en, star.rendering, star.note, star.at)
        table.writerow(guarded(cell) for cell in line)
    return text.getvalue()


def _must_be_a_person(by: Actor) -> None:
    if not by.person:
        raise Unauthorized(N_("Sign in, or send a token."))
