"""Imports kept in PostgreSQL, so that any node can go on with them.

Who works on an import holds the lock of its row in `lease` by an open transaction. The
server frees it when that process or its machine is gone, and `due` names the import to
whoever asks. Files are rows of `job_part`, a mebibyte each.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory
from typing import Any, Final

import psycopg
from psycopg_pool import ConnectionPool, PoolTimeout

from glossary.store.postgres.refusal import unread
from glossary.store.queue import REPORTS
from glossary.store.refusal import of_files

_PART: Final = 1 << 20
#: Seconds after which an import that nobody works on is due.
_LATE: Final = 5
_Connection = psycopg.Connection[tuple[Any, ...]]


class PostgresQueue:
    """The imports of one database."""

    hands_on = True

    def __init__(self, connections: ConnectionPool[_Connection]) -> None:
        self._pool = connections

    @contextmanager
    def upload(self) -> Iterator[Path]:
        """Open a place for a file that comes in, gone at the end."""
        with of_files(), NamedTemporaryFile(prefix="glossary-") as file:
            yield Path(file.name)

    def add(self, name: str, document: bytes, upload: Path, digest: str) -> bool:
        """Keep a new import with its file; return False when there is one already."""
        with self._connected() as connection:
            insertion = connection.execute(
                "insert into job (id, document, digest) values (%s, %s, %s) "
                "on conflict (id) do nothing",
                [name, document, digest],
            )
            if not insertion.rowcount:
                return False
            connection.execute("insert into lease (job) values (%s)", [name])
            _put(connection, name, "upload", upload)
        return True

    def digest(self, name: str) -> str:
        """Return the digest that an import was added with."""
        return str(self._one("select digest from job where id = %s", name))

    def read(self, name: str) -> bytes | None:
        """Return an import as it was kept last, or None when there is none."""
        document: bytes | None = self._one(
            "select document from job where id = %s", name
        )
        return document

    def keep(self, name: str, document: bytes, *, open_: bool) -> None:
        """Keep an import; `open_` says whether work is still to be done."""
        self._do(
            "update job set document = %s, open = %s, at = now() where id = %s",
            document,
            open_,
            name,
        )

    def age(self, name: str) -> float:
        """Return the seconds since an import was kept last."""
        sql = "select extract(epoch from now() - at) from job where id = %s"
        return float(self._one(sql, name))

    @contextmanager
    def lease(self, name: str) -> Iterator[int]:
        """Try to be the only one who works on an import, until the end or death.

        Yield how many have begun it, this one included; 0 when somebody works on it,
        or when there is none.
        """
        try:
            connection = self._pool.getconn()
        except PoolTimeout as error:
            raise unread(error) from error
        try:
            yield self._begun(connection, name)
        finally:
            # When it was lost, what was done under it stands all the same.
            with suppress(psycopg.Error):
                connection.rollback()
            self._pool.putconn(connection)

    @contextmanager
    def folder(self, name: str) -> Iterator[Path]:
        """Open a folder with the import's file; reports that are put there are kept."""
        with TemporaryDirectory(prefix="glossary-") as folder:
            place = Path(folder)
            with (place / "upload").open("wb") as file:
                file.writelines(self._parts(name, "upload"))
            yield place
            with self._connected() as connection:
                for report in REPORTS:
                    _put(connection, name, report, place / f"{report}.ndjson")

    def done_with(self, name: str) -> None:
        """Remove an import's file; its reports stay."""
        self._do("delete from job_part where job = %s and file = 'upload'", name)

    def lines(self, name: str, report: str) -> Iterator[bytes]:
        """Yield the lines of a report."""
        rest = b""
        for part in self._parts(name, report):
            *lines, rest = (rest + part).splitlines(keepends=True)
            if rest.endswith(b"\n"):
                lines, rest = [*lines, rest], b""
            yield from lines

    def cancel(self, name: str) -> None:
        """Let it be known that an import is to be stopped."""
        self._do("update job set cancelled = true where id = %s", name)

    def cancelled(self, name: str) -> bool:
        """Say whether an import is to be stopped."""
        return self._one("select cancelled from job where id = %s", name) is not False

    def remove(self, name: str) -> None:
        """Remove an import and all that belongs to it."""
        self._do("delete from job where id = %s", name)

    def sweep(self, *, days: int) -> None:
        """Remove imports that are older."""
        self._do(
            "delete from job where not open and at < now() - %s * interval '1 day'",
            days,
        )

    def due(self) -> list[str]:
        """Return the imports that somebody should go on with."""
        with self._connected() as connection:
            rows = connection.execute(
                "select l.job from lease l join job j on j.id = l.job "
                "where j.open and j.at < now() - %s * interval '1 second' "
                "order by l.job for update of l skip locked",
                [_LATE],
            ).fetchall()
        return [row[0] for row in rows]

    def at_work(self) -> int:
        """Return how many imports somebody works on, or is about to."""
        return int(self._one("select count(*) from job where open"))

    def _begun(self, connection: _Connection, name: str) -> int:
        """Lock the row of an import's lease; return how many have begun it, or 0."""
        sql = "select 1 from lease where job = %s for update skip locked"
        try:
            if connection.execute(sql, [name]).fetchone() is None:
                return 0
        except psycopg.Error as error:
            raise unread(error) from error
        more = "update job set tries = tries + 1 where id = %s returning tries"
        return int(self._one(more, name))

    def _parts(self, name: str, file: str) -> Iterator[bytes]:
        number = 0
        sql = "select bytes from job_part where job = %s and file = %s and number = %s"
        while (part := self._one(sql, name, file, number)) is not None:
            yield part
            number += 1

    def _one(self, sql: str, *values: object) -> Any:
        """Return the first value of the first row, or None."""
        with self._connected() as connection:
            row = connection.execute(sql.encode(), values).fetchone()
        return row[0] if row else None

    def _do(self, sql: str, *values: object) -> None:
        with self._connected() as connection:
            connection.execute(sql.encode(), values)

    @contextmanager
    def _connected(self) -> Iterator[_Connection]:
        try:
            with self._pool.connection() as connection:
                yield connection
        except (psycopg.Error, PoolTimeout) as error:
            raise unread(error) from error


def _put(connection: _Connection, name: str, file: str, path: Path) -> None:
    """Keep a file, in the place of one that was kept before."""
    connection.execute(
        "delete from job_part where job = %s and file = %s", [name, file]
    )
    for number, part in enumerate(_cut(path)):
        connection.execute(
            "insert into job_part (job, file, number, bytes) values (%s, %s, %s, %s)",
            [name, file, number, part],
        )


def _cut(path: Path) -> Iterable[bytes]:
    with path.open("rb") as file:
        while part := file.read(_PART):
            yield part
