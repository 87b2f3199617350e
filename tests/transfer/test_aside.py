"""A large file is made ready by other processes, and nothing else differs."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from glossary.errors import UnreadableFile
from glossary.formats import Remark, by_name
from glossary.query import Order
from glossary.store import Store, open_store
from glossary.transfer import aside
from glossary.transfer.records import bring_in
from glossary.transfer.report import Outcome

_ALL = (
    "select * from entry order by n",
    "select * from term order by n",
    "select * from tally order by kind, name",
    "select * from frequency order by gram",
    "select * from facet order by kind, value, place, entry",
    "select * from near order by piece, word",
    'select entry, version, "by", action, changed from version order by entry',
)
#: Rows of several batches: new ones, one that stands twice, and some that are refused.
_ROWS = [
    *(f"外交用语第{n}条,diplomatic phrase no. {n},第{n % 7}类" for n in range(1200)),
    "外交用语第5条,diplomatic phrase no. 5,又一类",
    "主权,,无译文",
    "# 说明",
    "доверие,trust,外文",
    "互信,mutual trust,",
]


#: Has a file made ready and stands still after the first batch.
_WRITER = """
import sys, time
from pathlib import Path
from glossary.formats import ReadOptions
from glossary.query import Order
from glossary.transfer.aside import ahead

with Path(sys.argv[1]).open("rb") as stream:
    with ahead(stream, "csv", ReadOptions(), Order(), at="2026") as batches:
        next(batches)
        print("begun", flush=True)
        time.sleep(60)
"""


def written(path: Path, rows: list[str]) -> Path:
    path.write_text("\n".join(["zh,en,note", *rows]) + "\n", "utf-8")
    return path


def brought(
    store: Store, path: Path, **how: object
) -> tuple[list[Outcome], list[Remark], int]:
    """Bring a file in; return what is said of it, and how far it was read."""
    outcomes: list[Outcome] = []
    remarks: list[Remark] = []
    order = Order(glossary="many", on_error="skip", **how)  # type: ignore[arg-type]
    with path.open("rb") as stream:
        bring_in(
            store,
            by_name("csv"),
            stream,
            order,
            by="me",
            heed=outcomes.append,
            note_remark=remarks.append,
        )
        return outcomes, remarks, stream.tell()


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Have files be brought in by so many processes, however small they are."""

    def of(number: int) -> None:
        monkeypatch.setattr(aside, "LARGE", 1 if number > 1 else 1 << 30)
        monkeypatch.setattr(aside, "cores", lambda: number)

    return of


def test_several_processes_bring_in_what_one_does(
    processes: Callable[[int], None], tmp_path: Path
) -> None:
    path = written(tmp_path / "terms.csv", _ROWS)
    told, rows = [], []
    for number in (1, 3):
        processes(number)
        store = open_store(str(tmp_path / f"{number}.db"))
        told.append(brought(store, path))
        (at,) = store.rows("select max(at) from version")[0]
        rows.append(
            [
                [
                    [str(value).replace(at, "…") for value in row]
                    for row in store.rows(sql)
                ]
                for sql in _ALL
            ]
        )
        # Once more, when all of it is there.
        told[-1] += brought(store, path)
        store.close()
    assert told[0] == told[1]
    assert [o.action for o in told[0][0]].count("create") == 1201
    for one, other in zip(*rows, strict=True):
        assert one == other


def test_what_breaks_off_aside_is_read_where_it_is_written(
    processes: Callable[[int], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path / "terms.csv", _ROWS[-20:])
    processes(2)
    monkeypatch.setattr(aside.sys, "executable", "/bin/false")
    store = open_store(str(tmp_path / "a.db"))
    outcomes, *_ = brought(store, path)
    assert [o.action for o in outcomes][-3:] == ["reject", "reject", "create"]
    store.close()


def test_a_file_that_ends_in_the_middle_is_told_as_ever(
    processes: Callable[[int], None], tmp_path: Path
) -> None:
    processes(2)
    path = tmp_path / "terms.csv"
    path.write_bytes(b"zh,en\n" + "主权,sovereignty\n".encode() * 900 + b"\xff")
    store = open_store(str(tmp_path / "a.db"))
    with pytest.raises(UnreadableFile):
        brought(store, path)
    assert store.revision() == 0
    store.close()


def test_who_keeps_the_writer_waiting_takes_less_on() -> None:
    share = aside.Share()
    for _ in range(4):
        share.settle(1.0, 0.0)
    assert 0.5 < share.of_all < 1.0
    for _ in range(9):
        share.settle(1.0, 0.5)
    assert share.of_all == 1.0


@pytest.mark.skipif(sys.platform != "linux", reason="this reads /proc")
def test_a_process_whose_writer_is_killed_ends(tmp_path: Path) -> None:
    path = written(tmp_path / "terms.csv", _ROWS * 30)
    writer = subprocess.Popen(
        [
            sys.executable,
            "-c",
            _WRITER,
            str(path),
        ],
        stdout=subprocess.PIPE,
    )
    assert writer.stdout is not None
    assert writer.stdout.readline() == b"begun\n"
    children = Path(f"/proc/{writer.pid}/task/{writer.pid}/children").read_text()
    readers = [int(pid) for pid in children.split()]
    assert readers
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    writer.stdout.close()
    deadline = time.monotonic() + 20
    while any(map(is_running, readers)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(is_running, readers))


def is_running(pid: int) -> bool:
    with suppress(OSError):
        os.kill(pid, 0)
        return " Z " not in Path(f"/proc/{pid}/stat").read_text()
    return False
