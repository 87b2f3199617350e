"""A file that is kept as the server would export it now."""

import filecmp
from collections.abc import Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile
from types import MappingProxyType

from glossary.client.calls import Client


class FreshFile:
    """An exported file at a path, replaced as a whole whenever entries changed."""

    def __init__(
        self,
        client: Client,
        path: Path,
        format_: str,
        *,
        glossary: str | None = None,
        part: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self._client = client
        self._path = path
        self._format = format_
        self._glossary = glossary
        self._part = part
        self._etag: str | None = None

    def refresh(self) -> bool:
        """Ask whether anything changed; return whether the file was replaced.

        A reader sees the old file or the new one, never a part. Raise Unreachable
        when the server does not answer; the file then stays as it is.
        """
        known = self._etag if self._path.exists() else None
        with NamedTemporaryFile(
            dir=self._path.absolute().parent, prefix=".", suffix=".part", delete=False
        ) as file:
            made = Path(file.name)
            try:
                etag = self._client.export(
                    file,  # type: ignore[arg-type] # It is a binary file.
                    self._format,
                    glossary=self._glossary,
                    etag=known,
                    part=self._part,
                )
                file.close()
                if etag is None:
                    return False
                self._etag = etag
                if self._path.exists() and filecmp.cmp(made, self._path, shallow=False):
                    return False
                made.chmod(0o644)
                made.replace(self._path)
                return True
            finally:
                made.unlink(missing_ok=True)
