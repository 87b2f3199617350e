"""Sources, subjects, issuers and glossaries over HTTP: read, made, changed, deleted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import Blueprint, Response, request

from glossary import schema
from glossary.curation import nouns
from glossary.entry import Glossary, Issuer, Noun, Source, Subject, codec
from glossary.query import Moment, NounChangeListing
from glossary.store import ALL, DoneBefore, Listing, VersionListing, picked
from glossary.web import current, reply, shared
from glossary.web import request as incoming
from glossary.web.current import Body
from glossary.web.reply import of_one_moment

nouns_api = Blueprint("nouns", __name__, url_prefix="/api/v1")

_CHANGES: Final = schema.NounChangesQuery()
_HISTORY: Final = schema.HistoryQuery()
_LISTS: Final[Mapping[str, Any]] = {
    "source": schema.SourcesQuery(),
    "subject": schema.SubjectsQuery(),
    "issuer": schema.IssuersQuery(),
    "glossary": schema.GlossariesQuery(),
}
_PURGE: Final = schema.GlossaryPurgeQuery()
#: So many of the entries that went with a glossary are named.
_TOLD: Final = 1_000


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
_View = Callable[..., Response]


@nouns_api.get("/changes/nouns")
@of_one_moment(first=lambda: incoming.go_on_from(_CHANGES))
def get_noun_changes() -> Body:
    """List the sources, subjects, issuers and glossaries that moved since a revision.

    Oldest first; one that was deleted has no document.
    """
    page: NounChangeListing = incoming.query(_CHANGES)
    now = current.moment()
    moment, after = page.cursor or (page.since, None)
    since = current.must_be_of(moment, now.revision)
    reads = current.store().nouns
    some = reads.changes(since=since, after=after, limit=page.limit + 1)
    changes = reply.sliced(
        some, page.limit, lambda m: f"{Moment(m.revision, now.epoch)}:{m.kind}/{m.id}"
    )
    if current.readable() is not None:
        there = {
            (names.one, noun.id) for names in NAMES for noun in shared.every(names.kind)
        }
        rows = [row for row in changes.rows if (row.kind, row.id) in there]
        changes = changes._replace(rows=rows)
    return reply.items(changes, name="changes", **now._asdict())


@nouns_api.errorhandler(DoneBefore)
def done_before(repeat: DoneBefore) -> Response:
    """Answer a write that was sent again as it was answered first."""
    one, _, noun_id = repeat.entry.partition("/")
    if request.method == "DELETE" and one == "glossary":
        report = {"glossary": noun_id, "entries": 0, "removed": []}
        return reply.of_bytes(codec.write(report))
    if request.method == "DELETE":
        return reply.nothing()
    names = next(noun_names for noun_names in NAMES if noun_names.one == one)
    version = nouns.version_of(current.store(), names.kind, noun_id, repeat.version)
    created = str(request.endpoint).rpartition(".")[2] == f"post_{names.many}"
    assert version.document is not None  # noqa: S101 - it was written, not deleted.  # nosec B101
    return _noun(names, version.document, created=created)


def _all(names: Named) -> _View:
    @of_one_moment()
    def view() -> Body:
        page: Listing = incoming.query(_LISTS[names.one])
        store, most = current.store(), page.limit or current.settings().max_page
        if current.readable() is None:
            rows = store.nouns.counted(names.kind, after=page.cursor, limit=most + 1)
        else:
            every = shared.counted(names.kind)
            rows = [row for row in every if row[0].id > page.cursor][: most + 1]
        part = reply.sliced(rows, most, lambda row: row[0].id)
        items = [
            picked({**codec.plain(noun), "entries": count}, page.members)
            for noun, count in part.rows
        ]
        more: dict[str, Any] = {}
        if names.kind is Issuer:
            more["unlisted"] = {
                name: number
                for name, number in shared.tally("issuer").items()
                if store.issuers.of(name) is None
            }
        return reply.items(part._replace(rows=items), **more)

    return view


def _maker(names: Named) -> _View:
    def view() -> Response:
        incoming.nothing()
        document = incoming.document()
        noun = nouns.create(
            current.store(),
            names.kind,
            document,
            by=current.actor(),
            once=incoming.once(),
        )
        return _noun(names, noun, created=True)

    return view


def _one(names: Named) -> _View:
    @of_one_moment()
    def view(**place: str) -> Body:
        incoming.nothing()
        shared.must_be_told(names.kind, _id(place))
        noun = current.store().nouns.one(names.kind, _id(place))
        return reply.document(noun, tag=str(noun.version))

    return view


def _put(names: Named) -> _View:
    def view(**place: str) -> Response:
        incoming.nothing()
        how, document = incoming.change(), incoming.document()
        store = current.store()
        return _noun(names, nouns.put(store, names.kind, _id(place), document, **how))

    return view


def _patched(names: Named) -> _View:
    def view(**place: str) -> Response:
        incoming.nothing()
        how, merge = incoming.change(), incoming.document(incoming.MERGE_PATCH)
        store = current.store()
        return _noun(names, nouns.patch(store, names.kind, _id(place), merge, **how))

    return view


def _deleted(names: Named) -> _View:
    def view(**place: str) -> Response:
        if names.kind is Glossary:
            return _glossary_deleted(_id(place))
        incoming.nothing()
        nouns.delete(current.store(), names.kind, _id(place), **incoming.change())
        return reply.nothing()

    return view


def _glossary_deleted(glossary_id: str) -> Response:
    """Delete a glossary; with `purge`, its retired entries too. Report what went."""
    removal = incoming.query(_PURGE)
    store, how = current.store(), incoming.change()
    names: list[str] = []
    if removal.purge:
        names = nouns.purge(store, glossary_id, confirm=removal.confirm, **how)
    else:
        nouns.delete(store, Glossary, glossary_id, **how)
    report = {"glossary": glossary_id, "entries": len(names), "removed": names[:_TOLD]}
    return reply.of_bytes(codec.write(report))


def _versions(names: Named) -> _View:
    @of_one_moment()
    def view(**place: str) -> Body:
        page: VersionListing = incoming.query(_HISTORY)
        shared.must_be_told(names.kind, _id(place))
        most = page.limit or current.settings().max_page
        versions = current.store().nouns.versions(
            names.kind, _id(place), before=page.cursor or ALL, limit=most + 1
        )
        return reply.items(
            reply.sliced(versions, most, lambda version: version.version)
        )

    return view


def _restored(names: Named) -> _View:
    def view(version: int, **place: str) -> Response:
        incoming.nothing()
        how, store = incoming.change(is_match_needed=False), current.store()
        noun = nouns.restore(store, names.kind, _id(place), version, **how)
        return _noun(names, noun)

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
    ("post_{many}", "POST", "", _maker, "Store a new {one}."),
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
    for names in NAMES:
        words = {"one": names.one, "many": names.many, "article": names.article}
        for name, method, below, make, does in _CALLS:
            view = make(names)
            view.__doc__ = does.format(**words)
            nouns_api.add_url_rule(
                f"/{names.many}{below.format(**words)}",
                name.format(**words),
                view,
                methods=[method],
            )


def _id(place: Mapping[str, str]) -> str:
    (noun_id,) = place.values()
    return noun_id


def _noun(names: Named, noun: Noun, *, created: bool = False) -> Response:
    if not created:
        return reply.versioned(noun)
    where = {f"{names.one}_id": noun.id}
    return reply.versioned(noun, place=f"nouns.get_{names.one}", **where)


_install()
