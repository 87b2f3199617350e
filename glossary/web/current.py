"""What belongs to the running application and to the request at hand.

Only this module touches `flask.g` and `current_app`.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import lru_cache
from typing import Final, NamedTuple

from flask import Flask, Response, current_app, g, request

from glossary.config import Settings
from glossary.curation import Bearer, Missed
from glossary.entry import today
from glossary.errors import Invalid, StoreBehind, StoreError
from glossary.lookup import Answer, lookup
from glossary.message import N_, Problem
from glossary.query import Query
from glossary.recognition import Recognition, Snapshot
from glossary.serving import is_stopping
from glossary.speech import LOCALES, negotiate
from glossary.store import Store
from glossary.transfer import Imports, begin

_NAME = "glossary"
#: Where a request may say which revision its sender has seen.
_TOLD = frozenset({"HTTP_GLOSSARY_REVISION", "HTTP_IF_NONE_MATCH", "HTTP_COOKIE"})
LANGUAGE_COOKIE = "lang"
#: What an answer says its revision in, and a caller the newest that it has seen.
REVISION: Final = "Glossary-Revision"
_NUMBER: Final = re.compile(r"[0-9]{1,18}")
#: Seconds for which a browser remembers what it wrote.
_REMEMBERED: Final = 60


class Body(NamedTuple):
    """What is sent, the address of the next page, and a query that found nothing.

    `revision` is that of the store as of which all of it is.
    """

    json: bytes
    next: str | None = None
    missed: str | None = None
    revision: int = 0


class Seen(NamedTuple):
    """The revision that an answer must not be older than, and should not be."""

    demanded: int
    wished: int


_NOTHING: Final = Seen(0, 0)
Make = Callable[["Running", int], Body]


class Running:
    """The store, the settings, and answers remembered until the next write."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self.store = store
        self.settings = settings
        self.recognition = Recognition(store)
        self.missed = Missed(
            store, most=settings.max_missed, of_address=settings.missed_by_address
        )

        @lru_cache(maxsize=settings.cache)
        def remembered(
            make: Make, _revision: int, _query: bytes, _day: str = ""
        ) -> Body:
            # The store may have moved on, and may do so meanwhile.
            with snapshot() as revision:
                return make(self, revision)._replace(revision=revision)

        self.remembered = remembered

    def look_up(self, query: Query) -> Answer:
        """Look a query up in the store, with the wordings that are known of it."""
        return lookup(
            self.store,
            query,
            candidates=self.settings.candidates,
            recognition=self.recognition,
        )

    def heard(self) -> None:
        """Follow what other nodes have written, and go on with what they left."""
        with suppress(StoreError):
            self.recognition.refresh()
            for import_id in Imports(self.settings, self.store).due():
                begin(import_id)


def install(app: Flask, running: Running) -> None:
    """Give the application its store and settings."""
    app.extensions[_NAME] = running
    app.after_request(_told)
    app.teardown_request(let_go)


def running() -> Running:
    """Return what the application runs with."""
    found: Running = current_app.extensions[_NAME]
    return found


def store() -> Store:
    """Return the store."""
    return running().store


def revision() -> int:
    """Return the store's revision, as new as the caller has seen."""
    return as_of(store().revision(_seen().wished))


@contextmanager
def snapshot() -> Iterator[int]:
    """Read the store as of one moment, as new as the caller has seen."""
    with store().snapshot(_seen().wished) as revision:
        yield as_of(revision)


def wordings() -> Snapshot:
    """Return the store's wordings, as new as the caller has seen."""
    found = running().recognition.snapshot(_seen().wished)
    as_of(found.revision)
    return found


def as_of(revision: int) -> int:
    """Note the revision that the answer is of; raise StoreBehind if it is too old."""
    if revision < (seen := _seen().demanded):
        raise StoreBehind(
            N_("The store is at revision %(now)s, older than %(seen)s; try again."),
            now=revision,
            seen=seen,
        )
    g.revision = revision
    return revision


def tag_of_day(revision: int) -> str:
    """Return the ETag of an answer that says what is in force on this day, in UTC."""
    return f"{revision}-{today()}"


def hold(*, always: bool = False) -> None:
    """Let this request read the store as of one moment, if it only reads."""
    if always or request.method in {"GET", "HEAD"}:
        g.held = ExitStack()
        g.held.enter_context(snapshot())


def let_go(_error: BaseException | None = None) -> None:
    """End what `hold` began."""
    held: ExitStack | None = g.pop("held", None)
    if held is not None:
        held.close()


def _seen() -> Seen:
    """Return what the caller says that it has seen; raise Invalid.

    A tag may be of a store that is gone, and a tag of an entry is its version, which
    is never above its revision: they are a wish, not a demand.
    """
    environ = request.environ
    sent = environ.get("HTTP_GLOSSARY_REVISION")
    tag = environ.get("HTTP_IF_NONE_MATCH")
    cookie = REVISION in environ.get("HTTP_COOKIE", "")
    if sent is None and tag is None and not cookie:
        return _NOTHING
    if sent is not None and not _NUMBER.fullmatch(sent):
        raise Invalid([Problem(f"/{REVISION}", N_("This is no revision."))])
    demanded = int(sent or 0)
    told = request.cookies.get(REVISION, "") if cookie else ""
    wishes = _NUMBER.match((tag or "").lstrip('"')), _NUMBER.fullmatch(told)
    return Seen(demanded, max(demanded, *(int(w[0]) for w in wishes if w), 0))


def _told(answer: Response) -> Response:
    """Say of which revision the answer is, or what a write has made.

    The browser of somebody who writes sends it with the next page, which another
    process may answer.
    """
    found = g.get("revision")
    if found is not None:
        answer.headers[REVISION] = str(found)
    elif request.method not in {"GET", "HEAD", "OPTIONS"}:
        with suppress(StoreError):
            answer.headers[REVISION] = known = str(store().known())
            if "HTTP_ORIGIN" in request.environ:
                answer.set_cookie(REVISION, known, max_age=_REMEMBERED, samesite="Lax")
    return answer


def stopping() -> bool:
    """Say whether the server that took this request will soon take none."""
    return is_stopping(request.environ)


def look_up(query: Query) -> Answer:
    """Look a query up in the store, with what the process knows of it."""
    return running().look_up(query)


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


def may(scope: str) -> bool:
    """Say whether the sender of this request has shown a token of this scope."""
    shown: Bearer | None = g.get("bearer")
    return shown is not None and shown.may(scope)


def bearer() -> Bearer:
    """Return who sends this request; only where a token was demanded."""
    found: Bearer = g.bearer
    return found
