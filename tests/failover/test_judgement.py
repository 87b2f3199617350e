"""The judgement itself: it finds what is wrong in a journal, and only that."""

from tests.failover import judgement
from tests.failover.judgement import Window
from tests.failover.load import Read, Write


def write(name: str, began: float, ended: float, revision: int | None = None) -> Write:
    return Write(0, name, 1, began, ended, 1, revision)


def read(
    status: int = 200, *, seen: int = 0, shown: int = 0, fresh: bool = True
) -> Read:
    return Read("entry", 1.0, 2.0, status, seen, shown, fresh)


def test_a_write_that_was_acknowledged_and_is_not_there_is_lost() -> None:
    kept, gone = write("磋商", 0, 1), write("会谈", 0, 1)
    assert judgement.lost([kept, gone], {("磋商", 1): 7}) == [gone]


def test_a_write_sent_after_another_was_acknowledged_has_a_higher_revision() -> None:
    first, second = write("磋商", 0, 1), write("会谈", 2, 3)
    history = {("磋商", 1): 7, ("会谈", 1): 8}
    assert judgement.disordered([first, second], history) == []
    turned = {("磋商", 1): 8, ("会谈", 1): 7}
    assert judgement.disordered([first, second], turned) == [second]


def test_writes_at_one_time_may_come_in_any_order() -> None:
    both = [write("磋商", 0, 3), write("会谈", 1, 2)]
    assert judgement.disordered(both, {("磋商", 1): 7, ("会谈", 1): 8}) == []
    assert judgement.disordered(both, {("磋商", 1): 8, ("会谈", 1): 7}) == []


def test_an_acknowledgement_is_no_older_than_its_write() -> None:
    older, newer = write("磋商", 0, 1, revision=6), write("磋商", 0, 1, revision=8)
    assert judgement.disordered([older, newer], {("磋商", 1): 7}) == [older]


def test_revisions_that_stand_for_nothing_or_for_two_writes_are_found() -> None:
    assert judgement.gaps(4, {("磋商", 1): 5, ("会谈", 1): 6}) == set()
    assert judgement.gaps(4, {("磋商", 1): 5, ("会谈", 1): 7}) == {6}
    assert judgement.gaps(4, {("磋商", 1): 5, ("会谈", 1): 5}) == {5}


def test_a_read_of_an_older_state_is_wrong_whatever_it_says() -> None:
    older, missing = read(seen=9, shown=8), read(404, fresh=False)
    assert judgement.wrong([read(seen=9, shown=9), older, missing]) == [older, missing]


def test_a_read_that_failed_is_not_wrong_but_not_answered() -> None:
    reads = [read(), read(), read(), read(503, fresh=False)]
    assert judgement.wrong(reads) == []
    assert judgement.share(reads) == 0.75


def test_the_silence_of_writes_counts_from_the_blow_to_the_end() -> None:
    window = Window("leader killed", 10.0, 40.0)
    writes = [write("磋商", 0, 9), write("会谈", 10, 11), write("访问", 30, 31)]
    assert window.silence(writes) == 20.0
    assert window.silence([]) == 30.0
