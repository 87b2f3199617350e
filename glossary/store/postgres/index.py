"""How grams stand in PostgreSQL: arrays of lexemes under a GIN index.

A term's grams stand with the term, those of prose in a table of their own, each with
the letter of its field before it. PostgreSQL only stores them: this program has cut
them, as it does for the embedded store, so both find the same.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from typing import Any, Final, Self, TypeVar

from glossary.entry import Entry, codec, read_entry, write
from glossary.store.connection import Connection
from glossary.store.documents import sources_by_id
from glossary.store.grams import Sought
from glossary.store.indexing import TERM, Index
from glossary.store.searching import Search

#: The letters that stand before the grams of a field of prose.
_FIELDS: Final = {"definition": "d", "note": "n"}
#: Entries by their numbers, and without a number the sources that they cite.
_WITH_SOURCES: Final = (
    "select e.n, e.document from entry e "
    "where e.n = any(array(select cast(value as bigint) from json_each(?))) "
    "union all select null, s.document from source s where s.id in "
    "(select f.value from facet f where f.kind = 'source' "
    "and f.entry = any(array(select cast(value as bigint) from json_each(?))))"
)
#: A question goes on from what it was answered so often at most.
_MOST_STEPS: Final = 8
_NEXT_NUMBERS: Final = (
    "select nextval(pg_get_serial_sequence('entry', 'n')) from generate_series(1, ?)"
)
#: So many numbers of entries are taken at once at most; what is not used is a gap.
_MOST_AT_ONCE: Final = 512
#: From so many new terms on, tables are counted for the planner, but for the grams,
#: which it needs to know nothing of.
_COUNTED_FROM: Final = 1_000
_COUNTED: Final = (
    "entry (n, id)",
    "term (n, entry, lang, key, stem, sound, initials)",
    *("facet", "frequency", "word", "near"),
)
_S = TypeVar("_S", bound="PostgresSearch")
_Statement = tuple[str, tuple[object, ...]]


class PostgresIndex(Index):
    """The index with its grams in columns of PostgreSQL."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._entries: Iterator[int] = iter(())
        self._at_once = 1

    def next_entry(self) -> int:
        """Return the next number of the counter; more are taken at once each time."""
        number = next(self._entries, None)
        if number is not None:
            return number
        rows = self._execute(_NEXT_NUMBERS, [self._at_once]).fetchall()
        self._at_once = min(2 * self._at_once, _MOST_AT_ONCE)
        self._entries = (int(row[0]) for row in rows)
        return next(self._entries)

    def add_term(self, row: list[str | int | None], grams: str) -> None:
        """Keep a term with its grams."""
        self._added += 1
        self._execute(
            f"insert into term ({TERM}, grams) "  # noqa: S608 - fixed words only.  # nosec B608
            "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [*row, _lexemes(grams.split())],
        )

    def gather(self) -> None:
        """Have the tables counted, where many terms are new; nothing waits.

        Until it has counted them the planner takes every two hundredth term for one of
        any stem, and reads them all. It does so by itself a minute later.
        """
        if self._added >= _COUNTED_FROM and self.has_grown:
            for table in _COUNTED:
                self._execute(f"analyze {table}")

    def drop_grams(self, number: int, grams: str) -> None:
        """Do nothing: they went with the term's row."""

    def add_prose(self, n: int, definition: str, note: str) -> None:
        """Index the prose of an entry."""
        fields = (("definition", definition), ("note", note))
        grams = [
            _FIELDS[name] + gram for name, grams in fields for gram in grams.split()
        ]
        self._execute(
            "insert into prose (n, grams) values (?, ?)", [n, _lexemes(grams)]
        )

    def drop_prose(self, n: int, definition: str, note: str) -> None:  # noqa: ARG002 - the number tells enough.
        """Forget the prose of an entry."""
        self._execute("delete from prose where n = ?", [n])


class PostgresSearch(Search):
    """The reads of a lookup, with grams asked of a GIN index."""

    #: The sum keeps the planner from going through all terms in their order until
    #: enough have the grams: it takes rare ones to be spread evenly over that order.
    with_grams = "select n + 0 as n from term where grams @@ ?::tsquery"
    with_prose = "select n from prose where grams @@ ?::tsquery"
    #: The planner takes an array for ten, and a list for a hundred, for which it reads
    #: a whole table of some ten thousand rows.
    among = "= any(array(select value from json_each(?)))"
    item, in_order = "cast(j.value as bigint)", "order by j.key"

    is_far = True

    def foresee(self, *questions: Callable[[Self], object]) -> None:
        """Ask together what will be asked one by one: a way for each step of all."""
        if self.memory.is_open:
            _together(self, questions)

    def asked_together(
        self, statements: Sequence[tuple[str, tuple[object, ...]]]
    ) -> list[list[tuple[Any, ...]]]:
        """Return what each of some statements answers, asked as one.

        Nothing is returned where a value can be no text of PostgreSQL's.
        """
        if len(statements) == 1:
            ((sql, values),) = statements
            return [self._rows(sql, values)]
        parts = ", ".join(
            f"(select json_agg(x) from ({sql}) x)::text"  # noqa: S608 - our own statements.  # nosec B608
            for sql, _ in statements
        )
        parameters = [value for _, values in statements for value in values]
        rows = self._rows(f"select {parts}", parameters)
        return [_read_rows(text) for text in rows[0]] if rows else []

    def _entries(self, numbers: list[int]) -> dict[int, Entry]:
        """Read entries, and in the same way to the server what they cite."""
        numbers_json = write(numbers).decode()
        rows = self._rows(_WITH_SOURCES, [numbers_json, numbers_json])
        sources = sources_by_id(document for n, document in rows if n is None)
        self.memory.lasting("source", sources, lambda _: sources)
        return {n: read_entry(document) for n, document in rows if n is not None}

    def as_query(self, sought: Sought) -> str:
        """Return grams as a `tsquery`.

        >>> sought = Sought(((("大", "国"),),), (("=un",),))
        >>> PostgresSearch(lambda *_: []).as_query(sought)
        "(('大' | '国')) & '=un'"
        """
        return sought.render(_lexeme, all_=" & ", any_=" | ")

    def asked_of(self, fields: Sequence[str], sought: Sought) -> str:
        """Return grams as a `tsquery`, each with the letters of the fields."""
        letters = [_FIELDS[name] for name in fields]

        def one(gram: str) -> str:
            alternatives = " | ".join(_lexeme(letter + gram) for letter in letters)
            return alternatives if len(letters) == 1 else f"({alternatives})"

        return sought.render(one, all_=" & ", any_=" | ")


class _NotYet(Exception):
    """What a question asks next is not answered yet."""


def _together(search: _S, questions: Iterable[Callable[[_S], object]]) -> None:
    """Ask questions step by step, each time what all of them ask next.

    Each is tried with what is answered so far and given up where it goes on from more.
    """
    answers: dict[_Statement, list[tuple[Any, ...]]] = {}
    statements: dict[_Statement, None] = {}

    def constants(sql: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        statement = sql, tuple(values)
        if statement not in answers:
            statements[statement] = None
            raise _NotYet
        return answers[statement]

    trying = copy(search)
    trying._rows = constants
    remaining = list(questions)
    for _ in range(_MOST_STEPS):
        remaining = [
            question for question in remaining if not _is_answered(question, trying)
        ]
        if not statements:
            return
        answers |= zip(
            statements, search.asked_together(list(statements)), strict=False
        )
        statements.clear()


def _is_answered(question: Callable[[_S], object], trying: _S) -> bool:
    try:
        question(trying)
    except _NotYet:
        return False
    return True


def _lexemes(grams: Iterable[str]) -> str:
    """Return grams as a `tsvector` is written."""
    return " ".join(map(_lexeme, grams))


def _read_rows(text: str | None) -> list[tuple[Any, ...]]:
    """Return rows that were written as objects, each in the order of its columns."""
    return [tuple(row.values()) for row in codec.read_plain(text)] if text else []


def _lexeme(gram: str) -> str:
    text = gram.replace("\\", "\\\\").replace("'", "''")
    return f"'{text}'"
