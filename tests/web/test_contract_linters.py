"""The contract as the linters and generators of others see it."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.running import needs
from tests.web.tools.installed import CLIENTS

LINTERS = ("@redocly/cli@2", "@stoplight/spectral-cli@6")
GENERATOR = "openapi-python-client==0.29.1"


@cache
def linters() -> Path:
    """Return where the programs of the linters are; skip aloud if there is no npm."""
    npm = needs(shutil.which("npm"), "npm")
    folder = CLIENTS.with_name(".linters")
    ready = folder / "ready"
    if not ready.exists() or ready.read_text() != "\n".join(LINTERS):
        order = [npm, "install", "--prefix", str(folder), "--no-audit", "--no-fund"]
        done = subprocess.run([*order, *LINTERS], capture_output=True, check=False)
        if done.returncode:
            needs(None, "a package index with " + ", ".join(LINTERS))
        ready.write_text("\n".join(LINTERS))
    return folder / "node_modules" / ".bin"


@pytest.fixture
def contract(client: FlaskClient, tmp_path: Path) -> Path:
    path = tmp_path / "openapi.json"
    path.write_bytes(client.get("/openapi.json").data)
    return path


def problems(command: Sequence[str | Path], folder: Path) -> str:
    """Return what a linter prints; the test fails when that is nothing."""
    told = {**os.environ, "REDOCLY_TELEMETRY": "off"}
    done = subprocess.run(
        command, cwd=folder, env=told, capture_output=True, text=True, check=False
    )
    return done.stdout or pytest.fail(done.stderr)


def test_redocly_misses_only_what_was_taken_out_of_the_contract(
    contract: Path,
) -> None:
    command = [linters() / "redocly", "lint", "--format=json", contract]
    contract.write_text(contract.read_text().replace('"servers"', '"x-servers"'))
    found = json.loads(problems(command, contract.parent))["problems"]
    # What is wrong on purpose shows that the linter has read it all.
    assert [each["ruleId"] for each in found] == ["no-empty-servers"]


def test_spectral_misses_only_what_was_taken_out_of_the_contract(
    contract: Path,
) -> None:
    rules = contract.parent / ".spectral.yaml"
    rules.write_text('extends: ["spectral:oas"]\n')
    command = [linters() / "spectral", "lint", "-q", "-f", "json", "-r", rules]
    contract.write_text(contract.read_text().replace('"servers"', '"x-servers"'))
    told = problems([*command, contract], contract.parent)
    found, _ = json.JSONDecoder().raw_decode(told)
    assert [each["code"] for each in found] == ["oas3-api-servers"]


@pytest.mark.skipif(
    "CONTRACT" not in os.environ, reason="half a minute; make soak asks for it"
)
def test_a_client_that_is_made_of_the_contract_has_every_call(
    contract: Path, tmp_path: Path
) -> None:
    python = CLIENTS.with_name(".generator") / "bin" / "python"
    program = python.with_name("openapi-python-client")
    if not program.exists():
        made = subprocess.run(
            [sys.executable, "-m", "venv", str(python.parents[1])], check=False
        )
        order = [str(python), "-m", "pip", "install", "--quiet", GENERATOR]
        if made.returncode or subprocess.run(order, check=False).returncode:
            needs(None, f"a package index with {GENERATOR}")
    out = tmp_path / "made"
    done = subprocess.run(
        [program, "generate", "--path", contract, "--output-path", out, "--meta=none"],
        env={**os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "WARNING" not in done.stdout, done.stdout
    calls = {
        call["operationId"]
        for path in json.loads(contract.read_text())["paths"].values()
        for call in path.values()
    }
    assert {file.stem for file in (out / "api").glob("*/*.py")} - {"__init__"} == calls
