"""The interface of tmserver and amaGama: whole segments that are terms, for Weblate.

The text stands in the path, percent-encoded, also its slashes.
"""

from collections.abc import Mapping
from typing import Any, Final

from flask import Blueprint, Response, request

from glossary import schema
from glossary.entry import Hit, is_draft, usable
from glossary.errors import Invalid
from glossary.query import Query
from glossary.schema import foreign
from glossary.text import canonical, tags_apart
from glossary.web import asking, current
from glossary.web.tools.access import json_or_call, open_to_pages

tool = Blueprint("tmserver", __name__)
tool.before_request(lambda: current.hold(always=True))
tool.after_request(lambda answer: open_to_pages(answer, methods="GET"))

_LOOKUP: Final = schema.LookupQuery()
_UNITS: Final = foreign.UnitQuery()
#: Codes as translation servers write them.
_CODES: Final = ("en", "zh", "zh_cn", "zh_hans", "zh_hant", "zh_tw")
#: The best quality of a tier; below 75 Weblate shows nothing.
_BEST: Final = {"exact": 100.0, "folded": 99.0, "inflected": 97.0}


@tool.get("/tmserver/languages/")
@tool.get("/api/v1/languages/")
def get_languages() -> Response:
    """List the languages that can be asked for."""
    return _json({"sourceLanguages": _CODES, "targetLanguages": _CODES})


@tool.get("/tmserver/<source>/<target>/unit/<path:text>", merge_slashes=False)
@tool.get("/api/v1/<source>/<target>/unit/<path:text>", merge_slashes=False)
def get_unit(source: str, target: str, text: str) -> Response:
    """Return renderings of a segment, the best first."""
    return _suggested(source, target, text, _arguments())


@tool.get("/tmserver/<source>/<target>/unit/")
@tool.get("/api/v1/<source>/<target>/unit/")
def get_unit_asked(source: str, target: str) -> Response:
    """Return renderings of the segment in `source`, as amaGama takes it."""
    arguments = _arguments()
    return _suggested(source, target, arguments["source"], arguments)


def _arguments() -> dict[str, Any]:
    """Return what is asked beside the text; raise Invalid."""
    query: dict[str, Any] = schema.load(_UNITS, request.args.to_dict())
    return query


def _suggested(
    source: str, target: str, text: str, arguments: Mapping[str, Any]
) -> Response:
    from_, to = canonical(source), canonical(target)
    least, most = arguments["min_similarity"], arguments["max_candidates"]
    units: list[dict[str, Any]] = []
    if from_ and to and text.strip():
        for hit in _hits(text, from_, to):
            units += _units(hit, to)
    good = [unit for unit in units if unit["quality"] >= least][:most]
    return _json(good)


def _hits(text: str, from_: str, to: str) -> tuple[Hit, ...]:
    longest = current.settings().max_query
    parameters = {"q": text[:longest], "from": from_, "to": to}
    try:
        query: Query = schema.load(_LOOKUP, parameters)
    except Invalid:
        # It is text, but none that could be a term.
        return ()
    # What is only like the segment, or known in it, is no translation of it.
    return asking.look_up(query).answers


def _units(hit: Hit, to: str) -> list[dict[str, Any]]:
    """Return a unit for each rendering of a hit that may be used, if it has the tag."""
    quality = round(min(100 * hit.score, _BEST.get(hit.tier, 95.0)), 1)
    terms = usable(hit.equivalents, None)
    nearest = min((tags_apart(term.lang, to) for term in terms), default=0)
    nearest_terms = [term for term in terms if tags_apart(term.lang, to) == nearest]
    return [
        {
            "source": hit.term.text,
            "target": term.text,
            "quality": max(quality - place, 0.0),
            "rank": max(quality - place, 0.0),
            "context": "draft" if is_draft(hit.state) else "",
        }
        for place, term in enumerate(nearest_terms)
    ]


def _json(body: object) -> Response:
    """Answer with JSON, or with a call of it where a page asks by a script."""
    return json_or_call(body, "jsonp", "callback")
