"""Of what a tier finds, one term of each entry is taken, and the best first."""

from glossary.lookup.tiers import best_of
from glossary.store.scope import Candidate


def candidate(entry: int, key: str, *, rank: int = 0) -> Candidate:
    return Candidate(entry, 0, key, rank, key)


def test_an_entry_that_stands_above_does_not_come_again() -> None:
    respect = candidate(1, "mutual respect")
    sovereignty = candidate(2, "respect for sovereignty")
    assert best_of([respect, sovereignty], {1}, 10, "respect") == [sovereignty]
    assert best_of([respect, sovereignty], {1, 2}, 10, "respect") == []


def test_of_two_that_hold_the_query_alike_the_shorter_stands_first() -> None:
    short = candidate(2, "国家主权")
    long = candidate(1, "国家主权和领土完整")
    assert best_of([long, short], set(), 10, "主权") == [short, long]
    assert best_of([long, short], set(), 1, "主权") == [short]


def test_an_entry_has_its_best_term_alone() -> None:
    worse = candidate(1, "mutual respect", rank=2)
    better = candidate(1, "respect for each other", rank=1)
    assert best_of([worse, better], set(), 10, "respect") == [better]
