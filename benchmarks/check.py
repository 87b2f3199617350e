"""What a check costs as texts grow, and how large the answers become.

Run `python -m benchmarks.check`. A store of the curated glossary is asked in this
process. First one pair of 250 to 16,000 Chinese characters with its English is checked:
“ordinary” has a term in one sentence of three, rendered four times out of five; “dense”
is nothing but terms, each rendered once; “one term” is one term again and again, the
worst for who looks for its renderings anew each time. Then `/v2/check` answers texts of
1 kB to 1 MB in which one sentence in ten has a wording that is not to be used, texts
that are nothing but such wordings without the end of a sentence, and these against a
source, with the limits of the settings raised so far. The exponent is the slope of a
line through the logarithms of sizes and times, from 2,000 characters or 16 kB on: 1 is
in proportion, 2 is as the square. Times are of the processor, the best of a few,
without the pauses of Python's collector, as `timeit` has it.
"""

import argparse
import gc
import math
import os
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from flask.testing import FlaskClient
from rich.console import Console
from rich.table import Table

from glossary import config
from glossary.curation import entries, load_curated
from glossary.query import Wanted
from glossary.recognition import Recognition, Snapshot, check
from glossary.store import open_store
from glossary.web import create_app

CHARACTERS = (250, 500, 1_000, 2_000, 4_000, 8_000, 16_000)
BYTES = (1_000, 4_000, 16_000, 64_000, 256_000, 1_000_000)
ROUNDS = 7
#: Sizes below these tell more of what a call costs by itself.
FIRST = {"check": 2_000, "answer": 16_000}
RAISED = {"MAX_BODY": 8_000_000, "MAX_TEXT": 2_000_000, "MAX_ANSWER": 500_000_000}


class Kind(NamedTuple):
    """A kind of pair: makes source and target with so many characters of source."""

    name: str
    make: Callable[[int], tuple[str, str]]


def exponent(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """Return the slope of the line through the logarithms, by least squares."""
    points = [(math.log(a), math.log(b)) for a, b in zip(sizes, seconds, strict=True)]
    mean_x, mean_y = (sum(values) / len(points) for values in zip(*points, strict=True))
    rise = sum((x - mean_x) * (y - mean_y) for x, y in points)
    return float(rise / sum((x - mean_x) ** 2 for x, _ in points))


def best(call: Callable[[], object]) -> float:
    """Return the seconds of processor time of the fastest of a few calls."""
    spent = []
    for _ in range(ROUNDS):
        gc.collect()
        gc.disable()
        begin = time.process_time()
        call()
        spent.append(time.process_time() - begin)
        gc.enable()
    return min(spent)


def kinds() -> list[Kind]:
    """Return the kinds of pairs that are checked."""
    pairs = [
        (chinese.text, english.text)
        for entry in entries()
        if (chinese := entry.best("zh-Hans")) and (english := entry.best("en"))
    ]
    signs = "".join(chinese for chinese, _ in pairs)
    plain = [d for entry in entries() if (d := entry.definition.get("en"))]

    def ordinary(size: int) -> tuple[str, str]:
        chance = random.Random(1)
        source, target, number = "", "", 0
        while len(source) < size:
            source += "".join(chance.choices(signs, k=chance.randint(8, 25)))
            target += chance.choice(plain)
            # Counted, not left to chance, so that a part is like the whole.
            number += 1
            if number % 3 == 0:
                chinese, english = chance.choice(pairs)
                source += chinese
                target += f" {english}" if number % 15 else ""
            source, target = f"{source}。", f"{target} "
        return source[:size], target

    def dense(size: int) -> tuple[str, str]:
        chance = random.Random(1)
        source, target = "", ""
        while len(source) < size:
            chinese, english = chance.choice(pairs)
            source, target = f"{source}{chinese}，", f"{target}{english}, "
        return source[:size], target

    def one_term(size: int) -> tuple[str, str]:
        return "中国和" * (size // 3), "China and " * (size // 3)

    return [
        Kind("ordinary", ordinary),
        Kind("dense", dense),
        Kind("one term", one_term),
    ]


def checks(snapshot: Snapshot) -> Table:
    """Return what checks of each kind of pair cost."""
    table = Table("characters", title="a check of one pair, ms")
    rows: list[list[str]] = [[f"{size:,}"] for size in CHARACTERS]
    last = ["exponent"]
    wanted = Wanted(from_="zh-Hans", to="en")
    for kind in kinds():
        table.add_column(kind.name, justify="right")
        table.add_column("findings", justify="right")
        seconds = []
        for row, size in zip(rows, CHARACTERS, strict=True):
            source, target = kind.make(size)
            count = len(check(snapshot, source, target, wanted))
            spent = best(lambda s=source, t=target: check(snapshot, s, t, wanted))  # type: ignore[misc]
            seconds.append(spent)
            row += [f"{1000 * spent:.1f}", f"{count:,}"]
        first = CHARACTERS.index(FIRST["check"])
        last += [f"{exponent(CHARACTERS[first:], seconds[first:]):.2f}", ""]
    for row in (*rows, last):
        table.add_row(*row)
    return table


def answers(client: FlaskClient) -> Table:
    """Return what `/v2/check` costs and answers."""
    table = Table("bytes", title="/v2/check")
    texts = {"ordinary": _ordinary, "dense": _dense, "against a source": _dense}
    rows: list[list[str]] = [[f"{size:,}"] for size in BYTES]
    lasts = ["exponent"]
    for name, make in texts.items():
        table.add_column(f"{name}, ms", justify="right")
        table.add_column("answer, kB", justify="right")
        seconds, sizes = [], []
        for row, size in zip(rows, BYTES, strict=True):
            fields = {"text": make(size), "language": "en-US"}
            if name == "against a source":
                fields["srctext"] = "构建新型大国关系，" * (size // 100)
            told = client.post("/v2/check", data=fields)
            if told.status_code != 200:
                raise SystemExit(told.text)
            spent = best(lambda f=fields: client.post("/v2/check", data=f))  # type: ignore[misc]
            seconds.append(spent)
            sizes.append(float(len(told.data)))
            row += [f"{1000 * spent:.1f}", f"{sizes[-1] / 1000:,.0f}"]
        first = BYTES.index(FIRST["answer"])
        lasts += [
            f"{exponent(BYTES[first:], part[first:]):.2f}" for part in (seconds, sizes)
        ]
    for row in (*rows, lasts):
        table.add_row(*row)
    return table


def _ordinary(size: int) -> str:
    plain = [d for entry in entries() if (d := entry.definition.get("en"))]
    chance = random.Random(1)
    text = ""
    while len(text) < size:
        text += f"{chance.choice(plain)} "
        if chance.random() < 1 / 10:
            text += "They built a new type of great power relations. "
    return text.encode()[:size].decode(errors="ignore")


def _dense(size: int) -> str:
    unit = "a new type of great power relations and "
    return unit * (size // len(unit))


def main() -> None:
    """Print the tables."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = str(Path(folder) / "glossary.db")
        store = open_store(database)
        load_curated(store)
        Console(width=110).print(checks(Recognition(store).snapshot()))
        store.close()
        limits = {**RAISED, "MAX_CHECK": RAISED["MAX_TEXT"], "DATABASE": database}
        os.environ |= {f"GLOSSARY_{name}": str(v) for name, v in limits.items()}
        config.settings.cache_clear()
        app = create_app()
        Console(width=110).print(answers(app.test_client()))
        app.extensions["glossary"].store.close()


if __name__ == "__main__":
    main()
