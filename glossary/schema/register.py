"""Sources, subjects, issuers and glossaries as they come in from outside."""

from collections.abc import Mapping
from typing import Any, Final

from marshmallow import ValidationError, fields, post_load
from marshmallow import validates_schema as whole

from glossary.entry import TEXTS, Edition, Glossary, Issuer, Source, Subject
from glossary.message import N_, Message
from glossary.schema.value import Date, Id, Prose, Strict, Tag, Text, one_of
from glossary.text import key

#: The longest name of an issuer, a publisher or a licence, in code points.
_NAME: Final = 200
#: So many aliases one issuer may have.
_MOST_ALIASES: Final = 100


def _address() -> fields.Url:
    return fields.Url(
        schemes={"http", "https"},
        allow_none=True,
        load_default=None,
        error_messages={"invalid": N_("This is no http or https address.")},
    )


class NounSchema(Strict):
    """What the nouns beside entries share.

    `version` is the store's; it is taken, so that a noun can be sent back as it was
    read, and not looked at.
    """

    id = Id(required=True)
    version = fields.Integer()


class EditionSchema(Strict):
    """Whose text a document has in one language, and whether it is a translation."""

    text = fields.String(required=True, validate=one_of(TEXTS))
    issuer = Text(longest=_NAME, allow_none=True, load_default=None)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Edition:
        """Return the noun."""
        return Edition(**data | {"issuer": data["issuer"] or None})


class SourceSchema(NounSchema):
    """A document that citations name."""

    title = fields.Dict(
        keys=Tag(),
        values=Prose(empty=False),
        required=True,
        metadata={"description": "In each language that the document has one in."},
    )
    date = Date(allow_none=True, load_default=None)
    issuer = Text(longest=_NAME, allow_none=True, load_default=None)
    lang = Tag(allow_none=True, load_default=None)
    symbol = Text(
        longest=_NAME,
        allow_none=True,
        load_default=None,
        metadata={"description": "What its issuer files it under: A/RES/70/1."},
    )
    edition = fields.Dict(
        keys=Tag(),
        values=fields.Nested(EditionSchema),
        load_default=dict,
        metadata={"description": "By language: whose text it is."},
    )
    url = _address()
    archived_url = _address()

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Source:
        """Return the noun."""
        data.pop("version", None)
        return Source(**data)


class SubjectSchema(NounSchema):
    """A subject field with its names."""

    label = fields.Dict(keys=Tag(), values=Prose(empty=False), required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Subject:
        """Return the noun."""
        data.pop("version", None)
        return Subject(**data)


class IssuerSchema(NounSchema):
    """Who issues documents and wordings, by all names."""

    names = fields.Dict(
        keys=Tag(), values=Text(longest=_NAME, empty=False), required=True
    )
    aliases = fields.List(
        Text(longest=_NAME, empty=False),
        load_default=(),
        metadata={"description": "Whatever else it is called, in any language."},
    )

    speaks_for = fields.List(
        Id(),
        load_default=(),
        metadata={"description": "Issuers whose wording this one's is too."},
    )

    @whole
    def is_called_something(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse no name, too many, and one of nothing but punctuation."""
        names, aliases = data.get("names", {}), data.get("aliases", ())
        if not names:
            raise ValidationError(N_("An issuer has a name."), "names")
        if len(aliases) > _MOST_ALIASES:
            template = N_("An issuer has at most %(most)s aliases.")
            raise ValidationError(Message(template, most=_MOST_ALIASES), "aliases")
        mute = N_("A name has a letter, a figure or a Chinese character.")
        for tag, name in names.items():
            if not key(name):
                raise ValidationError({"names": {tag: [mute]}})
        for at, name in enumerate(aliases):
            if not key(name):
                raise ValidationError({"aliases": {at: [mute]}})

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Issuer:
        """Return the noun."""
        data.pop("version", None)
        for name in ("aliases", "speaks_for"):
            data[name] = tuple(dict.fromkeys(data[name]))
        return Issuer(**data)


class GlossarySchema(NounSchema):
    """What is said of a named set of entries."""

    title = fields.Dict(keys=Tag(), values=Prose(empty=False), load_default=dict)
    description = fields.Dict(keys=Tag(), values=Prose(empty=False), load_default=dict)
    publisher = Text(longest=_NAME, allow_none=True, load_default=None)
    licence = Text(
        longest=_NAME,
        allow_none=True,
        load_default=None,
        metadata={"description": "Its name or address; SPDX: CC-BY-4.0."},
    )
    release = Text(
        longest=_NAME,
        allow_none=True,
        load_default=None,
        metadata={"description": "What its publisher calls this version of it."},
    )

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Glossary:
        """Return the noun."""
        data.pop("version", None)
        return Glossary(**data)


#: What says which documents are sound nouns of a kind.
NOUNS: Final[Mapping[type, Strict]] = {
    Source: SourceSchema(),
    Subject: SubjectSchema(),
    Issuer: IssuerSchema(),
    Glossary: GlossarySchema(),
}
