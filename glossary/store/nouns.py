"""Sources, subjects, issuers and glossaries as they are read from the store.

The newest document of each stands in a table of its kind, every version in the table
`noun_version`; that of a deletion has no document. A subject or a glossary that entries
only name, and nobody has described, is there all the same: empty, with the version 0.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any, Final, TypeVar

import orjson

from glossary.entry import (
    KINDS,
    Glossary,
    Issuer,
    Noun,
    NounVersion,
    Source,
    Subject,
    codec,
    read_noun,
)
from glossary.errors import NotFound
from glossary.message import N_
from glossary.store.connection import Rows
from glossary.store.issuers import IssuerNames
from glossary.store.listing import ALL

N = TypeVar("N", bound=Noun)
_VERSION: Final = 'kind, id, version, revision, at, "by", action, changed, document'
#: The entries that name a subject or a glossary, retired ones too.
NAMED: Final[Mapping[type, str]] = {
    Subject: "select e.id from entry_subject s join entry e on e.n = s.entry "
    "where s.subject = ? order by e.id limit ?",
    Glossary: "select id from entry where glossary = ? order by id limit ?",
}
_MISSING: Final[Mapping[type, str]] = {
    Source: N_("There is no source “%(id)s”."),
    Subject: N_("There is no subject “%(id)s”."),
    Issuer: N_("There is no issuer “%(id)s”."),
    Glossary: N_("There is no glossary “%(id)s”."),
}
_KIND: Final[Mapping[str, type[Noun]]] = {name: kind for kind, name in KINDS.items()}


class Nouns:
    """The reads of nouns, over one function that runs SQL."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def all(self, kind: type[N]) -> list[N]:
        """Return every described noun of a kind, in the order of the ids."""
        sql = f"select document from {KINDS[kind]} order by id"  # noqa: S608 - our own table.  # nosec B608
        return [read_noun(row[0], kind) for row in self._rows(sql, [])]

    def number(self, kind: type[Noun]) -> int:
        """Return how many nouns of a kind are described."""
        sql = f"select count(*) from {KINDS[kind]}"  # noqa: S608 - our own table.  # nosec B608
        return int(self._rows(sql, [])[0][0])

    def some(self, kind: type[N], ids: Sequence[str]) -> list[N]:
        """Return the described nouns of those ids, in the order of the ids."""
        rows = self._rows(
            f"select document from {KINDS[kind]} where id in "  # noqa: S608 - our own table.  # nosec B608
            "(select value from json_each(?)) order by id",
            [codec.write(ids).decode()],
        )
        return [read_noun(row[0], kind) for row in rows]

    def one(self, kind: type[N], noun_id: str) -> N:
        """Return a noun; raise NotFound."""
        return one(self._rows, kind, noun_id)

    def counted(
        self, kind: type[N], *, after: str = "", limit: int = ALL
    ) -> list[tuple[N, int]]:
        """Return each noun of a kind with how many entries in use name it.

        Subjects and glossaries that are only named are among them. A page begins
        `after` an id and has at most so many.
        """
        # What is only named may come between, but a source is always described.
        whole = kind is not Source
        page = self.all(kind) if whole else self._page(kind, after, limit)
        nouns = {noun.id: noun for noun in page}
        if kind is Issuer:
            counts = self._issued(IssuerNames(self.all(Issuer)))
        else:
            counts = dict(self._tally(KINDS[kind]))
        if kind in NAMED:
            for name, count in counts.items():
                # A glossary whose entries are all retired is there, a subject is not.
                if count or (kind is Glossary and self._rows(NAMED[kind], [name, 1])):
                    nouns.setdefault(name, bare(kind, name))
        names = islice((name for name in sorted(nouns) if name > after), limit)
        return [(nouns[name], counts.get(name, 0)) for name in names]

    def _page(self, kind: type[N], after: str, limit: int) -> list[N]:
        """Return described nouns of a kind from after an id on, at most so many."""
        sql = f"select document from {KINDS[kind]} where id > ? order by id limit ?"  # noqa: S608 - our own table.  # nosec B608
        return [read_noun(row[0], kind) for row in self._rows(sql, [after, limit])]

    def issued_as(self, issuers: IssuerNames, issuer: Issuer | None) -> list[str]:
        """Return the names that terms have for an issuer; with None, for nobody."""
        return [t for t, n in self._tally("issuer") if n and issuers.of(t) is issuer]

    def versions(
        self, kind: type[N], noun_id: str, *, before: int = ALL, limit: int = ALL
    ) -> list[NounVersion]:
        """Return the history of a noun, deleted or not, newest first; raise NotFound.

        What was never described has none. It may begin `before` a version, and have at
        most so many.
        """
        rows = self._rows(
            f"select {_VERSION} from noun_version where kind = ? and id = ? "  # noqa: S608 - fixed words only.  # nosec B608
            "and version < ? order by version desc limit ?",
            [KINDS[kind], noun_id, before, limit],
        )
        if not rows and before == ALL:
            self.one(kind, noun_id)
        return [_version(row) for row in rows]

    def changes(
        self, *, since: int, after: tuple[str, str] | None = None, limit: int
    ) -> list[NounVersion]:
        """Return the newest version of each noun that moved, in the order of revision.

        Begin after the noun `after` (kind and id) of revision `since`; without one,
        after the whole of that revision.
        """
        place = "(revision, kind, id) > (?, ?, ?)" if after else "revision > ?"
        rows = self._rows(
            f"select {_VERSION} from noun_version v where {place} and not exists "  # noqa: S608 - fixed words only.  # nosec B608
            "(select 1 from noun_version w where w.kind = v.kind and w.id = v.id "
            "and w.version > v.version) order by revision, kind, id limit ?",
            [since, *(after or ()), limit],
        )
        return [_version(row) for row in rows]

    def _issued(self, issuers: IssuerNames) -> dict[str, int]:
        """Return by issuer how many entries have terms of theirs."""
        texts: dict[str, list[str]] = {}
        counts: Counter[str] = Counter()
        for text, n in self._tally("issuer"):
            if n and (issuer := issuers.of(text)):
                texts.setdefault(issuer.id, []).append(text)
                counts[issuer.id] += n
        for name, several in texts.items():
            if len(several) > 1:
                # An entry with two of the names is one.
                counts[name] = self._rows(
                    "select count(distinct entry) from facet where kind = 'issuer' "
                    "and value in (select value from json_each(?))",
                    [codec.write(several).decode()],
                )[0][0]
        return counts

    def _tally(self, kind: str) -> list[tuple[str, int]]:
        rows = self._rows(
            "select name, n from tally where kind = ? order by name", [kind]
        )
        return [(name, n) for name, n in rows]


def find(rows: Rows, kind: type[N], noun_id: str) -> N | None:
    """Return a described noun, or None."""
    sql = f"select document from {KINDS[kind]} where id = ?"  # noqa: S608 - our own table.  # nosec B608
    found_rows = rows(sql, [noun_id])
    return read_noun(found_rows[0][0], kind) if found_rows else None


def one(rows: Rows, kind: type[N], noun_id: str) -> N:
    """Return a noun, described or only named; raise NotFound."""
    noun = find(rows, kind, noun_id)
    if noun is not None:
        return noun
    if kind in NAMED and rows(NAMED[kind], [noun_id, 1]):
        return bare(kind, noun_id)
    raise NotFound(_MISSING[kind], id=noun_id)


def bare(kind: type[N], noun_id: str) -> N:
    """Return a noun of which nothing is known but its id."""
    return kind(noun_id, {})


def _version(row: Sequence[Any]) -> NounVersion:
    kind, noun_id, version, revision, at, by, action, pointers, text = row
    return NounVersion(
        kind=kind,
        id=noun_id,
        version=version,
        revision=revision,
        at=at,
        by=by,
        action=action,
        changed=tuple(orjson.loads(pointers)),
        document=None if text is None else read_noun(text, _KIND[kind]),
    )
