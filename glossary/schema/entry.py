"""Entries as they come in from outside."""

from typing import Any

from marshmallow import ValidationError, fields, post_load
from marshmallow import validates_schema as whole

from glossary.config import settings_in_force
from glossary.entry import (
    BANS,
    EXPECTATIONS,
    MATCHES,
    PARTS_OF_SPEECH,
    RELATIONS,
    STATES,
    STATUSES,
    TERM_TYPES,
    Citation,
    Counterpart,
    Entry,
    LastCheck,
    Relation,
    Term,
    dangling,
)
from glossary.message import N_, Message
from glossary.schema.value import (
    TERM_LENGTH,
    Date,
    Id,
    Prose,
    Strict,
    Tag,
    Text,
    WordingText,
    few,
    in_order,
    one_of,
)
from glossary.text import reading_made


class CounterpartSchema(Strict):
    """What a cited wording is in the other language, and where it stands there."""

    text = WordingText(
        required=True,
        longest=TERM_LENGTH,
        empty=False,
        metadata={"description": "A term of the other language in this entry."},
    )
    quote = Prose(load_default="")
    locator = Text(longest=200, load_default="")
    source = Id(
        allow_none=True,
        load_default=None,
        metadata={"description": "Only if the translation is another document."},
    )

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Counterpart:
        """Return the noun."""
        return Counterpart(**data)


class CitationSchema(Strict):
    """Where a wording stands."""

    source = Id(required=True)
    locator = Text(longest=200, load_default="")
    quote = Prose(load_default="")
    counterpart = fields.Nested(
        CounterpartSchema,
        allow_none=True,
        load_default=None,
        metadata={"description": "What it is in the other language, as proof of both."},
    )

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Citation:
        """Return the noun."""
        return Citation(**data)


def _contexts(description: str) -> fields.List[Any]:
    """Make a field of a few texts that may stand beside a wording."""
    return fields.List(
        Text(longest=TERM_LENGTH, empty=False),
        load_default=(),
        validate=few(lambda s: s.max_contexts),
        metadata={"description": description},
    )


def _expectation(description: str) -> fields.String:
    return fields.String(
        allow_none=True,
        load_default=None,
        validate=one_of(EXPECTATIONS),
        metadata={"description": description},
    )


class TermSchema(Strict):
    """One wording in one language."""

    checks = ("ordered",)

    lang = Tag(required=True)
    text = WordingText(required=True, longest=TERM_LENGTH, empty=False)
    status = fields.String(load_default="admitted", validate=one_of(STATUSES))
    type = fields.String(load_default="phrase", validate=one_of(TERM_TYPES))
    part_of_speech = fields.String(
        allow_none=True, load_default=None, validate=one_of(PARTS_OF_SPEECH)
    )
    reading = Text(longest=10 * TERM_LENGTH, allow_none=True, load_default=None)
    reading_derived = fields.Boolean(
        load_default=False,
        metadata={"description": "Whether the reading was made by the program."},
    )
    issuer = Text(longest=200, allow_none=True, load_default=None)
    since = Date(allow_none=True, load_default=None)
    until = Date(allow_none=True, load_default=None)
    usage = Prose(load_default="")
    match = fields.String(
        load_default=MATCHES[-1],
        validate=one_of(MATCHES),
        metadata={"description": "What is recognised as this term in a text."},
    )
    case_sensitive = fields.Boolean(load_default=False)
    renders = fields.List(
        WordingText(longest=TERM_LENGTH, empty=False),
        load_default=(),
        metadata={"description": "Terms of the other language that it renders."},
    )
    ban = fields.String(
        load_default=BANS[0],
        validate=one_of(BANS),
        metadata={"description": "Where a term that is not to be used is wrong."},
    )
    expected = _expectation("Whether a check may miss it; else as the entry says.")
    not_preceded_by = _contexts("Behind these texts, a wording is not this term.")
    not_followed_by = _contexts("Before these texts, a wording is not this term.")
    citations = fields.List(fields.Nested(CitationSchema), load_default=())

    @whole
    def ordered(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse a period that ends before it begins."""
        in_order(data)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Term:
        """Return the noun; a Chinese term without a curated reading gets one made."""
        is_curated = data["reading"] and not data["reading_derived"]
        reading = None if is_curated else reading_made(data["text"], data["lang"])
        data["reading_derived"] = reading is not None
        if reading is not None:
            data["reading"] = reading
        data["reading"] = data["reading"] or None
        data["issuer"] = data["issuer"] or None
        for name in ("renders", "not_preceded_by", "not_followed_by"):
            data[name] = tuple(dict.fromkeys(data[name])) if data[name] else ()
        return Term(**{**data, "citations": tuple(data["citations"])})


class RelationSchema(Strict):
    """A link to another entry."""

    type = fields.String(required=True, validate=one_of(RELATIONS))
    entry = Id(required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Relation:
        """Return the noun."""
        return Relation(**data)


class CheckedSchema(Strict):
    """When an entry was last checked, and by whom where that is a user."""

    date = Date(required=True)
    by = Text(longest=200, allow_none=True, load_default=None)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> LastCheck:
        """Return the noun."""
        return LastCheck(data["date"], data["by"] or None)


class PartialEntrySchema(Strict):
    """An entry as a file gives it: perhaps a part of one that is stored.

    `version`, `created` and `modified` are the store's; they are taken, so that an
    entry can be sent back as it was read, and not looked at.
    """

    checks: tuple[str, ...] = ("terms_are_sound", "ordered")

    id = Id()
    glossary = Id(load_default=lambda: settings_in_force().glossary)
    subjects = fields.List(Id(), load_default=())
    definition = fields.Dict(keys=Tag(), values=Prose(empty=False), load_default=dict)
    note = Prose(
        load_default="",
        metadata={"description": "A note of which no language is told."},
    )
    relations = fields.List(fields.Nested(RelationSchema), load_default=())
    terms = fields.List(fields.Nested(TermSchema), required=True)
    since = Date(
        allow_none=True,
        load_default=None,
        metadata={"description": "Since when the concept has been there."},
    )
    until = Date(allow_none=True, load_default=None)
    expected = _expectation("Whether a check may miss its terms.")
    checked = fields.Nested(CheckedSchema, allow_none=True, load_default=None)
    state = fields.String(load_default="draft", validate=one_of(STATES))
    version = fields.Integer()
    created = fields.String()
    modified = fields.String()
    extra = fields.Dict(keys=fields.String(), load_default=dict)
    replaced_by = fields.List(
        Id(),
        load_default=(),
        metadata={"description": "Where what it said stands since a merge or split."},
    )
    notes = fields.Dict(
        keys=Tag(),
        values=Prose(empty=False),
        load_default=dict,
        metadata={"description": "Notes by language, as `definition` has its texts."},
    )

    @whole
    def terms_are_sound(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse no terms, too many, and one wording twice in one language."""
        terms: list[Term] = data.get("terms", [])
        most = settings_in_force().max_terms
        if not 1 <= len(terms) <= most:
            raise ValidationError(
                Message(N_("An entry has 1 to %(most)s terms."), most=most), "terms"
            )
        pairs: set[tuple[str, str]] = set()
        for at, term in enumerate(terms):
            if (term.lang, term.text) in pairs:
                message = Message(
                    N_("“%(text)s” stands in this entry twice as %(lang)s."),
                    text=term.text,
                    lang=term.lang,
                )
                raise ValidationError({"terms": {at: {"text": [message]}}})
            pairs.add((term.lang, term.text))

    @whole
    def ordered(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse a period that ends before it begins."""
        in_order(data)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Entry:
        """Return the noun; its id is empty when none was given."""
        for name in ("version", "created", "modified"):
            data.pop(name, None)
        for name in ("subjects", "relations", "replaced_by"):
            data[name] = tuple(dict.fromkeys(data[name]))
        data["terms"] = tuple(data["terms"])
        return Entry(**{"id": "", **data})


class EntrySchema(PartialEntrySchema):
    """One concept with its terms.

    `version`, `created` and `modified` are the store's; they are taken, so that an
    entry can be sent back as it was read, and not looked at.
    """

    checks = (*PartialEntrySchema.checks, "references_hold")

    @whole
    def references_hold(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse a term that names a wording which the entry does not have."""
        broken: dict[Any, Any] = {}
        for pointer, detail in dangling(data.get("terms", ())):
            *steps, last = pointer.split("/")[1:]
            inner = broken
            for step in steps:
                inner = inner.setdefault(step, {})
            inner[last] = [detail]
        if broken:
            raise ValidationError(broken)
