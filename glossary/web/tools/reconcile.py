"""OpenRefine's reconciliation interface, version 0.2: match columns with entries.

An entry is an entity; its types are `entry` and its subject fields. Properties narrow a
query (`glossary`, `subject`, `issuer`, `as_of`) or weigh it (a language: the wording in
it); the same and more can be fetched into new columns.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import orjson
from flask import Blueprint, Response, render_template, request, url_for

from glossary import schema
from glossary.entry import (
    BLOCKS,
    Entry,
    Hit,
    Term,
    bans,
    is_draft,
    ranked,
    usable,
)
from glossary.errors import GlossaryError, Invalid, NotFound, Unreadable
from glossary.message import N_
from glossary.query import Query
from glossary.schema import foreign
from glossary.speech import WORDS, say
from glossary.store import deciding
from glossary.text import canonical, is_chinese_of, key
from glossary.web import asking, current
from glossary.web.problems import status_of
from glossary.web.tools.access import json_or_call, open_to_pages

tool = Blueprint("reconcile", __name__, url_prefix="/reconcile")
tool.before_request(lambda: current.hold(always=True))
tool.after_request(open_to_pages)

_LOOKUP: Final = schema.LookupQuery()
_QUERY: Final = foreign.ReconcileQuery()
_EXTEND: Final = foreign.ExtendBody()
_PROPOSE: Final = foreign.ProposeQuery()
_ENTRY_TYPE: Final = {"id": "entry", "name": "Entry"}
#: Most queries of a batch, and entries of an extension.
_MOST: Final = 200
#: Tiers whose only hit is a match without asking anybody.
_SURE: Final = frozenset({"exact", "folded", "inflected"})
#: Properties that narrow a query, and what a lookup calls them.
_FILTERS: Final = ("glossary", "subject", "issuer", "as_of")


def _wordings(lang: str) -> Callable[[Entry], list[str]]:
    def names_of(entry: Entry) -> list[str]:
        terms = ranked(entry.terms, lang, as_of=None, issuer=None)
        return [
            term.text for term in usable(terms, None) if is_chinese_of(term.lang, lang)
        ]

    return names_of


def _distinct(pick: Callable[[Term], str | None]) -> Callable[[Entry], list[str]]:
    return lambda entry: [*dict.fromkeys(filter(None, map(pick, entry.terms)))]


#: What can be fetched: id → name, and the values of an entry.
_PROPERTIES: Final[Mapping[str, tuple[str, Callable[[Entry], Iterable[str]]]]] = {
    "en": ("English", _wordings("en")),
    "zh-Hans": ("Simplified Chinese", _wordings("zh-Hans")),
    "zh-Hant": ("Traditional Chinese", _wordings("zh-Hant")),
    "avoid": (
        "Not to be used",
        lambda e: [t.text for t in e.terms if bans(e, t, as_of=None)],
    ),
    "reading": ("Reading", _distinct(lambda term: term.reading)),
    "issuer": ("Issuer", _distinct(lambda term: term.issuer)),
    "definition": ("Definition", lambda entry: entry.definition.values()),
    "subject": ("Subject field", lambda entry: entry.subjects),
    "glossary": ("Glossary", lambda entry: [entry.glossary]),
    "state": ("State", lambda entry: [entry.state]),
}


@tool.errorhandler(GlossaryError)
def refused(error: GlossaryError) -> Response:
    """Say what is wrong in a line."""
    locale = current.locale()
    places = [f"{p.pointer}: {say(p.detail, locale)}" for p in error.problems]
    message = " ".join([say(error.message, locale), *places])
    status = status_of(type(error))
    return _json(
        {"status": "error", "message": message}, 400 if status == 422 else status
    )


@tool.route("", methods=["GET", "POST"])
def service() -> Response:
    """Return the manifest, the candidates of a batch, or the values of an extension."""
    if "queries" in request.values:
        return _json(_batch(_parsed("queries")))
    if "extend" in request.values:
        return _json(_extended(_parsed("extend")))
    return _json(_manifest())


@tool.get("/suggest/entity")
def suggest_entity() -> Response:
    """Complete the name of an entry."""
    prefix = request.args.get("prefix", "").strip()
    hits = _hits({"q": prefix, "tier": "part"}) if prefix else ()
    results = [
        {**_named(hit), "notable": [_ENTRY_TYPE["id"], *hit.subjects]}
        for hit in hits
        if hit.block == BLOCKS[0]
    ]
    return _json({"result": results})


@tool.get("/suggest/property")
def suggest_property() -> Response:
    """Complete the name of a property."""
    return _json({"result": _starting(_properties())})


@tool.get("/suggest/type")
def suggest_type() -> Response:
    """Complete the name of a type."""
    return _json({"result": _starting([_ENTRY_TYPE, *_subject_types()])})


@tool.get("/properties")
def propose_properties() -> Response:
    """List what can be fetched into new columns."""
    query = schema.load(_PROPOSE, request.args.to_dict())
    properties = _properties()[: query["limit"]]
    return _json({"type": query["type"], "properties": properties})


@tool.get("/preview/<entry_id>")
def preview(entry_id: str) -> Response:
    """Show an entry in a small frame."""
    entry = current.store().entry(entry_id)
    sides = [ranked(entry.terms, x, as_of=None, issuer=None) for x in ("zh-Hans", "en")]
    answer = Response(render_template("preview.html", entry=entry, sides=sides))
    policy = "default-src 'none'; style-src 'self'; frame-ancestors *"
    answer.headers["Content-Security-Policy"] = policy
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


def _manifest() -> dict[str, Any]:
    root = request.url_root.rstrip("/")
    place = f"{root}{url_for('reconcile.service')}"
    suggest = {
        kind: {"service_url": place, "service_path": f"/suggest/{kind}"}
        for kind in ("entity", "property", "type")
    }
    return {
        "versions": ["0.1", "0.2"],
        "name": "Glossary",
        "identifierSpace": f"{root}/entries/",
        "schemaSpace": f"{root}/docs",
        "defaultTypes": [_ENTRY_TYPE],
        "view": {"url": f"{root}/entries/{{{{id}}}}"},
        "preview": {
            "url": f"{place}/preview/{{{{id}}}}",
            "width": 420,
            "height": 200,
        },
        "suggest": suggest,
        "extend": {
            "propose_properties": {"service_url": place, "service_path": "/properties"},
            "property_settings": [],
        },
    }


def _parsed(name: str) -> Mapping[str, Any]:
    try:
        batch = orjson.loads(request.values[name])
    except orjson.JSONDecodeError:
        batch = None
    if not isinstance(batch, dict):
        raise Unreadable(N_("“%(name)s” is no JSON object."), name=name)
    return batch


def _batch(queries: Mapping[str, Any]) -> dict[str, Any]:
    if len(queries) > _MOST:
        template = N_("A batch may have %(most)s queries, not %(count)s.")
        raise Unreadable(template, most=_MOST, count=len(queries))
    return {name: {"result": _candidates(query)} for name, query in queries.items()}


def _candidates(query: object) -> list[dict[str, Any]]:
    """Return the candidates of one query; none for one that cannot be asked."""
    try:
        query_of_tool: foreign.Reconciled = schema.load(_QUERY, query)
        hits = _hits(_parameters(query_of_tool))
    except Invalid:
        return []
    weighed = {
        lang: {key(value) for value in values}
        for name, values in query_of_tool.properties
        if name not in _FILTERS and values and (lang := canonical(name))
    }
    if not hits:
        return []
    entries = {e.id: e for e in current.store().entries_of([h.entry for h in hits])}
    scored = [(_score(hit, entries[hit.entry], weighed), hit) for hit in hits]
    labels = {kind["id"]: kind for kind in _subject_types()}
    scored.sort(key=lambda pair: -pair[0])
    sure = [hit for score, hit in scored if hit.tier in _SURE and score > 90]
    return [
        {
            **_named(hit),
            "score": score,
            "match": sure == [hit],
            "type": _types(hit, labels),
            "features": [
                {"id": f"tier-{hit.tier}", "value": hit.score},
                {"id": hit.block, "value": hit.score},
            ],
        }
        for score, hit in scored
    ]


def _parameters(query: foreign.Reconciled) -> dict[str, str]:
    """Return a query as a look-up takes it."""
    parameters = {"q": query.query}
    if query.limit is not None:
        parameters["limit"] = str(query.limit)
    for kind in query.types:
        if kind and kind != _ENTRY_TYPE["id"]:
            parameters["subject"] = kind
    filters = {name: v[0] for name, v in query.properties if name in _FILTERS and v}
    return {**parameters, **filters}


def _hits(parameters: Mapping[str, Any]) -> tuple[Hit, ...]:
    query: Query = schema.load(_LOOKUP, dict(parameters))
    return asking.look_up(query).hits


def _score(hit: Hit, entry: Entry, weighed: Mapping[str, set[str]]) -> float:
    """Return 0 to 100; half of it when a wording that was given is not there.

    What does not answer the query, but is like it or known in it, has the half too.
    """
    score = 100 * hit.score if hit.tier in _SURE else 90 * hit.score
    if hit.block != BLOCKS[0]:
        score /= 2
    for lang, keys in weighed.items():
        terms = ranked(entry.terms, lang, as_of=None, issuer=None)
        if not any(key(term.text) in keys for term in terms):
            score /= 2
    return round(score, 1)


def _named(hit: Hit) -> dict[str, Any]:
    """Return id, name and description: the wording to use, and its equivalent."""
    term = hit.use[0] if hit.use else hit.term
    best = hit.equivalents[0].text if hit.equivalents else ""
    wording = "" if term is hit.term else f"{hit.term.text} ({hit.term.status})"
    draft = say(WORDS["draft"], current.locale()) if is_draft(hit.state) else ""
    described = " · ".join(filter(None, [best, wording, hit.glossary, draft]))
    return {"id": hit.entry, "name": term.text, "description": described}


def _types(hit: Hit, labels: Mapping[str, dict[str, str]]) -> list[dict[str, str]]:
    return [_ENTRY_TYPE, *(labels[subject] for subject in hit.subjects)]


def _subject_types() -> list[dict[str, str]]:
    locale = current.locale()
    return [
        {"id": subject.id, "name": subject.label.get(locale) or subject.id}
        for subject, _ in current.store().subjects()
    ]


def _properties() -> list[dict[str, str]]:
    return [{"id": name, "name": label} for name, (label, _) in _PROPERTIES.items()]


def _starting(all_: Iterable[Mapping[str, str]]) -> list[Mapping[str, str]]:
    prefix = request.args.get("prefix", "").strip().casefold()
    return [
        item
        for item in all_
        if prefix in item["name"].casefold() or prefix in item["id"]
    ]


def _extended(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return values of entries; one that is not to be read has empty cells."""
    ids, names = schema.load(_EXTEND, body)
    if len(ids) > _MOST:
        template = N_("An extension may have %(most)s entries, not %(count)s.")
        raise Unreadable(template, most=_MOST, count=len(ids))
    for name in names:
        if name not in _PROPERTIES:
            raise NotFound(N_("There is no property “%(id)s”."), id=name)
    entries_of_ids: Iterable[Entry] = [
        entry
        for entry in current.store().entries_of(ids)
        if current.actor().may("read", entry.glossary)
    ]
    if (profile := current.profile()) is not None:
        entries_of_ids = deciding.decided(
            current.store(), entries_of_ids, profile.glossaries
        )
    entries = {entry.id: entry for entry in entries_of_ids}
    rows = {
        entry_id: {
            name: [
                {"str": value}
                for value in (
                    _PROPERTIES[name][1](entries[entry_id])
                    if entry_id in entries
                    else ()
                )
            ]
            for name in names
        }
        for entry_id in ids
    }
    meta = [{"id": name, "name": _PROPERTIES[name][0]} for name in names]
    return {"meta": meta, "rows": rows}


def _json(body: Mapping[str, Any], status: int = 200) -> Response:
    """Answer with JSON, or with a call of it (JSONP) as version 0.1 has it."""
    return json_or_call(body, "callback", status=status)
