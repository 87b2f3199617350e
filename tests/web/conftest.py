"""An application made from settings of a test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from glossary import config
from glossary.web import create_app

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
