"""Writes of people, roles, tokens, sessions and the log in one open transaction."""

from collections.abc import Mapping
from dataclasses import replace

from glossary.entry import Person, Profile, Session, Token, codec
from glossary.errors import Conflict, NotFound
from glossary.message import N_
from glossary.store.connection import Connection, rows_of
from glossary.store.people import TOKEN, People


class Enrolling(People):
    """What a transaction changes of people; the revision of the glossary stays."""

    def __init__(self, connection: Connection, *, by: str, at: str) -> None:
        self._execute = connection.execute
        self._by, self._at = by, at
        super().__init__(rows_of(connection))

    def create(self, person: Person) -> Person:
        """Keep a new person and return them; raise Conflict for a taken id or address.

        Neither may a machine's token have the id, for it stands in the history.
        """
        if self._is_a_machine(person.id):
            raise Conflict(N_("There is a token “%(name)s” already."), name=person.id)
        if self.find(person.id) is not None:
            raise Conflict(N_("There is a person “%(name)s” already."), name=person.id)
        self._must_be_free(person)
        person = replace(person, created=person.created or self._at)
        self._execute(
            "insert into person (id, email, subject, document) values (?, ?, ?, ?)",
            [person.id, *self._columns(person)],
        )
        return person

    def is_free(self, name: str) -> bool:
        """Say whether a name may be that of a new person."""
        return self.find(name) is None and not self._is_a_machine(name)

    def _is_a_machine(self, name: str) -> bool:
        rows = self._execute(
            "select 1 from token where name = ? and (person is null or person = '')",
            [name],
        )
        return rows.fetchone() is not None

    def update(self, person: Person) -> Person:
        """Keep a person as they are now; raise NotFound, or Conflict for an address."""
        self.get(person.id)
        self._must_be_free(person)
        self._execute(
            "update person set email = ?, subject = ?, document = ? where id = ?",
            [*self._columns(person), person.id],
        )
        return person

    def set_secret(self, person_id: str, secret: str | None) -> None:
        """Keep the hash of a password, or none."""
        self._execute("update person set secret = ? where id = ?", [secret, person_id])

    def set_role(self, person_id: str, glossary: str, role: str | None) -> None:
        """Give a person a role in a glossary, or in `*`; None takes it away."""
        self.get(person_id)
        self._execute(
            "delete from role where person = ? and glossary = ?", [person_id, glossary]
        )
        if role is not None:
            self._execute(
                "insert into role (person, glossary, role) values (?, ?, ?)",
                [person_id, glossary, role],
            )

    def add_token(self, digest: str, token: Token) -> Token:
        """Store a token's digest; raise Conflict when the name is taken."""
        token = replace(token, created=self._at)
        result = self._execute(
            f"insert into token (digest, {TOKEN}) "  # noqa: S608 - fixed words only.  # nosec B608
            "values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (name) do nothing",
            [
                digest,
                token.name,
                token.scope,
                token.created,
                token.person,
                token.prefix,
                codec.write(token.glossaries).decode(),
                token.expires,
                token.used,
            ],
        )
        if not result.rowcount:
            raise Conflict(N_("There is a token “%(name)s” already."), name=token.name)
        return token

    def remove_token(self, name: str) -> None:
        """Remove a token by its name; raise NotFound."""
        if not self._execute("delete from token where name = ?", [name]).rowcount:
            raise NotFound(N_("There is no token “%(name)s”."), name=name)

    def remove_tokens(self, person_id: str) -> int:
        """Remove all tokens of a person; return how many there were."""
        result = self._execute("delete from token where person = ?", [person_id])
        return int(result.rowcount)

    def note_used(self, digests: Mapping[str, str]) -> None:
        """Note when tokens and sessions, by digest, were used last."""
        for digest, at in digests.items():
            self._execute("update token set used = ? where digest = ?", [at, digest])
            self._execute("update session set seen = ? where digest = ?", [at, digest])

    def put_profile(self, profile: Profile) -> None:
        """Keep a profile, new or changed."""
        self._execute(
            "insert into profile (id, document) values (?, ?) "
            "on conflict (id) do update set document = excluded.document",
            [profile.id, codec.write(profile).decode()],
        )

    def drop_profile(self, profile_id: str) -> None:
        """Forget a profile; raise NotFound."""
        self.profile(profile_id)
        self._execute("delete from profile where id = ?", [profile_id])

    def add_session(self, digest: str, session: Session) -> None:
        """Keep a session; those that have ended are forgotten."""
        self._execute("delete from session where expires < ?", [self._at])
        self._execute(
            "insert into session (digest, person, seen, expires, document) "
            "values (?, ?, ?, ?, ?)",
            [
                digest,
                session.person,
                session.seen,
                session.expires,
                codec.write(session).decode(),
            ],
        )

    def end_sessions(self, person_id: str, session_id: str | None = None) -> int:
        """End a session of a person, or all of them; return how many ended."""
        count = 0
        for digest, text in self._execute(
            "select digest, document from session where person = ?", [person_id]
        ).fetchall():
            if session_id in {None, codec.read(text, Session).id}:
                self._execute("delete from session where digest = ?", [digest])
                count += 1
        return count

    def add_link(self, digest: str, person_id: str, expires: str) -> None:
        """Keep a link that lets a person in once; older ones are void."""
        self._execute(
            "delete from link where person = ? or expires < ?", [person_id, self._at]
        )
        self._execute(
            "insert into link (digest, person, expires) values (?, ?, ?)",
            [digest, person_id, expires],
        )

    def use_link(self, digest: str) -> str | None:
        """Return whom a link lets in, and make it void; None when it is unknown."""
        row = self._execute(
            "delete from link where digest = ? returning person, expires", [digest]
        ).fetchone()
        return None if row is None or row[1] < self._at else str(row[0])

    def note(
        self,
        action: str,
        about: str = "",
        *,
        by: str | None = None,
        address: str = "",
        **details: str,
    ) -> None:
        """Write a line of the log."""
        self._execute(
            'insert into deed (at, "by", action, about, address, details) '
            "values (?, ?, ?, ?, ?, ?)",
            [
                self._at,
                self._by if by is None else by,
                action,
                about,
                address,
                codec.write(details).decode(),
            ],
        )

    def _columns(self, person: Person) -> list[str | None]:
        text = codec.write(person).decode()
        return [person.email.casefold() or None, person.subject or None, text]

    def _must_be_free(self, person: Person) -> None:
        for column, value in (
            ("email", person.email.casefold()),
            ("subject", person.subject),
        ):
            row = self._execute(
                f"select id from person where {column} = ? and id != ?",  # noqa: S608 - fixed words only.  # nosec B608
                [value or None, person.id],
            ).fetchone()
            if value and row is not None:
                raise Conflict(
                    N_("“%(value)s” is already known as that of “%(id)s”."),
                    value=value,
                    id=row[0],
                )
