"""What belongs to the running application and to the request at hand.

Only this module touches `flask.g` and `current_app`.
"""

from collections.abc import Callable
from contextlib import ExitStack
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
    """What is sent, the address of the next page, and a query that found nothing.

    `revision` is that of the store as of which all of it is.
    """

    json: bytes
    next: str | None = None
    missed: str | None = None
    revision: int = 0


Make = Callable[["Running", int], Body]


class Running:
    """The store, the settings, and answers remembered until the next write."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self.store = store
        self.settings = settings
        self.recognition = Recognition(store)
        self.missed = Missed(store, most=settings.max_missed)

        @lru_cache(maxsize=settings.cache)
        def remembered(make: Make, _revision: int, _query: bytes) -> Body:
            # The store may have moved on, or may do so meanwhile.
            with store.snapshot() as revision:
                return make(self, revision)._replace(revision=revision)

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


def hold() -> None:
    """Let this request read the store as of one moment, if it only reads."""
    if request.method in {"GET", "HEAD"}:
        g.held = ExitStack()
        g.held.enter_context(store().snapshot())


def let_go(_error: BaseException | None = None) -> None:
    """End what `hold` began."""
    held: ExitStack = g.pop("held", ExitStack())
    held.close()


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
