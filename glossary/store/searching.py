"""How a lookup finds terms in the store: by key, by form, by sound, by grams.

No question reads a whole table: each goes through an index, meets the shortest terms
first (a term's number begins with the length of its key) and stops at its limit.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from glossary.entry import Entry, read_entry, write
from glossary.store.grams import FEW_MATCHING, Sought, Wanted, all_of, each_of
from glossary.store.indexing import LENGTH, LENGTH_SHIFT
from glossary.store.scope import Candidate, Scope
from glossary.store.sounds import CANDIDATE, Sounds
from glossary.text import counted, has_han, required, whole

#: More words than this that begin or end alike narrow nothing.
_MOST_WORDS: Final = 64
_LEAST_OF_A_WORD: Final = 3
#: So many terms are compared letter by letter before a search for a part gives up.
_MOST_COMPARED: Final = 1_500
#: So many terms that begin alike are ordered by their length one by one.
_MOST_STARTING: Final = 200
_LONGEST_KEY: Final = 1 << 20


class Search(Sounds):
    """The reads of a lookup, over one function that runs SQL."""

    #: Selects the numbers of terms by their grams.
    with_grams = "select rowid as n from gram where gram match ?"
    #: Selects the numbers of entries by the grams of their prose.
    with_prose = "select rowid as n from prose where prose match ?"

    def as_query(self, sought: Sought) -> str:
        """Return grams as the engine takes them."""
        return sought.in_fts5()

    def asked_of(self, fields: Sequence[str], sought: Sought) -> str:
        """Return what the prose in some fields must hold, as the engine takes it."""
        return f"{{{' '.join(fields)}}} : ({sought.in_fts5(prose=True)})"

    def equal(self, key: str, scope: Scope, limit: int) -> list[tuple[int, int, Entry]]:
        """Return number, ordinal of the term, and entry where a term has this key."""
        where, values = scope.condition()
        rows = self._read(
            "select e.n, t.ordinal, e.document from term t "  # noqa: S608 - fixed words only.  # nosec B608
            f"join entry e on e.n = t.entry where t.key = ? "
            f"and {where} order by t.n limit ?",
            [key, *values, limit],
        )
        return [(n, at, read_entry(d)) for n, at, d in rows]

    def having(self, keys: Iterable[str], scope: Scope, limit: int) -> list[Candidate]:
        """Return terms whose key is one of these, the shortest first."""
        return self._listed("key", keys, scope, limit)

    def forming(
        self, stems: Iterable[str], scope: Scope, limit: int
    ) -> list[Candidate]:
        """Return terms that are forms of one of these, the shortest first."""
        return self._listed("stem", stems, scope, limit)

    def _listed(
        self, column: str, texts: Iterable[str], scope: Scope, limit: int
    ) -> list[Candidate]:
        """Return terms that have one of some texts in a column, the shortest first.

        The sum keeps a planner that does not know the limit from going through all
        terms in their order.
        """
        return self._candidates(
            f"t.{column} = j.value",
            [write(list(texts)).decode()],
            scope,
            limit,
            tables="json_each(?) j cross join term t",
            order="order by t.n + 0",
        )

    def formed(self, stem: str, scope: Scope, limit: int) -> list[Candidate]:
        """Return terms that are forms of the same words."""
        return self._candidates("t.stem = ?", [stem], scope, limit)

    def sounding(
        self, letters: str, scope: Scope, limit: int, *, begins: bool = False
    ) -> list[Candidate]:
        """Return terms that are read so, or whose reading begins so."""
        if begins:
            return self._beginning("sound", letters, scope, limit, least=1)
        return self._candidates("t.sound = ?", [letters], scope, limit)

    def abbreviated(
        self, letters: str, scope: Scope, limit: int, *, begins: bool = False
    ) -> list[Candidate]:
        """Return terms whose syllables begin with these letters."""
        if not begins:
            return self._candidates("t.initials = ?", [letters], scope, limit)
        return self._candidates(
            "t.initials > ? and t.initials < ?",
            [letters, letters + "{"],
            scope,
            limit,
            order="order by t.initials",
        )

    def starting(self, start: str, scope: Scope, limit: int) -> list[Candidate]:
        """Return terms whose key goes on after this start, the shortest first."""
        return self._beginning("key", start, scope, limit, least=len(start) + 1)

    def containing(
        self,
        part: str,
        scope: Scope,
        limit: int,
        *,
        quick: bool = False,
        inside: bool = True,
    ) -> list[Candidate]:
        """Return terms with this part anywhere in the key, the shortest first.

        Those come first in which a word begins where the part does; others only when
        they are too few, it need not be `quick`, and the part may begin `inside` one.
        """
        candidates: list[Candidate] = []
        if not has_han(part[:1]):
            choices = self._choices(part, begins=True)
            candidates = self._holding(
                choices, part, scope, limit, as_word=True, quick=quick
            )
            if quick or not inside or len(candidates) >= limit:
                return candidates
        choices = self._choices(part, begins=False)
        more = self._holding(choices, part, scope, limit)
        return list(dict.fromkeys([*candidates, *more]))[:limit]

    def matching(
        self, ways: Wanted, scope: Scope, limit: int, *, lengths: tuple[int, int]
    ) -> list[Candidate]:
        """Return terms with these grams and a key of some lengths, both included."""
        sizes = self.frequencies(g for all_of in ways for one in all_of for g in one)
        size = self.size()
        alternatives = (all_of(w, sizes, size, few=FEW_MATCHING) for w in ways)
        grams = tuple(filter(None, dict.fromkeys(alternatives)))
        if not grams:
            return []
        shortest, longest = lengths
        return self._candidates(
            "t.n = g.n and g.n >= ? and g.n < ?",
            [
                self.as_query(Sought(grams, scope.grams())),
                max(shortest, 0) << LENGTH_SHIFT,
                (min(longest, _LONGEST_KEY) + 1) << LENGTH_SHIFT,
            ],
            scope,
            limit,
            tables=f"({self.with_grams}) g cross join term t",
            order="order by g.n",
        )

    def frequencies(self, grams: Iterable[str]) -> dict[str, int]:
        """Return how many terms hold each gram, of those that are counted."""

        def ask(new: list[str]) -> dict[str, int]:
            rows = self._rows(
                f"select gram, n from frequency where gram {self.among}",  # noqa: S608 - fixed words only.  # nosec B608
                [write(new).decode()],
            )
            return dict.fromkeys(new, 0) | dict(rows)

        return self.memory.lasting("frequency", counted(dict.fromkeys(grams)), ask)

    def having_pieces(self, pieces: Iterable[str]) -> dict[str, list[str]]:
        """Return the words of the stored terms that have these pieces, by piece."""
        rows = self._read(
            f"select piece, word from near where piece {self.among}",  # noqa: S608 - fixed words only.  # nosec B608
            (write(sorted(pieces)).decode(),),
        )
        words: dict[str, list[str]] = {}
        for piece, word in rows:
            words.setdefault(piece, []).append(word)
        return words

    def words_beginning(self, start: str) -> list[str]:
        """Return words of the stored terms that begin so, or `_MOST_WORDS` of them."""
        return self._words(
            "select word from word where word >= ? and word < ? limit ?",
            (start, start + "\U0010ffff", _MOST_WORDS),
        )

    def words_ending(self, end: str) -> list[str]:
        """Return words of the stored terms that end so, or `_MOST_WORDS` of them."""
        return self._words(
            "select word from word where backward >= ? and backward < ? limit ?",
            (end[::-1], end[::-1] + "\U0010ffff", _MOST_WORDS),
        )

    def _words(self, sql: str, values: tuple[object, ...]) -> list[str]:
        return [row[0] for row in self._read(sql, values)]

    def telling(
        self, grams: Iterable[str], fields: Sequence[str], scope: Scope, limit: int
    ) -> list[Entry]:
        """Return entries whose definition or note, as `fields` say, has these grams."""
        rows = self._by_prose("e.document", each_of(grams), fields, scope, limit)
        return [read_entry(row[0]) for row in rows]

    def telling_some(
        self, grams: Iterable[str], fields: Sequence[str], scope: Scope, limit: int
    ) -> list[int]:
        """Return the numbers of entries whose prose has at least two of these grams."""
        # One of them beside any of those behind it: fewer questions than pairs.
        in_order = sorted(grams)
        pairs = enumerate(in_order[:-1], 1)
        sought = Sought(tuple(((one,), tuple(in_order[at:])) for at, one in pairs))
        if not sought.any_of:
            return []
        return [n for (n,) in self._by_prose("e.n", sought, fields, scope, limit)]

    def _by_prose(
        self,
        column: str,
        sought: Sought,
        fields: Sequence[str],
        scope: Scope,
        limit: int,
    ) -> list[tuple[Any, ...]]:
        """Return a column of the entries whose prose holds what is said of grams."""
        words, more = scope.of_entries("e.n")
        where = ["e.n = p.n", *words]
        values = [self.asked_of(fields, sought), *more]
        return self._read(
            f"select {column} from ({self.with_prose}) p cross join entry e "  # noqa: S608 - fixed words only.  # nosec B608
            f"where {' and '.join(where)} order by p.n limit ?",
            [*values, limit],
        )

    def _beginning(
        self, column: str, start: str, scope: Scope, limit: int, *, least: int
    ) -> list[Candidate]:
        """Return terms in which a column goes on after a start, the shortest first.

        Where they are many, they are met by the length of their key, from the `least`
        on: an index has it before the column.
        """
        rows = self._read(
            f"select t.n from term t where t.{column} > ? and t.{column} < ? limit ?",  # noqa: S608 - fixed words only.  # nosec B608
            [start, start + "\U0010ffff", _MOST_STARTING],
        )
        if len(rows) < _MOST_STARTING:
            return self._numbered(sorted(n for (n,) in rows), scope, limit)
        longest = self._read("select max(n) from term", ())[0][0] or 0
        lengths = range(least, (longest >> LENGTH_SHIFT) + 1)
        return self._candidates(
            f"{LENGTH} = {self.item} and t.{column} > ? and t.{column} < ?",
            [write(list(lengths)).decode(), start, start + "\U0010ffff"],
            scope,
            limit,
            tables="json_each(?) j cross join term t",
            order=self.in_order,
        )

    def size(self) -> int:
        """Return the number of indexed terms."""
        sql = "select coalesce(sum(n), 0) from tally where kind = 'lang'"

        def ask(_new: list[str]) -> dict[str, int]:
            return {sql: int(self._read(sql, ())[0][0])}

        return self.memory.lasting("size", [sql], ask)[sql]

    def _choices(self, part: str, *, begins: bool) -> list[list[str]]:
        """Return what every key holds with this part in it, or with this beginning.

        A word that may be cut short is any of the words that end, or begin, so.
        """
        cut = part.split(" ")
        inner = cut[not begins : -1]
        wholes = [whole(piece) for piece in inner if piece and not has_han(piece)]
        if wholes:
            there = self.frequencies([*wholes, whole(cut[-1])])
            if missing := [gram for gram in wholes if not there[gram]]:
                # What no term has need not be looked for beside anything else.
                return [missing[:1]]
        choices: list[list[str]] = []
        for at, piece in enumerate(cut):
            head, tail = begins or at > 0, at < len(cut) - 1
            words = None
            if len(piece) >= _LEAST_OF_A_WORD and head != tail and not has_han(piece):
                words = (
                    self.words_beginning(piece) if head else self.words_ending(piece)
                )
            if words is None or len(words) == _MOST_WORDS:
                choices += [[g] for g in required(piece, begins=head, ends=tail)]
            else:
                choices.append(sorted({whole(word) for word in [piece, *words]}))
        return choices

    def _numbered(
        self, numbers: Sequence[int], scope: Scope, limit: int
    ) -> list[Candidate]:
        """Return terms of these numbers, in their order, as far as the filters let."""
        if not numbers:
            return []
        return self._candidates(
            f"t.n = {self.item}",
            [write(numbers).decode()],
            scope,
            limit,
            tables="json_each(?) j cross join term t",
            order=self.in_order,
        )

    def _holding(
        self,
        choices: Sequence[Sequence[str]],
        part: str,
        scope: Scope,
        limit: int,
        *,
        as_word: bool = False,
        quick: bool = False,
    ) -> list[Candidate]:
        """Return terms with these grams that have a part, where a word begins or not.

        What is read is the same in both cases, so that it is read once where the grams
        are the same.
        """
        sizes = self.frequencies(g for one in choices for g in one)
        size = self.size()
        grams = all_of(choices, sizes, size)
        if not grams:
            return []
        where, more = scope.condition()
        piece = f" {part}" if as_word else part
        ahead = " " if as_word else ""
        # Where the grams tell nearly all, the first few terms are enough.
        query = self.as_query(Sought((grams,), scope.grams()))
        rows = self._read(
            f"select {CANDIDATE}, t.n, {where} "  # noqa: S608 - fixed words only.  # nosec B608
            f"from ({self.with_grams} order by n limit ?) g "
            f"cross join term t {scope.join()} where t.n = g.n order by g.n",
            [*more, query, 2 * limit],
        )
        candidates = [Candidate(*row[:-2]) for row in rows if row[-1]]
        candidates = [one for one in candidates if piece in ahead + one.key]
        if quick or len(rows) < 2 * limit or len(candidates) >= limit // 3:
            return candidates[:limit]
        # Of the others fewer are met by more grams than by comparing each.
        grams = all_of(choices, sizes, size, few=FEW_MATCHING)
        query = self.as_query(Sought((grams,), scope.grams()))
        rows = self._read(
            f"select {CANDIDATE} from (select h.n as n from ({self.with_grams}) h "  # noqa: S608 - fixed words only.  # nosec B608
            f"where h.n > ? order by h.n limit ?) g cross join term t {scope.join()} "
            f"where t.n = g.n and instr(t.key, ?) > 0 and {where} order by g.n",
            [query, rows[-1][-2], _MOST_COMPARED - 2 * limit, part, *more],
        )
        later = (Candidate(*row) for row in rows)
        candidates += [one for one in later if piece in ahead + one.key]
        return candidates[:limit]

    def _candidates(
        self,
        condition: str,
        values: list[object],
        scope: Scope,
        limit: int,
        *,
        tables: str = "term t",
        order: str = "order by t.n",
    ) -> list[Candidate]:
        """Run one search. In `values`, those of the tables come first."""
        where, more = scope.condition()
        rows = self._read(
            f"select {CANDIDATE} from {tables} {scope.join()} "  # noqa: S608 - fixed words only.  # nosec B608
            f"where {condition} and {where} {order} limit ?",
            [*values, *more, limit],
        )
        return [Candidate(*row) for row in rows]
