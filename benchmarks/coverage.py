"""Count how many set phrases of real texts of 2024 to 2026 the glossary finds.

The sentences are short quotations of texts that were collected after the entries had
been written; a reader marked the phrases before they were looked for. A phrase counts
as found when a term stands in at least three fifths of it, and nowhere outside it by
more than that. Prints the counts of each text, of all, what was missed, and how many
would be found with fewer entries, drawn at random.
"""

import csv
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from glossary.curation.fixtures import entries, load_curated
from glossary.query import Wanted
from glossary.recognition.annotate import annotate
from glossary.recognition.snapshot import Recognition, Snapshot
from glossary.store import open_store

MARKED = Path(__file__).parents[1] / "tests" / "curation" / "coverage.tsv"
#: How much of a marked phrase must be the term, and of the term the phrase.
ENOUGH = 0.6


class Marked(NamedTuple):
    """A phrase that a reader marked, and the entries that have a term there."""

    text: str
    phrase: str
    entries: frozenset[str]

    @property
    def known(self) -> bool:
        """Whether a term of the glossary is there."""
        return bool(self.entries)


def looked_for(snapshot: Snapshot) -> Iterator[Marked]:
    """Yield every marked phrase, looked for in its sentence."""
    with MARKED.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
    for text, sentence, marks in rows:
        wanted = Wanted(overlaps=True)
        matches = annotate(snapshot, sentence, wanted).matches
        at = 0
        for phrase in marks.split("|"):
            start = sentence.index(phrase, at)
            end = at = start + len(phrase)
            there = (m for m in matches if _is_it((start, end), (m.start, m.end)))
            yield Marked(text, phrase, frozenset(m.entry for m in there))


def _is_it(mark: tuple[int, int], span: tuple[int, int]) -> bool:
    shared = min(mark[1], span[1]) - max(mark[0], span[0])
    return shared >= ENOUGH * max(mark[1] - mark[0], span[1] - span[0])


def curve(
    marks: list[Marked], entries: list[str], *, seed: int = 2611
) -> list[tuple[int, int]]:
    """Return how many marks would be found with so many of the entries, ten times.

    The entries are drawn at random, each larger draw with the smaller one in it.
    """
    drawn = sorted(entries)
    random.Random(seed).shuffle(drawn)
    points = []
    for tenth in range(1, 11):
        some = set(drawn[: len(drawn) * tenth // 10])
        points.append((len(some), sum(bool(mark.entries & some) for mark in marks)))
    return points


def main() -> None:
    """Print the counts of each text and of all, and what was missed."""
    with TemporaryDirectory() as folder:
        store = open_store(str(Path(folder) / "glossary.db"))
        load_curated(store)
        marks = list(looked_for(Recognition(store).snapshot()))
        store.close()
    every = Counter(mark.text for mark in marks)
    known = Counter(mark.text for mark in marks if mark.known)
    for text, number in every.items():
        sys.stdout.write(f"{known[text]}/{number}\t{text}\n")
    share = known.total() / every.total()
    sys.stdout.write(f"{known.total()} of {every.total()} phrases, {share:.0%}\n")
    for size, found in curve(marks, [entry.id for entry in entries()]):
        sys.stdout.write(f"{size} entries\t{found}\t{found / len(marks):.0%}\n")
    for mark in marks:
        if not mark.known:
            sys.stdout.write(f"missed\t{mark.phrase}\n")


if __name__ == "__main__":
    main()
