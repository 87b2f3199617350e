"""What one version of the program costs beside another, in one run.

    python -m benchmarks.versions BEFORE [AFTER] [--rounds N] [--only KIND]

BEFORE and AFTER are checkouts (`git worktree add`), AFTER this one unless it is named.
Each runs in a process of its own over the curated entries of BEFORE; round by round
both do the same work in turn, in an order that changes. A row is the median processor
time of each (of all threads of its process), and the median of the rounds' ratios;
nothing is answered from memory. `--only` does the kinds of work that begin so.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from configparser import ConfigParser
from contextlib import ExitStack, contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any, Final

_HERE: Final = Path(__file__).parents[1]
_ROUNDS: Final = 15
_CALLS: Final = 60
_TEXT: Final = (
    "中方坚持相互尊重、合作共赢，主张构建新型大国关系，维护国家主权。双方就气候变化、不扩散、"
    "贸易平衡深入交换意见，同意加强沟通协调，妥善管控分歧，推动构建人类命运共同体。"
)
_TARGET: Final = (
    "China stands for mutual respect and win-win cooperation, and for a new model of "
    "major-country relations. Both sides exchanged views on climate change."
)


def main() -> None:
    """Run both versions in turn and print a row for each kind of work."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("before")
    parser.add_argument("after", nargs="?", default=str(_HERE))
    parser.add_argument("--rounds", type=int, default=_ROUNDS)
    parser.add_argument("--only", default="")
    parser.add_argument("--work", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.work:
        _work()
        return
    with ExitStack() as ends:
        both = [
            ends.enter_context(_running(given.before, each))
            for each in (given.before, given.after)
        ]
        names = [_told(both[0]), _told(both[1])][0]
        names = [name for name in names if name.startswith(given.only)]
        times: dict[str, list[tuple[float, float]]] = {name: [] for name in names}
        for number in range(given.rounds + 1):
            for name in names:
                order = both if number % 2 else both[::-1]
                taken = [_asked(each, name) for each in order]
                if number:
                    one, other = taken if number % 2 else taken[::-1]
                    times[name].append((one, other))
    width = max(map(len, names))
    print(f"{'':{width}}  before, ms  after, ms  after/before")
    for name, pairs in times.items():
        one, other = (statistics.median(each) for each in zip(*pairs, strict=True))
        ratio = statistics.median(b / a for a, b in pairs)
        print(f"{name:{width}}  {one * 1e3:10.2f}  {other * 1e3:9.2f}  {ratio:12.2f}")


@contextmanager
def _running(data: str, checkout: str) -> Iterator["subprocess.Popen[str]"]:
    """Yield a process of a checkout, with the entries of another."""
    place = Path(checkout).resolve()
    with tempfile.TemporaryDirectory() as folder:
        package(place, Path(folder), Path(data).resolve())
        process = subprocess.Popen(
            [sys.executable, str(Path(__file__).resolve()), "--work", folder, data],
            env={
                **{
                    k: v for k, v in os.environ.items() if not k.startswith("GLOSSARY_")
                },
                "PYTHONPATH": folder,
                "GLOSSARY_DATABASE": f"{folder}/glossary.db",
                "GLOSSARY_CACHE": "0",
            },
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def package(checkout: Path, folder: Path, data: Path) -> None:
    """Make the package of a checkout as it is installed, with entries and messages.

    The entries are those of `data`, another checkout or the same.
    """
    made = folder / "glossary"
    made.mkdir()
    for each in (checkout / "glossary").iterdir():
        (made / each.name).symlink_to(each)
    (made / "fixtures").symlink_to(data / "fixtures")
    (made / "locales").symlink_to(checkout / "locales")
    setup = ConfigParser(interpolation=None)
    setup.read(checkout / "setup.cfg", "utf-8")
    name = setup["metadata"]["name"]
    about = folder / f"{name.replace('-', '_')}-0.dist-info"
    about.mkdir()
    named = f"Metadata-Version: 2.1\nName: {name}\nVersion: 0\n"
    (about / "METADATA").write_text(named, "utf-8")


def _told(process: "subprocess.Popen[str]") -> Any:
    line = process.stdout.readline() if process.stdout else ""
    if not line:
        raise SystemExit(f"a version ended: {process.args}")
    return json.loads(line)


def _asked(process: "subprocess.Popen[str]", name: str) -> float:
    if process.stdin:
        process.stdin.write(f"{name}\n")
        process.stdin.flush()
    seconds: float = _told(process)
    return seconds


def _work() -> None:
    """Say what can be done, then do what each line asks and say how long it took."""
    from glossary.web import create_app  # noqa: PLC0415 - of the checkout.

    works = _works(_app(create_app))
    print(json.dumps(list(works)), flush=True)
    for line in sys.stdin:
        work, calls = works[line.strip()]
        began = time.process_time()
        for _ in range(calls):
            work()
        print((time.process_time() - began) / calls, flush=True)


def _app(create_app: Callable[[], Any]) -> Any:
    with suppress(ImportError):
        from glossary.curation.fixtures import load_curated  # noqa: PLC0415
    if "load_curated" not in locals():
        from glossary.curated import load_curated  # noqa: PLC0415 - an older one.
    from glossary.store import open_store  # noqa: PLC0415 - of the checkout.

    store = open_store(os.environ["GLOSSARY_DATABASE"])
    load_curated(store)
    store.close()
    return create_app()


def _works(app: Any) -> dict[str, tuple[Callable[[], None], int]]:
    """Return by name what is done, and how often in a round."""
    with suppress(ImportError):
        from glossary.people import access as tokens  # noqa: PLC0415 - of the checkout.
    if "tokens" not in locals():
        from glossary.curation import access as tokens  # noqa: PLC0415 - an older one.
    token = tokens.create(app.extensions["glossary"].store, "editor")
    client, number = app.test_client(), count()
    headers = {"Authorization": f"Bearer {token}"}

    def ask(method: str, path: str, **sent: Any) -> Any:
        answer = client.open(path, method=method, **sent)
        body = answer.get_data()
        if answer.status_code >= 400:
            raise SystemExit(f"{method} {path}: {body.decode()}")
        return body

    lines = ask("GET", "/api/v1/export?format=ndjson").splitlines()
    entries = [json.loads(line) for line in lines]
    terms = [t["text"] for each in entries for t in each.get("terms", ())][::3]

    def looked(texts: Sequence[str], more: str = "") -> Callable[[], None]:
        at = count()

        def work() -> None:
            text = texts[next(at) % len(texts)]
            query = {"q": text, "limit": str(10)}
            ask("GET", "/api/v1/lookup", query_string=query | _pairs(more))

        return work

    def annotated() -> None:
        text = f"{_TEXT}{next(number)}。" * 5
        ask("POST", "/api/v1/annotate", json={"text": text})

    def checked() -> None:
        pair = {"id": "1", "source": f"{_TEXT}{next(number)}", "target": _TARGET}
        ask("POST", "/api/v1/check", json={"pairs": [pair]})

    def imported() -> None:
        rows = (f"词条{next(number)}号,entry number {next(number)}" for _ in range(200))
        table = "zh,en\n" + "\n".join(rows) + "\n"
        ask(
            *("POST", "/api/v1/imports?dry_run=true"),
            data=table.encode(),
            content_type="text/csv",
            headers=headers,
        )

    words = [t for t in terms if t.isascii()]
    han = [t for t in terms if len(t) > 4 and not t[0].isascii()]
    return {
        "look-up, exact": (looked(terms, "tier=exact"), _CALLS),
        "look-up, all tiers": (looked(terms), _CALLS),
        "look-up, beginning": (looked([t[:6] for t in words if len(t) > 8]), _CALLS),
        "look-up, mistakes": (looked([t[1:] for t in words if len(t) > 8]), 20),
        "look-up, two characters": (looked([t[:2] for t in han]), 20),
        "look-up, part in Chinese": (looked([t[1:4] for t in han]), 20),
        "annotate, 500 characters": (annotated, 20),
        "check, a pair": (checked, 20),
        "import, 200 rows": (imported, 1),
        "export, NDJSON": (lambda: ask("GET", "/api/v1/export?format=ndjson"), 1),
        "export, CSV": (lambda: ask("GET", "/api/v1/export?format=csv"), 1),
    }


def _pairs(more: str) -> dict[str, str]:
    return dict([more.split("=")]) if more else {}


if __name__ == "__main__":
    main()
