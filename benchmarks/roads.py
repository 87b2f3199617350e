"""How many files a road passes through, and how often the store is asked on it.

    python -m benchmarks.roads [--postgres] [CHECKOUT ...]

Each CHECKOUT is a folder with a `glossary` package in it, this one when none is named;
the roads are walked in a process of its own, over the curated entries. Each road is
walked once before it is counted, for something else, so that what is made once for a
process is not counted, and nothing is answered from memory. `asked` is the number of
statements, `repeated` how many of them were asked before on the same road
with the same values; what threads in the back ask meanwhile is not of the road.
"""

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Any

_HERE = Path(__file__).parents[1]
_TEXT = "中方坚持相互尊重、合作共赢，主张构建新型大国关系，维护国家主权。"
_TARGET = (
    "China stands for mutual respect and win-win cooperation, and for a new model of "
    "major-country relations."
)
_TABLE = "zh,en\n暖心早茶,warm morning tea\n睡前故事,bedtime story\n主权,sovereignty\n"
_ENTRY = "new-model-of-major-country-relationship"


def main() -> None:
    """Walk the roads of each checkout and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkouts", nargs="*", default=[str(_HERE)])
    parser.add_argument("--postgres", action="store_true", help="over PostgreSQL")
    parser.add_argument("--walk", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.walk is not None:
        print(json.dumps(_walked(given.walk)))
        return
    with _servers(postgres=given.postgres) as new:
        rows = {each: _of(each, new()) for each in given.checkouts}
    names = list(next(iter(rows.values())))
    width = max(map(len, names))
    for checkout, roads in rows.items():
        print(f"\n{checkout}")
        print(f"{'':{width}}  files  asked  repeated")
        for name in names:
            files, asked, repeated = roads[name]
            print(f"{name:{width}}  {files:5}  {asked:5}  {repeated:8}")


@contextmanager
def _servers(*, postgres: bool) -> Iterator[Callable[[], str]]:
    """Yield what makes a store; what was made is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        if not postgres:
            numbers = iter(range(1000))
            yield lambda: f"{folder}/{next(numbers)}.db"
            return
        sys.path.insert(0, str(_HERE))
        from tests.postgresql import Cluster  # noqa: PLC0415 - it needs the extra.

        cluster = Cluster()
        try:
            yield cluster.new
        finally:
            cluster.stop()


def _of(checkout: str, store: str) -> dict[str, tuple[int, int, int]]:
    place = Path(checkout).resolve()
    with tempfile.TemporaryDirectory() as folder:
        # The package as it is installed: with its entries and its messages in it.
        package = Path(folder, "glossary")
        package.mkdir()
        for each in [*(place / "glossary").iterdir(), place / "fixtures"]:
            (package / each.name).symlink_to(each)
        (package / "locales").symlink_to(place / "locales")
        done = subprocess.run(
            [sys.executable, str(Path(__file__).resolve()), "--walk", folder],
            env={
                **{
                    k: v for k, v in os.environ.items() if not k.startswith("GLOSSARY_")
                },
                "PYTHONPATH": folder,
                "GLOSSARY_DATABASE": store,
            },
            cwd=folder,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    rows: dict[str, tuple[int, int, int]] = json.loads(done.stdout.splitlines()[-1])
    return rows


def _walked(folder: str) -> dict[str, tuple[int, int, int]]:
    """Walk every road in this process; return files, statements and repeats of each."""
    asked: list[str] = []
    _listen(asked)
    from glossary.web import create_app  # noqa: PLC0415 - of the checkout.

    house = f"{folder}/glossary/"
    passed: set[str] = set()

    def note(frame: FrameType, event: str, _value: Any) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(house):
            passed.add(frame.f_code.co_filename)

    app = _app(create_app)
    found = {}
    for name, (before, walk) in _roads(app).items():
        before()
        passed.clear()
        asked.clear()
        sys.setprofile(note)
        walk()
        sys.setprofile(None)
        found[name] = len(passed), len(asked), len(asked) - len({*asked})
    return found


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


def _roads(app: Any) -> dict[str, tuple[Callable[[], None], Callable[[], None]]]:
    """Return for each road what is walked before it, and the road."""
    with suppress(ImportError):
        from glossary.people import access as tokens  # noqa: PLC0415 - of the checkout.
    if "tokens" not in locals():
        from glossary.curation import access as tokens  # noqa: PLC0415 - an older one.
    token = tokens.create(app.extensions["glossary"].store, "editor")
    client = app.test_client()
    headers = {"Authorization": f"Bearer {token}"}
    numbers = iter(range(1000))

    def asks(method: str, path: str, **sent: Any) -> Callable[[], None]:
        def walk() -> None:
            answer = client.open(path, method=method, **sent)
            answer.get_data()
            if answer.status_code >= 400:
                raise SystemExit(f"{method} {path}: {answer.get_data(as_text=True)}")

        return walk

    tags: list[str] = []

    def read() -> None:
        tags.append(client.get(f"/api/v1/entries/{_ENTRY}").headers["ETag"])

    def patch() -> None:
        answer = client.patch(
            f"/api/v1/entries/{_ENTRY}",
            json={"note": f"note {next(numbers)}"},
            headers={**headers, "If-Match": tags[-1]},
        )
        if answer.status_code != 200:
            raise SystemExit(answer.get_data(as_text=True))

    def patch_and_read() -> None:
        read()
        patch()
        read()

    def looked(*queries: str) -> tuple[Callable[[], None], Callable[[], None]]:
        one, other = (asks("GET", f"/api/v1/lookup?q={q}") for q in queries)
        return one, other

    first, second = (
        asks("POST", "/api/v1/check", json={"pairs": [{"id": "1", **pair}]})
        for pair in (
            {"source": "坚持主权平等。", "target": "Sovereign equality."},
            {"source": _TEXT, "target": _TARGET},
        )
    )
    table = asks(
        "POST",
        "/api/v1/imports?dry_run=true",
        data=_TABLE.encode(),
        content_type="text/csv",
        headers=headers,
    )
    tbx, csv = (asks("GET", f"/api/v1/export?format={f}") for f in ("tbx3", "csv"))
    return {
        "look-up, Chinese": looked("主权平等", "新型大国关系"),
        "look-up, English": looked("sovereign equality", "mutual respect"),
        "look-up, pinyin": looked("pingdeng", "zhuquan"),
        "look-up, mistakes": looked("soverein equalty", "mutal respct"),
        "check": (first, second),
        "PATCH": (patch_and_read, patch),
        "import": (table, table),
        "export, TBX": (tbx, tbx),
        "export, CSV": (csv, csv),
    }


def _listen(asked: list[str]) -> None:
    """Note every statement of this thread with its values, whatever the engine."""
    own = threading.get_ident()

    def note(statement: str) -> None:
        if threading.get_ident() == own:
            asked.append(statement)

    class Connection(sqlite3.Connection):
        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            # With the values in it.
            self.set_trace_callback(
                lambda text: None if text.startswith("--") else note(text)
            )

    connect = sqlite3.connect

    def connected(*arguments: Any, **options: Any) -> sqlite3.Connection:
        options.setdefault("factory", Connection)
        return connect(*arguments, **options)

    sqlite3.connect = connected
    with suppress(ImportError):
        import psycopg  # noqa: PLC0415 - it need not be installed.

        execute = psycopg.Cursor.execute

        def executed(self: Any, query: Any, params: Any = None, **options: Any) -> Any:
            note(f"{query!r} {params!r}")
            return execute(self, query, params, **options)

        psycopg.Cursor.execute = executed  # type: ignore[assignment]


if __name__ == "__main__":
    main()
