"""Programs of others that are tried against ours, each as people install it."""

import fcntl
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.running import needs

ROOT = Path(__file__).parents[3]
#: Made once and kept; git does not see it.
CLIENTS = ROOT / ".clients"
#: Clients that are not to be installed beside our own code: their licences or their
#: needs (an old NumPy, which a newer Python does not have) are not ours.
PACKAGES = (
    "anki==26.9.3",
    "language_tool_python==2.9.4",
    "pylanguagetool==0.11.0",
    "reconciler==0.2.2",
    "translate-toolkit==3.13.5",
    "numpy<2; python_version < '3.13'",
    "pandas<3",
    # pylanguagetool takes pkg_resources for granted, which Python 3.12 does not bring.
    "setuptools<81",
)


def _install(python: Path) -> bool:
    made = subprocess.run([sys.executable, "-m", "venv", str(CLIENTS)], check=False)
    # What is installed is hardly used: only what runs is compiled, and when it runs.
    pip = [str(python), "-m", "pip", "install", "--quiet", "--no-compile", *PACKAGES]
    return made.returncode == 0 and subprocess.run(pip, check=False).returncode == 0


@cache
def clients() -> Path:
    """Return a Python that has the clients; skip aloud where they cannot be had."""
    python = CLIENTS / "bin" / "python"
    ready = CLIENTS / "ready"
    with CLIENTS.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not ready.exists() or ready.read_text() != "\n".join(PACKAGES):
            if not _install(python):
                needs(None, "a package index with " + ", ".join(PACKAGES))
            ready.write_text("\n".join(PACKAGES))
    return python


def ran(python: Path, script: str, *arguments: str) -> str:
    """Return what a script prints with these clients."""
    done = subprocess.run(
        [str(python), "-W", "ignore", "-c", script, *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    if done.returncode:
        pytest.fail(done.stderr)
    return done.stdout


if __name__ == "__main__":
    clients()
