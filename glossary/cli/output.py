"""A file that is there as a whole or not at all; `-` is standard output."""

import sys
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, BinaryIO


class Output:
    """What a command writes into, as `with Output(name) as stream`.

    An existing file is replaced when all is written, and stays when something fails.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def __enter__(self) -> BinaryIO:
        if self._name == "-":
            self._stream: Any = sys.stdout.buffer
        else:
            folder = Path(self._name).absolute().parent
            self._stream = NamedTemporaryFile(dir=folder, delete=False)
        return self._stream  # type: ignore[no-any-return]

    def __exit__(self, kind: type[BaseException] | None, *_rest: object) -> None:
        self._stream.flush()
        if self._name == "-":
            return
        self._stream.close()
        made = Path(self._stream.name)
        if kind is None:
            made.chmod(0o644)
            made.replace(self._name)
        else:
            made.unlink()
