"""What who may read some glossaries only is shown: those, and no others."""

from collections.abc import Mapping
from typing import Final

from flask import request
from werkzeug.datastructures import MultiDict

from glossary.entry import EVERY
from glossary.errors import Forbidden
from glossary.message import N_
from glossary.people import Actor
from glossary.web import current
from glossary.web.rules import NARROWED

_NAMES: Final = ("glossary", "glossaries")


def narrow(actor: Actor) -> None:
    """Let the request show what somebody may read; raise Forbidden for more.

    Where nothing is named, what they may read is put into the query.
    """
    readable = current.readable()
    if readable is None:
        return
    kind = NARROWED.get(request.endpoint or "")
    place = request.view_args or {}
    if "entry_id" in place:
        _must_read_entry(actor, place["entry_id"])
    elif "glossary_id" in place and request.blueprint in {"nouns", "people"}:
        actor.must("read", place["glossary_id"])
    elif kind in {"nothing", "handler"}:
        return
    elif kind == "form":
        _fill_in(actor, readable)
    elif kind is None:
        actor.must("read", EVERY)
    else:
        _put_in(actor, readable, kind)


def must_read_place(actor: Actor) -> None:
    """Raise Forbidden for an address of an entry that somebody may not read.

    What is asked of it there says what stands in it, also where it is refused.
    """
    place = request.view_args or {}
    if current.readable() is not None and "entry_id" in place:
        _must_read_entry(actor, place["entry_id"])


def _put_in(actor: Actor, readable: frozenset[str], kind: str) -> None:
    if "entry" in request.args:
        _must_read_entry(actor, request.args["entry"])
    fields = {name: request.args[name] for name in _NAMES if request.args.get(name)}
    if not fields and (profile := current.profile()) is not None:
        fields = {"glossaries": ",".join(profile.glossaries)}
    if fields or (kind == "glossary" and len(readable) != 1):
        _must_name(actor, fields)
        return
    more = f"{kind}={','.join(sorted(readable))}".encode()
    request.query_string = b"&".join(filter(None, [request.query_string, more]))
    vars(request).pop("args", None)


def _fill_in(actor: Actor, readable: frozenset[str]) -> None:
    """Let a form look where it says; one that says nothing, where somebody may read."""
    fields = {name: ",".join(request.form.getlist(name)) for name in _NAMES}
    if not any(fields.values()) and (profile := current.profile()) is not None:
        fields = {"glossaries": ",".join(profile.glossaries)}
    if any(fields.values()):
        _must_name(actor, {name: value for name, value in fields.items() if value})
        return
    form = MultiDict(request.form)
    form.setlist("glossaries", sorted(readable))
    vars(request)["form"] = form
    vars(request).pop("values", None)


def _must_name(actor: Actor, fields: Mapping[str, object]) -> None:
    """Raise Forbidden unless glossaries are named, and all may be read."""
    names: list[str] = []
    for name in _NAMES:
        value = fields.get(name)
        if isinstance(value, str):
            names += value.split(",")
        elif isinstance(value, list):
            names += [str(name) for name in value]
    if not names:
        raise Forbidden(
            N_("You read some glossaries only; name them: %(glossaries)s."),
            glossaries=", ".join(sorted(actor.readable() or ())),
        )
    for glossary in names:
        actor.must("read", glossary)


def _must_read_entry(actor: Actor, entry_id: str) -> None:
    actor.must("read", current.store().entry(entry_id).glossary)
