"""What the protocols of other tools may ask, each at its own door.

A field that is not known here is passed over, not refused: the next version of a tool
may send more.
"""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import marshmallow
from marshmallow import EXCLUDE, INCLUDE, ValidationError, fields, post_load
from marshmallow.validate import Length

from glossary.message import N_
from glossary.schema.value import Number, Text, one_of
from glossary.text import canonical, primary

#: What DeepL takes: characters of a name.
_LONGEST: Final = 1024
_SCALARS: Final = (str, int, float)


class Tolerant(marshmallow.Schema):
    """What these schemas share: an unknown name is passed over."""

    class Meta:
        """Options of marshmallow."""

        unknown = EXCLUDE


class Scalar(fields.Field[str]):
    """A text, or a number or a truth value as JSON writes it, loaded as text."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:
        if not isinstance(value, _SCALARS):
            raise ValidationError(N_("Not a valid string."))
        return value if isinstance(value, str) else str(value)


class NamesField(fields.Field[tuple[str, ...]]):
    """One or several values: each a scalar, or an object with one as its `id`."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> tuple[str, ...]:
        several = value if isinstance(value, list) else [value]
        ids = (v.get("id") if isinstance(v, Mapping) else v for v in several)
        values = [value for value in ids if value is not None]
        if not all(isinstance(value, _SCALARS) for value in values):
            raise ValidationError(N_("Not a valid string."))
        return tuple(str(value) for value in values)


class PropertySchema(Tolerant):
    """A property that a candidate should have, and its values."""

    pid = Scalar(required=True)
    v = NamesField(load_default=(), allow_none=True)


class Reconciled(NamedTuple):
    """One query of OpenRefine's: a cell, types, and values of other columns."""

    query: str
    limit: int | None
    types: tuple[str, ...]
    properties: tuple[tuple[str, tuple[str, ...]], ...]


class ReconcileQuery(Tolerant):
    """One query of a batch of OpenRefine's."""

    query = Scalar(load_default="", allow_none=True)
    limit = Number(load_default=None, allow_none=True)
    type = NamesField(load_default=(), allow_none=True)
    properties = fields.List(
        fields.Nested(PropertySchema), load_default=list, allow_none=True
    )

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Reconciled:
        """Return the noun."""
        properties = data["properties"] or ()
        return Reconciled(
            data["query"] or "",
            data["limit"],
            data["type"] or (),
            tuple((item["pid"], item["v"] or ()) for item in properties),
        )


class WantedProperty(Tolerant):
    """A property whose values are wanted."""

    id = Scalar(required=True)


class Extended(NamedTuple):
    """Entries whose values are wanted, and which values."""

    ids: tuple[str, ...]
    properties: tuple[str, ...]


class ExtendBody(Tolerant):
    """Entries from which new columns of OpenRefine's are filled."""

    ids = fields.List(Scalar(), required=True)
    properties = fields.List(fields.Nested(WantedProperty), required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Extended:
        """Return the noun."""
        names = dict.fromkeys(item["id"] for item in data["properties"])
        return Extended(tuple(data["ids"]), tuple(names))


class ProposeQuery(Tolerant):
    """Which properties OpenRefine wants to be told of, and how many."""

    type = fields.String(load_default="entry")
    limit = Number(load_default=None)


class UnitQuery(Tolerant):
    """What Weblate may say of the renderings that it wants."""

    source = fields.String(load_default="")
    min_similarity = Number(load_default=75)
    max_candidates = Number(load_default=5)


class Code(fields.String):
    """A language without region or script, as DeepL has it: `zh` for ZH-HANT."""

    def _deserialize(self, *args: Any, **kw: Any) -> str:
        language = primary(canonical(super()._deserialize(*args, **kw) or "") or "")
        if not language:
            raise ValidationError(N_("This is not a language code."))
        return language


class Direction(NamedTuple):
    """The two languages of a dictionary of DeepL's."""

    source: str
    target: str


class DirectionQuery(Tolerant):
    """Which dictionary of a glossary is meant."""

    source_lang = Code(required=True)
    target_lang = Code(required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Any:
        """Return the noun."""
        return Direction(data["source_lang"], data["target_lang"])


class DictionaryLines(NamedTuple):
    """What a dictionary of DeepL's is to hold: lines of a format."""

    source: str
    target: str
    entries: str
    format: str


class DictionaryBody(DirectionQuery):
    """A dictionary with its pairs, as TSV or CSV."""

    entries = fields.String(required=True)
    entries_format = fields.String(load_default="tsv", validate=one_of(("tsv", "csv")))

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> DictionaryLines:
        """Return the noun."""
        return DictionaryLines(
            data["source_lang"],
            data["target_lang"],
            data["entries"],
            data["entries_format"],
        )


class NameBody(Tolerant):
    """A glossary's name."""

    name = Text(longest=_LONGEST, empty=False, required=True)


class GroupBody(NameBody):
    """A glossary with its dictionaries."""

    dictionaries = fields.List(
        fields.Nested(DictionaryBody),
        required=True,
        validate=Length(min=1, error=N_("This must not be empty.")),
    )


class PartSchema(Tolerant):
    """A piece of a text: text, or markup and what it reads as."""

    text = fields.String()
    markup = fields.String()
    interpret_as = fields.String(data_key="interpretAs", load_default="")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, str]:
        """Return the piece; raise ValidationError when it is neither of both."""
        if not data.keys() & {"text", "markup"}:
            raise ValidationError(N_("Missing data for required field."), "text")
        return data


class AnnotatedText(Tolerant):
    """A text in which LanguageTool's clients have marked what is no text."""

    text = fields.String()
    annotation = fields.List(fields.Nested(PartSchema))

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> list[dict[str, str]]:
        """Return its pieces; raise ValidationError when there is no text at all."""
        if "annotation" in data:
            pieces: list[dict[str, str]] = data["annotation"]
            return pieces
        if "text" not in data:
            raise ValidationError(N_("Missing data for required field."), "text")
        return [{"text": data["text"]}]


class _Passing(marshmallow.Schema):
    class Meta:
        """Options of marshmallow."""

        unknown = INCLUDE


class ReplacementSchema(_Passing):
    """A text that may be put in place of another."""

    value = fields.String(required=True)


class RuleSchema(_Passing):
    """The rule that LanguageTool sees broken."""

    id = fields.String(required=True)


class ToolMatchSchema(_Passing):
    """What a LanguageTool server says of a place in a text, as far as it is relied on.

    What else it says is handed on as it is.
    """

    offset = fields.Integer(required=True, strict=True)
    length = fields.Integer(required=True, strict=True)
    message = fields.String(required=True)
    replacements = fields.List(fields.Nested(ReplacementSchema))
    rule = fields.Nested(RuleSchema)


class LanguageSchema(_Passing):
    """A language that a LanguageTool server knows."""

    name = fields.String(required=True)
    code = fields.String(required=True)
    long_code = fields.String(required=True, data_key="longCode")


def is_sound(schema: marshmallow.Schema, several: object) -> bool:
    """Say whether something is a list of what a schema describes."""
    return isinstance(several, list) and not schema.validate(several, many=True)
