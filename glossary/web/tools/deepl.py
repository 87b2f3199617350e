"""DeepL's glossary interface, versions 2 and 3: what manages theirs manages ours.

A glossary of version 2 has one direction, one of version 3 several dictionaries. Where
a glossary has several, version 2 shows each as `ID.zh-en`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final, NamedTuple

import orjson
from flask import Blueprint, Response, request
from werkzeug.exceptions import HTTPException

from glossary import schema
from glossary.curation import dictionaries
from glossary.entry import Dictionary, write
from glossary.errors import GlossaryError, Invalid, NotFound
from glossary.message import N_, Message
from glossary.schema import foreign
from glossary.speech import say
from glossary.store import EntryPart
from glossary.web import asking, current
from glossary.web.current import Body, Make
from glossary.web.problems import status_of
from glossary.web.tools.access import open_to_pages
from glossary.web.tools.deepl_content import content_of, invalid

tool = Blueprint("deepl", __name__)

_NAME: Final = foreign.NameBody()
_DICTIONARY: Final = foreign.DictionaryBody()
_GROUP: Final = foreign.GroupBody()
_PATCH: Final = foreign.GroupBody(partial=("name", "dictionaries"))
_DIRECTION: Final = foreign.DirectionQuery()
#: What DeepL takes: bytes of a request, of a term.
_LARGEST: Final = 10 * 1024 * 1024
_LONGEST: Final = 1024
#: DeepL's statuses where they are not ours.
_STATUSES: Final = {401: 403, 422: 400, 413: 413}
_TSV: Final = "text/tab-separated-values"


@tool.before_request
def limit() -> None:
    """Take as much as DeepL does."""
    request.max_content_length = _LARGEST


tool.before_request(current.hold)


@tool.after_request
def opened(answer: Response) -> Response:
    """Let pages of any site read, but not write."""
    if request.method not in {"GET", "HEAD", "OPTIONS"}:
        return answer
    return open_to_pages(answer, methods="GET")


@tool.errorhandler(GlossaryError)
def refused(error: GlossaryError) -> Response:
    """Say what is wrong as DeepL does."""
    places = error.problems if isinstance(error, Invalid) else ()
    locale = current.locale()
    detail = "; ".join(f"{p.pointer}: {say(p.detail, locale)}" for p in places)
    status = status_of(type(error))
    body = {"message": say(error.message, locale), "detail": detail}
    return _json(body, _STATUSES.get(status, status))


@tool.errorhandler(HTTPException)
def failed(error: HTTPException) -> Response:
    """Say what Flask refuses as DeepL does."""
    body = {"message": error.name, "detail": error.description or ""}
    return _json(body, error.code or 500)


@tool.get("/v2/glossary-language-pairs")
def get_language_pairs() -> Response:
    """Return the directions that a glossary can have."""
    pairs = (("zh", "en"), ("en", "zh"))
    return _json(
        {
            "supported_languages": [
                {"source_lang": s, "target_lang": t} for s, t in pairs
            ]
        }
    )


@tool.get("/v2/glossaries")
def get_glossaries() -> Response:
    """List every dictionary as a glossary of its own."""
    return _remembered(_every_dictionary)


@tool.post("/v2/glossaries")
def post_glossaries() -> Response:
    """Make a glossary of one direction."""
    fields = _fields()
    name = schema.load(_NAME, fields)["name"]
    content = content_of(schema.load(_DICTIONARY, fields))
    members = dictionaries.make(current.store(), name, [content], by=current.actor())
    return _json(_alone(members[0], members), 201)


@tool.get("/v2/glossaries/<glossary_id>")
def get_glossary(glossary_id: str) -> Response:
    """Return what is known of a glossary of one direction."""
    return _json(_alone(*_one(glossary_id)))


@tool.delete("/v2/glossaries/<glossary_id>")
def delete_glossary(glossary_id: str) -> Response:
    """Retire the entries of a glossary of one direction."""
    dictionary, _ = _one(glossary_id)
    languages = (dictionary.source, dictionary.target)
    dictionaries.remove(
        current.store(), dictionary.group, by=current.actor(), languages=languages
    )
    return Response(status=204)


@tool.get("/v2/glossaries/<glossary_id>/entries")
def get_glossary_entries(glossary_id: str) -> Response:
    """Return the pairs of a glossary, a line each, parted by TAB."""
    return Response(_lines(_one(glossary_id)[0]), content_type=f"{_TSV}; charset=utf-8")


@tool.get("/v3/glossaries")
def get_groups() -> Response:
    """List the glossaries with their dictionaries."""
    return _remembered(_every_group)


@tool.post("/v3/glossaries")
def post_groups() -> Response:
    """Make a glossary of several dictionaries."""
    fields = schema.load(_GROUP, _fields())
    contents = [content_of(content) for content in fields["dictionaries"]]
    members = dictionaries.make(
        current.store(), fields["name"], contents, by=current.actor()
    )
    return _json(_group(members), 201)


@tool.get("/v3/glossaries/<glossary_id>")
def get_group(glossary_id: str) -> Response:
    """Return what is known of a glossary."""
    return _json(_group(_read(glossary_id)))


@tool.patch("/v3/glossaries/<glossary_id>")
def patch_group(glossary_id: str) -> Response:
    """Rename a glossary, or put pairs into its dictionaries."""
    fields = schema.load(_PATCH, _fields())
    contents = [content_of(content) for content in fields.get("dictionaries", ())]
    store = current.store()
    if "name" in fields:
        dictionaries.rename(store, glossary_id, fields["name"], by=current.actor())
    for content in contents:
        dictionaries.fill(store, glossary_id, content, whole=False, by=current.actor())
    return _json(_group(dictionaries.group(store, glossary_id)))


@tool.delete("/v3/glossaries/<glossary_id>")
def delete_group(glossary_id: str) -> Response:
    """Retire the entries of a glossary."""
    dictionaries.remove(current.store(), glossary_id, by=current.actor())
    return Response(status=204)


@tool.put("/v3/glossaries/<glossary_id>/dictionaries")
def put_dictionary(glossary_id: str) -> Response:
    """Replace one dictionary of a glossary."""
    content = content_of(schema.load(_DICTIONARY, _fields()))
    filled = dictionaries.fill(
        current.store(), glossary_id, content, whole=True, by=current.actor()
    )
    return _json(_dictionary(filled))


@tool.delete("/v3/glossaries/<glossary_id>/dictionaries")
def delete_dictionary(glossary_id: str) -> Response:
    """Retire the entries of one dictionary of a glossary."""
    languages = tuple(schema.load(_DIRECTION, request.args.to_dict()))
    dictionaries.remove(
        current.store(), glossary_id, by=current.actor(), languages=languages
    )
    return Response(status=204)


@tool.get("/v3/glossaries/<glossary_id>/entries")
def get_entries(glossary_id: str) -> Response:
    """Return the pairs of one dictionary of a glossary, or of each."""
    members = _read(glossary_id)
    if "source_lang" in request.args:
        languages = schema.load(_DIRECTION, request.args.to_dict())
        members = [
            member for member in members if (member.source, member.target) == languages
        ]
        if not members:
            raise NotFound(N_("“%(id)s” has no such dictionary."), id=glossary_id)
    dictionaries = [
        {
            "source_lang": member.source,
            "target_lang": member.target,
            "entries": _lines(member).decode(),
            "entries_format": "tsv",
        }
        for member in members
    ]
    return _json({"dictionaries": dictionaries})


def _remembered(make: Make) -> Response:
    """Answer from memory while the store has not moved: a list counts every entry."""
    body = current.running().remembered(make, asking.scope())
    return Response(body.json, mimetype="application/json")


def _every_dictionary() -> Body:
    glossaries = [
        _alone(member, members) for members in _groups() for member in members
    ]
    return Body(write({"glossaries": glossaries}))


def _every_group() -> Body:
    return Body(write({"glossaries": [_group(members) for members in _groups()]}))


def _groups() -> list[Sequence[Dictionary]]:
    """Return the glossaries that are listed: all, or those of the profile, in order.

    What the caller may not read is not among them.
    """
    every = {
        name: readable
        for name, members in dictionaries.groups(current.store()).items()
        if (readable := [*filter(_may_read, members)])
    }
    profile = current.profile()
    if profile is None:
        return [*every.values()]
    return [every[name] for name in profile.glossaries if name in every]


def _may_read(dictionary: Dictionary) -> bool:
    return current.actor().may("read", dictionary.id)


def _read(group_id: str) -> Sequence[Dictionary]:
    """Return the dictionaries of a glossary that the caller may read.

    Raise NotFound, and Forbidden where that is none of them.
    """
    members = dictionaries.group(current.store(), group_id)
    if not any(map(_may_read, members)):
        current.actor().must("read", members[0].id)
    return [*filter(_may_read, members)]


def _json(body: Mapping[str, Any], status: int = 200) -> Response:
    return Response(write(body), status, mimetype="application/json")


def _one(glossary_id: str) -> tuple[Dictionary, Sequence[Dictionary]]:
    """Return the dictionary of a version 2 id, and its group."""
    group_id = glossary_id.partition(".")[0]
    members = _read(group_id)
    for member in members:
        if glossary_id == _alone_id(member, members):
            return member, members
    raise NotFound(N_("There is no glossary “%(id)s”."), id=glossary_id)


def _alone_id(dictionary: Dictionary, members: Sequence[Dictionary]) -> str:
    if len(members) == 1:
        return dictionary.group
    return f"{dictionary.group}.{dictionary.source}-{dictionary.target}"


def _alone(dictionary: Dictionary, members: Sequence[Dictionary]) -> dict[str, Any]:
    return {
        "glossary_id": _alone_id(dictionary, members),
        "name": dictionary.name,
        "ready": True,
        **_dictionary(dictionary),
        "creation_time": _created(dictionary),
    }


def _group(members: Sequence[Dictionary]) -> dict[str, Any]:
    return {
        "glossary_id": members[0].group,
        "name": members[0].name,
        "dictionaries": [_dictionary(member) for member in members],
        "creation_time": _created(members[0]),
    }


def _dictionary(dictionary: Dictionary) -> dict[str, Any]:
    number = current.running().remembered(_PairNumber(dictionary), asking.scope())
    return {
        "source_lang": dictionary.source,
        "target_lang": dictionary.target,
        "entry_count": int(number.json),
    }


def _created(dictionary: Dictionary) -> str:
    """Return a time with a fraction of seconds: the official client demands one."""
    if dictionary.created:
        return dictionary.created
    oldest = current.store().entries(limit=1, glossary=dictionary.id)
    seconds, _, _ = oldest[0].created.rstrip("Z").partition(".")
    return f"{seconds}.000000+00:00"


class _PairList(NamedTuple):
    """The pairs of a dictionary, a line each, and how many they are."""

    lines: bytes
    number: int


@dataclass(frozen=True)
class _PairLines:
    """What makes the lines of a dictionary; they are remembered by what it is."""

    dictionary: Dictionary

    def __call__(self) -> Body:
        return Body(_pair_list(self.dictionary).lines)


@dataclass(frozen=True)
class _PairNumber:
    """What counts the pairs of a dictionary, remembered like its lines."""

    dictionary: Dictionary

    def __call__(self) -> Body:
        return Body(str(_pair_list(self.dictionary).number).encode())


def _pair_list(dictionary: Dictionary) -> _PairList:
    profile = current.profile()
    order = () if profile is None else profile.glossaries
    running = current.running()
    if dictionary.id in order:
        return _joined(dictionaries.pairs(running.store, dictionary, order=order)).value
    return dictionaries.listed(dictionary, running.parts, _joined)


def _joined(pairs: dict[str, str]) -> EntryPart[_PairList]:
    """Return the lines of all pairs of which DeepL takes both sides."""
    if 4 * max(map(len, chain(pairs, pairs.values())), default=0) > _LONGEST:
        pairs = {
            source: target
            for source, target in pairs.items()
            if _fits(source) and _fits(target)
        }
    lines = "".join([f"{source}\t{target}\n" for source, target in pairs.items()])
    pair_list = _PairList(lines.encode(), len(pairs))
    return EntryPart(pair_list, len(pair_list.lines))


def _fits(text: str) -> bool:
    """Say whether DeepL takes a term: a character has four bytes at most."""
    return 4 * len(text) <= _LONGEST or len(text.encode()) <= _LONGEST


def _lines(dictionary: Dictionary) -> bytes:
    """Return the pairs of a dictionary, from memory at the same revision."""
    return current.running().remembered(_PairLines(dictionary), asking.scope()).json


def _fields() -> Mapping[str, Any]:
    """Return the fields of the body, JSON or a form."""
    if request.mimetype == "application/x-www-form-urlencoded":
        return request.form.to_dict()
    try:
        body = orjson.loads(request.get_data())
    except orjson.JSONDecodeError as error:
        raise invalid("", Message(N_("The body is no JSON."))) from error
    if not isinstance(body, dict):
        raise invalid("", Message(N_("The body is no JSON.")))
    return body
