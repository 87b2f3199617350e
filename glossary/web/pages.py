"""Pages for translators: look up a phrase, read an entry. They work without scripts."""

from typing import Final
from urllib.parse import urlencode

from flask import Blueprint, Flask, Response, redirect, render_template, request
from werkzeug.wrappers import Response as WerkzeugResponse

from glossary import tokens
from glossary.entry import Citation, Entry, Source, Term
from glossary.errors import GlossaryError, Invalid
from glossary.language import primary
from glossary.lookup import Answer, lookup
from glossary.query import Query
from glossary.schema import LookupQuery
from glossary.standing import ranked
from glossary.web import asked, current
from glossary.web.locale import LOCALES, NAMES, moment, number, say
from glossary.web.words import WORDS

pages = Blueprint("pages", __name__)

_LOOKUP = LookupQuery()
_HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


def install(app: Flask) -> None:
    """Give templates the words and the way to say them, and pages their headers."""
    app.jinja_env.filters["word"] = word
    app.jinja_env.filters["say"] = lambda text: say(text, current.locale())
    app.jinja_env.filters["moment"] = lambda value: moment(value, current.locale())
    app.jinja_env.filters["number"] = lambda value: number(value, current.locale())
    app.context_processor(
        lambda: {
            "locale": current.locale(),
            "locales": NAMES,
            "words": WORDS,
            "language_query": _language_query,
        }
    )
    app.after_request(_guarded)


def word(value: str) -> str:
    """Return what a word of the data is called in the reader's language."""
    return say(WORDS[value], current.locale()) if value in WORDS else value


@pages.before_request
def allow() -> None:
    """Let through who may read."""
    if not current.settings().open_reads:
        authorization = request.headers.get("Authorization")
        tokens.bearer(current.store(), authorization, scope="read")


@pages.before_request
def choose_language() -> WerkzeugResponse | None:
    """Note a chosen language in a cookie and show the same page in it."""
    if "lang" not in request.args:
        return None
    rest = {k: v for k, v in request.args.items() if k != "lang"}
    answer = redirect(request.path + ("?" + urlencode(rest) if rest else ""), 303)
    if request.args["lang"] in LOCALES:
        answer.set_cookie(
            current.LANGUAGE_COOKIE,
            request.args["lang"],
            max_age=31_536_000,
            samesite="Lax",
        )
    return answer


@pages.get("/")
def lookup_page() -> tuple[str, int]:
    """Show the search box, and the hits of a query."""
    if not request.args.get("q", "").strip():
        return render_template("lookup.html", q="", hits=[], meant=()), 200
    try:
        query: Query = asked.query(_LOOKUP)
    except GlossaryError as error:
        problems = error.problems if isinstance(error, Invalid) else ()
        said = [p.detail for p in problems] or [error.message]
        problem = " ".join(say(text, current.locale()) for text in said)
        q = request.args["q"][: current.settings().max_query]
        return render_template(
            "lookup.html", q=q, hits=[], meant=(), problem=problem
        ), 422
    answer: Answer = lookup(
        current.store(), query, candidates=current.settings().candidates
    )
    if not answer.hits:
        current.running().missed.note(answer.q)
    meant = answer.did_you_mean
    return render_template(
        "lookup.html", q=answer.q, hits=answer.hits, meant=meant
    ), 200


@pages.get("/entries/<entry_id>")
def entry_page(entry_id: str) -> str:
    """Show one entry: both languages, evidence, history."""
    asked.nothing()
    store = current.store()
    entry = store.entry(entry_id)
    cited = {c.source for term in entry.terms for c in term.citations}
    others = [relation.entry for relation in entry.relations]
    return render_template(
        "entry.html",
        entry=entry,
        title=_title(entry),
        columns=[
            ("zh", _terms(entry, "zh-Hans")),
            ("en", _terms(entry, "en")),
            *_others(entry),
        ],
        sources={source.id: source for source in store.sources(sorted(cited))},
        related={other.id: _title(other) for other in store.entries_of(others)},
        subjects={
            subject.id: _label(subject.label, subject.id)
            for subject, _ in store.subjects()
        },
        versions=store.versions(entry_id),
        cite=_cited,
    )


def _terms(entry: Entry, lang: str) -> tuple[Term, ...]:
    return ranked(entry.terms, lang, as_of=None, issuer=None)


def _others(entry: Entry) -> list[tuple[str, tuple[Term, ...]]]:
    langs = dict.fromkeys(primary(term.lang) for term in entry.terms)
    return [(x, _terms(entry, x)) for x in langs if x not in {"zh", "en"}]


def _title(entry: Entry) -> list[Term]:
    """Return the terms an entry is known by: its best Chinese and English ones."""
    traditional = current.locale() == "zh-Hant"
    chinese = _terms(entry, "zh-Hant" if traditional else "zh-Hans")
    return [*chinese[:1], *_terms(entry, "en")[:1]] or list(entry.terms[:1])


def _label(labels: dict[str, str] | object, name: str) -> str:
    if not isinstance(labels, dict):
        return name
    found: str = labels.get(current.locale()) or labels.get("en") or name
    return found


def _cited(citation: Citation, source: Source | None) -> str:
    """Return the name of a citation's source, with issuer and date if known."""
    if source is None:
        return citation.source
    title = _label(dict(source.title), "") or next(iter(source.title.values()))
    return ", ".join(filter(None, [source.issuer, title, source.date]))


def _language_query(tag: str) -> str:
    """Return the query string of this page in another language."""
    return urlencode({**request.args.to_dict(), "lang": tag})


def _guarded(answer: Response) -> Response:
    """Add what keeps a page from doing what we did not write."""
    if answer.mimetype == "text/html":
        answer.headers.update(_HEADERS)
        answer.headers["Content-Language"] = current.locale()
        answer.vary.update(["Accept-Language", "Cookie"])
    return answer
