"""What readers propose, as the store keeps it."""

from dataclasses import replace
from typing import Final

from glossary.entry import Proposal, read_proposal
from glossary.errors import NotFound
from glossary.message import N_
from glossary.store.connection import Rows

#: What the log calls a proposal of somebody whom nobody knows.
PROPOSED: Final = "propose"


class Proposals:
    """The reads of proposals, over one function that runs SQL."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def get(self, number: int) -> Proposal:
        """Return a proposal; raise NotFound."""
        rows = self._rows("select id, document from proposal where id = ?", [number])
        if not rows:
            raise NotFound(N_("There is no proposal %(id)s."), id=number)
        return replace(read_proposal(rows[0][1]), id=rows[0][0])

    def listed(
        self, *, state: str | None, entry: str | None, after: int, limit: int
    ) -> list[Proposal]:
        """Return proposals in the order in which they came, from after a number on."""
        where, values = ["id > ?"], list[object]([after])
        for column, value in (("state", state), ("entry", entry)):
            if value is not None:
                where.append(f"{column} = ?")
                values.append(value)
        rows = self._rows(
            f"select id, document from proposal where {' and '.join(where)} "  # noqa: S608 - fixed words only.  # nosec B608
            "order by id limit ?",
            [*values, limit],
        )
        return [replace(read_proposal(text), id=number) for number, text in rows]

    def waiting(self, *, anonymous: bool) -> int:
        """Return how many proposals of known people are open, or of unknown ones."""
        rows = self._rows(
            "select count(*) from proposal where state = 'open' "  # noqa: S608 - fixed words only.  # nosec B608
            f"and json_extract(document, '$.by') {'=' if anonymous else '<>'} ''",
            [],
        )
        return int(rows[0][0])

    def waiting_from(self, network: str) -> int:
        """Return how many proposals of unknown people at a place are open.

        The log says where each came from.
        """
        rows = self._rows(
            "select count(*) from proposal p where p.state = 'open' "
            "and json_extract(document, '$.by') = '' and exists ("
            "select 1 from deed d where d.action = ? "
            "and d.at = json_extract(document, '$.at') "
            "and d.about = cast(p.id as text) and d.address = ?)",
            [PROPOSED, network],
        )
        return int(rows[0][0])
