"""Profiles over HTTP: ways to ask, which tools name instead of parameters."""

from dataclasses import replace
from typing import Final

from flask import Blueprint, Response

from glossary.people import profiles as verbs
from glossary.schema import load
from glossary.schema import people as schema
from glossary.web import current, reply
from glossary.web import request as incoming
from glossary.web.api.people import doer
from glossary.web.reply import of_one_moment

profiles = Blueprint("profiles", __name__, url_prefix="/api/v1")

_PROFILE: Final = schema.ProfileBody()


@profiles.get("/profiles")
@of_one_moment(is_revised=False)
def get_profiles() -> Response:
    """List every profile."""
    incoming.nothing()
    return reply.json({"items": current.store().people.profiles()})


@profiles.get("/profiles/<profile_id>")
@of_one_moment(is_revised=False)
def get_profile(profile_id: str) -> Response:
    """Return one profile."""
    incoming.nothing()
    return reply.json(current.store().people.profile(profile_id))


@profiles.put("/profiles/<profile_id>")
def put_profile(profile_id: str) -> Response:
    """Keep a profile, new or changed."""
    incoming.nothing()
    name = load(schema.ProfileName(), {"id": profile_id})["id"]
    profile = replace(incoming.body(_PROFILE), id=name)
    return reply.json(verbs.put(current.store(), profile, by=doer()))


@profiles.delete("/profiles/<profile_id>")
def delete_profile(profile_id: str) -> Response:
    """Forget a profile; whoever asks by it is told that there is none."""
    incoming.nothing()
    verbs.drop(current.store(), profile_id, by=doer())
    return reply.nothing()
