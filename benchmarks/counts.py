"""Count the curated entries by subject, state, proof and year of evidence.

A subject has the entries that name it; an entry with two stands under both. A year has
the entries that cite a document of it, each once; the newest year is that of its newest
document.
"""

import sys
from collections import Counter
from collections.abc import Iterable

from glossary.curation.fixtures import entries, sources
from glossary.entry import PROOFS, STATES, Entry, proof

_STATES = STATES[:-1]


def years(entry: Entry, dates: dict[str, str]) -> set[str]:
    """Return the years of the documents that an entry cites."""
    cited = {s for term in entry.terms for c in term.citations for s in c.sources}
    return {dates[name][:4] for name in cited if dates.get(name)}


def table(title: str, counted: Iterable[tuple[str, Entry]]) -> str:
    """Return a table in Markdown: a row each name, a column each state and proof."""
    rows: dict[str, Counter[str]] = {}
    for name, entry in counted:
        row = rows.setdefault(name, Counter())
        row.update([entry.state, f"{entry.state} {proof(entry).state}"])
    columns = [*_STATES, *(f"approved {each}" for each in PROOFS)]
    head = [f"| {title} | all | {' | '.join(columns)} |", f"|{'---|' * 9}"]
    body = [
        f"| {name} | {sum(row[state] for state in _STATES)} | "
        f"{' | '.join(str(row[column]) for column in columns)} |"
        for name, row in sorted(rows.items())
    ]
    return "\n".join([*head, *body, ""])


def main() -> None:
    """Print the tables."""
    every = list(entries())
    dates = {source.id: source.date or "" for source in sources()}
    parts = [
        table("all", (("entries", entry) for entry in every)),
        table("subject", ((s, entry) for entry in every for s in entry.subjects)),
        table("year", ((y, entry) for entry in every for y in years(entry, dates))),
        table(
            "newest year",
            ((max(years(entry, dates), default="none"), entry) for entry in every),
        ),
    ]
    sys.stdout.write("\n".join(parts))


if __name__ == "__main__":
    main()
