"""Lists of entries by what they have: a subject, a first letter, an issuer, a source.

A row of the table `facet` says that an entry has a value of a kind, and where it stands
in the list of that value. The numbers beside the values are tallies, kept with every
write, so that no page counts anything.
"""

from collections.abc import Collection, Iterator, Sequence
from heapq import merge
from typing import Any, Final, NamedTuple

from glossary.entry import (
    APPROVED,
    USABLE,
    Change,
    Entry,
    Term,
    Version,
    codec,
    drift_of,
    proof,
    read_entry,
    read_proposed,
)
from glossary.query import RecentPage
from glossary.store.connection import Rows
from glossary.text import is_chinese_of, key, primary, sound

#: What entries can be listed by. `en` and `zh` are first letters, `zh` of the
#: pinyin; `turn` is a year in which a wording gave way to another.
KINDS: Final = ("subject", "issuer", "source", "en", "zh", "proof", "turn")

#: Where all documents are wanted, so many are read at once.
_AT_ONCE: Final = 500


class Chosen(NamedTuple):
    """Which entries are wanted; None leaves it open."""

    glossary: str | None
    subject: str | None
    state: str | None
    proof: str | None


class Recent(NamedTuple):
    """What changed last of an entry, and what it was before, if it was."""

    change: Change
    before: Entry | None


class Listed(NamedTuple):
    """Entries of a list, and where the list goes on, or None at its end."""

    entries: list[Entry]
    next: tuple[str, int] | None


def facets(entry: Entry) -> set[tuple[str, str, str]]:
    """Return kind, value and place in the list of all that an entry is listed by."""
    places = {("subject", subject, entry.id) for subject in entry.subjects}
    for term in entry.terms:
        if term.issuer:
            places.add(("issuer", term.issuer, entry.id))
        names = (name for c in term.citations for name in c.sources)
        places |= {("source", name, entry.id) for name in names}
    places.add(("proof", proof(entry).state, entry.id))
    places |= {("turn", turn.year, entry.id) for turn in drift_of(entry)}
    if entry.state == APPROVED:
        # Who approves an entry reads it; one that came so has its last change.
        places.add(("checked", APPROVED, last_checked(entry)))
    for kind, text in (("en", _english(entry)), ("zh", _pinyin(entry))):
        if text:
            places.add((kind, _letter(text), text))
    return places


def last_checked(entry: Entry) -> str:
    """Return the day on which an entry was last checked, or else last changed."""
    return entry.checked.date if entry.checked else entry.modified[:10]


def coverage(entry: Entry) -> Iterator[str]:
    """Yield what an entry has of all that an entry should have."""
    langs = {term.lang for term in entry.terms if term.status in USABLE}
    if "en" in langs and "zh-Hans" in langs:
        yield "both-languages"
    if any(is_chinese_of(lang, "zh-Hant") for lang in langs):
        yield "traditional"
    if entry.definition:
        yield "defined"
    if any(term.reading and not term.reading_derived for term in entry.terms):
        yield "checked-reading"
    if any(term.issuer for term in entry.terms):
        yield "issued"
    if any(term.citations for term in entry.terms):
        yield "cited"


def _english(entry: Entry) -> str:
    """Return the English wording that an entry is sorted by, without its article."""
    term = _leading(entry, "en")
    return key(term.text) if term else ""


def _pinyin(entry: Entry) -> str:
    """Return the pinyin that an entry is sorted by.

    No rule of English touches it: 安抵 is read ān dǐ, and *an* is no article there.
    """
    term = _leading(entry, "zh-Hans")
    return sound(term.reading or term.text) if term else ""


def _leading(entry: Entry, lang: str) -> Term | None:
    """Return the term that an entry is sorted by in a language, if it has one."""
    of_language = (t for t in entry.terms if primary(t.lang) == primary(lang))
    return entry.best(lang) or next(of_language, None)


def _letter(text: str) -> str:
    return text[0] if "a" <= text[0] <= "z" else "#"


def change_of(row: Sequence[Any]) -> Change:
    """Return the change of a row: revision, id, version, action, at, by, text."""
    revision, name, version, action, at, by, text = row
    return Change(
        revision=revision,
        entry=name,
        version=version,
        action=action,
        at=at,
        by=by,
        document=read_entry(text) if text else None,
    )


def version_of(row: Sequence[Any]) -> Version:
    """Return the version of a row: number, revision, at, by, action and what it made.

    After these: what changed, document, who proposed it, and why it was made.
    """
    number, revision, at, by, action, pointers, text, proposal, reason = row
    return Version(
        version=number,
        revision=revision,
        at=at,
        by=by,
        action=action,
        changed=tuple(codec.read_plain(pointers)),
        entry=read_entry(text),
        proposal=read_proposed(proposal),
        reason=reason or "",
    )


class Browse:
    """The reads of the lists, over one function that runs SQL."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def documents(self, glossary: str | None = None) -> Iterator[list[str | bytes]]:
        """Yield the JSON of every entry in use as it was stored, by id, in pages."""
        of = [] if glossary is None else [glossary]
        sql = (
            "select id, document from entry where state != 'retired' and id > ? "  # noqa: S608 - fixed words only.  # nosec B608
            f"{'and glossary = ? ' * len(of)}order by id limit {_AT_ONCE}"
        )
        after = ""
        while page := self._rows(sql, [after, *of]):
            yield [document for _, document in page]
            after = page[-1][0]

    def newest(self) -> str:
        """Return when an entry was written last, in UTC; empty before the first."""
        rows = self._rows("select at from version order by revision desc limit 1", [])
        return str(rows[0][0]) if rows else ""

    def tally(self, kind: str) -> dict[str, int]:
        """Return the numbers kept under a kind, by name, without the zeros."""
        rows = self._rows(
            "select name, n from tally where kind = ? and n > 0 order by name", [kind]
        )
        return {row[0]: row[1] for row in rows}

    def every(self, glossaries: Collection[str]) -> Iterator[Entry]:
        """Yield the entries of some glossaries, the retired ones too."""
        sql = f"select e.document from entry e where {_within(glossaries)} order by e.n"  # noqa: S608 - marks only.  # nosec B608
        for row in self._rows(sql, [*glossaries]):
            yield read_entry(row[0])

    def counted_in(self, kind: str, glossaries: Collection[str]) -> dict[str, int]:
        """Return how many entries of some glossaries have each value of a kind.

        They are counted when they are asked for: tallies are of the whole store.
        """
        rows = self._rows(
            "select f.value, count(*) from facet f join entry e on e.n = f.entry "  # noqa: S608 - marks only.  # nosec B608
            f"where f.kind = ? and {_within(glossaries)} "
            "group by f.value order by f.value",
            [kind, *glossaries],
        )
        return {row[0]: row[1] for row in rows}

    def issued_in(self, names: Sequence[str], glossaries: Collection[str]) -> int:
        """Return how many entries of some glossaries have an issuer of those names."""
        rows = self._rows(
            "select count(distinct f.entry) from facet f join entry e on e.n = f.entry "  # noqa: S608 - marks only.  # nosec B608
            f"where f.kind = 'issuer' and f.value in ({_marks(names)}) "
            f"and {_within(glossaries)}",
            [*names, *glossaries],
        )
        return int(rows[0][0])

    def listed(
        self,
        kind: str,
        values: Sequence[str],
        *,
        after: tuple[str, int] | None,
        limit: int,
        glossaries: Collection[str] | None = None,
    ) -> Listed:
        """Return entries that have one of some values, from after a place on.

        They are of some glossaries, or, with None, of all.

        A place is the sorting text and the entry's number, so that equal texts do not
        hide one another. `after` is None or a `next`.
        """
        every = merge(
            *(
                self._rows(
                    "select f.place, f.entry, e.document from facet f join entry e "  # noqa: S608 - marks only.  # nosec B608
                    "on e.n = f.entry where f.kind = ? and f.value = ? "
                    f"and {_within(glossaries)} "
                    "and (f.place, f.entry) > (?, ?) order by f.place, f.entry limit ?",
                    [kind, value, *(glossaries or ()), *(after or ("", -1)), limit + 1],
                )
                for value in values
            )
        )
        # An entry that has two of the values stands here once.
        rows = list({row[:2]: row for row in every}.values())
        more = rows[limit - 1][:2] if len(rows) > limit else None
        return Listed(
            [read_entry(row[2]) for row in rows[:limit]], more and tuple(more)
        )

    def recent(
        self,
        page: RecentPage,
        *,
        limit: int,
        glossaries: Collection[str] | None = None,
    ) -> list[Recent]:
        """Return what changed last of entries, newest first, with what was before.

        They are of some glossaries, or, with None, of all.
        """
        before = 1 << 62 if page.before is None else page.before
        where = ["e.revision < ?"]
        values: list[object] = [before]
        if page.after:
            where = ["(e.revision < ? or (e.revision = ? and e.id > ?))"]
            values = [before, before, page.after]
        for column, value in (
            ("v.action", page.action),
            ('v."by"', page.by),
            ("e.glossary", page.glossary),
        ):
            if value:
                where.append(f"{column} = ?")
                values.append(value)
        where.append(_within(glossaries))
        values += glossaries or ()
        if page.subject:
            where.append("e.n in (select entry from entry_subject where subject = ?)")
            values.append(page.subject)
        rows = self._rows(
            'select e.revision, e.id, e.version, v.action, v.at, v."by", e.document, '  # noqa: S608 - fixed words only.  # nosec B608
            "p.document from entry e "
            "join version v on v.entry = e.id and v.version = e.version "
            "left join version p on p.entry = e.id and p.version = e.version - 1 "
            f"where {' and '.join(where)} order by e.revision desc, e.id limit ?",
            [*values, limit],
        )
        return [
            Recent(change_of(row[:7]), read_entry(row[7]) if row[7] else None)
            for row in rows
        ]


def _within(glossaries: Collection[str] | None) -> str:
    """Return the condition that an entry is in one of some glossaries, or in any."""
    if glossaries is None:
        return "true"
    return f"e.glossary in ({_marks(glossaries)})"


def _marks(values: Collection[str]) -> str:
    """Return a mark for each value; nothing is equal to null."""
    return ", ".join("?" for _ in values) or "null"
