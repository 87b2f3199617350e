"""What is refused while a disk is full, read-only or damaged, and how it is over."""

import errno
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import pytest
from flask.testing import FlaskClient

from glossary.errors import (
    Exhausted,
    StoreBusy,
    StoreFull,
    StoreReadOnly,
)
from glossary.store import of_system, open_store
from tests.answers import API, problem
from tests.faults.disks import filled, remounted, room_for, small_disk, spoil
from tests.faults.running import Serve, bearer, posted, until
from tests.nouns import entry, major_country


def test_a_full_disk_refuses_writes_and_reads_go_on(
    serve: Serve, curated_file: Path, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "disk", room_for(curated_file)) as disk:
        path = disk / "glossary.db"
        shutil.copy(curated_file, path)
        editor = bearer(path)
        server = serve(path).ready()
        assert posted(server.url, editor, "before").status_code == 201
        with filled(disk):
            answer = posted(server.url, editor, "meanwhile")
            assert (answer.status_code, answer.json()["code"]) == (507, "store-full")
            assert "Make room" in answer.json()["detail"]
            upload = httpx.post(
                f"{server.url}{API}/imports?format=csv",
                content="zh,en\n和平共处,peaceful coexistence\n",
                headers=editor,
            )
            assert (upload.status_code, upload.json()["code"]) == (507, "store-full")
            for _ in range(6):
                assert server.get(f"{API}/lookup?q=主权").json()["hits"]
                red = server.get("/readyz")
                assert (red.status_code, red.json()["code"]) == (507, "store-full")
            assert server.get("/healthz").status_code == 200
        assert server.answers()
        assert posted(server.url, editor, "afterwards").status_code == 201
        assert server.get(f"{API}/entries/meanwhile").status_code == 404
        server.signal(signal.SIGTERM)
        assert server.ended() == 0
        with filled(disk):
            server = serve(path)
            until(lambda: "Serving" in server.text)
            assert server.get(f"{API}/lookup?q=主权").json()["hits"]
            assert server.get("/readyz").json()["code"] == "store-full"
        assert server.answers()
        assert posted(server.url, editor, "in-the-end").status_code == 201
        until(lambda: server.get(f"{API}/entries/in-the-end").status_code == 200)
        for _ in range(6):
            assert server.get(f"{API}/entries/in-the-end").status_code == 200


def test_a_limit_that_only_the_kernel_knows_turns_every_process_red(
    serve: Serve, glossary_file: Path
) -> None:
    editor = bearer(glossary_file)
    server = serve(glossary_file).ready()
    until(lambda: len(server.workers()) == 2)
    workers = server.workers()
    free = resource.prlimit(workers[0], resource.RLIMIT_FSIZE)
    for worker in workers:
        resource.prlimit(worker, resource.RLIMIT_FSIZE, (1, free[1]))
    assert posted(server.url, editor, "meanwhile").status_code in {503, 507}
    for _ in range(6):
        assert server.get("/readyz").status_code in {503, 507}
        assert server.get(f"{API}/lookup?q=主权").json()["hits"]
    for worker in workers:
        resource.prlimit(worker, resource.RLIMIT_FSIZE, free)
    assert all(server.answers() for _ in range(6))
    assert posted(server.url, editor, "afterwards").status_code == 201


def test_a_read_only_disk_is_served_and_written_once_it_may_be(
    serve: Serve, curated_file: Path, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "disk", room_for(curated_file)) as disk:
        path = disk / "glossary.db"
        shutil.copy(curated_file, path)
        editor = bearer(path)
        remounted(disk, "ro")
        server = serve(path, GLOSSARY_IMPORTS=str(tmp_path / "imports"))
        until(lambda: "Serving" in server.text)
        for _ in range(4):
            assert server.get(f"{API}/lookup?q=主权").json()["hits"]
            answer = posted(server.url, editor, "meanwhile")
            assert answer.status_code == 503
            assert answer.json()["code"] == "store-read-only"
            red = server.get("/readyz")
            assert (red.status_code, red.json()["code"]) == (503, "store-read-only")
        remounted(disk, "rw")
        assert server.answers()
        assert posted(server.url, editor, "afterwards").status_code == 201
        for _ in range(6):
            assert server.get(f"{API}/entries/afterwards").status_code == 200


def test_a_file_with_its_log_on_a_read_only_disk_is_written_once_it_may_be(
    tmp_path: Path,
) -> None:
    with small_disk(tmp_path / "disk", 64) as disk:
        path = tmp_path / "glossary.db"
        store = open_store(str(path))
        with store.write(by="me") as write:
            write.create(entry(**major_country(id="before")))
        # As a server leaves it that is killed.
        for each in path.parent.glob("glossary.db*"):
            shutil.copy(each, disk)
        store.close()
        assert (disk / "glossary.db-wal").stat().st_size
        remounted(disk, "ro")
        store = open_store(str(disk / "glossary.db"))
        assert store.entry("before").id == "before"
        # Other threads have connections of their own, which nobody uses meanwhile.
        idle = [ThreadPoolExecutor(1) for _ in range(2)]
        for each in idle:
            assert each.submit(store.entry, "before").result().id == "before"
        for _ in range(2):
            with pytest.raises(StoreReadOnly), store.write(by="me") as write:
                write.create(entry(**major_country(id="meanwhile")))
        with pytest.raises(StoreReadOnly):
            store.must_be_well()
        remounted(disk, "rw")
        store.must_be_well()
        with store.write(by="me") as write:
            write.create(entry(**major_country(id="afterwards")))
        for thread in idle:
            with thread:
                assert thread.submit(store.revision).result() == store.revision()
                assert thread.submit(store.entry, "afterwards").result()
        store.close()


AS_NOBODY = """
import os, sys
from pathlib import Path
path = Path(sys.argv[1])
from glossary.store import open_store, store_at
from glossary.errors import GlossaryError
from tests.nouns import entry, major_country
from glossary.web import create_app
from glossary.recognition import Recognition
store = open_store(str(path), new=False)
with store.write(by="me") as write:
    write.create(entry(**major_country(id="first")))
store.close()
for each in (path, path.parent):
    os.chown(each, 65534, 65534)
for each in path.parent.iterdir():
    os.chown(each, 65534, 65534)
os.setgroups([]); os.setresgid(65534, 65534, 65534); os.setresuid(65534, 65534, 65534)
store = open_store(str(path), new=False)
def tried(name):
    try:
        with store.write(by="me") as write:
            write.create(entry(**major_country(id=name)))
    except GlossaryError as error:
        return error.code
    return "written"
def ready():
    try:
        store.must_be_well()
    except GlossaryError as error:
        return error.code
    return "ready"
store.close()
path.chmod(0o444); path.parent.chmod(0o555)
print(tried("second"), ready(), store.entry("first").id)
path.chmod(0o644); path.parent.chmod(0o755)
print(ready(), tried("third"), ready(), store.entry("third").id)
path.parent.chmod(0o000)
print(tried("fourth"), ready())
path.parent.chmod(0o755)
print(ready(), tried("fifth"))
store.close()
"""


def test_rights_that_were_taken_away_and_given_back(
    curated_file: Path,
) -> None:
    if os.geteuid():
        pytest.skip("only root may become nobody")
    with TemporaryDirectory() as above:
        # The folders of other tests are root's alone.
        Path(above).chmod(0o755)
        folder = Path(above) / "of-nobody"
        folder.mkdir()
        path = folder / "glossary.db"
        shutil.copy(curated_file, path)
        done = subprocess.run(
            [sys.executable, "-c", AS_NOBODY, str(path)],
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.stdout.splitlines() == [
        "store-read-only store-read-only first",
        "ready written ready third",
        "store-read-only store-read-only",
        "ready written",
    ], done.stderr


def test_a_process_that_may_open_no_more_files_reads_on(
    serve: Serve, glossary_file: Path
) -> None:
    editor = bearer(glossary_file)
    server = serve(glossary_file, "--workers", "1").ready()
    (worker,) = server.workers()
    with httpx.Client(base_url=server.url, timeout=30) as kept:
        assert kept.get(f"{API}/lookup?q=主权").json()["hits"]
        soft, hard = resource.prlimit(worker, resource.RLIMIT_NOFILE)
        resource.prlimit(worker, resource.RLIMIT_NOFILE, (3, hard))
        refused = 0
        for _ in range(4):
            answer = kept.get(f"{API}/export?format=csv")
            refused += answer.status_code == 503
            if answer.status_code == 503:
                assert answer.json()["code"] == "exhausted"
            assert kept.get(f"{API}/lookup?q=主权").json()["hits"]
        assert refused
        resource.prlimit(worker, resource.RLIMIT_NOFILE, (soft, hard))
        assert kept.get(f"{API}/export?format=csv").status_code == 200
    until(server.answers)
    assert posted(server.url, editor, "afterwards").status_code == 201


def test_a_damaged_table_is_said_and_all_others_are_read(
    serve: Serve, glossary_file: Path, tmp_path: Path
) -> None:
    bearer(glossary_file)
    whole = tmp_path / "whole.db"
    shutil.copy(glossary_file, whole)
    assert spoil(glossary_file, "version") > 3
    server = serve(glossary_file).ready()
    until(lambda: len(server.workers()) == 2)
    history = server.get(f"{API}/entries/sovereignty/versions")
    assert (history.status_code, history.json()["code"]) == (503, "store-damaged")
    assert "glossary doctor" in history.json()["detail"]
    for _ in range(6):
        assert server.get(f"{API}/lookup?q=主权").json()["hits"]
        red = server.get("/readyz")
        assert (red.status_code, red.json()["code"]) == (503, "store-damaged")


@pytest.mark.usefixtures("only_sqlite")
def test_what_was_kept_and_is_no_longer_an_entry_is_said(
    client: FlaskClient, database: Path
) -> None:
    other = sqlite3.connect(database)
    other.execute("update entry set document = '{' where id = 'sovereignty'")
    other.execute("update source set document = x'ff00ff' where id like 'a%'")
    other.commit()
    other.close()
    problem(client.get(f"{API}/entries/sovereignty"), 503, "store-damaged")
    problem(client.get(f"{API}/sources"), 503, "store-damaged")
    assert client.get(f"{API}/lookup?q=和平共处").status_code == 200


@pytest.mark.usefixtures("only_sqlite")
def test_a_store_that_another_program_keeps_to_itself_is_busy_not_broken(
    database: Path,
) -> None:
    store = open_store(str(database), busy_timeout=0.2)
    other = sqlite3.connect(database, isolation_level=None)
    store.close()
    other.execute("pragma locking_mode = exclusive")
    other.execute("begin exclusive")
    with pytest.raises(StoreBusy):
        store.revision()
    with pytest.raises(StoreBusy), store.write(by="me"):
        pass
    other.execute("rollback")
    other.close()
    store.must_be_well()
    with store.write(by="me") as write:
        write.create(entry(**major_country(id="afterwards")))
    store.close()


def test_a_clock_that_goes_back_takes_no_entry_back(database: Path) -> None:
    store = open_store(str(database))
    with store.write(by="me") as write:
        made = write.create(entry(**major_country(id="of-tomorrow")))
    later = "2099-01-01T00:00:00.000Z"
    with store.write(by="me") as write:
        run, _ = write.copied
        run(
            "update entry set document = replace(document, ?, ?) where id = ?",
            [f'"modified":"{made.modified}"', f'"modified":"{later}"', made.id],
        )
        run("update version set at = ? where entry = ?", [later, made.id])
    with store.write(by="me") as write:
        renewed = write.update(entry(**major_country(id="of-tomorrow", note="today")))
    assert renewed.modified >= later
    times = [version.at for version in store.versions("of-tomorrow")]
    assert times == sorted(times, reverse=True)
    store.close()


def test_what_killed_dry_runs_left_is_removed_and_others_are_not(
    glossary_file: Path, tmp_path: Path
) -> None:
    code = (
        "import sys, time; from glossary.store import open_store\n"
        "store = open_store(sys.argv[1])\n"
        "with store.rehearse(by='me') as write:\n"
        "    print('there', flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", code, str(glossary_file)]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE) as killed,
        subprocess.Popen(command, stdout=subprocess.PIPE) as living,
    ):
        for each in (killed, living):
            assert each.stdout is not None
            assert each.stdout.readline() == b"there\n"
        assert len(list(tmp_path.glob(".rehearsal-*"))) == 2
        killed.kill()
        killed.wait()
        store = open_store(str(glossary_file))
        with store.rehearse(by="me"):
            assert len(list(tmp_path.glob(".rehearsal-*"))) == 2
        assert len(list(tmp_path.glob(".rehearsal-*"))) == 1
        living.kill()
    store.tidy()
    assert list(tmp_path.glob(".rehearsal-*")) == []
    store.close()


def test_every_refusal_of_the_system_has_its_words() -> None:
    for number, kind in (
        ("ENOSPC", StoreFull),
        ("EDQUOT", StoreFull),
        ("EROFS", StoreReadOnly),
        ("EMFILE", Exhausted),
        ("ENFILE", Exhausted),
    ):
        code = getattr(errno, number)
        assert type(of_system(OSError(code, os.strerror(code)))) is kind
    assert of_system(OSError("no number")) is None
