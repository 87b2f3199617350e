"""What every page shares: who may read, in which language, with which headers."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, TypeVar
from urllib.parse import quote, urlencode

from flask import Blueprint, Flask, Response, redirect, request
from jinja2 import pass_context
from werkzeug.wrappers import Response as WerkzeugResponse

from glossary.curation import fixtures
from glossary.entry import (
    USABLE,
    Entry,
    Glossary,
    Issuer,
    Subject,
    Term,
    is_draft,
    label,
)
from glossary.errors import GlossaryError, Invalid
from glossary.message import N_, Message
from glossary.people import Actor, access
from glossary.speech import (
    FIELDS,
    LOCALES,
    NAMES,
    WORDS,
    best_read,
    day,
    locator,
    moment,
    number,
    say,
)
from glossary.text import collation_key, dotted, has_han, primary
from glossary.web import current, sessions, shared

pages = Blueprint("pages", __name__)
R = TypeVar("R")

#: The pages that the top of every page leads to, and those at the bottom.
NAVIGATION: Final = {
    "pages.lookup_page": N_("Look up"),
    "pages.read_page": N_("Read a text"),
    "pages.browse_page": N_("Browse"),
    "pages.transfers_page": N_("Import and export"),
    "pages.statistics_page": N_("Statistics"),
}
AT_THE_BOTTOM: Final = {
    "pages.new_entry_page": N_("New entry"),
    "pages.drift_page": N_("Changed renderings"),
    "pages.changes_page": N_("Recent changes"),
    "pages.proposals_page": N_("Proposals"),
    "pages.queue_page": N_("Work queue"),
    "pages.own_page": N_("My glossary"),
    "pages.browser_page": N_("In your browser"),
    "openapi.docs": N_("For programs: the REST interface"),
}
_HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Referrer-Policy": "same-origin",
}
#: So many issuers are named to the scripts of a page, some hundred bytes each.
_MOST_ISSUERS: Final = 300
#: RFC 6797: for a year, the host and those below it are asked over TLS alone.
_ALWAYS_TLS: Final = "max-age=31536000; includeSubDomains"


def install(app: Flask) -> None:
    """Give templates the words and the way to say them, and pages their headers."""
    for name, filter_ in _BY_LANGUAGE.items():
        app.jinja_env.filters[name] = _of_request(filter_)
    app.jinja_env.filters["tongue"] = lambda text: "zh" if has_han(text) else "en"
    app.jinja_env.filters["called"] = lambda issuer: dict.fromkeys(
        [*issuer.names.values(), *issuer.aliases]
    )
    app.jinja_env.tests["unvouched"] = is_draft
    app.jinja_env.filters["parted"] = _parted
    app.jinja_env.filters["lines"] = lines_of
    app.jinja_env.filters["dotted"] = dotted
    app.jinja_env.filters["period"] = lambda of: label(of.since, of.until)
    app.context_processor(
        lambda: {
            "locale": current.locale(),
            "locales": NAMES,
            "language_query": _language_query,
            "navigation": NAVIGATION,
            "at_the_bottom": AT_THE_BOTTOM,
            "csrf": sessions.csrf,
            "provider": _provider_name(),
            "actor": current.actor(),
            "names_of_issuers": names_of_issuers,
        }
    )
    app.after_request(_guarded)


def _of_request(filter_: Callable[..., Any]) -> Callable[..., Any]:
    """Keep Jinja from running a filter once, at compile time, for every reader."""

    @pass_context
    def filtered(_context: object, *values: Any) -> Any:
        return filter_(*values)

    return filtered


def word(value: str) -> str:
    """Return what a word of the data is called in the reader's language."""
    return say(WORDS[value], current.locale()) if value in WORDS else value


def best(labels: Mapping[str, str], name: str = "") -> tuple[str, str]:
    """Return tag and text of what the reader reads best; else a name, in English."""
    return best_read(labels, current.locale(), name=name)


def whose(text: str) -> tuple[str, str]:
    """Return tag and name of an issuer in the reader's language, if it is known."""
    issuer = current.store().issuers.of(text)
    if issuer is None:
        return ("zh" if has_han(text) else "en"), text
    return best(issuer.names, text)


def signed(name: str) -> tuple[str, str]:
    """Return tag and name of whoever made a change, as this reader is shown them."""
    if name == fixtures.CURATOR:
        return current.locale(), say(name, current.locale())
    return ("zh" if has_han(name) else "en"), name


def in_order(
    rows: Iterable[R], labels: Callable[[R], tuple[Mapping[str, str], str]]
) -> list[R]:
    """Return rows by what they are called in the reader's language.

    `labels` gives the names of a row by language, and its id for one without any.
    Chinese names are in the order of pinyin, or of strokes for Traditional Chinese.
    """
    locale = current.locale()
    return sorted(rows, key=lambda row: collation_key(best(*labels(row))[1], locale))


def listed_subjects(rows: Iterable[tuple[Subject, int]]) -> list[tuple[Subject, int]]:
    """Return subjects with their numbers in the order of `in_order`."""
    return in_order(rows, lambda row: (row[0].label, row[0].id))


def listed(texts: Iterable[str]) -> str:
    """Return texts as a list in a sentence: with commas, or with 、 in Chinese."""
    template, locale = N_("%(one)s, %(other)s"), current.locale()
    text = ""
    for one in texts:
        message = Message(template, one=text, other=one)
        text = say(message, locale) if text else one
    return text


def names_of_issuers() -> str:
    """Return for scripts the issuers that this reader knows by one of several names.

    Each is a line: its language, that name and the other ones, with tabs between. Of
    very many issuers most stay as they are given: a page must not grow with the store.
    """
    everybody = (
        current.store().issuers.all
        if current.readable() is None
        else shared.every(Issuer)
    )
    rows = []
    for issuer in everybody[:_MOST_ISSUERS]:
        tag, name = best(issuer.names, issuer.id)
        names = dict.fromkeys([*issuer.names.values(), *issuer.aliases])
        names.pop(name, None)
        cells = (" ".join(cell.split()) for cell in (tag, name, *names))
        rows.append("\t".join(cells))
    return "\n".join(rows)


def glossaries() -> dict[str, tuple[str, str]]:
    """Return tag and title of each glossary with entries, unless there is but one.

    A reader of one glossary need not be told its name.
    """
    rows = current.store().glossaries()
    may = current.actor().may
    names = [name for name, count in rows if count and may("read", name)]
    if len(names) < 2:
        return {}
    titles = {group.id: group.title for group in current.store().nouns.all(Glossary)}
    ordered = in_order(names, lambda name: (titles.get(name, {}), name))
    return {name: best(titles.get(name, {}), name) for name in ordered}


def readable(entries: Iterable[Entry]) -> list[Entry]:
    """Return those of some entries that this reader may read."""
    may = current.actor().may
    return [entry for entry in entries if may("read", entry.glossary)]


def chosen() -> frozenset[str]:
    """Return the glossaries that a form looks in, however they were sent."""
    values = (
        *request.values.getlist("glossaries"),
        *request.values.getlist("glossary"),
    )
    return frozenset(",".join(values).split(",")) - {""}


#: Filters whose outcome depends on who reads.
_BY_LANGUAGE: Final[dict[str, Callable[..., Any]]] = {
    "word": word,
    "field": lambda name: say(FIELDS[name], current.locale()),
    "say": lambda text: say(text, current.locale()),
    "moment": lambda value: moment(value, current.locale()),
    "day": lambda value: day(value, current.locale()),
    "number": lambda value: number(value, current.locale()),
    "best": best,
    "whose": whose,
    "signed": signed,
    "label": lambda labels, name="": best(labels, name)[1],
    "listed": listed,
    "located": lambda text: locator(text, current.locale()),
}


def _parted(ranked: tuple[Term, ...]) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
    """Part ranked terms into those to be shown and those not to be used.

    A wording that was right at the time asked for leads, whatever it is today.
    """
    places = [at for at, term in enumerate(ranked, start=1) if term.status in USABLE]
    last = places[-1] if places else 0
    return ranked[:last], ranked[last:]


def lines_of(terms: tuple[Term, ...]) -> list[list[Term]]:
    """Return terms line by line: a wording in both Chinese scripts is one line."""
    lines: list[list[Term]] = []
    for term in terms:
        line = next((line for line in lines if _is_twin(line[0], term)), None)
        if line is None:
            lines.append([term])
        elif all(twin.text != term.text for twin in line):
            line.append(term)
    return lines


def _is_twin(one: Term, other: Term) -> bool:
    """Say whether two terms are one wording in two scripts, which is read alike."""
    return (
        primary(one.lang) == primary(other.lang) == "zh"
        and one.lang != other.lang
        and one.reading is not None
        and (one.reading, one.status, one.issuer, len(one.text))
        == (other.reading, other.status, other.issuer, len(other.text))
    )


def chinese() -> str:
    """Return the Chinese that this reader is shown first."""
    return "zh-Hant" if current.locale() == "zh-Hant" else "zh-Hans"


def shown(action: str) -> Actor:
    """Return who sends a form, by the token in it or as signed in.

    Raise Unauthorized or Forbidden when they may not do what it is for.
    """
    token = request.form.get("token", "")
    actor = access.of_token(current.store(), token) if token else current.actor()
    actor.must(action)
    return actor


def reasons(error: GlossaryError) -> str:
    """Return why something is refused, place by place, in the reader's language."""
    places = error.problems if isinstance(error, Invalid) else ()
    texts = [problem.detail for problem in places] or [error.message]
    return " ".join(say(text, current.locale()) for text in texts)


pages.before_request(current.hold)


@pages.before_request
def choose_language() -> WerkzeugResponse | None:
    """Note a chosen language in a cookie and show the same page in it."""
    if "lang" not in request.args:
        return None
    rest = [(k, v) for k, v in request.args.items(multi=True) if k != "lang"]
    here = "/" + quote(f"{request.script_root}{request.path}".lstrip("/"))
    answer = redirect(here + ("?" + urlencode(rest) if rest else ""), 303)
    if request.args["lang"] in LOCALES:
        answer.set_cookie(
            current.LANGUAGE_COOKIE,
            request.args["lang"],
            max_age=31_536_000,
            samesite="Lax",
        )
    return answer


def _language_query(tag: str) -> str:
    """Return the query string of this page in another language."""
    return urlencode({**request.args.to_dict(), "lang": tag})


def _provider_name() -> str:
    """Return what the provider that people may sign in by is called, or nothing."""
    settings = current.settings()
    return settings.oidc_name if settings.oidc_issuer else ""


def _guarded(answer: Response) -> Response:
    """Add what keeps a page from doing what we did not write."""
    if "X-Content-Type-Options" not in answer.headers:
        answer.headers["X-Content-Type-Options"] = "nosniff"
    if current.at_hand().is_secure:
        answer.headers["Strict-Transport-Security"] = _ALWAYS_TLS
    if answer.mimetype == "text/html":
        for name, value in _HEADERS.items():
            answer.headers.setdefault(name, value)
        answer.headers["Content-Language"] = current.locale()
        answer.headers.setdefault("Cache-Control", "no-cache")
        answer.vary.update(["Accept-Language", "Cookie"])
    return answer


def may_propose() -> bool:
    """Say whether this reader may propose what is not there."""
    settings, actor = current.settings(), current.actor()
    most = settings.max_proposals if actor.is_known else settings.max_anonymous
    return min(most, settings.max_proposals) > 0 and actor.may("propose")
