"""What copies need beside the rows: counters that go on, tables of a rehearsal."""

from typing import Final

_COPY_TERMS: Final = (
    "insert into term (n, entry, ordinal, lang, rank, key) "
    "select n, entry, ordinal, lang, rank, key from public.term"
)
_NEXT_NUMBER: Final = (
    "select setval(pg_get_serial_sequence('pg_temp.entry', 'n'), "
    "(select coalesce(max(n), 0) + 1 from entry))"
)
#: New rows are numbered after those that were copied.
AFTER_COPY: Final = tuple(
    f"{counter} (select coalesce(max({column}), 0) + 1 from {table}), false)"  # noqa: S608 - fixed words only.  # nosec B608
    for table, column, counter in (
        ("entry", "n", "select setval(pg_get_serial_sequence('entry', 'n'),"),
        ("proposal", "id", "select setval(pg_get_serial_sequence('proposal', 'id'),"),
        ("deed", "n", "select setval(pg_get_serial_sequence('deed', 'n'),"),
        ("remark", "id", "select setval(pg_get_serial_sequence('remark', 'id'),"),
        ("notice", "n", "select setval(pg_get_serial_sequence('notice', 'n'),"),
        ("delivery", "n", "select setval(pg_get_serial_sequence('delivery', 'n'),"),
    )
)
#: Makes the tables of a rehearsal: those that it reads are copies, the others empty.
REHEARSAL: Final = (
    *(
        f"create temporary table {name} on commit drop as table public.{name}"
        for name in ("head", "tombstone", "dictionary")
    ),
    *(
        f"create temporary table {name} (like public.{name} including defaults "
        "including indexes including identity) on commit drop"
        for name in (
            *("entry", "entry_subject", "prose", "frequency", "word", "near"),
            *("tally", "facet", "version", '"import"', "once"),
            *("source", "subject", "issuer", "glossary", "noun_version"),
        )
    ),
    *(
        f"insert into {name} select * from public.{name}"  # noqa: S608 - fixed words only.  # nosec B608
        for name in ("source", "subject", "issuer", "glossary", "noun_version")
    ),
    "create temporary table term (like public.term) on commit drop",
    "insert into entry select * from public.entry",
    _COPY_TERMS,
    "create index on term (key, lang)",
    "create index on term ((n >> 40), key, lang)",
    "create index on term (entry)",
    "create index on term (n)",
    _NEXT_NUMBER,
    "analyze term",
    "analyze entry",
)
