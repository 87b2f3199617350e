"""The same work as a store grows: part of `python -m benchmarks.results`.

One store grows from size to size; at each, every kind of work is done with queries made
from its own wordings, and the median of its processor time is kept. The exponent is the
slope of a line through the logarithms: 0 does not grow, 1 grows in proportion.
"""

import math
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

from benchmarks.annotate import sample
from benchmarks.mistakes import queries
from benchmarks.phrases import add, phrases
from glossary.lookup import lookup, suggest
from glossary.query import Query, Wanted
from glossary.recognition import Recognition, annotate, matches_json
from glossary.store import SqliteStore, open_store

_QUERIES = 120
_CHARACTERS = 500
_WIDTH, _HEIGHT, _ROOM = 280, 150, 40
_ACROSS = 3
_INK, _PALE = "#444", "#ccc"


class Growth(NamedTuple):
    """What a kind of work costs at each size, in microseconds of processor time."""

    name: str
    costs: dict[int, float]

    @property
    def exponent(self) -> float:
        """Return the slope of the logarithm of the cost over that of the size."""
        points = [(math.log(size), math.log(cost)) for size, cost in self.costs.items()]
        return statistics.linear_regression(*zip(*points, strict=True)).slope


def growths(sizes: list[int]) -> list[Growth]:
    """Grow a store to each size in turn and measure every kind of work there."""
    costs: dict[str, dict[int, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(str(Path(folder) / "glossary.db"))
        rest = phrases(max(sizes))
        count = 0
        for size in sorted(sizes):
            begin = time.process_time()
            add(store, rest, size - count)
            spent = (time.process_time() - begin) / (size - count)
            costs.setdefault("storing an entry", {})[size] = spent * 1e6
            count = size
            for name, cost in _measured(store):
                costs.setdefault(name, {})[size] = cost
        store.close()
    return [Growth(name, by_size) for name, by_size in costs.items()]


def _measured(store: SqliteStore) -> Iterator[tuple[str, float]]:
    """Yield every kind of work with its median in microseconds."""
    kinds = queries(store, _QUERIES)

    def looked_up(q: str) -> object:
        return lookup(store, Query(q), candidates=400)

    for kind in (
        "everything, English",
        "everything, Chinese",
        "part, English",
        "part, Chinese",
        "fuzzy, one mistake, English",
        "fuzzy, one mistake, Chinese",
        "nothing there, Chinese",
    ):
        yield f"look-up, {kind}", _median(looked_up, [q.text for q in kinds[kind]])
    typed = [q.text for kind in kinds if kind[:7] == "suggest" for q in kinds[kind]]
    yield (
        "completion",
        _median(lambda q: suggest(store, q, limit=8, candidates=400), typed),
    )
    recognition = Recognition(store)
    recognition.settle()
    snapshot = recognition.snapshot(patience=600)
    chance = random.Random(5)
    for lang, kind in (("en", "exact, English"), ("zh-Hans", "exact, Chinese")):
        wordings = [q.text for q in kinds[kind]]
        text = sample(lang, wordings, _CHARACTERS * _QUERIES, chance).text
        parts = [text[at : at + _CHARACTERS] for at in range(0, len(text), _CHARACTERS)]

        def marked(part: str) -> object:
            return matches_json(
                part, annotate(snapshot, part, Wanted()).matches, "utf16"
            )

        yield f"terms of {_CHARACTERS} characters, {lang}", _median(marked, parts)


def _median(work: Callable[[str], object], texts: list[str]) -> float:
    spent = []
    for text in texts:
        begin = time.thread_time()
        work(text)
        spent.append(time.thread_time() - begin)
    return statistics.median(spent) * 1e6


def lines_of(grown: list[Growth]) -> list[str]:
    """Return the table of all of it as lines of Markdown."""
    sizes = sorted(grown[0].costs)
    lines = [
        "Microseconds of processor time at so many entries, and the exponent that is",
        "fitted: 0 does not grow, 1 grows in proportion.",
        "",
        "| work | " + " | ".join(f"{size:,}" for size in sizes) + " | exponent |",
        "|---" * (len(sizes) + 2) + "|",
    ]
    for row in grown:
        costs = " | ".join(f"{row.costs[size]:,.0f}" for size in sizes)
        lines.append(f"| {row.name} | {costs} | {row.exponent:.2f} |")
    return [*lines, "", "![What each costs as a store grows](growth.svg)"]


def drawn(grown: list[Growth]) -> str:
    """Return a picture, as SVG, with a panel for each kind of work.

    Both scales are logarithmic and the same in every panel: a line that rises as the
    grey diagonal does grows in proportion.
    """
    down = -(-len(grown) // _ACROSS)
    size = f"0 0 {_WIDTH * _ACROSS} {_HEIGHT * down}"
    root = ET.Element("svg", xmlns="http://www.w3.org/2000/svg", viewBox=size)
    root.set("font-family", "sans-serif")
    ET.SubElement(root, "title").text = "What each costs as a store grows"
    ET.SubElement(root, "rect", width="100%", height="100%", fill="white")
    every = [math.log10(cost) for row in grown for cost in row.costs.values()]
    low, high = math.floor(min(every)), math.ceil(max(every))
    for number, row in enumerate(grown):
        x, y = number % _ACROSS * _WIDTH, number // _ACROSS * _HEIGHT
        panel = ET.SubElement(root, "g", transform=f"translate({x} {y})")
        _panel(panel, row, low, high)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode") + "\n"


def _panel(panel: ET.Element, row: Growth, low: int, high: int) -> None:
    sizes = [math.log10(size) for size in row.costs]
    wide, tall = _WIDTH - 1.5 * _ROOM, _HEIGHT - 2 * _ROOM
    first, span = min(sizes), max(sizes) - min(sizes)

    def place(size: float, cost: float) -> str:
        x = _ROOM + (size - first) / span * wide
        y = _ROOM + (high - cost) / (high - low) * tall
        return f"{x:.1f},{y:.1f}"

    named = f"{row.name}: {row.exponent:.2f}"
    ET.SubElement(panel, "text", {"x": "6", "y": "18", "font-size": "10"}).text = named
    base = {"fill": "none", "stroke": _PALE}
    for power in range(low, high + 1):
        ends = f"{place(first, power)} {place(first + span, power)}"
        ET.SubElement(panel, "polyline", points=ends, **base)
        at = place(first, power).split(",")[1]
        ET.SubElement(
            panel, "text", {"x": "2", "y": at, "font-size": "8", "fill": _INK}
        ).text = f"{10**power:,.0f} µs" if power < 6 else f"{10 ** (power - 6):,.0f} s"
    costs = [math.log10(cost) for cost in row.costs.values()]
    rise = min(span, high - costs[0])
    ends = f"{place(first, costs[0])} {place(first + rise, costs[0] + rise)}"
    dashes = {"stroke-dasharray": "3 3"}
    ET.SubElement(panel, "polyline", points=ends, **base, **dashes)
    points = " ".join(map(place, sizes, costs))
    ET.SubElement(panel, "polyline", points=points, fill="none", stroke=_INK)
    for size, cost in zip(sizes, costs, strict=True):
        x, y = place(size, cost).split(",")
        ET.SubElement(panel, "circle", cx=x, cy=y, r="2", fill=_INK)
    for size in sizes:
        x = place(size, low).split(",")[0]
        mark = {"x": x, "y": str(_HEIGHT - 26), "font-size": "8", "fill": _INK}
        ET.SubElement(
            panel, "text", mark, **{"text-anchor": "middle"}
        ).text = f"{10**size:,.0f}"
