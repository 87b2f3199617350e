"""Profiles over HTTP: ways to ask, which tools name instead of parameters."""

from dataclasses import replace
from typing import Any, Final

from flask import Blueprint, Response

from glossary.entry import write
from glossary.people import profiles as verbs
from glossary.schema import load
from glossary.schema import people as schema
from glossary.web import current
from glossary.web import request as asked
from glossary.web.api.people import doer

profiles = Blueprint("profiles", __name__, url_prefix="/api/v1")

_PROFILE: Final = schema.ProfileBody()


@profiles.get("/profiles")
def get_profiles() -> Response:
    """List every profile."""
    asked.nothing()
    return _json({"items": current.store().people.profiles()})


@profiles.get("/profiles/<profile_id>")
def get_profile(profile_id: str) -> Response:
    """Return one profile."""
    asked.nothing()
    return _json(current.store().people.profile(profile_id))


@profiles.put("/profiles/<profile_id>")
def put_profile(profile_id: str) -> Response:
    """Keep a profile, new or changed."""
    asked.nothing()
    name = load(schema.ProfileName(), {"id": profile_id})["id"]
    profile = replace(asked.body(_PROFILE), id=name)
    return _json(verbs.put(current.store(), profile, by=doer()))


@profiles.delete("/profiles/<profile_id>")
def delete_profile(profile_id: str) -> Response:
    """Forget a profile; whoever asks by it is told that there is none."""
    asked.nothing()
    verbs.drop(current.store(), profile_id, by=doer())
    return Response(status=204)


def _json(document: Any) -> Response:
    headers = {
        "Content-Type": "application/json",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(write(document), 200, headers)
