"""A copy of the entries on this machine, for when there is no network.

The file is NDJSON: a line with the server and the revision, then the
sources, subjects, issuers and glossaries, each with its `kind`, then an entry a line.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final, TypeVar, cast

from glossary.client.calls import Client
from glossary.entry import KINDS, Entry, Noun, codec
from glossary.errors import Gone
from glossary.store import FOR_ALL, WholeFile
from glossary.text import key

N = TypeVar("N", bound=Noun)
_KINDS: Final[Mapping[str, type[Noun]]] = {name: kind for kind, name in KINDS.items()}


@dataclass(frozen=True, slots=True)
class _Head:
    """The first line of the file: whose copy it is, as of which revision."""

    server: str
    revision: int
    epoch: str = ""
    #: Whether the file has nouns: one of an older program has none.
    nouns: bool = False


class OfflineCopy:
    """Entries kept in a file by what changed since the last time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.revision = 0
        self.epoch = ""
        self.server = ""
        self._entries: dict[str, Entry] = {}
        self._nouns: dict[tuple[type, str], Noun] = {}
        self._has_nouns = False
        if path.exists():
            self._load()

    @property
    def entries(self) -> Mapping[str, Entry]:
        """The entries in use by their ids."""
        return self._entries

    def nouns(self, kind: type[N]) -> dict[str, N]:
        """Return the sources, subjects, issuers or glossaries by their ids."""
        return {
            noun_id: cast("N", noun)
            for (its, noun_id), noun in self._nouns.items()
            if its is kind
        }

    def update(self, client: Client) -> int:
        """Take over what changed on the server; return how many entries that were.

        The copy of another server, or of a store that was set back, is made anew.
        The file is replaced as a whole, once everything has arrived.
        """
        is_same = self.epoch and self.server == client.server
        try:
            count = self._follow(client, dict(self._entries) if is_same else {})
        except Gone:
            count = self._follow(client, {})
        vars(self).pop("_keys", None)
        self._keep()
        return count

    def _follow(self, client: Client, entries: dict[str, Entry]) -> int:
        """Take over what changed since these entries; return how many that were."""
        since = f"{self.epoch}-{self.revision}" if entries else 0
        ids = set()
        for page in client.change_pages(since):
            for change in page.changes:
                ids.add(change.entry)
                entries.pop(change.entry, None)
                entry = change.document
                if entry is not None and entry.state != "retired":
                    entries[change.entry] = entry
        # Asked for last: what moves meanwhile comes once more the next time.
        has_nouns = bool(since) and self._has_nouns
        nouns = dict(self._nouns) if has_nouns else {}
        for noun_change in client.nouns.changes(since if has_nouns else 0):
            name = _KINDS[noun_change.kind], noun_change.id
            nouns.pop(name, None)
            if noun_change.document is not None:
                nouns[name] = noun_change.document
        self._nouns, self._has_nouns = nouns, True
        self._entries, self.server = entries, client.server
        self.revision, self.epoch = page.revision, page.epoch
        return len(ids)

    def lookup(self, q: str, *, limit: int = 10) -> list[Entry]:
        """Return entries with a term like this, then with one that holds it.

        What a lookup of the server overlooks (case, script, punctuation, hyphens) is
        overlooked here too; a shorter term stands before a longer one.
        """
        needle = key(q)
        if not needle:
            return []
        ranked_ids = [
            (len(mine), entry_id)
            for entry_id, keys in self._keys
            for mine in [min((k for k in keys if needle in k), key=len, default=None)]
            if mine is not None
        ]
        return [self._entries[entry_id] for _, entry_id in sorted(ranked_ids)[:limit]]

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
            self._has_nouns = head.nouns
            for line in file:
                self._take(line)

    def _take(self, line: bytes) -> None:
        plain = codec.read_plain(line)
        kind = _KINDS.get(plain.pop("kind", ""))
        if kind is None:
            entry = codec.read_entry(line)
            self._entries[entry.id] = entry
        else:
            noun = codec.as_noun(plain, kind)
            self._nouns[kind, noun.id] = noun

    def _keep(self) -> None:
        with WholeFile(self.path, mode=FOR_ALL) as whole:
            whole.stream.writelines(self._lines())

    def _lines(self) -> Iterator[bytes]:
        head = _Head(self.server, self.revision, self.epoch, nouns=True)
        yield codec.write(head) + b"\n"
        for (kind, _), noun in sorted(self._nouns.items(), key=_by_name):
            yield codec.write({"kind": KINDS[kind], **codec.plain(noun)}) + b"\n"
        for entry_id in sorted(self._entries):
            yield codec.write(self._entries[entry_id]) + b"\n"


def _by_name(row: tuple[tuple[type, str], Noun]) -> tuple[str, str]:
    (kind, noun_id), _ = row
    return KINDS[kind], noun_id
