"""Writes of sources, subjects, issuers and glossaries inside one open transaction."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from glossary.entry import (
    KINDS,
    Glossary,
    Issuer,
    Noun,
    Source,
    Subject,
    codec,
)
from glossary.errors import Conflict, InUse
from glossary.message import N_
from glossary.store.connection import Connection, rows_of
from glossary.store.issuers import IssuerNames, spellings
from glossary.store.nouns import NAMED, N, Nouns, find, one
from glossary.text import key

#: So many of those that still name something are told.
_TOLD: Final = 5
_EXISTS: Final[dict[type, str]] = {
    Source: N_("There is a source “%(id)s” already."),
    Subject: N_("There is a subject “%(id)s” already."),
    Issuer: N_("There is an issuer “%(id)s” already."),
    Glossary: N_("There is a glossary “%(id)s” already."),
}
_USED: Final[dict[type, str]] = {
    Source: N_("The source “%(id)s” is still cited by: %(users)s."),
    Subject: N_("The subject “%(id)s” is still that of: %(users)s."),
    Issuer: N_("The issuer “%(id)s” is still named by: %(users)s."),
    Glossary: N_("The glossary “%(id)s” still holds: %(users)s."),
}


class Describing:
    """The writes of nouns; `revision` makes the revision of the transaction.

    `settle` brings the lists of what names what up to date. `touched` is what was
    written last, as `kind/id`, with its version.
    """

    def __init__(
        self,
        connection: Connection,
        *,
        by: str,
        at: str,
        revision: Callable[[], int],
        settle: Callable[[], None],
    ) -> None:
        self._execute = connection.execute
        self._rows = rows_of(connection)
        self._by, self._at = by, at
        self._revision, self._settle = revision, settle
        #: Whose a name is, by its key; read when the first issuer is written.
        self._names: dict[str, str] | None = None
        self.newest: tuple[str, int] | None = None

    def find(self, kind: type[N], noun_id: str) -> N | None:
        """Return a described noun as this transaction sees it, or None."""
        return find(self._rows, kind, noun_id)

    def one(self, kind: type[N], noun_id: str) -> N:
        """Return a noun as this transaction sees it; raise NotFound."""
        return one(self._rows, kind, noun_id)

    def some(self, kind: type[N], ids: Sequence[str]) -> list[N]:
        """Return the described nouns of those ids as this transaction sees them."""
        return Nouns(self._rows).some(kind, ids)

    def issuers(self) -> IssuerNames:
        """Return whom names stand for, as this transaction sees it."""
        return IssuerNames(Nouns(self._rows).all(Issuer))

    def create(self, noun: N) -> N:
        """Store a new noun and return it with its version; raise Conflict."""
        kind = type(noun)
        if find(self._rows, kind, noun.id) is not None:
            raise Conflict(_EXISTS[kind], id=noun.id)
        return self._write(noun, None, "create")

    def update(self, noun: N, action: str = "update") -> N:
        """Store a new version of a noun, or a first one, and return it; raise Conflict.

        One that says what is stored already is returned as it is stored.
        """
        old = find(self._rows, type(noun), noun.id)
        if old is not None and replace(noun, version=old.version) == old:
            self.newest = f"{KINDS[type(noun)]}/{noun.id}", old.version
            return old
        return self._write(noun, old, action)

    def put(self, noun: N) -> bool:
        """Store a noun, new or not; return whether anything changed."""
        old = find(self._rows, type(noun), noun.id)
        if old is not None and replace(noun, version=old.version) == old:
            return False
        self._write(noun, old, "update" if old else "create")
        return True

    def author(self, noun: Noun) -> str | None:
        """Return who made the last version of a noun, or deleted it; None if nobody."""
        rows = self._rows(
            'select "by" from noun_version where kind = ? and id = ? '
            "order by version desc limit 1",
            [KINDS[type(noun)], noun.id],
        )
        return str(rows[0][0]) if rows else None

    def delete(self, kind: type[N], noun_id: str) -> None:
        """Remove a noun, but not its history; raise NotFound, or InUse if it is named.

        An entry that is retired names it too.
        """
        noun = one(self._rows, kind, noun_id)
        self._settle()
        users = list(dict.fromkeys(self._users(noun)))
        if users:
            raise _in_use(kind, noun_id, users)
        self._execute(f"delete from {KINDS[kind]} where id = ?", [noun_id])  # noqa: S608 - our own table.  # nosec B608
        self._names = None
        self._note(noun, self._last(noun) + 1, "delete", pointers=(), text=None)

    def retired(self, glossary_id: str) -> list[str]:
        """Return the entries of a glossary; raise InUse unless all are retired."""
        in_use = self._ids(
            "select id from entry where glossary = ? and state != 'retired' "
            "order by id limit ?",
            glossary_id,
            _TOLD + 1,
        )
        if in_use:
            raise _in_use(Glossary, glossary_id, in_use)
        return self._ids("select id from entry where glossary = ?", glossary_id)

    def _write(self, noun: N, old: N | None, action: str) -> N:
        if isinstance(noun, Issuer):
            self._must_be_its_own(noun)
        noun = replace(noun, version=self._last(noun) + 1)
        text = codec.write(noun).decode()
        kind = KINDS[type(noun)]
        self._execute(
            f"insert into {kind} (id, document) values (?, ?) "  # noqa: S608 - our own table.  # nosec B608
            "on conflict (id) do update set document = excluded.document",
            [noun.id, text],
        )
        pointers: tuple[str, ...] = ()
        if old is not None:
            before = codec.plain(replace(old, version=noun.version))
            pointers = codec.changed(before, codec.plain(noun))
        self._note(noun, noun.version, action, pointers=pointers, text=text)
        return noun

    def _note(
        self,
        noun: Noun,
        version: int,
        action: str,
        *,
        pointers: tuple[str, ...],
        text: str | None,
    ) -> None:
        kind = KINDS[type(noun)]
        self.newest = f"{kind}/{noun.id}", version
        self._execute(
            "insert into noun_version (kind, id, version, revision, at, "
            '"by", action, changed, document) values (?, ?, ?, ?, ?, ?, ?, ?, ?)',
            [
                *(kind, noun.id, version, self._revision(), self._at, self._by),
                *(action, codec.write(pointers).decode(), text),
            ],
        )

    def _last(self, noun: Noun) -> int:
        """Return the number of the last version there was, 0 when there was none."""
        rows = self._rows(
            "select max(version) from noun_version where kind = ? and id = ?",
            [KINDS[type(noun)], noun.id],
        )
        return int(rows[0][0] or 0)

    def _must_be_its_own(self, issuer: Issuer) -> None:
        """Raise Conflict for a name that another issuer has: it would mean nobody."""
        if self._names is None:
            self._names = {
                key(name): issuer.id
                for issuer in Nouns(self._rows).all(Issuer)
                for name in spellings(issuer)
            }
        for name in spellings(issuer):
            if (whose := self._names.get(key(name), issuer.id)) != issuer.id:
                raise Conflict(
                    N_("“%(name)s” is a name of the issuer “%(id)s” already."),
                    name=name,
                    id=whose,
                )
        names = {
            name: whose for name, whose in self._names.items() if whose != issuer.id
        }
        self._names = names | {key(name): issuer.id for name in spellings(issuer)}

    def _users(self, noun: Noun) -> Iterator[str]:
        """Yield the ids of what names a noun: entries, sources, other issuers."""
        if isinstance(noun, Subject | Glossary):
            yield from self._ids(NAMED[type(noun)], noun.id, _TOLD + 1)
        elif isinstance(noun, Source):
            yield from self._listed("source", [noun.id])
            yield from self._retired(f'"source":{codec.write(noun.id).decode()}')
        else:
            yield from self._naming(noun)

    def _naming(self, issuer: Issuer) -> Iterator[str]:
        nouns, issuers = Nouns(self._rows), IssuerNames([issuer])
        yield from self._listed("issuer", nouns.issued_as(issuers, issuer))
        for name in dict.fromkeys(spellings(issuer)):
            yield from self._retired(f'"issuer":{codec.write(name).decode()}')
        for source in nouns.all(Source):
            editions = (edition.issuer for edition in source.edition.values())
            if any(issuers.of(name) for name in (source.issuer, *editions)):
                yield source.id
        for other in nouns.all(Issuer):
            if issuer.id in other.speaks_for:
                yield other.id

    def _listed(self, kind: str, values: Sequence[str]) -> list[str]:
        """Return entries in use that have one of some values of a kind."""
        return self._ids(
            "select e.id from facet f join entry e on e.n = f.entry where f.kind = ? "
            "and f.value in (select value from json_each(?)) limit ?",
            kind,
            codec.write(values).decode(),
            _TOLD + 1,
        )

    def _retired(self, words: str) -> list[str]:
        """Return retired entries whose document has these words: no list has them."""
        return self._ids(
            "select id from entry where state = 'retired' and instr(document, ?) > 0 "
            "order by id limit ?",
            words,
            _TOLD + 1,
        )

    def _ids(self, sql: str, *values: object) -> list[str]:
        return [row[0] for row in self._rows(sql, values)]


def _in_use(kind: type, noun_id: str, users: Sequence[str]) -> InUse:
    shown_users = ", ".join(users[:_TOLD]) + (" …" if len(users) > _TOLD else "")
    return InUse(_USED[kind], id=noun_id, users=shown_users)
