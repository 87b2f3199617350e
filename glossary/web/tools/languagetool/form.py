"""What a LanguageTool client asks, however it wrote it down.

LibreOffice sends `text=…&language=…` as it stands, not percent-encoded, under the type
of a form: `R&D 100%` would end at the `&`. It names no `User-Agent`, which settles what
a `+` means. Markup (`data`) becomes plain text with the way back to the original.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, Final
from urllib.parse import parse_qsl, unquote

import orjson
from flask import request

from glossary.errors import Invalid, Unreadable
from glossary.message import N_
from glossary.schema import foreign, load

_ANNOTATED: Final = foreign.AnnotatedText()
_KNOWN: Final = frozenset(
    (
        "text data language motherTongue preferredVariants enabledRules disabledRules "
        "enabledCategories disabledCategories enabledOnly level username apiKey "
        "srctext abtest mode allowIncompleteResults useragent textSessionId"
    ).split()
)
_BEGIN: Final = itemgetter(0)
_ENCODED: Final = re.compile(r"(?:[!-$&-~]|%[0-9A-Fa-f]{2})*")
_RAW: Final = re.compile(
    r"text=(?P<text>.*)&language=(?P<language>[A-Za-z-]+)"
    r"(?P<rest>(?:&(?:username|apiKey)=[^&]*)*)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class CheckForm:
    """The fields of a check, its text, and where pieces of that stood originally.

    `pieces` holds, for each piece, its start in `text`, its start in `original`, and
    whether it is text; in between are markup and what it reads as.
    """

    fields: dict[str, str]
    text: str
    original: str
    pieces: tuple[tuple[int, int, bool], ...] = field(default=((0, 0, True),))

    def place(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where a span of the text stood, or None when it begins in markup."""
        first = self.pieces[bisect_right(self.pieces, start, key=_BEGIN) - 1]
        last = self.pieces[bisect_left(self.pieces, end, key=_BEGIN) - 1]
        if not first[2] or not last[2]:
            return None
        return start - first[0] + first[1], end - last[0] + last[1]

    def words(self, name: str) -> frozenset[str]:
        """Return a field that holds words parted by commas."""
        return frozenset(filter(None, self.fields.get(name, "").split(",")))


def check_form() -> CheckForm:
    """Return what the request at hand asks; raise Unreadable."""
    fields = _fields()
    if fields.get("data"):
        return _marked_up(fields)
    if "text" not in fields:
        raise Unreadable(N_("Missing “text” or “data” parameter."))
    return CheckForm(fields, fields["text"], fields["text"])


def _fields() -> dict[str, str]:
    raw = request.get_data()
    if request.method == "GET":
        return request.args.to_dict()
    if request.mimetype == "multipart/form-data":
        return request.form.to_dict()
    try:
        return {**request.args.to_dict(), **form(raw.decode(), bool(_agent()))}
    except UnicodeDecodeError:
        raise Unreadable(N_("The body is not UTF-8.")) from None


def _agent() -> str:
    return request.headers.get("User-Agent", "")


def form(body: str, has_name: bool) -> dict[str, str]:  # noqa: FBT001 - it is a property of the body.
    """Return the fields of a body; `has_name` says that its sender has a name.

    >>> form("text=R&D 100% win+win&language=en-US", False)["text"]
    'R&D 100% win+win'
    >>> form("text=R%26D+now&language=en-US", True)["text"]
    'R&D now'
    """
    if _ENCODED.fullmatch(body):
        plain = body if has_name else body.replace("+", "%2B")
        fields = dict(parse_qsl(plain, keep_blank_values=True))
        if fields.keys() <= _KNOWN:
            return fields
    match = _RAW.fullmatch(body)
    if match is None:
        return dict(parse_qsl(body, keep_blank_values=True))
    rest = (pair.partition("=") for pair in match["rest"].split("&") if pair)
    more = {name: unquote(value) for name, _, value in rest}
    return {"text": match["text"], "language": match["language"], **more}


def _marked_up(fields: dict[str, str]) -> CheckForm:
    try:
        pieces = load(_ANNOTATED, orjson.loads(fields["data"]))
    except (orjson.JSONDecodeError, Invalid):
        raise Unreadable(N_("The parameter “data” is no annotated text.")) from None
    return CheckForm(fields, *_joined(pieces))


def _joined(parts: list[dict[str, str]]) -> tuple[str, str, tuple[Any, ...]]:
    texts: list[str] = []
    originals: list[str] = []
    pieces = [(0, 0, True)]
    at = stood = 0
    for part in parts:
        pieces.append((at, stood, "text" in part))
        texts.append(part["text"] if "text" in part else part["interpret_as"])
        originals.append(part["text"] if "text" in part else part["markup"])
        at += len(texts[-1])
        stood += len(originals[-1])
    return "".join(texts), "".join(originals), tuple(pieces)
