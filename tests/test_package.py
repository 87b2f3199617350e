"""What is installed from a wheel or an archive, where nothing else of ours is."""

import configparser
import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import time
import zipfile
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from glossary import DISTRIBUTION
from tests import sharing
from tests.postgresql import free_port

ROOT: Final = Path(__file__).parent.parent


def answered(address: str, **query: str) -> Any:
    """Return what a server that is starting answers in the end."""
    deadline = time.monotonic() + 60
    while True:
        try:
            return httpx.get(address, params=query, timeout=30).json()
        except httpx.ConnectError:
            assert time.monotonic() < deadline
            time.sleep(0.1)


@pytest.fixture(scope="module")
def built(of_the_run: Path) -> Path:
    """Return the folder with an archive of the source and a wheel made from it.

    It is made once a run: two builds at a time would write into each other's folders.
    """

    def make(folder: Path) -> None:
        how = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder)]
        done = subprocess.run(
            [*how, str(ROOT)], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]

    return sharing.once(of_the_run, "dist", make)


def test_the_archive_holds_all_that_is_needed_to_build_and_test(built: Path) -> None:
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as packed:
        names = {name.partition("/")[2] for name in packed.getnames()}
    for name in (
        "CHANGELOG.md",
        "DATA-LICENCE",
        "Makefile",
        "deploy/compose.yaml",
        "docs/images/entry.png",
        "fixtures/diplomatic.ndjson",
        "locales/zh_Hant/LC_MESSAGES/messages.po",
        "tests/conftest.py",
        "tests/text/united.txt",
    ):
        assert name in names
    assert not [name for name in names if name.endswith(".pyc")]


def test_the_wheel_holds_every_module_and_what_they_read(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
    ours = [path for path in (ROOT / "glossary").rglob("*") if path.is_file()]
    for path in ours:
        if "__pycache__" not in path.parts:
            assert path.relative_to(ROOT).as_posix() in names
    assert "glossary/fixtures/diplomatic.ndjson" in names
    assert "glossary/locales/zh_Hans/LC_MESSAGES/messages.po" in names
    assert any(name.endswith("licenses/DATA-LICENCE") for name in names)


def test_the_wheel_works_where_it_is_installed_alone(
    built: Path, tmp_path: Path
) -> None:
    (wheel,) = built.glob("*.whl")
    alone = tmp_path / "site"
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(alone)  # noqa: S202 - we have just made it.
    libraries = sysconfig.get_paths()["purelib"]
    program = (
        "import sys, sysconfig, site\n"
        f"sys.path[:0] = [{str(alone)!r}]\n"
        f"site.addsitedir({libraries!r})\n"
        f"sys.meta_path = [f for f in sys.meta_path if 'ditable' not in str(f)]\n"
        "from glossary.cli import main; import glossary\n"
        f"assert glossary.__file__.startswith({str(alone)!r}), glossary.__file__\n"
        "main()"
    )
    env = {"GLOSSARY_DATABASE": "store.db", "PATH": os.defpath}

    def run(*arguments: str) -> str:
        command = [sys.executable, "-I", "-c", program, *arguments]
        return subprocess.run(
            command, cwd=tmp_path, env=env, capture_output=True, text=True, check=True
        ).stdout

    assert run("--version") == f"glossary, version {version(DISTRIBUTION)}\n"
    assert "Look up phrases" in run("--help")
    assert "http://" in run("init", "--admin", "mei", "--settings", "terms.env")
    settings = tmp_path / "terms.env"
    assert f"GLOSSARY_DATABASE={tmp_path / 'store.db'}\n" in settings.read_text()
    assert settings.stat().st_mode & 0o077 == 0
    port = free_port()
    serve = [sys.executable, "-I", "-c", program, "serve", "--port", str(port)]
    with subprocess.Popen(serve, cwd=tmp_path, env=env) as server:
        try:
            address = f"http://127.0.0.1:{port}/api/v1/lookup"
            (hit, *_) = answered(address, q="主权")["hits"]
        finally:
            server.terminate()
    assert hit["equivalents"][0]["text"] == "sovereignty"
    assert server.returncode == 0


def test_a_release_names_each_package_it_runs_with_by_version_and_hash() -> None:
    text = (ROOT / "deploy" / "requirements.txt").read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=\S)", text)[1:]
    locked = {}
    for block in blocks:
        name, _, rest = block.partition("==")
        locked[canonicalize_name(name)] = rest.split()[0]
        assert len(re.findall(r"--hash=sha256:[0-9a-f]{64}", block)) >= 1, name
    read = configparser.ConfigParser(interpolation=None)
    read.read(ROOT / "setup.cfg", encoding="utf-8")
    extras = read["options.extras_require"]
    wanted = [read["options"]["install_requires"]]
    wanted += [extras[extra] for extra in ("postgres", "oidc", "mcp", "lsp")]
    for line in filter(None, "\n".join(wanted).splitlines()):
        one = Requirement(line)
        there = locked.get(canonicalize_name(one.name), "")
        assert there, f"{one.name} is not locked: make lock"
        assert one.specifier.contains(there), f"{one} is locked as {there}: make lock"
