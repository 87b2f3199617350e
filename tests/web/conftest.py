"""An application made from settings of a test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from glossary import config
from glossary.store import Store, open_store
from glossary.web import create_app
from tests.running import Server

Served = Callable[..., FlaskClient]


@pytest.fixture
def served(database: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """Makes an application with settings, `max_body="10"`; its store is closed."""
    apps = []

    def make(**settings: str) -> FlaskClient:
        for name, value in settings.items():
            monkeypatch.setenv(f"GLOSSARY_{name.upper()}", value)
        config.settings.cache_clear()
        apps.append(create_app())
        return apps[-1].test_client()

    yield make
    for app in apps:
        app.extensions["glossary"].store.close()


@pytest.fixture(scope="module")
def home(place: Path) -> Iterator[Server]:
    """A server for a whole module, over the store that its `place` makes."""
    running = Server(place)
    yield running
    running.kill()


@pytest.fixture
def kept(place: Path) -> Iterator[Store]:
    """The store of that server, to be looked into."""
    store = open_store(str(place))
    yield store
    store.close()
