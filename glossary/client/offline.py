"""A copy of the entries on this machine, for when there is no network.

The file is NDJSON: a line with the server and the revision, then an entry a line.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import NamedTemporaryFile

from glossary.client.calls import Client
from glossary.entry import Entry, codec
from glossary.errors import Gone
from glossary.text import key


@dataclass(frozen=True, slots=True)
class _Head:
    """The first line of the file: whose copy it is, as of which revision."""

    server: str
    revision: int
    epoch: str = ""


class OfflineCopy:
    """Entries kept in a file by what changed since the last time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.revision = 0
        self.epoch = ""
        self.server = ""
        self._entries: dict[str, Entry] = {}
        if path.exists():
            self._load()

    @property
    def entries(self) -> Mapping[str, Entry]:
        """The entries in use by their ids."""
        return self._entries

    def update(self, client: Client) -> int:
        """Take over what changed on the server; return how many entries that were.

        The copy of another server, or of a store that was set back, is made anew.
        The file is replaced as a whole, once everything has arrived.
        """
        known = self.epoch and self.server == client.server
        try:
            count = self._follow(client, dict(self._entries) if known else {})
        except Gone:
            count = self._follow(client, {})
        vars(self).pop("_keys", None)
        self._keep()
        return count

    def _follow(self, client: Client, entries: dict[str, Entry]) -> int:
        """Take over what changed since these entries; return how many that were."""
        since = f"{self.epoch}-{self.revision}" if entries else 0
        seen = set()
        for page in client.change_pages(since):
            for change in page.changes:
                seen.add(change.entry)
                entries.pop(change.entry, None)
                entry = change.document
                if entry is not None and entry.state != "retired":
                    entries[change.entry] = entry
        self._entries, self.server = entries, client.server
        self.revision, self.epoch = page.revision, page.epoch
        return len(seen)

    def lookup(self, q: str, *, limit: int = 10) -> list[Entry]:
        """Return entries with a term like this, then with one that holds it.

        What a lookup of the server overlooks (case, script, punctuation, hyphens) is
        overlooked here too; a shorter term stands before a longer one.
        """
        wanted = key(q)
        if not wanted:
            return []
        found = [
            (len(mine), entry_id)
            for entry_id, keys in self._keys
            for mine in [min((k for k in keys if wanted in k), key=len, default=None)]
            if mine is not None
        ]
        return [self._entries[entry_id] for _, entry_id in sorted(found)[:limit]]

    @cached_property
    def _keys(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        return tuple(
            (e.id, tuple(key(t.text) for t in e.terms)) for e in self._entries.values()
        )

    def _load(self) -> None:
        with self.path.open("rb") as file:
            head = codec.read(next(file), _Head)
            self.server, self.revision = head.server, head.revision
            self.epoch = head.epoch
            found = (codec.read_entry(line) for line in file)
            self._entries = {entry.id: entry for entry in found}

    def _keep(self) -> None:
        folder = self.path.absolute().parent
        with NamedTemporaryFile(dir=folder, prefix=".", delete=False) as file:
            file.writelines(self._lines())
        made = Path(file.name)
        made.chmod(0o644)
        made.replace(self.path)

    def _lines(self) -> Iterator[bytes]:
        yield codec.write(_Head(self.server, self.revision, self.epoch)) + b"\n"
        for entry_id in sorted(self._entries):
            yield codec.write(self._entries[entry_id]) + b"\n"
