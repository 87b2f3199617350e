"""A file that is kept as the server would export it now."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from glossary.client.calls import Client
from glossary.store import FOR_ALL, WholeFile


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
        tag = self._etag if self._path.exists() else None
        with WholeFile(self._path, mode=FOR_ALL) as whole:
            etag = self._client.export(
                whole.stream,
                self._format,
                glossary=self._glossary,
                etag=tag,
                part=self._part,
            )
            if etag is None:
                whole.drop()
                return False
            self._etag = etag
            if whole.is_as_before():
                whole.drop()
                return False
        return True
