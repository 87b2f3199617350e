"""People, roles, tokens and sessions, as the store keeps them: the reads."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from glossary.entry import Deed, Person, Profile, Session, Token, codec
from glossary.errors import NotFound
from glossary.message import N_
from glossary.store.connection import Rows

TOKEN: Final = "name, scope, created, person, prefix, glossaries, expires, used"  # noqa: S105 - names of columns.


class People:
    """The reads of people, over one function that runs SQL on the newest state."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def find(self, person_id: str) -> Person | None:
        """Return a person, or None."""
        rows = self._rows("select document from person where id = ?", [person_id])
        return codec.read(rows[0][0], Person) if rows else None

    def get(self, person_id: str) -> Person:
        """Return a person; raise NotFound."""
        person = self.find(person_id)
        if person is None:
            raise NotFound(N_("There is no person “%(id)s”."), id=person_id)
        return person

    def called(self, name: str) -> Person | None:
        """Return who has this id, or this address of e-mail; or None."""
        rows = self._rows(
            "select document from person where id = ? or email = ? "
            "order by id = ? desc limit 1",
            [name, name.casefold(), name],
        )
        return codec.read(rows[0][0], Person) if rows else None

    def of_subject(self, subject: str) -> Person | None:
        """Return whom a provider of OpenID Connect means, or None."""
        rows = self._rows("select document from person where subject = ?", [subject])
        return codec.read(rows[0][0], Person) if rows else None

    def all(self) -> list[Person]:
        """Return everybody, in the order of their ids."""
        rows = self._rows("select document from person order by id", [])
        return [codec.read(row[0], Person) for row in rows]

    def secret(self, person_id: str) -> str:
        """Return the hash of a person's password; empty when there is none."""
        rows = self._rows("select secret from person where id = ?", [person_id])
        return str(rows[0][0] or "") if rows else ""

    def with_roles(self, person_id: str) -> tuple[Person | None, dict[str, str]]:
        """Return a person and their role in each glossary; `*` stands for all."""
        rows = self._rows(
            "select p.document, r.glossary, r.role from person p "
            "left join role r on r.person = p.id where p.id = ?",
            [person_id],
        )
        if not rows:
            return None, {}
        roles = {glossary: role for _, glossary, role in rows if glossary}
        return codec.read(rows[0][0], Person), roles

    def roles(self, glossary: str | None = None) -> list[tuple[str, str, str]]:
        """Return person, glossary and role of every role, or of those in a glossary."""
        where, values = (
            ("", []) if glossary is None else ("where glossary = ?", [glossary])
        )
        rows = self._rows(
            f"select person, glossary, role from role {where} order by 2, 1",  # noqa: S608 - fixed words only.  # nosec B608
            values,
        )
        return [(row[0], row[1], row[2]) for row in rows]

    def token(self, digest: str) -> Token | None:
        """Return the token with this digest, or None."""
        rows = self._rows(f"select {TOKEN} from token where digest = ?", [digest])  # noqa: S608 - fixed words only.  # nosec B608
        return token_of(rows[0]) if rows else None

    def tokens(self, person: str | None = None) -> list[Token]:
        """Return all tokens, or those of a person, by name."""
        where, values = ("", []) if person is None else ("where person = ?", [person])
        rows = self._rows(f"select {TOKEN} from token {where} order by name", values)  # noqa: S608 - fixed words only.  # nosec B608
        return [token_of(row) for row in rows]

    def profile(self, profile_id: str) -> Profile:
        """Return a profile; raise NotFound."""
        rows = self._rows("select document from profile where id = ?", [profile_id])
        if not rows:
            raise NotFound(N_("There is no profile “%(id)s”."), id=profile_id)
        return codec.read(rows[0][0], Profile)

    def profiles(self) -> list[Profile]:
        """Return all profiles, in the order of their ids."""
        rows = self._rows("select document from profile order by id", [])
        return [codec.read(row[0], Profile) for row in rows]

    def session(self, digest: str) -> Session | None:
        """Return the session with this digest, or None; it may have ended."""
        rows = self._rows(
            "select document, seen, expires from session where digest = ?", [digest]
        )
        return _session(rows[0]) if rows else None

    def sessions(self, person: str) -> list[Session]:
        """Return the sessions of a person, the newest first."""
        rows = self._rows(
            "select document, seen, expires from session where person = ? "
            "order by seen desc",
            [person],
        )
        return [_session(row) for row in rows]

    def refused(
        self, action: str, since: str, *, address: str, about: str
    ) -> tuple[int, int]:
        """Return how often an address was refused something, and how often for a name.

        Only what was refused since a moment counts.
        """
        rows = self._rows(
            "select count(*), sum(case when about = ? then 1 else 0 end) from deed "
            "where action = ? and at > ? and address = ?",
            [about, action, since, address],
        )
        return int(rows[0][0]), int(rows[0][1] or 0)

    def deeds(
        self,
        *,
        limit: int,
        before: int | None = None,
        by: str | None = None,
        action: str | None = None,
    ) -> list[Deed]:
        """Return lines of the log, the newest first, from before a number on."""
        where, values = ["1 = 1"], list[object]()
        for words, value in (("n < ?", before), ('"by" = ?', by)):
            if value is not None:
                where.append(words)
                values.append(value)
        if action is not None:
            where.append("(action = ? or action like ?)")
            values += [action, f"{action}.%"]
        rows = self._rows(
            'select n, at, "by", action, about, address, details from deed '  # noqa: S608 - fixed words only.  # nosec B608
            f"where {' and '.join(where)} order by n desc limit ?",
            [*values, limit],
        )
        return [
            Deed(n, at, who, what, about, address, codec.read(details, dict[str, str]))
            for n, at, who, what, about, address, details in rows
        ]


def token_of(row: Sequence[Any]) -> Token:
    """Return a row of tokens as a noun."""
    name, scope, created, person, prefix, glossaries, expires, last_use = row
    return Token(
        name,
        scope,
        created,
        person=person or "",
        prefix=prefix or "",
        glossaries=tuple(codec.read(glossaries or "[]", list[str])),
        expires=expires or "",
        used=last_use or "",
    )


def _session(row: Sequence[Any]) -> Session:
    document, last_seen, expires = row
    return replace(codec.read(document, Session), seen=last_seen, expires=expires)
