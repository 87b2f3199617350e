"""PostgreSQL's pg_trgm over the same terms; psycopg is imported only when asked for."""

from collections.abc import Callable
from importlib import import_module


def postgres_trigrams(
    url: str, rows: list[tuple[str, str, str]]
) -> Callable[[str], list[str]]:
    """Return a search by pg_trgm with a GiST index, nearest first."""
    connection = import_module("psycopg").connect(url, autocommit=True)
    run = connection.execute
    run("create extension if not exists pg_trgm")
    run("create temp table t (id text, key text)")
    with connection.cursor().copy("copy t from stdin") as copy:
        for id_, _, key in rows:
            copy.write_row((id_, key))
    run("create index on t using gist (key gist_trgm_ops(siglen=64))")
    run("analyze t")

    def find(q: str) -> list[str]:
        found = run("select id from t order by key <-> %s limit 10", [q]).fetchall()
        return [row[0] for row in found]

    return find
