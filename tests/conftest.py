"""The nouns of the tests: a store, the curated glossary, an application, a server."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from glossary import config, tokens
from glossary.curated import load_curated
from glossary.entry import Entry
from glossary.schema import EntrySchema, load
from glossary.store import SqliteStore, open_store
from glossary.web import create_app
from tests import browsing

IN_CI = os.environ.get("CI") == "true"


def needs(part: str | None, what: str) -> str:
    """Return the part, or skip aloud; in CI its absence is a failure."""
    if part:
        return part
    if IN_CI:
        pytest.fail(f"CI must have {what}")
    pytest.skip(f"{what} is not installed here")


def entry(**document: Any) -> Entry:
    """Return an entry made from a document."""
    made: Entry = load(EntrySchema(), document)
    return made


def major_country(**more: Any) -> dict[str, Any]:
    """Return a document of the phrase this project began with."""
    return {
        "id": "new-model-of-major-country-relationship",
        "terms": [
            {"lang": "zh-Hans", "text": "新型大国关系", "status": "preferred"},
            {
                "lang": "en",
                "text": "new model of major-country relationship",
                "status": "preferred",
            },
        ],
        **more,
    }


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    opened = open_store(str(tmp_path / "glossary.db"))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def curated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("curated") / "glossary.db"
    opened = open_store(str(path))
    load_curated(opened)
    opened.close()
    return path


@pytest.fixture(scope="session")
def curated(curated_file: Path) -> Iterator[SqliteStore]:
    """The curated glossary, for reading only."""
    opened = open_store(str(curated_file))
    yield opened
    opened.close()


@pytest.fixture
def database(
    tmp_path: Path, curated_file: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """A file of its own with the curated glossary, as the settings name it."""
    path = tmp_path / "served.db"
    shutil.copy(curated_file, path)
    monkeypatch.setenv("GLOSSARY_DATABASE", str(path))
    config.settings.cache_clear()
    yield path
    config.settings.cache_clear()


@pytest.fixture
def app(database: Path) -> Iterator[Flask]:
    made = create_app()
    yield made
    made.extensions["glossary"].store.close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def editor(app: Flask) -> dict[str, str]:
    """The headers of somebody who may write."""
    token = tokens.create(app.extensions["glossary"].store, "editor")
    return {"Authorization": f"Bearer {token}"}


@pytest.fixture
def admin(app: Flask) -> dict[str, str]:
    """The headers of somebody who may purge."""
    made = tokens.create(app.extensions["glossary"].store, "admin", scope="admin")
    return {"Authorization": f"Bearer {made}"}


class Server:
    """A real server in a process of its own, on a port of its own."""

    def __init__(self, database: Path, **environment: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **os.environ,
            "GLOSSARY_DATABASE": str(database),
            **environment,
        }
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "glossary.cli", "serve"]
        self.process = subprocess.Popen(
            [*command, "--port", str(self.port), "--workers", "2"],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                self.call("GET", "/readyz")
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise TimeoutError("the server did not start")

    def kill(self) -> None:
        """Kill the server and its workers at once, as a power cut would."""
        os.killpg(self.process.pid, 9)
        self.process.wait()

    def call(
        self,
        method: str,
        path: str,
        document: object = None,
        headers: dict[str, str] | None = None,
    ) -> tuple[int, Any]:
        """Return status and JSON of an answer."""
        body = None if document is None else json.dumps(document).encode()
        kind = {"Content-Type": "application/json"} if body else {}
        request = urllib.request.Request(
            self.address + path, body, {**kind, **(headers or {})}, method=method
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                text = answer.read()
                return answer.status, json.loads(text) if text else None
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.loads(error.read())


@pytest.fixture
def server(database: Path) -> Iterator[Server]:
    running = Server(database)
    yield running
    if running.process.poll() is None:
        running.kill()


@pytest.fixture
def token(database: Path) -> str:
    """A token of somebody who may write."""
    store = open_store(str(database))
    made = tokens.create(store, "somebody")
    store.close()
    return made


def chromium() -> str:
    """Return where Chromium is, or skip aloud."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    return needs(found, "Chromium")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = chromium()
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=executable, args=browsing.FLAGS
        )
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def reading_server(
    curated_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """A server on the curated glossary, for tests that only read."""
    path = tmp_path_factory.mktemp("read") / "glossary.db"
    shutil.copy(curated_file, path)
    running = Server(path)
    yield running
    running.kill()


@pytest.fixture
def opened(browser: Browser, reading_server: Server) -> Iterator[browsing.Open]:
    """Opens pages; whatever one of them complains of fails the test."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def open_page(**options: Any) -> Page:
        context = browser.new_context(
            **{"base_url": reading_server.address, "locale": "en-GB", **options}
        )
        contexts.append(context)
        page = context.new_page()
        browsing.watch(page, wrong)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture
def page(opened: browsing.Open) -> Page:
    return opened()
