"""An entry as linked data, at the address of its page: SKOS as Turtle or JSON-LD."""

from io import BytesIO
from typing import Final

from flask import Response, request, url_for

from glossary.entry import Entry, codec, write
from glossary.formats import json_ld, write_skos

TURTLE: Final = "text/turtle"
JSON_LD: Final = "application/ld+json"
_PAGE: Final = "text/html"
_ADDRESSES: Final = {
    "entry": ("pages.entry_page", "entry_id"),
    "scheme": ("nouns.get_glossary", "glossary_id"),
    "subject": ("pages.browse_page", "subject"),
    "source": ("pages.browse_page", "source"),
}


def media_type() -> str | None:
    """Return the media type of linked data that is preferred to a page, or None."""
    best = request.accept_mimetypes.best_match([_PAGE, TURTLE, JSON_LD], _PAGE)
    return None if best == _PAGE else best


def linked(entry: Entry, kind: str) -> Response:
    """Return an entry in a media type of linked data; all addresses in it lead on."""
    plain = codec.plain(entry)
    if kind == JSON_LD:
        body = write(json_ld(plain, _named))
    else:
        stream = BytesIO()
        write_skos([plain], stream, lambda _: None, uri=_named)
        body = stream.getvalue()
    answer = Response(body, mimetype=kind)
    answer.vary.add("Accept")
    answer.set_etag(f"{entry.version}-{kind}")
    return answer.make_conditional(request)  # type: ignore[return-value]


def _named(kind: str, name: str) -> str:
    endpoint, argument = _ADDRESSES[kind]
    return url_for(endpoint, **{argument: name}, _external=True)
