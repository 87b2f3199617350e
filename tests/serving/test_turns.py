"""Who waits for a thread: not for long, and nobody alone."""

import asyncio
import time
from collections.abc import Callable
from threading import Event

import pytest

from glossary.serving.turns import Full, Turns
from glossary.web.lanes import lanes, patience
from tests.running import apart


def turns(*, most: int = 100, seconds: float = 0.2) -> Turns:
    return Turns("read", threads=1, most=most, patience=seconds)


async def let_in(
    of: Turns, sender: str, number: int, work: Callable[[], object]
) -> int:
    """Return how many of so many requests are let in, while none of them ends."""
    tasks = [asyncio.create_task(of.take(sender, work)) for _ in range(number)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    refused = [task for task in tasks if task.done() and task.exception()]
    assert all(isinstance(task.exception(), Full) for task in refused)
    WAITING.extend(task for task in tasks if task not in refused)
    return number - len(refused)


WAITING: list[asyncio.Task[object]] = []


def test_as_many_are_let_in_as_can_be_answered_soon_and_the_rest_is_told_at_once() -> (
    None
):
    async def crowd() -> tuple[list[int], float]:
        of, go = turns(), Event()
        for _ in range(50):
            await of.take("192.0.2.1", lambda: time.sleep(0.01))
        numbers = [await let_in(of, f"192.0.2.{n}", 1, go.wait) for n in range(60)]
        begun = time.monotonic()
        with pytest.raises(Full):
            of.must_have_room("192.0.2.99")
        took = time.monotonic() - begun
        go.set()
        await asyncio.gather(*WAITING)
        of.must_have_room("192.0.2.99")
        return numbers, took

    WAITING.clear()
    numbers, took = apart(crowd())
    # One is under way, and in 0.2 s some twenty of 0.01 s are answered.
    assert 5 <= sum(numbers) <= 22
    assert numbers == sorted(numbers, reverse=True)
    assert took < 0.01


def test_a_few_wait_however_long_those_before_them_take() -> None:
    async def slow() -> int:
        of, go = turns(seconds=0.05), Event()
        await of.take("192.0.2.1", lambda: time.sleep(0.3))
        number = await let_in(of, "192.0.2.1", 9, go.wait)
        go.set()
        await asyncio.gather(*WAITING, return_exceptions=True)
        return number

    WAITING.clear()
    assert apart(slow()) >= 4


def test_one_sender_fills_half_of_what_waits_and_others_the_rest() -> None:
    async def both() -> tuple[int, int, int]:
        of, go = turns(most=20), Event()
        numbers = (
            await let_in(of, "198.51.100.1", 40, go.wait),
            sum([await let_in(of, f"192.0.2.{n}", 1, go.wait) for n in range(20)]),
            await let_in(of, "198.51.100.1", 5, go.wait),
        )
        go.set()
        await asyncio.gather(*WAITING)
        return numbers

    WAITING.clear()
    # One is under way beside those that wait.
    assert apart(both()) == (11, 10, 0)


def test_one_sender_may_fill_a_line_that_is_not_shared() -> None:
    async def alone() -> int:
        of, go = Turns("health", threads=1, most=20, patience=9, share=1.0), Event()
        number = await let_in(of, "198.51.100.1", 40, go.wait)
        go.set()
        await asyncio.gather(*WAITING)
        return number

    WAITING.clear()
    assert apart(alone()) == 21


def test_who_has_waited_too_long_is_told_so_and_no_thread_works_for_them() -> None:
    async def late() -> tuple[float, list[str]]:
        of, go, done = turns(seconds=0.02), Event(), list[str]()
        first = asyncio.create_task(of.take("192.0.2.1", go.wait))
        await asyncio.sleep(0.01)
        begun = time.monotonic()
        with pytest.raises(Full):
            await of.take("192.0.2.2", lambda: done.append("late"))
        seconds = time.monotonic() - begun
        go.set()
        await first
        await of.take("192.0.2.2", lambda: done.append("in time"))
        return seconds, done

    seconds, done = apart(late())
    assert 0.07 < seconds < 2
    assert done == ["in time"]


def test_every_lane_has_threads_and_a_bound_for_who_waits_and_writers_are_patient() -> (
    None
):
    bounds = patience(2.0)
    assert bounds.keys() == lanes(1).keys()
    assert bounds["read"] == 2.0
    assert bounds["write"] == 20.0
