"""How the API answers: JSON, a page of a list, what was made, a file; and of when.

A handler reads the request, asks or acts, and hands what came of it to a function here;
only these say what an answer is tagged with, how it may be kept, and where a list goes
on.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, wraps
from importlib.resources import files
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple, TypeVar, cast
from urllib.parse import urlencode

from flask import Response, request, url_for
from werkzeug.datastructures import Headers
from werkzeug.wsgi import wrap_file

from glossary.entry import codec, today, write
from glossary.web import current
from glossary.web.current import Body

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

JSON: Final = "application/json"
NDJSON: Final = "application/x-ndjson"
#: A request header that says that the query is not finished.
TYPING: Final = "Glossary-Typing"
#: Bytes of a file that are sent at a time.
_CHUNK: Final = 1 << 16

_T = TypeVar("_T")
_View = Callable[..., Response]


class Slice(NamedTuple):
    """The rows of one page of a list, and the address of the next page, if any."""

    rows: Sequence[Any]
    next: str | None


def of_one_moment(
    *,
    is_remembered: bool = False,
    is_of_day: bool = False,
    is_revised: bool = True,
    first: Callable[[], None] | None = None,
) -> Callable[[Callable[..., Body | Response]], _View]:
    """Have a handler that reads the store see it as of one moment.

    A body gets the tag of that moment, and 304 goes to who has it. What `is_remembered`
    is made once for each query until the store moves on; what `is_of_day` holds what is
    in force today. Unless it `is_revised` it says no revision, and asks for none. What
    is to be done before that moment is done `first`.
    """

    def decorated(handler: Callable[..., Any]) -> _View:
        @wraps(handler)
        def view(**place: Any) -> Response:
            if first is not None:
                first()
            if is_remembered:
                return _conditional(_remembered(handler, today() if is_of_day else ""))
            with current.snapshot() if is_revised else current.store().snapshot():
                outcome = handler(**place)
                answer = outcome if isinstance(outcome, Response) else _tagged(outcome)
            return _conditional(answer)

        return view

    return decorated


def _remembered(handler: Callable[[], Body], day: str) -> Response:
    """Answer from memory while the store has not moved."""
    running = current.running()
    scope = day
    if (glossaries := current.readable()) is not None:
        scope += f"-{codec.digest(sorted(glossaries))}"
    if (profile := current.profile()) is not None:
        scope += f"-{codec.digest(profile)}"
    here = current.at_hand()
    body = running.remembered(handler, here.query_string, scope)
    if body.missed is not None and TYPING not in here.headers:
        current.noted()["missed"] = True
        running.missed.note(body.missed, address=here.remote_addr or "")
    return _tagged(body, *filter(None, [scope]))


def _tagged(body: Body, *scope: str) -> Response:
    """Answer with a body and its own tag, or that of the moment that it is of."""
    own = body.tag or tag(*scope)
    return going_on(of_bytes(body.json, tag=own), body)


def _conditional(answer: Response) -> Response:
    here = current.at_hand()
    if "HTTP_IF_NONE_MATCH" in here.environ and "ETag" in answer.headers:
        answer.make_conditional(here)
    return answer


def tag(*more: object) -> str:
    """Return the ETag of an answer that stands on the whole store at its moment.

    It is another one with another program, which may answer otherwise.
    """
    return "-".join(map(str, (current.moment(), _program(), *more)))


def tag_of_day() -> str:
    """Return the ETag of an answer that says what is in force on this day, in UTC."""
    return tag(today())


@cache
def _program() -> str:
    """Return what tells this program from its other versions."""
    digest = hashlib.sha256()
    for name in ("glossary", "glossary.locales"):
        folder = Path(str(files(name)))
        for file in sorted([*folder.rglob("*.py"), *folder.rglob("*.po")]):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:6]


def of_bytes(
    body: bytes | Iterable[bytes],
    *,
    kind: str = JSON,
    status: int = 200,
    tag: str | None = None,
    language: str | None = None,
) -> Response:
    """Answer with what is ready: with a tag it is kept and asked for again, else not.

    It is what it says it is, whatever a browser makes of it, and says its `language`
    where it has one.
    """
    headers = Headers()
    headers.add("Content-Type", kind)
    headers.add("Cache-Control", "no-store" if tag is None else "no-cache")
    headers.add("X-Content-Type-Options", "nosniff")
    if tag is not None:
        headers.add("ETag", f'"{tag}"')
    if language is not None:
        headers.add("Content-Language", language)
    return _Ready(body, status, headers)


class _Ready(Response):
    """An answer whose headers are as they go out, where that is plain to see."""

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Send it as it is, or as any other answer where there is more to it."""
        is_plain = (
            self.status_code == 200
            and environ["REQUEST_METHOD"] != "HEAD"
            and isinstance(self.response, list)
            and not self._on_close
        )
        if not is_plain:
            return super().__call__(environ, start_response)
        start_response(self.status, self.headers.to_wsgi_list())
        return cast("list[bytes]", self.response)


def json(document: Any, *, status: int = 200, is_worded: bool = False) -> Response:
    """Answer with a document that nobody is to keep.

    It says its language where it `is_worded` in the reader's.
    """
    language = current.locale() if is_worded else None
    return of_bytes(write(document), status=status, language=language)


def document(noun: Any, *, tag: str | None = None) -> Body:
    """Return the body of an answer of one moment: a document, with a tag of its own."""
    return Body(write(noun), tag=tag)


def items(page: Slice, *, name: str = "items", **more: Any) -> Body:
    """Return the body of a page of a list, with `more` before it."""
    return Body(write(_listed(page, name, more)), page.next)


def private_items(page: Slice) -> Response:
    """Answer with a page of a list that nobody is to keep."""
    return going_on(json(_listed(page, "items", {})), page)


def _listed(page: Slice, name: str, more: Mapping[str, Any]) -> dict[str, Any]:
    return {**more, name: page.rows, "next": page.next}


def sliced(rows: Sequence[_T], limit: int, cursor: Callable[[_T], object]) -> Slice:
    """Return the page that rows make, of which one more was asked for than `limit`.

    The next page begins after the `cursor` of the last row, with the same filters.
    """
    if len(rows) <= limit:
        return Slice(rows, None)
    return Slice(rows[:limit], this_address(cursor=cursor(rows[limit - 1])))


def this_address(**changes: object) -> str:
    """Return the address that was asked, with parameters changed."""
    parameters = {**request.args.to_dict(), **changes}
    return f"{request.script_root}{request.path}?{urlencode(parameters)}"


def going_on(answer: Response, page: Slice | Body) -> Response:
    """Make an answer say where the list goes on."""
    if page.next is not None:
        answer.headers["Link"] = f'<{page.next}>; rel="next"'
    return answer


def versioned(noun: Any, *, place: str = "", **names: str) -> Response:
    """Answer with what was written; its tag is its version.

    Where it is new, `place` is the handler that answers with it, for these names.
    """
    answer = of_bytes(write(noun), tag=str(noun.version))
    return _created(answer, place, names) if place else answer


def created(document: Any, place: str, **names: Any) -> Response:
    """Answer with what was made, which has no versions, and where it is found."""
    return _created(json(document), place, names)


def _created(answer: Response, place: str, names: Mapping[str, Any]) -> Response:
    answer.status_code = 201
    answer.headers["Location"] = url_for(place, **names)
    return answer


def accepted(answer: Response, place: str, **names: Any) -> Response:
    """Make an answer say that the work goes on, and where to ask after it."""
    answer.status_code = 202
    answer.headers["Location"] = url_for(place, **names)
    return answer


def nothing() -> Response:
    """Answer that it is done, and that there is no more to say."""
    return Response(status=204)


def not_modified(tag: str) -> Response | None:
    """Return the answer to who has what this tag is of already, or None."""
    if not request.if_none_match.contains(tag):
        return None
    answer = of_bytes(b"", tag=tag)
    answer.status_code = 304
    return answer


def open_file(file: IO[bytes], name: str, *, kind: str, tag: str) -> Response:
    """Answer with a file of the system's, which it may send from its beginning."""
    answer = of_bytes(wrap_file(request.environ, file, _CHUNK), tag=tag)
    answer.direct_passthrough = True
    return _under_a_name(answer, name, kind)


def file(
    content: bytes | str | IO[bytes], name: str, *, kind: str, tag: str | None = None
) -> Response:
    """Answer with a file to be kept under a name; one that is open is closed."""
    if isinstance(content, str):
        content = content.encode()
    body = content if isinstance(content, bytes) else _chunks(content)
    return _under_a_name(of_bytes(body, tag=tag), name, kind)


def _under_a_name(answer: Response, name: str, kind: str) -> Response:
    answer.mimetype = kind
    answer.headers["Content-Disposition"] = f"attachment; filename={name}"
    return answer


def _chunks(content: IO[bytes]) -> Iterator[bytes]:
    with content:
        while chunk := content.read(_CHUNK):
            yield chunk
