"""A file that is there as a whole or not at all."""

import filecmp
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, BinaryIO, Final, Self, cast

#: What everybody may read, as other programs leave what they write.
FOR_ALL: Final = 0o644


class WholeFile:
    """Writes a file beside its place, which it takes once all is written.

    Who reads sees the old file or the new one, never a part; the old one stays when
    something fails, or when the new one is dropped. Unless it is said otherwise, the
    new one is its user's alone.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     place = Path(folder) / "terms.csv"
    ...     with WholeFile(place) as whole:
    ...         _ = whole.stream.write("主权,sovereignty".encode())
    ...     place.read_text(encoding="utf-8")
    '主权,sovereignty'
    """

    def __init__(self, path: Path, *, mode: int = 0o600) -> None:
        self._path = path
        self._mode = mode
        self._is_dropped = False

    def __enter__(self) -> Self:
        folder = self._path.absolute().parent
        file: Any = NamedTemporaryFile(
            dir=folder, prefix=".", suffix=".part", delete=False
        )
        self.stream = cast("BinaryIO", file)
        self._part = Path(file.name)
        return self

    def drop(self) -> None:
        """Leave the old file where it is, or nothing."""
        self._is_dropped = True

    def is_as_before(self) -> bool:
        """Say whether what is written so far is what is there already."""
        self.stream.flush()
        return self._path.exists() and filecmp.cmp(
            self._part, self._path, shallow=False
        )

    def __exit__(self, kind: type[BaseException] | None, *_rest: object) -> None:
        try:
            self.stream.close()
            if kind is None and not self._is_dropped:
                self._part.chmod(self._mode)
                self._part.replace(self._path)
        finally:
            self._part.unlink(missing_ok=True)
