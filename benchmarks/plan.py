"""How many cores a number of readers needs, and how long they wait for one.

Run `python -m benchmarks.plan --milliseconds 5.9`, with the CPU time of one look-up as
`benchmarks.nodes` measures it. Look-ups come at random, at the rate of the busiest
second, and wait in one line for a free core; how long one takes varies as an
exponential does. Prints how busy the cores are and the 99th percentile of waiting, and
chooses the first number that keeps both low. A model, not a measurement: seeded, the
same each time.
"""

import argparse
import heapq
import math
import random
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

#: Assumptions: look-ups of one user a day, the busiest second beside the mean of a day.
LOOKUPS, PEAK = 50, 10
DAY = 86_400
#: What the cores are to keep below.
BUSY, WAIT = 0.7, 0.050


@dataclass(frozen=True, slots=True)
class Queue:
    """What a number of cores makes of a stream of look-ups; waiting in seconds."""

    busy: float
    p99: float


def simulated(rate: float, service: float, cores: int, *, number: int) -> Queue:
    """Let look-ups arrive and wait; `rate` in look-ups a second, `service` in seconds.

    >>> simulated(10.0, 0.01, 1, number=20_000).busy < 0.11
    True
    """
    chance = random.Random(9)
    free = [0.0] * cores
    now, spent, waits = 0.0, 0.0, []
    for _ in range(number):
        now += chance.expovariate(rate)
        start = max(now, heapq.heappop(free))
        took = chance.expovariate(1 / service)
        heapq.heappush(free, start + took)
        waits.append(start - now)
        spent += took
    waits.sort()
    return Queue(spent / (cores * max(free)), waits[int(number * 0.99)])


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--milliseconds", type=float, required=True)
    parser.add_argument("--users", type=int, nargs="+", default=[10**3, 10**5, 10**7])
    parser.add_argument("--number", type=int, default=200_000)
    parser.add_argument("--price", type=float, default=25.0, help="of a core, a month")
    options = parser.parse_args()
    service = options.milliseconds / 1000
    table = Table(
        *("users", "look-ups/s at the peak", "cores", "busy, %", "p99 of waiting, ms"),
        *("a month", ""),
        title=f"{LOOKUPS} look-ups a user and day, peak {PEAK} times the mean, "
        f"{options.milliseconds} ms each",
    )
    for users in options.users:
        rate = users * LOOKUPS * PEAK / DAY
        least = max(1, math.ceil(rate * service))
        tried = sorted({*(math.ceil(least * (1 + n / 10)) for n in range(0, 11, 2))})
        chosen = False
        for cores in tried:
            if rate * service >= cores:
                continue
            queue = simulated(rate, service, cores, number=options.number)
            fits = queue.busy <= BUSY and queue.p99 <= WAIT and not chosen
            chosen = chosen or fits
            table.add_row(
                *(f"{users:,}", f"{rate:,.1f}", f"{cores:,}"),
                f"{queue.busy * 100:.0f}",
                f"{queue.p99 * 1000:.1f}",
                f"{cores * options.price:,.0f}",
                "enough" if fits else "",
            )
    Console(width=110).print(table)


if __name__ == "__main__":
    main()
