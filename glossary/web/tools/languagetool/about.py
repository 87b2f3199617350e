"""What LanguageTool's clients ask of a server before they send it a text."""

from flask import Response, request

from glossary.errors import Unreadable
from glossary.message import N_
from glossary.speech import WORDS, say
from glossary.web import current
from glossary.web.tools.languagetool import match as ltmatch
from glossary.web.tools.languagetool.answering import answered, software, tool

#: Rules that are told of only with `level=picky`.
_PICKY = frozenset({"missing", "inconsistent"})


@tool.get("/info")
def get_info() -> Response:
    """Say which program answers, in which version."""
    return answered({"software": software()})


@tool.get("/maxtextlength")
def get_maxtextlength() -> Response:
    """Say how many characters a text may have."""
    return Response(str(current.settings().max_text), mimetype="text/plain")


@tool.get("/configinfo")
def get_configinfo() -> Response:
    """List the rules of a language; all languages have the same ones."""
    if not request.args.get("language"):
        raise Unreadable(N_("Missing “language” parameter."))
    locale = current.locale()
    rules = [
        {
            "ruleId": rule,
            "description": say(WORDS.get(kind, kind), locale),
            "categoryId": ltmatch.CATEGORY,
            "categoryName": "Terminology",
            "locQualityIssueType": "terminology",
            **({"isDefaultOff": True} if kind in _PICKY else {}),
        }
        for kind, rule in ltmatch.RULES.items()
    ]
    return answered(
        {
            "software": software(),
            "parameter": {"maxTextLength": current.settings().max_text},
            "rules": rules,
        }
    )
