"""Answers and static files made small for who can read them so: zstd, else gzip.

The tag of a compressed answer ends with its coding, for its bytes are others (RFC 9110,
8.8.3.3); on the way back, it stands for what was compressed. Pages are left alone: they
hold a secret beside what the reader typed, and the length of both together would tell
of it (BREACH).
"""

import re
import zlib
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, Final

import zstandard
from flask import Flask, Request, Response

from glossary.web import current

#: Bytes below which a head costs about what compressing saves.
_LEAST: Final = 1024
#: Bytes of an answer up to which its compressed form is remembered, and how many are.
_REMEMBERED: Final = 1 << 18
_MANY: Final = 256
#: What is made of text, and not packed already.
_KINDS: Final = frozenset(
    {
        "application/json",
        "application/problem+json",
        "application/x-ndjson",
        "application/xml",
        "application/x-tbx",
        "application/x-tbx+xml",
        "application/x-tmx+xml",
        "application/ld+json",
        "application/rdf+xml",
        "application/sarif+json",
        "image/svg+xml",
        "text/css",
        "text/csv",
        "text/javascript",
        "text/markdown",
        "text/plain",
        "text/tab-separated-values",
        "text/turtle",
        "text/xml",
    }
)
#: Statuses of answers without a body of their own, or with a part of one.
_AS_IT_IS: Final = frozenset({204, 206, 304})
#: zlib's number for a gzip head and tail.
_GZIP: Final = 31
_CODED: Final = re.compile('-(?:zstd|gzip)"')
_CODINGS: Final[dict[str, Callable[[], Any]]] = {
    "zstd": lambda: zstandard.ZstdCompressor(level=3).compressobj(),
    "gzip": lambda: zlib.compressobj(5, wbits=_GZIP),
}


def install(app: Flask) -> None:
    """Compress what goes out, after all else has seen it."""
    app.before_request(_as_tagged)
    app.after_request(_compressed)


def _as_tagged() -> None:
    """Have the tags that the caller shows be those of what was compressed."""
    environ = current.at_hand().environ
    for name in ("HTTP_IF_NONE_MATCH", "HTTP_IF_MATCH"):
        if name in environ:
            environ[name] = _CODED.sub('"', environ[name])


def _compressed(answer: Response) -> Response:
    headers = answer.headers
    names = {name.lower() for name, _ in headers}
    if answer.mimetype not in _KINDS or "content-encoding" in names:
        return answer
    if "vary" in names:
        answer.vary.add("Accept-Encoding")
    else:
        headers.add("Vary", "Accept-Encoding")
    here = current.at_hand()
    coding = _best(here)
    if coding is None or answer.status_code in _AS_IT_IS or here.method == "HEAD":
        return answer
    # A file of ours is short, and is remembered as it is sent.
    answer.direct_passthrough = False
    if answer.is_streamed and here.endpoint != "static":
        if "Content-Disposition" not in answer.headers:
            # Lines that are sent one by one are to be read one by one.
            return answer
        answer.response = _stream(answer.iter_encoded(), coding)
        answer.headers.pop("Content-Length", None)
    else:
        body = answer.get_data()
        if len(body) < _LEAST:
            return answer
        is_kept = "ETag" in answer.headers and len(body) <= _REMEMBERED
        answer.set_data(_remembered(body, coding) if is_kept else _whole(body, coding))
    answer.headers["Content-Encoding"] = coding
    tag, is_weak = answer.get_etag()
    if tag is not None:
        answer.set_etag(f"{tag}-{coding}", weak=bool(is_weak))
    return answer


def _best(at_hand: Request) -> str | None:
    """Return the coding that the caller likes best, or None for none of ours."""
    if "HTTP_ACCEPT_ENCODING" not in at_hand.environ:
        return None
    accepted = at_hand.accept_encodings
    best = max(_CODINGS, key=lambda coding: accepted[coding])
    return best if accepted[best] > 0 else None


def _whole(body: bytes, coding: str) -> bytes:
    packer = _CODINGS[coding]()
    packed: bytes = packer.compress(body) + packer.flush()
    return packed


_remembered = lru_cache(maxsize=_MANY)(_whole)


def _stream(chunks: Iterator[bytes], coding: str) -> Iterator[bytes]:
    packer = _CODINGS[coding]()
    for chunk in chunks:
        if packed := packer.compress(chunk):
            yield packed
    yield packer.flush()
