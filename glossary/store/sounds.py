"""How a lookup finds terms by what Chinese sounds like, where no reading is exact."""

from typing import Final

from glossary.entry import write
from glossary.store.documents import Documents
from glossary.store.indexing import LENGTH
from glossary.store.scope import Candidate, Scope

#: The columns of a candidate.
CANDIDATE: Final = "t.entry, t.ordinal, t.key, t.rank, coalesce(t.stem, t.key)"
#: What a syllable of pinyin may begin with.
_INITIALS: Final = "abcdefghjklmnopqrstwxyz"


def _with_n_and_l(letters: str) -> list[object]:
    """Return initials as they are, and with n and l exchanged."""
    return [letters, letters.translate(str.maketrans("nl", "ln"))]


class Sounds(Documents):
    """The reads of readings that are nearly those of a query."""

    #: A number of the list `j`, as an index takes it, and the order of that list,
    #: where the engine does not keep it by itself.
    item, in_order = "j.value", ""

    def spoken_like(
        self, letters: str, begins: str, scope: Scope, limit: int, *, lengths: range
    ) -> list[tuple[Candidate, str]]:
        """Return terms whose reading has these initials or begins so, with the sound.

        An n among the initials is as good as an l. Those that begin so have a key of
        one of the `lengths`.
        """
        own = _with_n_and_l(letters)
        sizes = write(list(lengths)).decode()
        return [
            *self._sounding_like("t.initials = ? or t.initials = ?", own, scope, limit),
            *self._sounding_like(
                f"{LENGTH} = {self.item} and t.sound > ? and t.sound < ?",
                [sizes, begins, begins + "{"],
                scope,
                limit,
                tables="json_each(?) j cross join term t",
            ),
        ]

    def abbreviated_like(
        self, letters: str, scope: Scope, limit: int
    ) -> list[tuple[Candidate, str]]:
        """Return terms whose initials are these but for one, with the sound."""
        others = [
            letters[:at] + other + letters[at + 1 :]
            for at in range(len(letters))
            for other in _INITIALS
        ]
        numbers_json: list[object] = [write(others).decode()]
        tables = "json_each(?) j cross join term t"
        return self._sounding_like(
            "t.initials = j.value", numbers_json, scope, limit, tables=tables
        )

    def _sounding_like(
        self,
        condition: str,
        values: list[object],
        scope: Scope,
        limit: int,
        *,
        tables: str = "term t",
    ) -> list[tuple[Candidate, str]]:
        """Return terms that are read as a condition says, with their sound."""
        where, more = scope.condition()
        rows = self._rows(
            f"select {CANDIDATE}, t.sound from {tables} {scope.join()} "  # noqa: S608 - fixed words only.  # nosec B608
            f"where ({condition}) and t.sound is not null and {where} "
            "order by t.n + 0 limit ?",
            [*values, *more, limit],
        )
        return [(Candidate(*row[:-1]), row[-1]) for row in rows]
