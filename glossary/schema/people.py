"""People, roles and tokens as they come in from outside, and as they are answered."""

import re
from datetime import UTC, date, datetime
from typing import Any, Final

from marshmallow import ValidationError, fields, post_load

from glossary.entry import EVERY, STATES, Person, Profile, Token
from glossary.message import N_
from glossary.people import RANKS, SCOPES
from glossary.schema.page import next_page
from glossary.schema.value import (
    Count,
    Date,
    Id,
    Number,
    Strict,
    Tag,
    Text,
    few,
    one_of,
)

_ROLES: Final = RANKS
_SCOPES: Final = SCOPES
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9._@-]{0,99}")
_EMAIL: Final = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}")
_GLOSSARY: Final = re.compile(r"[a-z][a-z0-9-]{0,99}")


class PersonId(fields.String):
    """What the history calls somebody: small letters, digits and `._@-`."""

    def _deserialize(self, *args: Any, **kw: Any) -> str:
        value = super()._deserialize(*args, **kw)
        if not _NAME.fullmatch(value):
            raise ValidationError(
                N_("Use small letters a-z, digits, dots, hyphens, _ and @, up to 100.")
            )
        return value


class Where(fields.String):
    """A glossary, or `*` for all."""

    def _deserialize(self, *args: Any, **kw: Any) -> str:
        value = super()._deserialize(*args, **kw)
        if value != EVERY and not _GLOSSARY.fullmatch(value):
            raise ValidationError(N_("This is no glossary; “*” stands for all."))
        return value


class Email(Text):
    """An address of e-mail, or nothing."""

    def _deserialize(self, *args: Any, **kw: Any) -> str:
        value = super()._deserialize(*args, **kw)
        if value and not _EMAIL.fullmatch(value):
            raise ValidationError(N_("This is no address of e-mail."))
        return value


class UserChange(Strict):
    """What is known of a person, and may be changed."""

    name = Text(longest=100, load_default="")
    email = Email(longest=254, load_default="")
    lang = Tag(load_default="")


class UserBody(UserChange):
    """A new person, with a role in each glossary."""

    id = PersonId(required=True)
    roles = fields.Dict(
        keys=Where(),
        values=fields.String(validate=one_of(_ROLES)),
        load_default=dict,
        metadata={"description": "By glossary; `*` stands for all."},
    )

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> tuple[Person, dict[str, str]]:
        """Return the noun, and their roles."""
        roles = data.pop("roles")
        return Person(**data), roles


class LeaveBody(Strict):
    """Who goes on with what a person leaves."""

    to = PersonId(load_default="")


class RoleBody(Strict):
    """A role in a glossary."""

    role = fields.String(required=True, validate=one_of(_ROLES))


class RolesQuery(Strict):
    """Whose roles are asked for, and where."""

    glossary = Where()
    user = PersonId()


class TokenBody(Strict):
    """A new token."""

    name = PersonId(required=True)
    scope = fields.String(load_default="read", validate=one_of(_SCOPES))
    glossaries = fields.List(
        Where(),
        load_default=list,
        metadata={"description": "Where it is good for; none means everywhere."},
    )
    expires = fields.Date(
        allow_none=True,
        load_default=None,
        metadata={"description": "The last day on which it is good, in UTC."},
    )
    machine = fields.Boolean(
        load_default=False,
        metadata={"description": "Whether it is a machine's, not its maker's own."},
    )

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> tuple[Token, bool]:
        """Return the noun, and whether it is for a machine."""
        last: date | None = data["expires"]
        if last is not None and last < datetime.now(UTC).date():
            raise ValidationError(N_("This day has passed."), "expires")
        names = tuple(name for name in data["glossaries"] if name != EVERY)
        token = Token(
            data["name"],
            data["scope"],
            "",
            glossaries=() if EVERY in data["glossaries"] else names,
            expires="" if last is None else f"{last.isoformat()}T23:59:59.999Z",
        )
        return token, data["machine"]


class ProfileBody(Strict):
    """A way to ask, under a name."""

    label = fields.Dict(
        keys=Tag(),
        values=Text(longest=200, empty=False),
        load_default=dict,
        metadata={"description": "What it is called, by language."},
    )
    glossaries = fields.List(
        Id(),
        required=True,
        validate=few(lambda s: s.max_page),
        metadata={
            "description": "In their order: it ranks hits, and the first one that has "
            "a pair of wordings says its status."
        },
    )
    issuer = Text(longest=200, load_default="")
    as_of = Date(load_default="", allow_none=True)
    states = fields.List(fields.String(validate=one_of(STATES)), load_default=list)
    script = fields.String(load_default="", validate=one_of(("", "zh-Hans", "zh-Hant")))

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Profile:
        """Return the noun, whose id stands in the address."""
        if not data["glossaries"]:
            raise ValidationError(N_("Name at least one glossary."), "glossaries")
        lists = {name: tuple(data[name]) for name in ("glossaries", "states")}
        return Profile("", **{**data, **lists, "as_of": data["as_of"] or ""})


class ProfileName(Strict):
    """The name of a profile, as an address has it."""

    id = Id(required=True)


class ProfileSchema(ProfileBody):
    """A way to ask, and its name."""

    id = Id()


class ProfilesAnswer(Strict):
    """Every profile."""

    items = fields.List(fields.Nested(ProfileSchema))


class LogQuery(Strict):
    """Which lines of the log are asked for."""

    by = Text(longest=100)
    action = Text(longest=100)
    cursor = Number(metadata={"description": "From the link to `next`."})
    limit = Count(lambda s: s.max_page, load_default=100)


class UserSchema(UserChange):
    """A person."""

    id = PersonId()
    state = fields.String(validate=one_of(("active", "left")))
    created = fields.String()
    subject = fields.String()
    roles = fields.Dict(keys=fields.String(), values=fields.String())


class UsersAnswer(Strict):
    """Everybody who may sign in, or could."""

    items = fields.List(fields.Nested(UserSchema))


class LinkAnswer(Strict):
    """A one-time link by which a person sets a new password."""

    link = fields.String()


class LeftAnswer(Strict):
    """How many tokens ended with a person."""

    tokens = fields.Integer()


class ForgottenAnswer(Strict):
    """What the history calls somebody from now on."""

    id = fields.String()


class RoleAnswer(Strict):
    """Who is what in a glossary."""

    user = fields.String()
    glossary = fields.String()
    role = fields.String(validate=one_of(_ROLES))


class RolesAnswer(Strict):
    """Who is what in which glossary, and the least role of each action."""

    items = fields.List(fields.Nested(RoleAnswer))
    permissions = fields.Dict(keys=fields.String(), values=fields.String())


class TokenSchema(Strict):
    """A token, without its secret."""

    name = fields.String()
    scope = fields.String()
    created = fields.String()
    person = fields.String()
    prefix = fields.String()
    glossaries = fields.List(fields.String())
    expires = fields.String()
    used = fields.String()


class NewTokenAnswer(TokenSchema):
    """A token just made; `token` is shown this once."""

    token = fields.String()


class TokensAnswer(Strict):
    """The tokens that the caller may see."""

    items = fields.List(fields.Nested(TokenSchema))


class SessionSchema(Strict):
    """One browser in which the caller is signed in."""

    id = fields.String()
    created = fields.String()
    seen = fields.String()
    expires = fields.String()
    by = fields.String()
    agent = fields.String()
    address = fields.String()
    current = fields.Boolean()


class SessionsAnswer(Strict):
    """Where the caller is signed in."""

    items = fields.List(fields.Nested(SessionSchema))


class MeAnswer(Strict):
    """Who the caller is, and what they are in each glossary."""

    name = fields.String()
    person = fields.String()
    token = fields.String()
    roles = fields.Dict(keys=fields.String(), values=fields.String())
    may = fields.List(fields.String())


class DeedSchema(Strict):
    """Who did what to whom or what, when, and from where."""

    n = fields.Integer()
    at = fields.String()
    by = fields.String()
    action = fields.String()
    about = fields.String()
    address = fields.String()
    details = fields.Dict(keys=fields.String(), values=fields.String())


class LogAnswer(Strict):
    """Lines of the log, the newest first."""

    items = fields.List(fields.Nested(DeedSchema))
    next = next_page()
