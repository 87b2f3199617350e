"""What belongs to the running application and to the request at hand.

Only this module touches `flask.g` and `current_app`.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from flask import Flask, current_app, g, request

from glossary.config import Settings
from glossary.missed import Missed
from glossary.recognition import Recognition
from glossary.store import Store
from glossary.tokens import Bearer
from glossary.web.locale import LOCALES, negotiate

_NAME = "glossary"
LANGUAGE_COOKIE = "lang"


class Body(NamedTuple):
    """What is sent, the address of the next page, and a query that found nothing."""

    json: bytes
    next: str | None = None
    missed: str | None = None


Make = Callable[["Running", int], Body]


class Running:
    """The store, the settings, and answers remembered until the next write."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self.store = store
        self.settings = settings
        self.recognition = Recognition(store)
        self.missed = Missed(store, most=settings.max_missed)

        @lru_cache(maxsize=settings.cache)
        def remembered(make: Make, revision: int, _query: bytes) -> Body:
            return make(self, revision)

        self.remembered = remembered


def install(app: Flask, running: Running) -> None:
    """Give the application its store and settings."""
    app.extensions[_NAME] = running


def running() -> Running:
    """Return what the application runs with."""
    found: Running = current_app.extensions[_NAME]
    return found


def store() -> Store:
    """Return the store."""
    return running().store


def settings() -> Settings:
    """Return the settings."""
    return running().settings


def locale() -> str:
    """Return the reader's language: chosen by cookie, else by Accept-Language."""
    if "locale" not in g:
        chosen = request.cookies.get(LANGUAGE_COOKIE)
        g.locale = (
            chosen
            if chosen in LOCALES
            else negotiate(
                tag for tag, quality in request.accept_languages if quality > 0
            )
        )
    found: str = g.locale
    return found


def set_bearer(bearer: Bearer) -> None:
    """Note who sends this request."""
    g.bearer = bearer


def bearer() -> Bearer:
    """Return who sends this request; only where a token was demanded."""
    found: Bearer = g.bearer
    return found
