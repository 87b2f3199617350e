"""Which stored entry a record of a file means, seen from inside a write transaction."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from glossary.entry import Entry, Term, read_entry, write
from glossary.store.connection import Connection
from glossary.store.issuers import IssuerNames
from glossary.text import key, primary

#: The languages of which one wording each says which entry is meant.
_PAIR: Final = frozenset({"zh", "en"})
_WITH_KEY: Final = "select entry from term where key = ? and lang = ?"
#: A question inside the question keeps the planner to the index, whatever it thinks of
#: a table that this very transaction fills.
_WITH_KEYS: Final = (
    "select j.value from json_each(?) j "
    "where (select 1 from term t where t.key = j.value and t.lang = ? limit 1) = 1"
)
_WITH_IDS: Final = (
    "select j.value from json_each(?) j "
    "where (select 1 from entry e where e.id = j.value limit 1) = 1"
)


#: Entries of a glossary, from an id on, that a file has left out.
_UNMET: Final = (
    "where glossary = ? and id > ? and state != 'retired' and revision != ? "
    "and not exists (select 1 from met where met.id = entry.id) "
    "and not exists (select 1 from kept where kept.id = entry.id)"
)


class Alike(NamedTuple):
    """Entries that have the wordings of a record: as written, and but for folding."""

    exact: list[Entry]
    near: list[Entry]


class Matching:
    """Finds entries by their wordings, and notes which ones a file has met.

    What this transaction has written, it has met. Notes of the rest stand in a
    temporary table: a file may meet a million entries. `issuers` say which names are of
    one.
    """

    def __init__(
        self, connection: Connection, revision: int, issuers: IssuerNames
    ) -> None:
        self.issuers = issuers
        self._execute = connection.execute
        self._revision = revision
        self._missing_wordings: set[tuple[str, str]] = set()
        self._missing_ids: set[str] = set()
        self._execute("drop table if exists met")
        self._execute("create temp table met (id text primary key)")
        self._execute("drop table if exists kept")
        self._execute("create temp table kept (id text primary key)")
        self._keeps = False

    def foresee(
        self, asked_wordings: Iterable[tuple[str, str]], ids: Iterable[str]
    ) -> None:
        """Look in one go for wordings and ids that are about to be asked for.

        What is not there needs no question of its own, until it is `written`.
        """
        wordings: dict[str, set[str]] = {}
        for wording, lang in asked_wordings:
            wordings.setdefault(lang, set()).add(wording)
        self._missing_wordings = {
            (wording, lang)
            for lang, keys in wordings.items()
            for wording in keys - self._values(_WITH_KEYS, keys, lang)
        }
        names = set(ids)
        self._missing_ids = names - self._values(_WITH_IDS, names)

    def lacks(self, entry_id: str) -> bool:
        """Say whether an id was foreseen and is not there; else nothing is known."""
        return entry_id in self._missing_ids

    def lacks_all(self, wordings: Iterable[tuple[str, str]]) -> bool:
        """Say whether wordings were foreseen, and none of them is there."""
        return self._missing_wordings.issuperset(wordings)

    def written(self, entry_id: str, wordings: Iterable[tuple[str, str]]) -> None:
        """Note that an entry with these wordings is there now."""
        self._missing_ids.discard(entry_id)
        self._missing_wordings.difference_update(wordings)

    def meet(self, entry_id: str) -> bool:
        """Note an entry; return whether it had been met before."""
        if self._is_written(entry_id):
            return True
        result = self._execute(
            "insert into met values (?) on conflict do nothing", [entry_id]
        )
        return result.rowcount == 0

    def met(self, entry_id: str) -> bool:
        """Say whether an entry was met before."""
        row = self._execute("select 1 from met where id = ?", [entry_id]).fetchone()
        return row is not None or self._is_written(entry_id)

    def _in_glossary(
        self, column: str, value: str | int, glossary: str | None
    ) -> list[tuple[str, str]]:
        """Return id and glossary of an entry, unless it is of another glossary."""
        rows = self._execute(
            f"select id, glossary from entry where {column} = ?",  # noqa: S608 - fixed words only.  # nosec B608
            [value],
        )
        return [row for row in rows.fetchall() if glossary in {None, row[1]}]

    def _keep_names(self, names: set[str]) -> set[str]:
        self._keeps = self._keeps or bool(names)
        for name in names:
            self._execute("insert into kept values (?) on conflict do nothing", [name])
        return names

    def _values(self, sql: str, names: set[str], *more: str) -> set[str]:
        """Return which of some values are there."""
        rows = self._execute(sql, [write(sorted(names)).decode(), *more])
        return {value for (value,) in rows}

    def _is_written(self, entry_id: str) -> bool:
        row = self._execute(
            "select revision from entry where id = ?", [entry_id]
        ).fetchone()
        return bool(row[0] == self._revision)

    def keep(
        self, entry_id: str, texts: Iterable[str], glossary: str | None
    ) -> set[str]:
        """Note the entries that a refused record may mean; return their ids.

        Its id says it, where that is one of the glossary; else its wordings, and then
        those entries that have most of them in one glossary.
        """
        if entry_id and (pairs := self._in_glossary("id", entry_id, glossary)):
            return self._keep_names({name for name, _ in pairs})
        wordings = list(texts)
        hits: Counter[int] = Counter()
        for wording in {key(text) for text in wordings} - {""}:
            rows = self._execute("select entry from term where key = ?", [wording])
            hits.update({n for (n,) in rows.fetchall()})
        most: dict[str, int] = {}
        names: dict[str, set[str]] = {}
        for n, count in hits.most_common():
            for name, where in self._in_glossary("n", n, glossary):
                if count == most.setdefault(where, count):
                    names.setdefault(where, set()).add(name)
        if names:
            return self._keep_names(set().union(*names.values()))
        # What no wording is may be an id, in a line that nobody can read.
        return self._keep_names(
            {
                name
                for text in wordings
                for name, _ in self._in_glossary("id", text, glossary)
            }
        )

    def keeps(self, entry_id: str) -> bool:
        """Say whether a refused record may mean an entry."""
        if not self._keeps:
            return False
        row = self._execute("select 1 from kept where id = ?", [entry_id]).fetchone()
        return row is not None

    def in_use(self, glossary: str) -> int:
        """Return how many entries of a glossary are in use."""
        row = self._execute(
            "select count(*) from entry where glossary = ? and state != 'retired'",
            [glossary],
        ).fetchone()
        return int(row[0])

    def unmet_count(self, glossary: str) -> int:
        """Return how many entries `unmet` would yield."""
        row = self._execute(
            f"select count(*) from entry {_UNMET}",  # noqa: S608 - fixed words only.  # nosec B608
            [glossary, "", self._revision],
        ).fetchone()
        return int(row[0])

    def unmet(self, glossary: str) -> Iterator[Entry]:
        """Yield the entries of a glossary in use that no record met or may mean."""
        after = ""
        while True:
            rows = self._execute(
                f"select id, document from entry {_UNMET} order by id limit 500",  # noqa: S608 - fixed words only.  # nosec B608
                [glossary, after, self._revision],
            ).fetchall()
            yield from (read_entry(row[1]) for row in rows)
            if len(rows) < 500:
                return
            after = rows[-1][0]

    def same(self, terms: tuple[Term, ...], glossary: str) -> Alike:
        """Return the entries of a glossary that have these wordings.

        A Chinese and an English wording are enough, whatever other languages stand
        beside them; without such a pair, one wording in each of two languages. A record
        in one language means an entry that has all its wordings. A region or a script
        is no language of its own.
        """
        sides: dict[str, list[Term]] = {}
        for term in terms:
            sides.setdefault(primary(term.lang), []).append(term)
        if sides.keys() >= _PAIR:
            sides = {lang: sides[lang] for lang in sorted(_PAIR)}
        if len(sides) == 1:
            groups, least = [[term] for term in terms], len(terms)
        else:
            groups, least = list(sides.values()), 2
        exact: list[Entry] = []
        near: list[Entry] = []
        for entry in self._having(groups, least, glossary):
            texts = {(primary(term.lang), term.text) for term in entry.terms}
            meets = 0
            for side in groups:
                meets += any((primary(term.lang), term.text) in texts for term in side)
            (exact if meets >= least else near).append(entry)
        return Alike(exact, near)

    def _having(
        self, groups: list[list[Term]], least: int, glossary: str
    ) -> list[Entry]:
        """Return the entries that have the key of a wording of enough of some sides."""
        whole = least == len(groups)
        hits: list[set[int]] = []
        for side in groups:
            numbers: set[int] = set()
            for pair in map(wording, side):
                if pair not in self._missing_wordings:
                    numbers.update(n for (n,) in self._execute(_WITH_KEY, pair))
            if whole and not numbers:
                return []
            hits.append(numbers)
        if whole:
            likely = set.intersection(*hits)
        else:
            counts = Counter(n for numbers in hits for n in numbers)
            likely = {n for n, count in counts.items() if count >= least}
        return [
            read_entry(text)
            for n in sorted(likely)
            for (text,) in self._execute(
                "select document from entry where n = ? and glossary = ?", [n, glossary]
            )
        ]


def wording(term: Term) -> tuple[str, str]:
    """Return what a term is looked for by: its key and its language."""
    return key(term.text), primary(term.lang)
