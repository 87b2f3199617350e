"""Takes a person out of all that is kept, in one open transaction."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from glossary.entry import (
    Entry,
    Hook,
    Saying,
    codec,
    read_entry,
    read_proposal,
    read_proposed,
)
from glossary.store.connection import Connection

#: Where who did something stands in a column of its own.
_COLUMNS: Final = (
    ("version", '"by"'),
    ("noun_version", '"by"'),
    ("tombstone", '"by"'),
    ("once", '"by"'),
    ("deed", '"by"'),
    ("deed", "about"),
    ("task", "person"),
    ("task", '"by"'),
    ("notice", '"by"'),
)
_OWN: Final = ("own", "role", "session", "link", "watch", "notice")


class Forgetting:
    """Puts a number in the place of a name; `revision` makes the revision."""

    def __init__(self, connection: Connection, *, revision: Callable[[], int]) -> None:
        self._execute = connection.execute
        self._revision = revision

    def forget(self, person_id: str, stand_in: str) -> None:
        """Call a person by a number wherever they stand, and keep nothing else of them.

        Who did what stays countable: all that was theirs has the same number.
        """
        self._revision()
        self._execute(
            "update deed set address = '', details = '{}' "
            'where "by" = ? or about = ?',
            [person_id, person_id],
        )
        for table, column in _COLUMNS:
            self._execute(
                f"update {table} set {column} = ? where {column} = ?",  # noqa: S608 - fixed words only.  # nosec B608
                [stand_in, person_id],
            )
        self._checks(person_id, stand_in)
        self._proposals(person_id, stand_in)
        self._remarks(person_id, stand_in)
        self._notices(person_id, stand_in)
        self._hooks(person_id, stand_in)
        for table in _OWN:
            self._execute(f"delete from {table} where person = ?", [person_id])  # noqa: S608 - fixed words only.  # nosec B608
        self._execute("delete from token where person = ?", [person_id])
        self._execute("delete from person where id = ?", [person_id])

    def _checks(self, person_id: str, stand_in: str) -> None:
        """Name who checked an entry by a number, now and in all that it was."""
        like = f"%{codec.write(person_id).decode()}%"
        for number, text in self._execute(
            "select n, document from entry where document like ?", [like]
        ).fetchall():
            self._execute(
                "update entry set document = ? where n = ?",
                [_unnamed(text, person_id, stand_in), number],
            )
        for entry, version, text in self._execute(
            "select entry, version, document from version where document like ?",
            [like],
        ).fetchall():
            self._execute(
                "update version set document = ? where entry = ? and version = ?",
                [_unnamed(text, person_id, stand_in), entry, version],
            )

    def _remarks(self, person_id: str, stand_in: str) -> None:
        """Name a person by a number in what was said, also where they are addressed."""
        for number, text in self._execute(
            "select id, document from remark where document like ?", [f"%{person_id}%"]
        ).fetchall():
            old = codec.read(text, Saying)
            new = replace(
                old,
                by=stand_in if old.by == person_id else old.by,
                resolved_by=stand_in
                if old.resolved_by == person_id
                else old.resolved_by,
                mentions=tuple(
                    stand_in if mention == person_id else mention
                    for mention in old.mentions
                ),
                text=_addressed(old.text, person_id, stand_in),
            )
            self._execute(
                "update remark set document = ? where id = ?",
                [codec.write(new).decode(), number],
            )

    def _notices(self, person_id: str, stand_in: str) -> None:
        """Name a person by a number in what others are told of them."""
        for number, text in self._execute(
            "select n, text from notice where text like ?", [f"%{person_id}%"]
        ).fetchall():
            whole = stand_in if text == person_id else text
            new = _addressed(whole, person_id, stand_in)
            self._execute("update notice set text = ? where n = ?", [new, number])

    def _hooks(self, person_id: str, stand_in: str) -> None:
        """Name a person by a number in their webhooks, and in what those were told."""
        like = f"%{codec.write(person_id).decode()}%"
        for name, text in self._execute(
            "select id, document from hook where document like ?", [like]
        ).fetchall():
            old = codec.read(text, Hook)
            new = replace(old, by=stand_in if old.by == person_id else old.by)
            self._execute(
                "update hook set document = ? where id = ?",
                [codec.write(new).decode(), name],
            )
        for number, text in self._execute(
            "select n, body from delivery where body like ?", [like]
        ).fetchall():
            body = codec.read_plain(text)
            for change in body["changes"]:
                if change["by"] == person_id:
                    change["by"] = stand_in
            self._execute(
                "update delivery set body = ? where n = ?",
                [codec.write(body).decode(), number],
            )

    def _proposals(self, person_id: str, stand_in: str) -> None:
        like = f"%{codec.write(person_id).decode()}%"
        for number, text in self._execute(
            "select id, document from proposal where document like ?", [like]
        ).fetchall():
            old = read_proposal(text)
            new = replace(
                old,
                by=stand_in if old.by == person_id else old.by,
                decided_by=stand_in if old.decided_by == person_id else old.decided_by,
                document=_unchecked(old.document, person_id, stand_in),
            )
            self._execute(
                "update proposal set document = ? where id = ?",
                [codec.write(new).decode(), number],
            )
        for entry, version, text in self._execute(
            "select entry, version, proposal from version where proposal like ?", [like]
        ).fetchall():
            origin = read_proposed(text)
            if origin is not None and origin.by == person_id:
                self._execute(
                    "update version set proposal = ? where entry = ? and version = ?",
                    [
                        codec.write(replace(origin, by=stand_in)).decode(),
                        entry,
                        version,
                    ],
                )


def _unnamed(text: str, person_id: str, stand_in: str) -> str:
    """Return a document without the name of somebody who checked it."""
    return codec.write(_unchecked(read_entry(text), person_id, stand_in)).decode()


def _unchecked(entry: Entry, person_id: str, stand_in: str) -> Entry:
    if entry.checked is None or entry.checked.by != person_id:
        return entry
    return replace(entry, checked=replace(entry.checked, by=stand_in))


def _addressed(text: str, person_id: str, stand_in: str) -> str:
    """Return what was said with a person addressed by a number."""
    return re.sub(rf"@{re.escape(person_id)}(?![\w@-])", f"@{stand_in}", text)
