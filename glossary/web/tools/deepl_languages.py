"""What DeepL's clients ask beside their glossaries: languages, and how much is used."""

from typing import Any, Final

from flask import Response, request

from glossary.entry import write
from glossary.errors import Invalid
from glossary.message import N_, Message, Problem
from glossary.web.tools.deepl import tool

#: What DeepL says where there is no limit.
_UNLIMITED: Final = 1_000_000_000_000
_SOURCES: Final = {"zh": "Chinese", "en": "English"}
_TARGETS: Final = {
    "zh": "Chinese",
    "zh-hans": "Chinese (simplified)",
    "zh-hant": "Chinese (traditional)",
    "en-gb": "English (British)",
    "en-us": "English (American)",
}


def is_asked_for() -> bool:
    """Say whether a client of DeepL asks where another tool has an address."""
    credentials = request.headers.get("Authorization", "")
    return credentials.startswith("DeepL-Auth-Key ") or bool(_type())


def _type() -> str:
    """Return the type that is asked for; the official client sends a form by GET."""
    return request.args.get("type") or request.form.get("type", "")


def languages() -> Response:
    """Return the languages that a glossary can lead from or, with `type`, into."""
    tags = _TARGETS if _type() == "target" else _SOURCES
    return _listed(
        [
            {"language": tag.upper(), "name": name, "supports_formality": False}
            for tag, name in tags.items()
        ]
    )


@tool.route("/v2/usage", methods=["GET", "POST"])
def usage() -> Response:
    """Say that nothing was translated: that is DeepL's, glossaries are ours."""
    return _listed({"character_count": 0, "character_limit": _UNLIMITED})


@tool.get("/v3/languages")
def get_languages() -> Response:
    """Return the languages of glossaries; for all else, which is not here, none."""
    resource = request.args.get("resource") or request.args.get("product")
    if not resource:
        raise Invalid([Problem("/resource", Message(N_("This must not be empty.")))])
    return _listed(
        [
            {
                "lang": tag,
                "name": name,
                "usable_as_source": True,
                "usable_as_target": True,
                "status": "stable",
                "features": {},
            }
            for tag, name in _SOURCES.items()
            if resource == "glossary"
        ]
    )


def _listed(document: Any) -> Response:
    return Response(write(document), mimetype="application/json")
