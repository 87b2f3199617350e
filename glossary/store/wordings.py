"""What recognition reads of the store: all wordings, and what changed since."""

from collections.abc import Iterator, Sequence
from typing import Final

from glossary.entry import Entry, read_entry, write
from glossary.store.connection import Rows

#: Rows asked at once: some megabytes, so that a large store is never held whole.
_PAGE: Final = 20_000
#: Entries whose documents are gone through at once: a busy server that has gone through
#: more may not answer within the seconds that it is waited for.
_SEARCHED: Final = 2_000
#: What the key of a wording does not tell: slots, a possessive's apostrophe, and the
#: accent of a plural (attachés).
_UNTOLD: Final = (
    *("…", "...", ". . .", "⋯", "．．．", "。。。", "__", "＿＿"),
    *("'s", "’s", "'S", "’S"),
    *("és", "ès", "ês", "ës", "ÉS", "ÈS", "ÊS", "ËS"),
)
#: An empty slot; an empty object of JSON, which every document has, stands behind `:`.
_EMPTY_SLOT: Final = "instr(replace(document, ':{}', ''), '{}') > 0"


class Wordings:
    """The reads of recognition, over one function that runs SQL.

    Entries go by their numbers, which a purged entry leaves to a later one.
    """

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def count(self) -> int:
        """Return how many entries there are."""
        return int(self._rows("select count(*) from entry", [])[0][0])

    def keyed(self) -> Iterator[tuple[int, int, str]]:
        """Yield entry number, ordinal and key of each term of the entries in use."""
        after = -1
        while True:
            rows = self._rows(
                "select n, entry, ordinal, key from term where n > ? order by n "
                "limit ?",
                [after, _PAGE],
            )
            yield from (row[1:] for row in rows)
            if len(rows) < _PAGE:
                return
            after = rows[-1][0]

    def untold(self) -> Iterator[tuple[int, Entry]]:
        """Yield number and entry where the keys do not tell all of the wordings."""
        marked = ["instr(document, ?) > 0"] * len(_UNTOLD)
        where = " or ".join([*marked, _EMPTY_SLOT])
        last = self._rows("select coalesce(max(n), 0) from entry", [])[0][0]
        for after in range(-1, last, _SEARCHED):
            for n, text in self._rows(
                "select n, document from entry where n > ? and n <= ? "  # noqa: S608 - marks only.  # nosec B608
                f"and ({where}) order by n",
                [after, after + _SEARCHED, *_UNTOLD],
            ):
                yield n, read_entry(text)

    def changed(self, since: int, limit: int) -> list[tuple[int, Entry]]:
        """Return number and entry of what was written since a revision."""
        rows = self._rows(
            "select n, document from entry where revision > ? "
            "order by revision, id limit ?",
            [since, limit],
        )
        return [(n, read_entry(text)) for n, text in rows]

    def entries(self, numbers: Sequence[int], revision: int) -> dict[int, Entry]:
        """Return entries by number as of a revision; a purged one is left out."""
        entries: dict[int, Entry] = {}
        for start in range(0, len(numbers), 500):
            some = numbers[start : start + 500]
            marks = ", ".join("?" * len(some))
            rows = self._rows(
                f"select n, id, revision, document from entry where n in ({marks})",  # noqa: S608 - marks only.  # nosec B608
                some,
            )
            for n, name, at, text in rows:
                then = text if at <= revision else self._before(name, revision)
                if then is not None:
                    entries[n] = read_entry(then)
        return entries

    def sharing(self, keys: Sequence[str], glossaries: Sequence[str]) -> list[Entry]:
        """Return approved entries of glossaries that have a Chinese wording by key."""
        marks = ", ".join("?" * len(glossaries))
        if not keys or not glossaries:
            return []
        rows = self._rows(
            "select e.n, e.document from json_each(?) j cross join term t "  # noqa: S608 - marks only.  # nosec B608
            "join entry e on e.n = t.entry where t.key = j.value and t.lang = 'zh' "
            f"and e.state = 'approved' and e.glossary in ({marks})",
            [write(list(keys)).decode(), *glossaries],
        )
        return [read_entry(text) for text in {row[0]: row[1] for row in rows}.values()]

    def _before(self, name: str, revision: int) -> str | None:
        """Return what an entry that was written since said at a revision."""
        rows = self._rows(
            "select document from version where entry = ? and revision <= ? "
            "order by version desc limit 1",
            [name, revision],
        )
        return rows[0][0] if rows else None
