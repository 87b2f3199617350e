"""Draw curated entries at random for re-reading, the same ones for the same seed.

Prints a table in Markdown with an empty column for the verdict: right, doubtful, wrong.
"""

import argparse
import random
import sys

from glossary.entry.nouns import Entry
from tests.nouns import curated_entries


def drawn(number: int, *, seed: int) -> list[Entry]:
    """Return so many curated entries, in the order of their ids."""
    entries = sorted(curated_entries(), key=lambda entry: entry.id)
    chosen = random.Random(seed).sample(entries, min(number, len(entries)))  # noqa: S311 - no secret.
    return sorted(chosen, key=lambda entry: entry.id)


#: How many of the set phrases that are approved, of those that are drafts, and of the
#: names of States and capitals are read of two hundred.
STRATA = (90, 80, 30)


def stratified(*, seed: int) -> list[Entry]:
    """Return two hundred curated entries, in three strata, in the order of the draw."""
    chance = random.Random(seed)  # noqa: S311 - no secret.
    every = sorted(curated_entries(), key=lambda entry: entry.id)
    names = [e for e in every if {"states", "capitals"} & set(e.subjects)]
    phrases = [e for e in every if e not in names]
    groups = (
        [e for e in phrases if e.state == "approved"],
        [e for e in phrases if e.state == "draft"],
        names,
    )
    return [
        entry
        for group, number in zip(groups, STRATA, strict=True)
        for entry in chance.sample(group, number)
    ]


def row(entry: Entry) -> str:
    """Return an entry as a row of the table."""
    chinese = "; ".join(t.text for t in entry.terms if t.lang == "zh-Hans")
    english = "; ".join(
        t.text if t.status == "preferred" else f"{t.text} ({t.status})"
        for t in entry.terms
        if t.lang == "en"
    )
    cited = ", ".join(
        sorted({c.source for term in entry.terms for c in term.citations})
    )
    cells = (entry.id, entry.state, chinese, english, cited, "")
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--number", type=int, default=50)
    parser.add_argument("--strata", action="store_true", help="200 in three strata")
    asked = parser.parse_args()
    head = [
        "| entry | state | zh-Hans | en | cited | verdict |",
        "|---|---|---|---|---|---|",
    ]
    if asked.strata:
        chosen = stratified(seed=asked.seed)
    else:
        chosen = drawn(asked.number, seed=asked.seed)
    rows = [row(entry) for entry in chosen]
    sys.stdout.write("\n".join([*head, *rows, ""]))


if __name__ == "__main__":
    main()
