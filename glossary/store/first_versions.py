"""Gives the nouns of a store that kept no versions of them their first one."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from glossary.entry import KINDS, Source, Subject, codec, read_noun
from glossary.store.connection import Connection

#: Who the versions are said to be of: nobody knows who wrote what is there.
UPGRADE: Final = "upgrade"


def first_versions(connection: Connection) -> None:
    """Make every stored source and subject the version 1 of itself, at a revision."""
    execute = connection.execute
    (revision,) = execute("select revision from head").fetchone()
    at = datetime.now(UTC).isoformat(timespec="milliseconds")[:-6] + "Z"
    any_versions = False
    kinds: tuple[type[Source | Subject], ...] = (Source, Subject)
    for kind in kinds:
        name = KINDS[kind]
        for noun_id, old in execute(f"select id, document from {name}").fetchall():  # noqa: S608 - our own table.  # nosec B608
            noun = replace(read_noun(old, kind), version=1)
            text = codec.write(noun).decode()
            execute(f"update {name} set document = ? where id = ?", [text, noun_id])  # noqa: S608 - our own table.  # nosec B608
            execute(
                "insert into noun_version (kind, id, version, revision, at, "
                '"by", action, changed, document) values (?, ?, ?, ?, ?, ?, ?, ?, ?)',
                [name, noun_id, 1, revision + 1, at, UPGRADE, "create", "[]", text],
            )
            any_versions = True
    if any_versions:
        execute("update head set revision = revision + 1 where revision >= 0")
