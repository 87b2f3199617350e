"""What makes entries findable in the store, kept in step with every write.

A term stands with everything that a lookup compares: its key, the stem of its key, the
sound and the initials of its reading. Its grams stand in the table `gram`, the number
of terms that hold a gram in `frequency`, the words of all keys in `word`, and what they
become by one typing mistake in `near`. Prose (definitions, notes) has a table of its
own. `tally` counts what lists and statistics show, so that nobody has to count.
"""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Mapping
from typing import Final

from glossary.entry import Entry, read_entry, write
from glossary.store.browsing import facets
from glossary.store.connection import Connection
from glossary.store.findable import (
    Findable,
    findable,
    indexed,
    prose_of,
    tallies,
    terms_made_of,
)
from glossary.store.progress import report
from glossary.text import counted, grams, pieces, plain

#: So many terms wait for their grams to be indexed, at some 200 bytes each.
_TERMS_AT_ONCE: Final = 20_000
#: Once one term in so many is new, the pieces of the grams are made one.
_SHARE_GATHERED: Final = 4
#: A term's number is its key's length, shifted by this, plus a running number.
LENGTH_SHIFT: Final = 40
#: The length of a term's key, in SQL. It stands in an index before the key.
LENGTH: Final = "(t.n >> 40)"
#: The tables of the index, but for those of grams and prose.
_TABLES: Final = tuple("term entry_subject frequency word near tally facet".split())
#: The columns of a term, but for its grams.
TERM: Final = "n, entry, ordinal, lang, rank, key, stem, sound, initials"
_ADD_TERM: Final = f"insert into term ({TERM}) values (?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 - fixed words only.  # nosec B608


class Index(ABC):
    """The index as one write transaction changes it; an engine keeps the grams."""

    def __init__(self, connection: Connection) -> None:
        self._execute = connection.execute
        self._run_many = connection.executemany
        self._next_numbers: dict[int, int] = {}
        self._waiting = 0
        self._frequency: Counter[str] = Counter()
        self._words: set[str] = set()
        self._tally: Counter[str] = Counter()
        self._added = 0
        #: Lines of tallies and grams that are still to be counted, all at once.
        self._uncounted: tuple[list[str], list[str]] = ([], [])

    @property
    def has_grown(self) -> bool:
        """Whether a good part of the terms is new in this transaction."""
        if not self._added:
            return False
        (size,) = self._execute(
            "select coalesce(sum(n), 0) from tally where kind = 'lang'"
        ).fetchone()
        return bool(self._added * _SHARE_GATHERED >= size)

    @abstractmethod
    def next_entry(self) -> int:
        """Return the number of the next entry that this transaction makes."""

    def add(self, n: int, entry: Entry, rows: Findable | None = None) -> None:
        """Make an entry findable, by what was made of it already where that is given.

        A retired one is only counted.
        """
        rows = rows or findable(entry)
        self._uncounted[0].append(rows.tally)
        # A glossary of retired entries alone is there too.
        self._tally[f"glossary\t{entry.glossary}"] += 0
        for subject in rows.subjects:
            self._execute(
                "insert into entry_subject (subject, entry) values (?, ?)",
                [subject, n],
            )
        if rows.facets:
            self._run_many(
                "insert into facet (kind, value, place, entry) values (?, ?, ?, ?)",
                [(*facet, n) for facet in rows.facets],
            )
        for term in rows.terms:
            ordinal, lang, rank, key, *sounds, key_grams = term
            number = self._number(len(key))
            row = [number, n, ordinal, lang, rank, key, *sounds]
            self.add_term(row, key_grams)
        self._waiting += max(len(rows.terms), 1)
        self._uncounted[1].append(rows.counted)
        self._words.update(rows.words.split())
        if any(rows.prose):
            self.add_prose(n, *rows.prose)
        if self._waiting >= _TERMS_AT_ONCE:
            self.finish()

    def remove(self, n: int, entry: Entry) -> None:
        """Make an entry unfindable, as it is stored."""
        self.remove_all({n: entry})

    def remove_all(self, entries: Mapping[int, Entry]) -> None:
        """Make some hundreds of entries unfindable, by number, as they are stored.

        What was added before is indexed first: it may be what is removed.
        """
        self.finish()
        for entry in entries.values():
            self._tally.subtract(tallies(entry, facets(entry)))
            self._tally[f"glossary\t{entry.glossary}"] += 0
        numbers = [write(list(entries)).decode()]
        numbers_here = "(select cast(value as integer) from json_each(?))"
        for table in ("entry_subject", "facet"):
            self._execute(f"delete from {table} where entry in {numbers_here}", numbers)  # noqa: S608 - fixed words only.  # nosec B608
        terms = self._execute(
            f"delete from term where entry in {numbers_here} returning n, entry, key",  # noqa: S608 - fixed words only.  # nosec B608
            numbers,
        ).fetchall()
        # In the order of the numbers, FTS5 writes what it has gathered only once.
        for number, n, key in sorted(terms):
            entry_grams = grams(key)
            self.drop_grams(number, indexed(entry_grams, entries[n]))
            self._frequency.subtract(counted(entry_grams))
        for n, entry in sorted(entries.items(), key=lambda item: item[0]):
            if entry.state != "retired" and any(prose := prose_of(entry)):
                self.drop_prose(n, *prose)

    def renew(self, changes: Mapping[int, tuple[Entry, Entry]]) -> None:
        """Make some hundreds of entries findable as they are now.

        Each is given by its number, as it is stored and as it is now. Where the terms
        are found as before, their rows and grams stay.
        """
        renewals = {
            n: pair
            for n, pair in changes.items()
            if terms_made_of(pair[0]) != terms_made_of(pair[1])
        }
        if renewals:
            self.remove_all({n: old for n, (old, _) in renewals.items()})
        for n, (old, new) in changes.items():
            if n in renewals:
                self.add(n, new)
            else:
                self._renew_beside_terms(n, old, new)

    def _renew_beside_terms(self, n: int, old: Entry, new: Entry) -> None:
        before, now = (_facets(entry) for entry in (old, new))
        delta = Counter(tallies(new, now))
        delta.subtract(tallies(old, before))
        self._tally.update({name: n for name, n in delta.items() if n})
        self._run_many(
            "delete from facet "
            "where kind = ? and value = ? and place = ? and entry = ?",
            [(*facet, n) for facet in sorted(before - now)],
        )
        self._run_many(
            "insert into facet (kind, value, place, entry) values (?, ?, ?, ?)",
            [(*facet, n) for facet in sorted(now - before)],
        )
        was, is_ = (_prose(entry) for entry in (old, new))
        if was != is_:
            if any(was):
                self.drop_prose(n, *was)
            if any(is_):
                self.add_prose(n, *is_)

    def finish(self) -> None:
        """Index what is waiting; the store's door does it before the end."""
        self._waiting = 0
        tally_lines, counted_grams = self._uncounted
        if tally_lines:
            self._tally.update("\n".join(tally_lines).split("\n"))
            self._frequency.update(" ".join(counted_grams).split())
        self._run_many(
            "insert into frequency (gram, n) values (?, ?) "
            "on conflict (gram) do update set n = frequency.n + excluded.n",
            sorted((gram, n) for gram, n in self._frequency.items() if n),
        )
        self._run_many(
            "insert into tally (kind, name, n) values (?, ?, ?) "
            "on conflict (kind, name) do update set n = tally.n + excluded.n",
            [
                (*name.split("\t"), n)
                for name, n in sorted(self._tally.items())
                # A glossary is there also when all of its entries are retired.
                if n or name.startswith("glossary\t")
            ],
        )
        if self._words:
            self._learn(self._words)
        for waiting in (self._frequency, self._words, self._tally, *self._uncounted):
            waiting.clear()

    @abstractmethod
    def add_term(self, row: list[str | int | None], grams: str) -> None:
        """Keep a row of the columns `TERM`, and its grams with spaces between."""

    @abstractmethod
    def drop_grams(self, number: int, grams: str) -> None:
        """Forget the grams of a term that is gone."""

    @abstractmethod
    def add_prose(self, n: int, definition: str, note: str) -> None:
        """Keep the grams of the prose of an entry."""

    @abstractmethod
    def drop_prose(self, n: int, definition: str, note: str) -> None:
        """Forget the grams of the prose of an entry."""

    def _learn(self, words: set[str]) -> None:
        """Add words that were never met before, with what they are near to."""
        stored_words = {
            row[0]
            for row in self._execute(
                "select word from word where word in (select value from json_each(?))",
                [write(sorted(words)).decode()],
            )
        }
        new = sorted(words - stored_words)
        self._run_many(
            "insert into word (word, backward) values (?, ?)",
            [(word, word[::-1]) for word in new],
        )
        self._run_many(
            "insert into near (piece, word) values (?, ?)",
            sorted((p, word) for word in filter(plain, new) for p in pieces(word)),
        )

    def _number(self, length: int) -> int:
        """Return the next free number of a term whose key has this length."""
        number = self._next_numbers.get(length)
        if number is None:
            lowest = length << LENGTH_SHIFT
            (highest,) = self._execute(
                "select max(n) from term where n >= ? and n < ?",
                [lowest, (length + 1) << LENGTH_SHIFT],
            ).fetchone()
            number = lowest if highest is None else int(highest) + 1
        self._next_numbers[length] = number + 1
        return number


def _facets(entry: Entry) -> set[tuple[str, str, str]]:
    return set() if entry.state == "retired" else facets(entry)


def _prose(entry: Entry) -> tuple[str, str]:
    return ("", "") if entry.state == "retired" else prose_of(entry)


def refill(index: Index, connection: Connection) -> None:
    """Fill an index anew from the stored entries, after what it has in tables is gone.

    What an engine keeps elsewhere must have been emptied.
    """
    for table in _TABLES:
        connection.execute(f"delete from {table}")  # noqa: S608 - fixed words only.  # nosec B608
    after, number = -1, 0
    ((of,),) = connection.execute("select count(*) from entry").fetchall()
    while rows := connection.execute(
        "select n, document from entry where n > ? order by n limit 1000", [after]
    ).fetchall():
        for n, document in rows:
            index.add(n, read_entry(document))
        after, number = rows[-1][0], number + len(rows)
        report(number, of)
    index.finish()


class SqliteIndex(Index):
    """The index with its grams in FTS5, which only stores them, split at spaces."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._grams: list[tuple[int, str]] = []
        self._last_entry: int | None = None

    def next_entry(self) -> int:
        """Return the number after the highest; nobody else writes meanwhile."""
        if self._last_entry is None:
            (highest,) = self._execute("select max(n) from entry").fetchone()
            self._last_entry = int(highest or 0)
        self._last_entry += 1
        return self._last_entry

    def add_term(self, row: list[str | int | None], grams: str) -> None:
        """Keep a term; its grams wait."""
        self._execute(_ADD_TERM, row)
        self._grams.append((int(row[0] or 0), grams))

    def finish(self) -> None:
        """Index grams in the order of their numbers: ten times as fast.

        FTS5 writes what it has gathered to the file whenever a number is lower than
        the one before.
        """
        self._run_many(
            "insert into gram (rowid, grams) values (?, ?)", sorted(self._grams)
        )
        self._added += len(self._grams)
        self._grams.clear()
        super().finish()

    def gather(self) -> None:
        """Make the pieces of the grams one, where many terms are new; nothing waits.

        FTS5 looks into each piece for each gram, and a long import leaves a dozen.
        """
        if self.has_grown:
            for table in ("gram", "prose"):
                self._execute(f"insert into {table} ({table}) values ('optimize')")  # noqa: S608 - fixed words only.  # nosec B608

    def drop_grams(self, number: int, grams: str) -> None:
        """Forget grams; FTS5 must be told what they were."""
        self._execute(
            "insert into gram (gram, rowid, grams) values ('delete', ?, ?)",
            [number, grams],
        )

    def add_prose(self, n: int, definition: str, note: str) -> None:
        """Index prose in columns of their own."""
        self._execute(
            "insert into prose (rowid, definition, note) values (?, ?, ?)",
            [n, definition, note],
        )

    def drop_prose(self, n: int, definition: str, note: str) -> None:
        """Forget prose; FTS5 must be told what it was."""
        self._execute(
            "insert into prose (prose, rowid, definition, note) "
            "values ('delete', ?, ?, ?)",
            [n, definition, note],
        )


def relist(connection: Connection, kind: str) -> None:
    """List the entries in use anew by one kind, and count its lists anew."""
    connection.execute("delete from facet where kind = ?", [kind])
    connection.execute("delete from tally where kind = ?", [kind])
    after = -1
    while rows := connection.execute(
        "select n, document from entry where n > ? and state != 'retired' "
        "order by n limit 1000",
        [after],
    ).fetchall():
        connection.executemany(
            "insert into facet (kind, value, place, entry) values (?, ?, ?, ?)",
            [
                (*facet, n)
                for n, text in rows
                for facet in facets(read_entry(text))
                if facet[0] == kind
            ],
        )
        after = rows[-1][0]
    connection.execute(
        "insert into tally (kind, name, n) select kind, value, count(distinct entry) "
        "from facet where kind = ? group by kind, value",
        [kind],
    )


def count_proofs(connection: Connection) -> None:
    """List entries by what is proved of them, and count them by their states."""
    relist(connection, "proof")
    connection.execute(
        "delete from tally where kind in ('proof-approved', 'proof-draft')"
    )
    connection.execute(
        "insert into tally (kind, name, n) "
        "select 'proof-' || e.state, f.value, count(*) from facet f "
        "join entry e on e.n = f.entry where f.kind = 'proof' group by e.state, f.value"
    )
