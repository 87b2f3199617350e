"""What every answer of LanguageTool's interface shares: its door, errors, software."""

from typing import Any

from flask import Blueprint, Response
from werkzeug.exceptions import HTTPException

from glossary import release
from glossary.entry import write
from glossary.errors import GlossaryError
from glossary.speech import say
from glossary.web import current
from glossary.web.problems import status_of
from glossary.web.tools.access import open_to_pages

tool = Blueprint("languagetool", __name__, url_prefix="/v2")
tool.after_request(open_to_pages)


@tool.errorhandler(GlossaryError)
def refused(error: GlossaryError) -> Response:
    """Say what is wrong as LanguageTool does: a line of text."""
    text = say(error.message, current.locale())
    status = status_of(type(error))
    # It knows no other status for what a request says than that.
    status = 400 if status == 422 else status
    return Response(f"Error: {text}", status, mimetype="text/plain")


@tool.errorhandler(HTTPException)
def failed(error: HTTPException) -> Response:
    """Say what Flask refuses as LanguageTool does."""
    text = f"Error: {error.description or error.name}"
    return Response(text, error.code or 500, mimetype="text/plain")


def answered(document: object) -> Response:
    """Return a document as JSON that nobody keeps."""
    answer = Response(write(document), mimetype="application/json")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def software() -> dict[str, Any]:
    """Return what LanguageTool says of the program that answers."""
    return {
        "name": "Glossary",
        "version": release(),
        "buildDate": "",
        "apiVersion": 1,
        "premium": False,
        "premiumHint": "",
        "status": "",
    }
