"""A file that is there as a whole or not at all; `-` is standard output."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from glossary.store import FOR_ALL, WholeFile


@contextmanager
def written_to(name: str) -> Iterator[BinaryIO]:
    """Yield what a command writes into.

    An existing file is replaced when all is written, and stays when something fails.
    """
    if name == "-":
        try:
            yield sys.stdout.buffer
        finally:
            sys.stdout.buffer.flush()
        return
    with WholeFile(Path(name), mode=FOR_ALL) as whole:
        yield whole.stream
