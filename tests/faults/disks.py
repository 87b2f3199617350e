"""Disks that fill up, may not be written, or go bad: real ones, small."""

import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.running import until


def room_for(file: Path) -> int:
    """Return how many megabytes hold a file and as much again."""
    return 2 * -(-file.stat().st_size // (1 << 20))


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """Mount a small disk in memory at a new folder; skip where nobody may."""
    folder.mkdir()
    size = f"size={megabytes}m"
    command = ["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(command, check=False).returncode:
        pytest.skip("only root may mount a disk, and not everywhere")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def remounted(folder: Path, how: str) -> None:
    """Mount a disk anew: `ro` or `rw`; who is about to end has it open until then."""
    command = ["mount", "-o", f"remount,{how}", str(folder)]
    until(lambda: not subprocess.run(command, check=False).returncode)


@contextmanager
def filled(folder: Path) -> Iterator[None]:
    """Leave no room on a disk."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while file.write(b"\0" * size):
                    pass
            except OSError:
                continue
    try:
        yield
    finally:
        filler.unlink()


def spoil(path: Path, table: str) -> int:
    """Overwrite the pages of a table but its first; return how many they were."""
    with sqlite3.connect(path) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")
        (size,) = connection.execute("pragma page_size").fetchone()
        try:
            pages = connection.execute(
                "select pageno from dbstat where name = ? and pagetype = 'leaf'",
                [table],
            ).fetchall()
        except sqlite3.OperationalError:
            pytest.skip("this SQLite cannot tell which pages are a table's")
    connection.close()
    with path.open("r+b") as file:
        for (number,) in pages:
            file.seek((number - 1) * size)
            file.write(b"\xde\xad" * (size // 2))
    return len(pages)
