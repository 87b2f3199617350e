"""A real PostgreSQL of the tests' own, from Debian's package, gone afterwards."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg

#: What makes tests quick; none of them cuts the power.
_SETTINGS = ("fsync=off", "synchronous_commit=off", "max_connections=300")


def program(name: str) -> str | None:
    """Return where one of PostgreSQL's programs is."""
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    return str(places[0]) if places else shutil.which(name)


def as_postgres() -> list[str]:
    """Return what makes a command run as another user: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return []
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]


#: Where files stand in memory, and the bytes that must be free there.
_MEMORY = Path("/dev/shm")  # noqa: S108 - folders there have names of their own.
_ROOM = 4_000_000_000


def in_memory() -> Path | None:
    """Return a folder in memory with room, which may hold programs, if there is one."""
    if not _MEMORY.is_dir() or os.statvfs(_MEMORY).f_flag & os.ST_NOEXEC:
        return None
    return _MEMORY if shutil.disk_usage(_MEMORY).free > _ROOM else None


def own_folder(prefix: str) -> Path:
    """Return a new folder that PostgreSQL's user may write to, in memory if it fits."""
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=in_memory()))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    return folder


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


class Server:
    """One server, gone with its folder when it is stopped."""

    def __init__(self, *settings: str) -> None:
        self.folder = own_folder("glossary-postgres-")
        self.port = free_port()
        self.fill(str(self.folder / "data"))
        options = [f"--{setting}" for setting in (*_SETTINGS, *settings)]
        server = [str(program("postgres")), "-D", str(self.folder / "data")]
        server += ["-p", str(self.port), "-k", str(self.folder)]
        self._command = [*as_postgres(), *server, *options]
        self.start()

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        self.process = subprocess.Popen(
            self._command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
        )
        self._wait()

    def fill(self, data: str) -> None:
        """Make the folder of the server's data."""
        initdb = [str(program("initdb")), "--pgdata", data, "--username=glossary"]
        subprocess.run(
            [*as_postgres(), *initdb, "--auth=trust", "--no-sync", "--encoding=UTF8"],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd="/",
        )

    def address(self, name: str) -> str:
        return f"postgresql://glossary@127.0.0.1:{self.port}/{name}"

    def run(self, statement: str) -> None:
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    def halt(self) -> None:
        """Stop the server, which can be started again."""
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def stop(self) -> None:
        """Stop the server and remove its folder."""
        self.halt()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _wait(self) -> None:
        deadline = time.monotonic() + 30
        while True:
            try:
                self.run("select 1")
            except psycopg.OperationalError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)
            else:
                return


class Standby(Server):
    """A server that follows another one; its copying can be held up."""

    def __init__(self, leader: Server) -> None:
        self._leader = leader.port
        super().__init__("hot_standby_feedback=on")

    def fill(self, data: str) -> None:
        where = ["-h", "127.0.0.1", "-p", str(self._leader), "-U", "glossary"]
        copy = [str(program("pg_basebackup")), *where, "-D", data, "-R", "-c", "fast"]
        subprocess.run([*as_postgres(), *copy], check=True, cwd="/")

    def hold(self) -> None:
        """Stop following."""
        self.run("select pg_wal_replay_pause()")
        asked = "select pg_get_wal_replay_pause_state()"
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            while connection.execute(asked).fetchone() != ("paused",):
                time.sleep(0.01)

    def has(self, name: str) -> None:
        """Wait until a database has come here too."""
        asked = "select count(*) from pg_database where datname = %s"
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            while connection.execute(asked, [name]).fetchone() != (1,):
                time.sleep(0.01)

    def follow(self) -> None:
        """Go on following."""
        self.run("select pg_wal_replay_resume()")


class Cluster(Server):
    """One server with as many databases as tests ask for."""

    def __init__(self) -> None:
        super().__init__()
        self._made = 0
        self._spare: str | None = None
        self._lent_at = 0
        # Copied as files, it takes half as long; servers before 15 always do so.
        with psycopg.connect(self.address("postgres")) as connection:
            chosen = connection.info.server_version >= 150_000
        self._copying = "strategy file_copy" if chosen else ""

    def new(self, template: str = "template1") -> str:
        """Return the address of a new database, empty or like another one."""
        self._made += 1
        name = f"d{self._made}"
        self.run(f"create database {name} template {template} {self._copying}")
        return self.address(name)

    def dump(self, address: str, file: Path) -> None:
        """Keep all of a database in a file."""
        whole = ["--format=custom", "--compress=0", f"--file={file}", address]
        subprocess.run([str(program("pg_dump")), *whole], check=True)

    def restore(self, address: str, file: Path) -> None:
        """Put what was kept of a database into an empty one."""
        into = [f"--dbname={address}", str(file)]
        subprocess.run([str(program("pg_restore")), *into], check=True)

    def lend(self, template: str) -> str:
        """Return the address of a database like another one, new or as good as new."""
        address = self._spare or self.new(template)
        self._spare, self._lent_at = None, self._transactions()
        return address

    def give_back(self, address: str) -> None:
        """Keep a database that nobody has written to for the next test."""
        if self._transactions() == self._lent_at:
            self._spare = address
        else:
            self.drop(address)

    def _transactions(self) -> int:
        """Return how many transactions have written anything so far."""
        with psycopg.connect(self.address("postgres")) as connection:
            row = connection.execute(
                "select pg_snapshot_xmax(pg_current_snapshot())::text::bigint"
            ).fetchone()
            assert row
        return int(row[0])

    def drop(self, address: str) -> None:
        self.run(f"drop database {address.rpartition('/')[2]} with (force)")
