"""Sources, subjects, issuers and glossaries over HTTP: read, made, changed, deleted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from glossary import schema
from glossary.curation import nouns
from glossary.entry import Glossary, Issuer, Noun, Source, Subject, codec, write
from glossary.query import Moment, NounChangePage
from glossary.store import DoneBefore
from glossary.web import current
from glossary.web import request as asked

nouns_api = Blueprint("nouns", __name__, url_prefix="/api/v1")

_CHANGES: Final = schema.NounChangesQuery()
_PURGE: Final = schema.PurgeQuery()


@dataclass(frozen=True, slots=True)
class Named:
    """A kind of noun with its names: in an address, for one and for many."""

    kind: type[Noun]
    one: str
    many: str
    article: str = "a"


NAMES: Final = (
    Named(Source, "source", "sources"),
    Named(Subject, "subject", "subjects"),
    Named(Issuer, "issuer", "issuers", "an"),
    Named(Glossary, "glossary", "glossaries"),
)
_View = Callable[..., WerkzeugResponse]


@nouns_api.get("/changes/nouns")
def get_noun_changes() -> WerkzeugResponse:
    """List the sources, subjects, issuers and glossaries that moved since a revision.

    Oldest first; one that was deleted has no document.
    """
    page: NounChangePage = asked.query(_CHANGES)
    limit = page.limit
    moment, after = page.cursor or (page.since, None)
    current.go_on_from(page.since)
    with current.snapshot() as revision:
        since = current.must_be_of(moment, revision)
        moved = current.store().nouns.changes(since=since, after=after, limit=limit + 1)
    more = None
    if len(moved) > limit:
        last = moved[limit - 1]
        at = Moment(last.revision, current.store().epoch)
        cursor = f"{at}:{last.kind}/{last.id}"
        sent = {**request.args.to_dict(), "cursor": cursor}
        more = f"{request.script_root}{request.path}?{urlencode(sent)}"
    body = {
        "revision": revision,
        "epoch": current.store().epoch,
        "changes": moved[:limit],
        "next": more,
    }
    answer = _answer(write(body), current.tag(revision))
    if more:
        answer.headers["Link"] = f'<{more}>; rel="next"'
    return answer.make_conditional(request)


@nouns_api.errorhandler(DoneBefore)
def done_before(done: DoneBefore) -> Response:
    """Answer a write that was sent again as it was answered first."""
    if request.method == "DELETE":
        return Response(status=204)
    one, _, noun_id = done.entry.partition("/")
    named = next(each for each in NAMES if each.one == one)
    made = nouns.version_of(current.store(), named.kind, noun_id, done.version)
    created = str(request.endpoint).rpartition(".")[2] == f"post_{named.many}"
    assert made.document is not None  # noqa: S101 - it was written, not deleted.  # nosec B101
    return _noun(named, made.document, created=created)


def _all(named: Named) -> _View:
    def view() -> WerkzeugResponse:
        asked.nothing()
        store = current.store()
        with current.snapshot() as revision:
            body: dict[str, Any] = {
                "items": [
                    {**codec.plain(noun), "entries": count}
                    for noun, count in store.nouns.counted(named.kind)
                ]
            }
            if named.kind is Issuer:
                numbers = store.browse.tally("issuer")
                unlisted = store.nouns.issued_as(store.issuers, None)
                body["unlisted"] = {name: numbers[name] for name in unlisted}
        return _answer(write(body), current.tag(revision)).make_conditional(request)

    return view


def _made(named: Named) -> _View:
    def view() -> WerkzeugResponse:
        asked.nothing()
        sent = asked.document()
        noun = nouns.create(
            current.store(), named.kind, sent, by=current.actor(), once=asked.once()
        )
        return _noun(named, noun, created=True)

    return view


def _one(named: Named) -> _View:
    def view(**place: str) -> WerkzeugResponse:
        asked.nothing()
        with current.snapshot():
            noun = current.store().nouns.one(named.kind, _id(place))
        return _noun(named, noun).make_conditional(request)

    return view


def _put(named: Named) -> _View:
    def view(**place: str) -> WerkzeugResponse:
        asked.nothing()
        known, sent = asked.known_version(), asked.document()
        how: dict[str, Any] = {
            "known": known,
            "by": current.actor(),
            "once": asked.once(),
        }
        noun = nouns.put(current.store(), named.kind, _id(place), sent, **how)
        return _noun(named, noun)

    return view


def _patched(named: Named) -> _View:
    def view(**place: str) -> WerkzeugResponse:
        asked.nothing()
        known, merge = asked.known_version(), asked.document(asked.MERGE_PATCH)
        how: dict[str, Any] = {
            "known": known,
            "by": current.actor(),
            "once": asked.once(),
        }
        noun = nouns.patch(current.store(), named.kind, _id(place), merge, **how)
        return _noun(named, noun)

    return view


def _deleted(named: Named) -> _View:
    def view(**place: str) -> WerkzeugResponse:
        purge = named.kind is Glossary and asked.query(_PURGE).purge
        if named.kind is not Glossary:
            asked.nothing()
        store = current.store()
        how: dict[str, Any] = {"known": asked.known_version(), "once": asked.once()}
        if purge:
            nouns.purge(store, _id(place), by=current.actor(), **how)
        else:
            nouns.delete(store, named.kind, _id(place), by=current.actor(), **how)
        return Response(status=204)

    return view


def _versions(named: Named) -> _View:
    def view(**place: str) -> WerkzeugResponse:
        asked.nothing()
        with current.snapshot() as revision:
            versions = current.store().nouns.versions(named.kind, _id(place))
        answer = _answer(write({"items": versions}), current.tag(revision))
        return answer.make_conditional(request)

    return view


def _restored(named: Named) -> _View:
    def view(version: int, **place: str) -> WerkzeugResponse:
        asked.nothing()
        known = asked.known_version(needed=False)
        how: dict[str, Any] = {
            "known": known,
            "by": current.actor(),
            "once": asked.once(),
        }
        store = current.store()
        noun = nouns.restore(store, named.kind, _id(place), version, **how)
        return _noun(named, noun)

    return view


#: What can be done with nouns of every kind: name of the view, method, address below
#: that of all, what makes the view, and what it does.
_CALLS: Final = (
    (
        "get_{many}",
        "GET",
        "",
        _all,
        "List the {many}, each with how many entries name it.",
    ),
    ("post_{many}", "POST", "", _made, "Store a new {one}."),
    (
        "get_{one}",
        "GET",
        "/<{one}_id>",
        _one,
        "Return one {one}; its ETag is its version.",
    ),
    ("put_{one}", "PUT", "/<{one}_id>", _put, "Replace {article} {one}."),
    (
        "patch_{one}",
        "PATCH",
        "/<{one}_id>",
        _patched,
        "Change {article} {one} by a JSON merge patch (RFC 7396).",
    ),
    (
        "delete_{one}",
        "DELETE",
        "/<{one}_id>",
        _deleted,
        "Delete {article} {one} that nothing names; its history stays.",
    ),
    (
        "get_{one}_versions",
        "GET",
        "/<{one}_id>/versions",
        _versions,
        "Return the history of {article} {one}, newest first.",
    ),
    (
        "post_{one}_restore",
        "POST",
        "/<{one}_id>/versions/<int:version>/restore",
        _restored,
        "Make an old version of {article} {one} the newest one.",
    ),
)


def _install() -> None:
    for named in NAMES:
        words = {"one": named.one, "many": named.many, "article": named.article}
        for name, method, below, make, does in _CALLS:
            view = make(named)
            view.__doc__ = does.format(**words)
            nouns_api.add_url_rule(
                f"/{named.many}{below.format(**words)}",
                name.format(**words),
                view,
                methods=[method],
            )


def _id(place: Mapping[str, str]) -> str:
    (noun_id,) = place.values()
    return noun_id


def _noun(named: Named, noun: Noun, *, created: bool = False) -> Response:
    answer = _answer(write(noun), str(noun.version), 201 if created else 200)
    if created:
        place: dict[str, Any] = {f"{named.one}_id": noun.id}
        answer.headers["Location"] = url_for(f"nouns.get_{named.one}", **place)
    return answer


def _answer(body: bytes, tag: str, status: int = 200) -> Response:
    headers = {
        "Content-Type": "application/json",
        "Cache-Control": "no-cache",
        "X-Content-Type-Options": "nosniff",
        "ETag": f'"{tag}"',
    }
    return Response(body, status, headers)


_install()
