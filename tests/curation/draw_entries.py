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
    asked = parser.parse_args()
    head = [
        "| entry | state | zh-Hans | en | cited | verdict |",
        "|---|---|---|---|---|---|",
    ]
    rows = [row(entry) for entry in drawn(asked.number, seed=asked.seed)]
    sys.stdout.write("\n".join([*head, *rows, ""]))


if __name__ == "__main__":
    main()
