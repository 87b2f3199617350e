"""How grams stand in PostgreSQL: arrays of lexemes under a GIN index.

A term's grams stand with the term, those of prose in a table of their own, each with
the letter of its field before it. PostgreSQL only stores them: this program has cut
them, as it does for the embedded store, so both find the same.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from glossary.store.grams import Sought
from glossary.store.indexing import TERM, Index
from glossary.store.searching import Search

#: The letters that stand before the grams of a field of prose.
_FIELDS: Final = {"definition": "d", "note": "n"}


class PostgresIndex(Index):
    """The index with its grams in columns of PostgreSQL."""

    def add_term(self, row: list[str | int | None], grams: str) -> None:
        """Keep a term with its grams."""
        self._run(
            f"insert into term ({TERM}, grams) "  # noqa: S608 - fixed words only.  # nosec B608
            "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [*row, _lexemes(grams.split())],
        )

    def drop_grams(self, number: int, grams: str) -> None:
        """Do nothing: they went with the term's row."""

    def add_prose(self, n: int, definition: str, note: str) -> None:
        """Index the prose of an entry."""
        fields = (("definition", definition), ("note", note))
        grams = [_FIELDS[name] + gram for name, said in fields for gram in said.split()]
        self._run("insert into prose (n, grams) values (?, ?)", [n, _lexemes(grams)])

    def drop_prose(self, n: int, definition: str, note: str) -> None:  # noqa: ARG002 - the number tells enough.
        """Forget the prose of an entry."""
        self._run("delete from prose where n = ?", [n])


class PostgresSearch(Search):
    """The reads of a lookup, with grams asked of a GIN index."""

    #: The sum keeps the planner from going through all terms in their order until
    #: enough have the grams: it takes rare ones to be spread evenly over that order.
    with_grams = "select n + 0 as n from term where grams @@ ?::tsquery"
    with_prose = "select n from prose where grams @@ ?::tsquery"
    listed, as_listed = "cast(j.value as bigint)", "order by j.key"

    def asked(self, sought: Sought) -> str:
        """Return grams as a `tsquery`.

        >>> sought = Sought(((("大", "国"),),), (("=un",),))
        >>> PostgresSearch(lambda *_: []).asked(sought)
        "(('大' | '国')) & '=un'"
        """
        return sought.said(_lexeme, all_=" & ", any_=" | ")

    def asked_of(self, fields: Sequence[str], sought: Sought) -> str:
        """Return grams as a `tsquery`, each with the letters of the fields."""
        letters = [_FIELDS[name] for name in fields]

        def one(gram: str) -> str:
            each = " | ".join(_lexeme(letter + gram) for letter in letters)
            return each if len(letters) == 1 else f"({each})"

        return sought.said(one, all_=" & ", any_=" | ")


def _lexemes(grams: Iterable[str]) -> str:
    """Return grams as a `tsvector` is written."""
    return " ".join(map(_lexeme, grams))


def _lexeme(gram: str) -> str:
    text = gram.replace("\\", "\\\\").replace("'", "''")
    return f"'{text}'"
