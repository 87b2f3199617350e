"""What a journal shows: writes lost, revisions out of order, reads that were wrong."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tests.failover.load import Read, Write

#: Revision of each version of each entry, as the store has it at the end.
History = Mapping[tuple[str, int], int]


@dataclass(frozen=True, slots=True)
class Window:
    """The time of one fault, from the blow until all was whole again."""

    fault: str
    began: float
    ended: float

    def of(self, reads: Iterable[Read]) -> list[Read]:
        """Return the reads that began in this time."""
        return [read for read in reads if self.began <= read.began < self.ended]

    def silence(self, writes: Iterable[Write]) -> float:
        """Return the longest time, in seconds, in which nothing was acknowledged."""
        ends = [w.ended for w in writes if self.began <= w.ended < self.ended]
        edges = [self.began, *sorted(ends), self.ended]
        return max(b - a for a, b in pairwise(edges))


def lost(writes: Iterable[Write], history: History) -> list[Write]:
    """Return what was acknowledged and is not there."""
    return [write for write in writes if (write.entry, write.version) not in history]


def disordered(writes: Sequence[Write], history: History) -> list[Write]:
    """Return the writes whose revision says something else than their time.

    A write that was sent after another one was acknowledged has a higher revision, and
    what is said of the store with the acknowledgement is no older than the write.
    """
    gone = lost(writes, history)
    writes = [write for write in writes if write not in gone]
    by_end = iter(sorted(writes, key=lambda write: write.ended))
    following, highest, found = next(by_end, None), 0, []
    for write in sorted(writes, key=lambda write: write.began):
        while following is not None and following.ended <= write.began:
            highest = max(highest, history[following.entry, following.version])
            following = next(by_end, None)
        revision = history[write.entry, write.version]
        named = revision if write.revision is None else write.revision
        if revision <= highest or named < revision:
            found.append(write)
    return found


def gaps(base: int, history: History) -> set[int]:
    """Return the revisions since a base that stand for no write or for several."""
    count = Counter(history.values())
    every = range(base + 1, max(count, default=base) + 1)
    return {revision for revision in every if count[revision] != 1}


def wrong(reads: Iterable[Read]) -> list[Read]:
    """Return the reads that were answered with an older state than the reader knew."""
    return [
        read
        for read in reads
        if answered(read)
        and (not read.fresh or (read.shown is not None and read.shown < read.seen))
    ]


def answered(read: Read) -> bool:
    """Say whether a read got an answer: that there is nothing is an answer too."""
    return read.status in {200, 404}


def share(reads: Sequence[Read]) -> float:
    """Return the share of reads that were answered."""
    return sum(map(answered, reads)) / len(reads) if reads else 0.0


def unanswered(reads: Sequence[Read]) -> dict[str, int]:
    """Count the reads that were not answered, by their status and what it said."""
    return Counter(f"{r.status} {r.problem}" for r in reads if not answered(r))
