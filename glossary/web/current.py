"""What belongs to the running application and to the request at hand.

Only this module touches `flask.g` and `current_app`.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from typing import Any, Final, NamedTuple

from flask import Flask, Request, Response, current_app, g, request

from glossary.config import Settings
from glossary.curation import Missed
from glossary.entry import EVERY, Profile
from glossary.errors import Gone, Invalid, StoreBehind, StoreError
from glossary.lookup import Answer, Vectors, lookup
from glossary.message import N_, Problem
from glossary.people import NOBODY, Actor, Uses
from glossary.query import BEGINNING, Moment, Query
from glossary.recognition import Recognition, Snapshot
from glossary.serving import is_stopping
from glossary.speech import LOCALES, negotiate
from glossary.store import CountOf, EntryParts, Store
from glossary.transfer import Imports, begin
from glossary.web.downloads import Downloads
from glossary.web.newest import Newest

_NAME = "glossary"
_NOTED: Final = "glossary.noted"
LANGUAGE_COOKIE = "lang"
#: Where a request says by which profile it asks, when its address does.
PROFILE: Final = "glossary.profile"
#: What an answer says its revision in, and a caller the newest that it has seen.
REVISION: Final = "Glossary-Revision"
#: How a tag of the store begins.
_TAG: Final = re.compile(r'(?:W/)?"([0-9a-f]{8}-[0-9]{1,15})\b')
#: The day from which a revision says its epoch (RFC 9745): 28 November 2026.
_DEPRECATED: Final = "@1795824000"
#: Seconds for which a browser remembers what it wrote.
_REMEMBERED: Final = 60

#: The request itself, the application and what is kept of this request: asked for once,
#: they cost a tenth of what each look through Flask's proxies does.
at_hand: Final[Callable[[], Request]] = request._get_current_object  # type: ignore[attr-defined]
_app: Final[Callable[[], Flask]] = current_app._get_current_object  # type: ignore[attr-defined]
_own: Final[Callable[[], Any]] = g._get_current_object


class Body(NamedTuple):
    """What is sent, the address of the next page, and a query that found nothing.

    `revision` is that of the store as of which all of it is, `tag` its own if it has
    one.
    """

    json: bytes
    next: str | None = None
    missed: str | None = None
    revision: int = 0
    tag: str | None = None


class Seen(NamedTuple):
    """The revision that an answer must not be older than, and should not be."""

    demanded: int
    wished: int


_NOTHING: Final = Seen(0, 0)
Make = Callable[[], Body]


class Running:
    """The store, the settings, and answers remembered until the next write."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self.store = store
        self.settings = settings
        self.recognition = Recognition(store)
        path = settings.embeddings
        self.meaning = Vectors(path) if path else None
        self.uses = Uses(store)
        self.missed = Missed(
            store, most=settings.max_missed, of_address=settings.missed_by_address
        )
        #: By glossaries, at which moment their entries were counted, and the numbers.
        self.numbers: dict[frozenset[str], tuple[Moment, CountOf]] = {}
        self.downloads = Downloads()
        self.parts = EntryParts(store)
        self._answers = Newest[tuple[Moment, Body]](settings.cache)

    def remembered(self, make: Make, query: bytes, day: str = "") -> Body:
        """Return what is made of a query, made only once at a revision, on a day.

        Who is likely to be answered from memory asks the store for its revision alone;
        anybody else begins to read at once.
        """
        # What makes it, the query, the day or the scope.
        name = make, query, day
        memo = self._answers.get(name)
        if memo is not None and memo[0] == newest_moment():
            noted()["cache"] = "hit"
            self._answers.keep(name, memo, size=len(memo[1].json))
            return memo[1]
        noted()["cache"] = "made"
        horizon = _horizon()
        with self.store.snapshot(horizon.wished) as now:
            as_of(now, horizon)
            body = make()._replace(revision=now)
            dated = self.store.moment(), body
            self._answers.keep(name, dated, size=len(body.json))
        return body

    def look_up(self, query: Query, *, may_remember: bool = True) -> Answer:
        """Look a query up in the store, with the wordings that are known of it.

        Unless all of them may be `known`, nothing is told of other glossaries.
        """
        answer = lookup(
            self.store,
            query,
            candidates=self.settings.candidates,
            recognition=self.recognition,
            meaning=self.meaning,
        )
        noted()["tier"] = answer.hits[0].tier if answer.hits else ""
        return answer if may_remember else replace(answer, did_you_mean=(), elsewhere=0)

    def heard(self) -> None:
        """Follow what other nodes have written, and go on with what they left."""
        with suppress(StoreError):
            self.recognition.refresh()
            for import_id in Imports(self.settings, self.store).due():
                begin(import_id)


def install(app: Flask, running: Running) -> None:
    """Give the application its store and settings."""
    app.extensions[_NAME] = running
    app.after_request(_with_revision)
    app.teardown_request(let_go)


def running() -> Running:
    """Return what the application runs with."""
    now_running: Running = _app().extensions[_NAME]
    return now_running


def noted() -> dict[str, Any]:
    """Return what is noted of this request, for those who count and write down."""
    notes: dict[str, Any] = at_hand().environ.setdefault(_NOTED, {})
    return notes


def extension(name: str) -> Any:
    """Return what was left with the application under a name."""
    return _app().extensions[name]


def store() -> Store:
    """Return the store."""
    return running().store


def revision() -> int:
    """Return the store's revision, as new as the caller has seen."""
    return newest_moment().revision


def newest_moment() -> Moment:
    """Return the store's revision and epoch, as new as the caller has seen."""
    now = store().moment(_horizon().wished)
    as_of(now.revision, epoch=now.epoch)
    return now


@contextmanager
def snapshot() -> Iterator[int]:
    """Read the store as of one moment, as new as the caller has seen."""
    with store().snapshot(_horizon().wished) as revision:
        yield as_of(revision)


def wordings() -> Snapshot:
    """Return the store's wordings, as new as the caller has seen."""
    recognition = running().recognition
    patience = settings().gather_timeout
    words = recognition.snapshot(_horizon().wished, patience=patience)
    as_of(words.revision, epoch=words.epoch)
    return words


def as_of(
    revision: int, horizon: Seen | None = None, *, epoch: str | None = None
) -> int:
    """Note the revision that the answer is of; raise StoreBehind if it is too old.

    Where the `epoch` is not said, it is that of the snapshot at hand.
    """
    if revision < (demanded := (horizon or _horizon()).demanded):
        raise StoreBehind(
            N_("The store is at revision %(now)s, older than %(seen)s; try again."),
            now=revision,
            seen=demanded,
        )
    _own().moment = Moment(revision, epoch or store().epoch)
    return revision


def moment() -> Moment:
    """Return the moment that the answer is of, once it is known."""
    now: Moment = _own().moment
    return now


def hold(*, always: bool = False) -> None:
    """Let this request read the store as of one moment, if it only reads."""
    if always or at_hand().method in {"GET", "HEAD"}:
        reading = _own().reading = ExitStack()
        reading.enter_context(snapshot())


def let_go(_error: BaseException | None = None) -> None:
    """End what `hold` began."""
    reading: ExitStack | None = _own().pop("reading", None)
    if reading is not None:
        reading.close()


def _horizon() -> Seen:
    """Return what the caller says that it has seen; raise Invalid.

    A tag may be of a store that is gone, and a tag of an entry is its version, which
    is never above its revision: they are a wish, not a demand.
    """
    environ = at_hand().environ
    revision = environ.get("HTTP_GLOSSARY_REVISION")
    tag = environ.get("HTTP_IF_NONE_MATCH")
    cookie = REVISION in environ.get("HTTP_COOKIE", "")
    wished: int = _own().get("wished", 0)
    if revision is None and tag is None and not cookie:
        return Seen(0, wished) if wished else _NOTHING
    demanded = 0
    if revision is not None:
        try:
            demanded = _of_this_store(revision)
        except ValueError:
            raise Invalid(
                [Problem(f"/{REVISION}", N_("This is no revision."))]
            ) from None
    wished = max(wished, demanded)
    match = _TAG.match(tag or "")
    for wish in (match and match[1], cookie and at_hand().cookies.get(REVISION)):
        with suppress(ValueError):
            wished = max(wished, _of_this_store(wish or ""))
    return Seen(demanded, wished)


def _of_this_store(tag: str) -> int:
    """Return a revision of this store, 0 for one of another; raise ValueError."""
    return _settled(Moment.read(tag)).revision if tag else 0


def _settled(moment: Moment) -> Moment:
    """Return a moment of this epoch, or the beginning for one of another."""
    if moment.epoch is None:
        deprecate(moment)
        return moment
    return moment if moment.epoch == store().epoch else BEGINNING


def deprecate(moment: Moment) -> None:
    """Note that the sender names a revision without its epoch."""
    if moment.epoch is None and moment.revision:
        _own().bare = True


def go_on_from(moment: Moment) -> None:
    """Have this request read the store no older than a moment, if it is of this one."""
    _own().wished = _settled(moment).revision


def must_be_of(moment: Moment, revision: int) -> int:
    """Return a revision that the caller goes on from, at this revision; raise Gone."""
    epoch = store().epoch
    if moment.revision and moment.epoch not in {None, epoch}:
        raise Gone(
            N_(
                "Revision %(then)s is of another store than %(epoch)s. Make what you "
                "have anew: begin with since=0."
            ),
            then=moment,
            epoch=epoch,
        )
    if moment.revision > revision:
        raise Gone(
            N_(
                "The store is at revision %(now)s and was never at %(then)s. Make what "
                "you have anew: begin with since=0."
            ),
            now=Moment(revision, epoch),
            then=moment,
        )
    return moment.revision


def _with_revision(answer: Response) -> Response:
    """Say of which revision the answer is, or what a write has made.

    The browser of somebody who writes sends it with the next page, which another
    process may answer.
    """
    own = _own()
    now = own.get("moment")
    if own.get("bare"):
        answer.headers["Deprecation"] = _DEPRECATED
    if now is not None:
        answer.headers.add(REVISION, str(now))
    elif at_hand().method not in {"GET", "HEAD", "OPTIONS"}:
        with suppress(StoreError):
            here = str(store().newest())
            answer.headers[REVISION] = here
            if "HTTP_ORIGIN" in at_hand().environ:
                answer.set_cookie(REVISION, here, max_age=_REMEMBERED, samesite="Lax")
    return answer


def stopping() -> bool:
    """Say whether the server that took this request will soon take none."""
    return is_stopping(at_hand().environ)


def set_profile(profile: Profile) -> None:
    """Note by which profile this request asks."""
    _own().profile = profile


def profile() -> Profile | None:
    """Return the profile by which this request asks, or None."""
    own_profile: Profile | None = _own().get("profile")
    return own_profile


def settings() -> Settings:
    """Return the settings."""
    return running().settings


def locale() -> str:
    """Return the reader's language: chosen by cookie, else by Accept-Language."""
    if "locale" not in _own():
        choice = at_hand().cookies.get(LANGUAGE_COOKIE)
        _own().locale = (
            choice
            if choice in LOCALES
            else negotiate(
                tag for tag, quality in at_hand().accept_languages if quality > 0
            )
        )
    tag: str = _own().locale
    return tag


def everybody() -> Actor:
    """Return somebody whom nobody knows, with what everybody may do."""
    return _ANYBODY if settings().open_reads else NOBODY


#: Where reads are open, everybody may read and propose.
_ANYBODY: Final = Actor(roles={EVERY: "proposer"})


def set_actor(actor: Actor) -> None:
    """Note who sends this request, and what they may read."""
    own = _own()
    own.actor, own.readable = actor, actor.readable()


def actor() -> Actor:
    """Return who sends this request, with their role in each glossary."""
    who: Actor = _own().get("actor", NOBODY)
    return who


def readable() -> frozenset[str] | None:
    """Return the glossaries that the sender may read; None when these are all."""
    glossaries: frozenset[str] | None = _own().get("readable", frozenset())
    return glossaries
