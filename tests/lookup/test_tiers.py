"""Of what a tier finds, one term of each entry is taken, and the best first."""

from functools import partial

from glossary.lookup.holding import best_of
from glossary.store.scope import Candidate

best_of_part = partial(best_of, tier="part")


def candidate(entry: int, key: str, *, rank: int = 0) -> Candidate:
    return Candidate(entry, 0, key, rank, key)


def test_an_entry_that_stands_above_does_not_come_again() -> None:
    respect = candidate(1, "mutual respect")
    sovereignty = candidate(2, "respect for sovereignty")
    candidates = [respect, sovereignty]
    assert best_of_part(candidates, {1}, 10, "respect") == [sovereignty]
    assert best_of_part(candidates, {1, 2}, 10, "respect") == []


def test_of_two_that_hold_the_query_alike_the_shorter_stands_first() -> None:
    short = candidate(2, "国家主权")
    long = candidate(1, "国家主权和领土完整")
    assert best_of_part([long, short], set(), 10, "主权") == [short, long]
    assert best_of_part([long, short], set(), 1, "主权") == [short]


def test_an_entry_that_begins_so_has_its_best_term_alone() -> None:
    worse = candidate(1, "respect", rank=2)
    better = candidate(1, "respect for each other", rank=1)
    assert best_of([worse, better], set(), 10, "respect", tier="prefix") == [better]
    assert best_of_part([worse, better], set(), 10, "respect") == [better]


def test_the_closest_usable_term_of_an_entry_that_holds_it_stands_for_it() -> None:
    preferred = candidate(1, "inherent right of self defense")
    admitted = candidate(1, "right of self defense", rank=1)
    banned = candidate(1, "my self defense", rank=4)
    candidates = [preferred, admitted, banned]
    assert best_of_part(candidates, set(), 10, "self defense") == [admitted]
