"""How long a program takes to start, and what it holds: `python -m benchmarks.starts`.

Each row is the least of several runs of a new process, since everything else that the
machine does only adds to it: seconds, seconds of the processor, and modules read. The
last row is a server of one worker: seconds until it answers, and the megabytes that the
worker holds then and after it has looked phrases up and marked a text.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
import urllib.request
from typing import Final

from benchmarks.nodes import family, memory

_RUNS: Final = 7
_PORT: Final = 9871
_MAIN: Final = "from glossary.cli import main; main()"
_TELL: Final = (
    "import atexit, sys; "
    "atexit.register(lambda: print(len(sys.modules), file=sys.stderr)); "
)
ROWS: Final = (
    ("python, doing nothing", "pass", ()),
    ("glossary --version", _MAIN, ("--version",)),
    ("from glossary.client import Client", "from glossary.client import Client", ()),
    ("glossary lookup 新型大国关系", _MAIN, ("lookup", "新型大国关系")),
    (
        "glossary lookup major-country diplomacy",
        _MAIN,
        ("lookup", "major-country diplomacy"),
    ),
    ("glossary --help", _MAIN, ("--help",)),
)


def _once(program: str, arguments: tuple[str, ...]) -> tuple[float, float, int]:
    """Run a program; return its seconds, those of the processor, and its modules."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begin = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", _TELL + program, *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    took = time.perf_counter() - begin
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return took, cpu, int(done.stderr.split()[-1])


def _served() -> None:
    address = f"http://127.0.0.1:{_PORT}"
    how = [sys.executable, "-c", _MAIN, "serve", "--port", str(_PORT)]
    begin = time.perf_counter()
    with subprocess.Popen([*how, "--workers", "1"], stderr=subprocess.DEVNULL) as run:
        try:
            while time.perf_counter() - begin < 60:
                try:
                    urllib.request.urlopen(f"{address}/readyz", timeout=5).read()
                    break
                except OSError:
                    time.sleep(0.01)
            ready = time.perf_counter() - begin
            worker = family(run.pid)[1:2]
            fresh = memory(worker)
            for q in ("%E5%A4%A7%E5%9B%BD%E5%A4%96%E4%BA%A4", "diplomacy"):
                path = f"{address}/api/v1/lookup?q={q}"
                urllib.request.urlopen(path, timeout=60).read()
            looked = memory(worker)
            body = '{"text": "双方同意构建新型大国关系。"}'.encode()
            request = urllib.request.Request(
                f"{address}/api/v1/annotate",
                data=body,
                headers={"Content-Type": "application/json"},
            )
            urllib.request.urlopen(request, timeout=60).read()
            print(
                f"server of one worker: ready in {ready:.2f} s; {fresh:.0f} MB, "
                f"after look-ups {looked:.0f} MB, after a text {memory(worker):.0f} MB"
            )
        finally:
            run.terminate()


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["GLOSSARY_DATABASE"] = f"{folder}/store.db"
        _once(_MAIN, ("load-fixtures",))
        print(f"{'':<42}{'s':>8}{'cpu s':>8}{'modules':>9}")
        for name, program, arguments in ROWS:
            runs = [_once(program, arguments) for _ in range(_RUNS)]
            took, cpu = (min(run[at] for run in runs) for at in (0, 1))
            print(f"{name:<42}{took:>8.3f}{cpu:>8.3f}{runs[0][2]:>9}")
        _served()


if __name__ == "__main__":
    main()
