"""The history of the SQLite schema: small functions, appended to, never edited."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any, Final

from glossary.store.first_versions import first_versions
from glossary.store.indexing import SqliteIndex, count_proofs, refill, relist
from glossary.store.sqlite.steps import Steps
from glossary.store.writing import new_epoch

if TYPE_CHECKING:
    from sqlite_utils import Database

MIGRATIONS: Final = Steps("glossary")
#: “GLOS” in the head of a file of SQLite: whose it is.
APPLICATION: Final = 0x474C4F53


@MIGRATIONS()
def m001_entries_terms_and_history(db: Database) -> None:
    """Begin: entries as documents, their terms for matching, and every version.

    A term's number begins with the length of its key, so that a scan by number
    meets the shortest terms first; its rank is that of its status, drafts' behind
    those of approved entries. Grams are computed by this program; FTS5 only
    stores them, split at spaces. An entry's newest document stands with the entry,
    older ones with their versions.
    """
    _create(db, "head", {"id": int, "revision": int}, pk="id")
    db.table("head").insert({"id": 1, "revision": 0})
    _create(
        db,
        "entry",
        {
            "n": int,
            "id": str,
            "glossary": str,
            "state": str,
            "version": int,
            "revision": int,
            "document": str,
        },
        pk="n",
        not_null={"id", "glossary", "state", "version", "revision", "document"},
    )
    db.table("entry").create_index(["id"], unique=True)
    db.table("entry").create_index(["glossary", "id"])
    db.table("entry").create_index(["revision", "id"])
    _create(
        db,
        "entry_subject",
        {"subject": str, "entry": int},
        pk=("subject", "entry"),
    )
    db.table("entry_subject").create_index(["entry"])
    _create(
        db,
        "term",
        {
            "n": int,
            "entry": int,
            "ordinal": int,
            "lang": str,
            "rank": int,
            "key": str,
        },
        pk="n",
        not_null={"entry", "ordinal", "lang", "rank", "key"},
    )
    db.table("term").create_index(["key", "lang"])
    db.table("term").create_index(["entry"])
    db.execute(
        "create virtual table gram using fts5(grams, content='', detail=none, "
        """columnsize=0, tokenize="ascii tokenchars '_&%#@+=<>~^|$.'")"""
    )
    _create(
        db,
        "version",
        {
            "entry": str,
            "version": int,
            "revision": int,
            "at": str,
            "by": str,
            "action": str,
            "changed": str,
            "document": str,
        },
        pk=("entry", "version"),
        not_null={"revision", "at", "by", "action", "changed"},
    )
    _create(
        db,
        "tombstone",
        {"id": str, "version": int, "revision": int, "at": str, "by": str},
        pk="id",
        not_null={"version", "revision", "at", "by"},
    )
    db.table("tombstone").create_index(["revision", "id"])
    _create(db, "import", {"id": str, "revision": int, "counts": str}, pk="id")
    _create(db, "source", {"id": str, "document": str}, pk="id")
    _create(db, "subject", {"id": str, "document": str}, pk="id")
    _create(
        db,
        "token",
        {"digest": str, "name": str, "scope": str, "created": str},
        pk="digest",
        not_null={"name", "scope", "created"},
    )
    db.table("token").create_index(["name"], unique=True)


@MIGRATIONS()
def m002_writes_that_may_be_sent_again(db: Database) -> None:
    """Remember which write an Idempotency-Key stood for, and what it made."""
    _create(
        db,
        "once",
        {
            "key": str,
            "by": str,
            "digest": str,
            "entry": str,
            "version": int,
            "at": str,
        },
        pk=("key", "by"),
        not_null={"digest", "entry", "version", "at"},
    )
    db.table("once").create_index(["at"])


@MIGRATIONS()
def m003_forgiving_lookup(db: Database) -> None:
    """Index forms, readings, whole words, typing mistakes and prose; count as we go."""
    for column in ("stem", "sound", "initials"):
        db.table("term").add_column(column, str)
        db.execute(
            f"create index idx_term_{column} on term ({column}, n) "
            f"where {column} is not null"
        )
    _create(db, "frequency", {"gram": str, "n": int}, pk="gram")
    _create(db, "word", {"word": str, "backward": str}, pk="word")
    db.table("word").create_index(["backward"])
    db.execute(
        "create table near (piece text, word text, primary key (piece, word)) "
        "without rowid"
    )
    _create(db, "tally", {"kind": str, "name": str, "n": int}, pk=("kind", "name"))
    db.execute(
        "create virtual table prose using fts5(definition, note, content='', "
        """detail=column, columnsize=0, tokenize="ascii tokenchars '=&%#@.'")"""
    )
    _create(db, "missed", {"q": str, "n": int}, pk="q", not_null={"n"})
    db.table("missed").create_index(["n"])


@MIGRATIONS()
def m004_dictionaries_of_other_tools(db: Database) -> None:
    """Keep what another tool calls a glossary that it manages here."""
    _create(db, "dictionary", {"id": str, "document": str}, pk="id")


@MIGRATIONS()
def m005_lists_and_proposals(db: Database) -> None:
    """List entries by what they have; keep what readers propose."""
    db.execute(
        "create table facet (kind text, value text, place text, entry integer, "
        "primary key (kind, value, place, entry)) without rowid"
    )
    db.table("facet").create_index(["entry"])
    _create(
        db,
        "proposal",
        {
            "id": int,
            "entry": str,
            "state": str,
            "document": str,
        },
        pk="id",
        not_null={"state", "document"},
    )
    db.table("proposal").create_index(["state", "id"])


@MIGRATIONS()
def m006_entries_by_state(db: Database) -> None:
    """List the few entries of a state without reading all others."""
    db.table("entry").create_index(["state", "id"])


@MIGRATIONS()
def m007_plurals_of_ing_forms(db: Database) -> None:
    """Index anew: *meetings* has the stem of *meeting*.

    The index is filled here for m003 and m005 as well: once is enough.
    """
    reindex(db.conn)


@MIGRATIONS()
def m008_terms_by_length(db: Database) -> None:
    """Find the shortest terms that begin so without reading all that do."""
    db.execute("create index idx_term_length_key on term (n >> 40, key, lang)")
    db.execute(
        "create index idx_term_length_sound on term (n >> 40, sound) "
        "where sound is not null"
    )


@MIGRATIONS()
def m009_who_proposed_a_version(db: Database) -> None:
    """Keep with a version who proposed it and why."""
    db.table("version").add_column("proposal", str)


@MIGRATIONS()
def m010_letters_of_the_pinyin(db: Database) -> None:
    """List entries anew by the first letter of their pinyin: 安抵 stood under d."""
    relist(db.conn, "zh")


@MIGRATIONS()
def m011_nouns_with_history(db: Database) -> None:
    """Keep issuers and glossaries as nouns, and every version of every noun.

    Sources and subjects that are there become version 1 of themselves. This changes
    what is answered, so the revision moves.
    """
    for kind in ("issuer", "glossary"):
        _create(db, kind, {"id": str, "document": str}, pk="id", not_null={"document"})
    _create(
        db,
        "noun_version",
        {
            "kind": str,
            "id": str,
            "version": int,
            "revision": int,
            "at": str,
            "by": str,
            "action": str,
            "changed": str,
            "document": str,
        },
        pk=("kind", "id", "version"),
        not_null={"revision", "at", "by", "action", "changed"},
    )
    db.table("noun_version").create_index(["revision", "kind", "id"])
    first_versions(db.conn)


@MIGRATIONS(is_repeated=True)
def m012_words_by_their_lemma(db: Database) -> None:
    """Index anew: *humane* is no form of *human*, and acronyms have none."""
    reindex(db.conn)


@MIGRATIONS(is_repeated=True)
def m013_owners_as_one(db: Database) -> None:
    """Index anew: *its*, *their* and *one's* have one stem."""
    reindex(db.conn)


@MIGRATIONS()
def m014_what_is_proved(db: Database) -> None:
    """List entries by what is proved of their leading pair, and count them."""
    count_proofs(db.conn)


@MIGRATIONS()
def m015_epoch(db: Database) -> None:
    """Tell this store from its copies, and its file from those of other programs."""
    db.table("head").add_column("epoch", str)
    db.execute("update head set epoch = ?", [new_epoch()])
    db.execute(f"pragma application_id = {APPLICATION}")


@MIGRATIONS()
def m016_people(db: Database) -> None:
    """Keep people, their roles, sessions and lists, whose tokens are, and a log."""
    _create(
        db,
        "person",
        {"id": str, "email": str, "subject": str, "secret": str, "document": str},
        pk="id",
        not_null={"document"},
    )
    db.table("person").create_index(["email"], unique=True)
    db.table("person").create_index(["subject"], unique=True)
    _create(
        db,
        "role",
        {"person": str, "glossary": str, "role": str},
        pk=("person", "glossary"),
        not_null={"role"},
    )
    for column in ("person", "prefix", "glossaries", "expires", "used"):
        db.table("token").add_column(column, str)
    _create(
        db,
        "session",
        {"digest": str, "person": str, "seen": str, "expires": str, "document": str},
        pk="digest",
        not_null={"person", "seen", "expires", "document"},
    )
    db.table("session").create_index(["person"])
    _create(db, "link", {"digest": str, "person": str, "expires": str}, pk="digest")
    _create(
        db,
        "deed",
        {
            "n": int,
            "at": str,
            "by": str,
            "action": str,
            "about": str,
            "address": str,
            "details": str,
        },
        pk="n",
        not_null={"at", "by", "action", "about", "address", "details"},
    )
    _create(db, "profile", {"id": str, "document": str}, pk="id", not_null={"document"})
    _create(
        db,
        "own",
        {"person": str, "entry": str, "document": str},
        pk=("person", "entry"),
        not_null={"document"},
    )


@MIGRATIONS()
def m017_why_a_version_was_made(db: Database) -> None:
    """Keep with a version why it was made, and find what one revision made."""
    db.table("version").add_column("reason", str)
    db.table("version").create_index(["revision", "entry"])


@MIGRATIONS()
def m018_log_by_action(db: Database) -> None:
    """Count what was refused of late without reading the whole log."""
    db.table("deed").create_index(["action", "at"])


@MIGRATIONS(is_repeated=True)
def m019_initials_of_syllables(db: Database) -> None:
    """Index anew: 承认, chéngrèn, begins with c and r, not with c and e."""
    reindex(db.conn)


@MIGRATIONS()
def m020_working_together(db: Database) -> None:
    """Keep tasks, remarks, watches, notices and webhooks; list by the last check."""
    texts = "entry person due note by at".split()
    _create(db, "task", dict.fromkeys(texts, str), pk="entry", not_null=set(texts))
    db.table("task").create_index(["person"])
    _create(db, "remark", {"id": int, "entry": str, "document": str}, pk="id")
    db.table("remark").create_index(["entry", "id"])
    _create(
        db,
        "watch",
        {"person": str, "kind": str, "value": str, "at": str},
        pk=("person", "kind", "value"),
    )
    texts = "person kind about by text at seen mailed".split()
    columns: dict[str, type] = {"n": int, **dict.fromkeys(texts, str)}
    _create(db, "notice", columns, pk="n", not_null=set(texts))
    db.table("notice").create_index(["person", "n"])
    _create(db, "hook", {"id": str, "document": str}, pk="id", not_null={"document"})
    texts = "hook state due body at outcome".split()
    columns = {"n": int, **dict.fromkeys(texts, str), "tries": int}
    _create(db, "delivery", columns, pk="n", not_null={*texts, "tries"})
    db.table("delivery").create_index(["hook", "n"])
    db.table("delivery").create_index(["state", "due"])
    _create(db, "mark", {"name": str, "value": str}, pk="name", not_null={"value"})
    relist(db.conn, "checked")


@MIGRATIONS()
def m021_years_of_drift(db: Database) -> None:
    """List entries by the years in which one wording gave way to another."""
    relist(db.conn, "turn")


def reindex(connection: sqlite3.Connection) -> None:
    """Fill the index anew from the stored entries."""
    for table in ("gram", "prose"):
        connection.execute(f"insert into {table} ({table}) values ('delete-all')")  # noqa: S608 - fixed words only.  # nosec B608
    index = SqliteIndex(connection)
    refill(index, connection)
    index.gather()


def _create(db: Database, name: str, columns: dict[str, type], **options: Any) -> None:
    db.table(name).create(columns, **options)
