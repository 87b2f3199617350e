"""The nouns of the tests: a store, the curated glossary, an application, a server."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import CodeType
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from jinja2 import Environment
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    expect,
    sync_playwright,
)
from werkzeug.routing import Rule

from glossary import config
from glossary.people import access
from glossary.store import Store, beside, open_store
from glossary.web import create_app
from tests import browsing, postgresql, sharing
from tests.door import Doors
from tests.nouns import entry, major_country
from tests.running import Server, chromium, needs

__all__ = ["Server", "entry", "major_country", "needs"]  # until all say tests.nouns

#: What jsonschema asks of it, addresses with letters of all scripts, no contract here
#: has; where it is there, it costs each process more than a second.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

#: A page may take long on a machine that runs other tests beside it.
expect.set_options(timeout=20_000)
if not os.environ.get("CI"):
    # Nor does a property fail on such a machine; in CI Hypothesis sees to it itself.
    settings.register_profile(
        "suite", deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    settings.load_profile("suite")


#: What runs over both engines; `--engine=postgres` runs everything over that one.
CONFORMANCE = frozenset(
    f"tests.{name}"
    for name in (
        "curation.test_bulk",
        "curation.test_changes",
        "curation.test_own",
        "curation.test_queue",
        "curation.test_telling",
        "curation.test_reviewing",
        "faults.test_kills",
        "lookup.test_lookup",
        "people.test_visits",
        "recognition.test_snapshot",
        "store.test_browsing",
        "store.test_freshness",
        "store.test_lost",
        "store.test_memory",
        "store.test_upgrades",
        "store.test_nodes",
        "store.test_nouns",
        "store.test_once",
        "store.test_snapshot",
        "store.test_store",
        "transfer.test_apart",
        "transfer.test_backup",
        "transfer.test_identity",
        "transfer.test_imports",
        "transfer.test_owners",
        "transfer.test_replacing",
        "transfer.test_transfer",
        "web.api.test_api",
        "web.api.test_nouns",
        "web.api.test_proposals",
        "web.test_entrance",
        "web.test_narrowing",
        "web.test_server",
    )
)


def pytest_configure() -> None:
    """Let the files of tests stand in memory: a disk makes every write wait."""
    if memory := postgresql.in_memory():
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(memory))


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Two processes for a core: browsers, servers and clusters are waited for."""
    return (os.cpu_count() or 1) * 2


#: Every application compiles its 230 addresses anew; tests make thousands of
#: applications, of which all have the same.
_COMPILED: dict[tuple[object, ...], dict[str, Any]] = {}
_MADE = ("_parts", "_trace", "_converters", "_build", "_build_unknown")
_compile = Rule.compile


def _compiled_once(rule: Rule) -> None:
    key = (rule.rule, rule.subdomain, rule.merge_slashes, str(rule.defaults))
    if key not in _COMPILED:
        _compile(rule)
        _COMPILED[key] = {name: vars(rule)[name] for name in (*_MADE, "arguments")}
    made = _COMPILED[key]
    vars(rule).update(made, arguments=set(made["arguments"]))


Rule.compile = _compiled_once  # type: ignore[method-assign]


_PAGES: dict[tuple[str, str | None, str | None], CodeType] = {}
_translate = Environment.compile


def _translated_once(
    environment: Environment,
    source: str,
    name: str | None = None,
    filename: str | None = None,
    **how: Any,
) -> CodeType:
    """Translate a page once: every application would anew, and all have the same."""
    key = source, name, filename
    if how or not isinstance(source, str):
        return _translate(environment, source, name, filename, **how)
    if key not in _PAGES:
        _PAGES[key] = _translate(environment, source, name, filename)
    return _PAGES[key]


Environment.compile = _translated_once  # type: ignore[method-assign, assignment]


#: Tests that are known to fail, a line each: its place, a space, and why.
FAILING = Path(__file__).with_name("failing.txt")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the tests that are known to fail do so, by name; all others must pass."""
    lines = FAILING.read_text("utf-8").splitlines()
    known = dict(line.split(" ", 1) for line in lines if line.strip())
    for item in items:
        place = item.nodeid.partition("[")[0]
        if reason := known.get(item.nodeid) or known.get(place):
            item.add_marker(pytest.mark.xfail(reason=reason, strict=False))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--engine", choices=["sqlite", "postgres"])
    parser.addoption("--door", choices=["nginx", "caddy"])
    parser.addoption(
        "--whole", action="store_true", help="all of CC-CEDICT, not one in fifty"
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test over the engines that it is to be run over."""
    if "engine" not in metafunc.fixturenames:
        return
    chosen = metafunc.config.getoption("engine")
    both = metafunc.module.__name__ in CONFORMANCE
    engines = [chosen] if chosen else ["sqlite", "postgres"] if both else ["sqlite"]
    metafunc.parametrize("engine", engines, indirect=True, scope="session")


@pytest.fixture(scope="session")
def cluster() -> Iterator[postgresql.Cluster]:
    needs(postgresql.program("initdb"), "PostgreSQL")
    made = postgresql.Cluster()
    yield made
    made.stop()


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest) -> str:
    """The engine that a test runs over: sqlite or postgres."""
    name: str = request.param
    if name == "postgres":
        request.getfixturevalue("cluster")
    return name


@pytest.fixture
def only_sqlite(engine: str) -> None:
    """Marks a test of what only the embedded store has: a file."""
    if engine != "sqlite":
        pytest.skip("this is about the file of the embedded store")


@pytest.fixture
def only_postgres(engine: str) -> None:
    """Marks a test of what only PostgreSQL has: several machines."""
    if engine != "postgres":
        pytest.skip("this is about several machines")


@pytest.fixture
def fresh(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The name of a store that does not exist yet."""
    if engine == "sqlite":
        yield str(tmp_path / "glossary.db")
        return
    cluster = request.getfixturevalue("cluster")
    address = cluster.new()
    yield address
    cluster.drop(address)


@pytest.fixture
def store(fresh: str) -> Iterator[Store]:
    opened = open_store(fresh)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def of_the_run(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all processes of this run share."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


@pytest.fixture(scope="session")
def curated_file(of_the_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    def make(folder: Path) -> None:
        sharing.fill(str(folder / "glossary.db"))

    made = sharing.once(of_the_run, "curated-file", make)
    own = tmp_path_factory.mktemp("curated") / "glossary.db"
    return sharing.copied(made / "glossary.db", own)


@pytest.fixture(scope="session")
def curated_template(cluster: postgresql.Cluster, of_the_run: Path) -> str:
    """The name of a database with the curated glossary, to be copied."""
    address = cluster.new()

    def make(folder: Path) -> None:
        first = cluster.new()
        sharing.fill(first)
        cluster.dump(first, folder / "curated.dump")
        shutil.move(beside(first, "lexicon"), folder / "lexicon")
        cluster.drop(first)

    made = sharing.once(of_the_run, "curated-template", make)
    cluster.restore(address, made / "curated.dump")
    return address.rpartition("/")[2]


@pytest.fixture(scope="session")
def curated(engine: str, request: pytest.FixtureRequest) -> Iterator[Store]:
    """The curated glossary, for reading only."""
    if engine == "sqlite":
        opened = open_store(str(request.getfixturevalue("curated_file")))
    else:
        template = request.getfixturevalue("curated_template")
        opened = open_store(request.getfixturevalue("cluster").new(template))
    yield opened
    opened.close()


@pytest.fixture
def database(
    engine: str,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Path | str]:
    """A store of its own with the curated glossary, as the settings name it."""
    place: Path | str = tmp_path / "served.db"
    if engine == "sqlite":
        sharing.copied(request.getfixturevalue("curated_file"), place)
    else:
        template = request.getfixturevalue("curated_template")
        place = request.getfixturevalue("cluster").lend(template)
        wordings = request.getfixturevalue("of_the_run") / "curated-template/lexicon"
        sharing.lent(wordings, beside(place, "lexicon"))
        monkeypatch.setenv("GLOSSARY_IMPORTS", str(tmp_path / "imports"))
    monkeypatch.setenv("GLOSSARY_DATABASE", str(place))
    config.settings.cache_clear()
    yield place
    config.settings.cache_clear()
    if isinstance(place, str):
        beside(place, "lexicon").unlink()
        request.getfixturevalue("cluster").give_back(place)


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
    token = access.create(app.extensions["glossary"].store, "editor")
    return {"Authorization": f"Bearer {token}"}


@pytest.fixture
def admin(app: Flask) -> dict[str, str]:
    """The headers of somebody who may purge."""
    made = access.create(app.extensions["glossary"].store, "admin", scope="admin")
    return {"Authorization": f"Bearer {made}"}


@pytest.fixture
def server(database: Path | str, doors: Doors | None) -> Iterator[Server]:
    running = Server(database)
    yield running
    if running.process.poll() is None:
        running.kill()


@pytest.fixture
def writer(database: Path) -> dict[str, str]:
    """The headers of somebody who may write, where no application is open."""
    store = open_store(str(database))
    token = access.create(store, "writer")
    store.close()
    return {"Authorization": f"Bearer {token}"}


@pytest.fixture
def importer(writer: dict[str, str]) -> dict[str, str]:
    """The headers of somebody who sends a table and does not wait for its end."""
    return {**writer, "Content-Type": "text/csv", "Prefer": "respond-async"}


@pytest.fixture
def token(database: Path) -> str:
    """A token of somebody who may write."""
    store = open_store(str(database))
    made = access.create(store, "somebody")
    store.close()
    return made


@pytest.fixture(scope="session")
def doors(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Doors | None]:
    """The doors that every page comes through, if `--door` asks for one."""
    kind = request.config.getoption("--door")
    if kind is None:
        yield None
        return
    os.environ["GLOSSARY_PROXIES"] = "1"
    made = Doors(kind, tmp_path_factory.mktemp("doors"))
    yield made
    made.close()


@pytest.fixture(scope="session")
def browser(doors: Doors | None) -> Iterator[Browser]:
    executable = chromium()
    # No service worker is registered where a certificate is nobody's.
    flags = [*browsing.FLAGS, *(["--ignore-certificate-errors"] if doors else [])]
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=executable, args=flags)
        yield doors.before(launched) if doors else launched
        launched.close()


@pytest.fixture(scope="session")
def reading_server(
    curated_file: Path,
    tmp_path_factory: pytest.TempPathFactory,
    doors: Doors | None,
) -> Iterator[Server]:
    """A server on the curated glossary, for tests that only read."""
    path = tmp_path_factory.mktemp("read") / "glossary.db"
    sharing.copied(curated_file, path)
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
