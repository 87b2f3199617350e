"""What each kind of look-up costs in one version beside another, over large stores.

    python -m benchmarks.tiers BEFORE OLD.db NEW.db [AFTER] [--number N] [--rounds N]
                               [--only KIND] [--unread]

BEFORE is a checkout (`git worktree add`). Both stores hold the same entries: OLD.db is
filled with the code of BEFORE (`benchmarks.phrases.fill`), NEW.db is a copy of it that
`glossary db upgrade` brought to this version. Both versions look the same queries of
every kind up, each once in a round and the first now this one, now that one, in
processes of their own, new in each round, with recognition ready, or `--unread` without
any (to gather a million entries takes a quarter of an hour and more) and without known
parts. A row is the median of what a query costs before and after, in milliseconds of
processor time, the slowest one in a hundred, the median of the ratios of its queries,
and the ratio of the sums.
"""

import argparse
import gc
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import product
from pathlib import Path
from typing import Any, Final

_HERE: Final = Path(__file__).parents[1]
#: The lowest tier that a kind of query is asked with; the rest asks for everything.
_TIERS: Final = {
    "exact": "folded",
    "folded": "folded",
    "inflected": "inflected",
    "pinyin": "pinyin",
    "prefix": "prefix",
    "part": "part",
    "one character": "part",
    "two characters": "part",
}
_CANDIDATES: Final = 400
#: So many queries of a kind are asked before those that count, and not again.
_WARM: Final = 15
_Costs = dict[str, list[tuple[list[float], list[float]]]]


def main() -> None:
    """Run both versions in turn and print a row for each kind of query."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("before")
    parser.add_argument("old")
    parser.add_argument("new")
    parser.add_argument("after", nargs="?", default=str(_HERE))
    parser.add_argument("--number", type=int, default=120)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", default="")
    parser.add_argument("--unread", action="store_true")
    parser.add_argument("--work", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.work:
        _work(given.old, unread=given.unread)
        return
    kinds = _queries(given.new, given.number + _WARM)
    kinds = {kind: texts for kind, texts in kinds.items() if kind[:7] != "suggest"}
    kinds = {kind: texts for kind, texts in kinds.items() if given.only in kind}
    if given.unread:
        kinds = {kind: texts for kind, texts in kinds.items() if kind[:5] != "known"}
    costs: _Costs = {kind: [([], []) for _ in kinds[kind][_WARM:]] for kind in kinds}
    for _ in range(given.rounds):
        with ExitStack() as ends:
            both = [
                ends.enter_context(_running(*each, unread=given.unread))
                for each in ((given.before, given.old), (given.after, given.new))
            ]
            for kind, texts in kinds.items():
                # What a process uses for the first time is no work of a kind.
                for text, side in product(texts[:_WARM], (0, 1)):
                    _asked(both[side], text, _tier(kind))
            for kind, texts in kinds.items():
                for number, text in enumerate(texts[_WARM:]):
                    for side in (0, 1) if number % 2 else (1, 0):
                        spent = _asked(both[side], text, _tier(kind))
                        if spent is not None:
                            costs[kind][number][side].append(spent)
    _print(costs)


def _tier(kind: str) -> str:
    return _TIERS.get(kind.partition(",")[0], "fuzzy")


def _print(costs: _Costs) -> None:
    width = max(map(len, costs))
    print(f"{'':{width}}  before  after  p99 before  p99 after  ratio  of sums")
    for kind, every in costs.items():
        # What a version refuses is left out.
        queries = [sides for sides in every if sides[0] and sides[1]]
        ratios = [
            statistics.median(b / a for a, b in zip(*sides, strict=True))
            for sides in queries
        ]
        sides = [
            [1e3 * statistics.median(query[side]) for query in queries]
            for side in (0, 1)
        ]
        one, other = map(statistics.median, sides)
        late = [statistics.quantiles(s, n=100, method="inclusive")[98] for s in sides]
        of_sums = sum(sides[1]) / sum(sides[0])
        print(
            f"{kind:{width}}  {one:6.2f} {other:6.2f}  {late[0]:10.2f} {late[1]:10.2f}"
            f"  {statistics.median(ratios):5.2f}  {of_sums:7.2f}"
        )


def _queries(path: str, number: int) -> dict[str, list[str]]:
    """Return queries by kind, made from the entries of a store."""
    from benchmarks.mistakes import queries  # noqa: PLC0415 - not of the checkouts.
    from glossary.store import open_store  # noqa: PLC0415 - of the checkout.

    store = open_store(path)
    kinds = queries(store, number)
    store.close()
    return {kind: [query.text for query in asked] for kind, asked in kinds.items()}


@contextmanager
def _running(
    checkout: str, path: str, *, unread: bool
) -> Iterator["subprocess.Popen[str]"]:
    """Yield a process of a checkout that is ready to look up in a store."""
    place = Path(checkout).resolve()
    with tempfile.TemporaryDirectory() as folder:
        # The package as it is installed: with its entries and its messages in it.
        package = Path(folder, "glossary")
        package.mkdir()
        for each in (place / "glossary").iterdir():
            (package / each.name).symlink_to(each)
        for name in ("fixtures", "locales"):
            if not (package / name).exists():
                (package / name).symlink_to(place / name)
        here = str(Path(__file__).resolve())
        options = ["--work", *["--unread"] * unread]
        process = subprocess.Popen(
            [sys.executable, here, *options, folder, str(Path(path).resolve()), "-"],
            env={**os.environ, "PYTHONPATH": folder},
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            _read(process)
            yield process
        finally:
            process.kill()
            process.wait()


def _read(process: "subprocess.Popen[str]") -> Any:
    line = process.stdout.readline() if process.stdout else ""
    if not line:
        raise SystemExit(f"a version ended: {process.args}")
    return json.loads(line)


def _asked(process: "subprocess.Popen[str]", text: str, tier: str) -> float | None:
    """Return the seconds that a query took, None for one that is refused."""
    if process.stdin:
        process.stdin.write(json.dumps([text, tier]) + "\n")
        process.stdin.flush()
    seconds: float | None = _read(process)
    return seconds


class _Unread:
    """Recognition that never has its wordings."""

    def snapshot(self, *_: object, **__: object) -> None:
        """Raise NotReady, as while the wordings are gathered."""
        from glossary.errors import NotReady  # noqa: PLC0415 - of the checkout.

        raise NotReady("The wordings are not gathered.")


def _work(path: str, *, unread: bool) -> None:
    """Say that all is ready, then look up what each line asks and say what it cost."""
    from glossary.lookup import lookup  # noqa: PLC0415 - of the checkout.
    from glossary.query import Query  # noqa: PLC0415 - of the checkout.
    from glossary.recognition import Recognition  # noqa: PLC0415 - of the checkout.
    from glossary.store import open_store  # noqa: PLC0415 - of the checkout.

    store = open_store(path)
    recognition: Any = _Unread() if unread else Recognition(store)
    while not unread:
        try:
            recognition.snapshot()
            break
        except Exception:  # noqa: BLE001 - each version has an error of its own.
            recognition.settle()
            time.sleep(1)
    gc.collect()
    gc.freeze()
    gc.disable()
    print(0, flush=True)
    for line in sys.stdin:
        text, tier = json.loads(line)
        query = Query(text, tier=tier)
        begun = time.thread_time()
        try:
            with store.snapshot():
                lookup(store, query, candidates=_CANDIDATES, recognition=recognition)
        except Exception:  # noqa: BLE001 - an earlier version may refuse some words.
            print("null", flush=True)
        else:
            print(time.thread_time() - begun, flush=True)


if __name__ == "__main__":
    main()
