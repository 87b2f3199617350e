"""The application factory: a table of contents of the web side."""

from collections.abc import Callable
from typing import Any

from flask import Flask, Request, Response
from flask.sessions import NullSession, SessionInterface
from werkzeug.routing import IntegerConverter

from glossary import config
from glossary.speech import locale
from glossary.store import open_store
from glossary.web import (
    assets,
    bodies,
    compression,
    current,
    entrance,
    logs,
    metrics,
    openapi,
    origins,
    pages,
    problems,
    rates,
    request,
    tools,
    traces,
    wording,
)
from glossary.web.api.changesets import changesets
from glossary.web.api.entries import api
from glossary.web.api.evidence import curation
from glossary.web.api.nouns import nouns_api
from glossary.web.api.own import mine
from glossary.web.api.people import people
from glossary.web.api.profiles import profiles
from glossary.web.api.proposals import proposals
from glossary.web.api.queue import team
from glossary.web.api.talk import talk
from glossary.web.api.texts import texts
from glossary.web.api.transfers import transfers
from glossary.web.profiled import prefixed
from glossary.web.proxies import behind


class _Web(Flask):
    """Flask without asking, five times a request, whether a function is async."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function: none of ours is async."""
        return func

    def send_static_file(self, filename: str) -> Response:
        """Return a file of the scripts' words as one of the static files."""
        body = wording.script_called(filename)
        if body is None:
            answer = super().send_static_file(filename)
        else:
            answer = Response(body, mimetype="text/javascript")
            answer.cache_control.public = True
            answer.cache_control.max_age = assets.FOR_LONG
            answer.add_etag()
            answer.make_conditional(current.at_hand())
        answer.cache_control.immutable = True
        return answer


class _NoSession(SessionInterface):
    """None of Flask's sessions: who is signed in is asked of the store."""

    _none = NullSession()

    def open_session(self, app: Flask, request: Request) -> NullSession:  # noqa: ARG002 - as Flask calls it.
        """Return the one that holds nothing."""
        return self._none


class _Number(IntegerConverter):
    """A number in an address: digits of ASCII, and no more than a store can count."""

    regex = "[0-9]{1,18}"


def create_app() -> Flask:
    """Make the WSGI application from the settings of this process.

    Raise StoreError when the store cannot be opened.
    """
    settings = config.settings()
    config.go_by(config.settings)
    app = _Web("glossary.web", static_url_path=assets.address())
    app.session_interface = _NoSession()
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = assets.FOR_LONG
    app.config["MAX_CONTENT_LENGTH"] = settings.max_body
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: locale.say(text, current.locale()),
        lambda one, many, n: locale.say(one if n == 1 else many, current.locale()),
        newstyle=True,
    )
    compression.install(app)
    request.install(app)
    app.url_map.converters["int"] = _Number
    store = open_store(
        settings.database,
        new=False,
        busy_timeout=settings.busy_timeout,
        standby_wait=settings.standby_wait,
    )
    running = current.Running(store, settings)
    logs.install(app, settings)
    current.install(app, running)
    store.listen(running.heard)
    origins.install(app, settings)
    rates.install(app, settings)
    entrance.install(app)
    bodies.install(app)
    problems.install(app)
    pages.install(app)
    app.register_blueprint(api)
    app.register_blueprint(texts)
    app.register_blueprint(transfers)
    app.register_blueprint(curation)
    app.register_blueprint(changesets)
    app.register_blueprint(nouns_api)
    app.register_blueprint(proposals)
    app.register_blueprint(people)
    app.register_blueprint(profiles)
    app.register_blueprint(team)
    app.register_blueprint(talk)
    app.register_blueprint(mine)
    app.register_blueprint(pages.pages)
    app.register_blueprint(openapi.openapi)
    tools.install(app)
    metrics.install(app)
    traces.install(app, store, settings)
    app.wsgi_app = behind(prefixed(app.wsgi_app), settings)  # type: ignore[method-assign, assignment]
    return app
