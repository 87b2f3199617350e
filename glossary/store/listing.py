"""What a list of entries, versions or nouns is asked for, and its SQL."""

from dataclasses import dataclass
from typing import Any, Final

from glossary.entry import codec, meant_by
from glossary.query import Moment

#: No bound: above every version and every number of rows, in both engines.
ALL: Final = 2**31 - 1
#: What entries are listed in the order of: their ids, or when they were last changed.
#: A minus turns it round.
SORTS: Final = ("id", "-id", "modified", "-modified")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A page of a list, from after `cursor` on; without a limit, as long as may be.

    `members` has the fields that are wanted of each item; none means all.
    """

    limit: int | None = None
    cursor: str = ""
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionListing:
    """A page of a history, from before the version `cursor` on, newest first."""

    limit: int | None = None
    cursor: int | None = None
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryListing:
    """A page of the entries; without a state, of those in use.

    `cursor` is the id that the page before ended with, and where the list is sorted by
    time, the revision of that entry. `glossaries` count where there is no `glossary`;
    none means all.
    """

    limit: int
    cursor: tuple[Moment | None, str] = (None, "")
    glossary: str | None = None
    subject: str | None = None
    state: str | None = None
    proof: str | None = None
    sort: str = SORTS[0]
    members: tuple[str, ...] = ()
    glossaries: frozenset[str] = frozenset()


def picked(noun: object, members: tuple[str, ...]) -> Any:
    """Return a noun as it is, or as a dict that has those of its fields alone."""
    if not members:
        return noun
    plain = codec.plain(noun)
    return {name: plain[name] for name in members if name in plain}


def entries_sql(listing: EntryListing) -> tuple[str, list[object]]:
    """Return the SQL and its values for a page of the documents of entries.

    One more than a page is asked for tells whether the list goes on.
    """
    column, is_back = listing.sort.lstrip("-"), listing.sort.startswith("-")
    where, values = ["e.state != 'retired'"], list[object]()
    if listing.state is not None:
        states = meant_by(listing.state)
        where = [f"e.state in ({', '.join('?' * len(states))})"]
        values += states
    tables, order = "entry e", ["e.id"] if column == "id" else ["e.revision", "e.id"]
    if listing.glossary is not None:
        where.append("e.glossary = ?")
        values.append(listing.glossary)
    elif listing.glossaries:
        where.append(f"e.glossary in ({', '.join('?' * len(listing.glossaries))})")
        values += sorted(listing.glossaries)
    pairs = [("subject", listing.subject), ("proof", listing.proof)]
    facets = [(kind, value) for kind, value in pairs if value is not None]
    if listing.state == "retired":
        # Retired entries stand in no list but that of their subjects.
        facets = []
        if listing.subject is not None:
            where.append("e.n in (select entry from entry_subject where subject = ?)")
            values.append(listing.subject)
        if listing.proof is not None:
            where.append("false")
    if facets and column == "id":
        # The list of one value leads; of a second one it is only asked whether it is.
        (kind, value), *facets = facets
        tables, order = "facet f cross join entry e", ["f.place"]
        where += ["e.n = f.entry", "f.kind = ?", "f.value = ?"]
        values += [kind, value]
    for kind, value in facets:
        where.append(
            "exists (select 1 from facet g where g.kind = ? and g.value = ? "
            "and g.place = e.id and g.entry = e.n)"
        )
        values += [kind, value]
    moment, after = listing.cursor
    if after:
        than = "<" if is_back else ">"
        marks = ", ".join("?" * len(order))
        where.append(f"({', '.join(order)}) {than} ({marks})")
        values += [after] if moment is None else [moment.revision, after]
    direction = " desc" if is_back else ""
    sql = (
        f"select e.document, e.revision from {tables} where {' and '.join(where)} "  # noqa: S608 - fixed words only.  # nosec B608
        f"order by {', '.join(name + direction for name in order)} limit ?"
    )
    return sql, [*values, listing.limit]
