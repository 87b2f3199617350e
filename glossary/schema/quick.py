"""The same validation without marshmallow's own cost, for what is done very often.

What is sound is nearly always plain: the fields of its schema, each by itself sound.
That much is done here with the schema's own fields and hooks; whatever is not so plain,
and every error, goes through the schema itself, which has the last word.
"""

from collections.abc import Callable
from functools import cache
from typing import Any, Final, NamedTuple

from marshmallow import Schema, ValidationError, fields, missing

from glossary.schema.entry import EntrySchema, PartialEntrySchema
from glossary.schema.value import load

_Deserialize = Callable[[Any, str, dict[str, Any]], Any]


class _LoadingStep(NamedTuple):
    """What is done for one field of a schema."""

    key: str
    name: str
    deserialize: _Deserialize
    default: Any
    required: bool
    allow_none: bool


class _NotPlainError(Exception):
    """The record needs the whole of marshmallow."""


@cache
def quick(schema: Schema) -> Callable[[object], Any]:
    """Return a function that does what `load(schema, …)` does, errors and all."""
    plain = _loader(schema)

    def loaded(data: object) -> Any:
        try:
            return plain(data)
        except (_NotPlainError, ValidationError):
            return load(schema, data)

    return loaded


def _loader(schema: Schema) -> Callable[[object], Any]:
    """Compile a schema: its fields in order, its checks, what it makes."""
    steps = {s.key: s for s in (_step(*item) for item in schema.load_fields.items())}
    required = {step.key for step in steps.values() if step.required}
    defaults = {s.name: s.default for s in steps.values() if s.default is not _NOTHING}
    fixed = {
        name: default for name, default in defaults.items() if not callable(default)
    }
    fresh = {name: default for name, default in defaults.items() if callable(default)}
    checks = [getattr(schema, check) for check in getattr(schema, "checks", ())]
    make: Callable[[dict[str, Any]], Any] = getattr(
        schema, "make", lambda values: values
    )

    def plain(data: object) -> Any:
        if type(data) is not dict or not required.issubset(data):
            raise _NotPlainError
        values = fixed.copy()
        for name, default in fresh.items():
            values[name] = default()
        for key, value in data.items():
            step = steps.get(key)
            if step is None or (value is None and not step.allow_none):
                raise _NotPlainError
            values[step.name] = (
                None if value is None else step.deserialize(value, key, data)
            )
        for check in checks:
            check(values)
        return make(values)

    return plain


_NOTHING: Final = object()


def _step(name: str, field: fields.Field[Any]) -> _LoadingStep:
    default = field.load_default
    return _LoadingStep(
        key=field.data_key or name,
        name=name,
        deserialize=_deserializer(field),
        default=_NOTHING if default is missing else default,
        required=field.required,
        allow_none=bool(field.allow_none),
    )


def _deserializer(field: fields.Field[Any]) -> _Deserialize:
    if isinstance(field, fields.List) and isinstance(field.inner, fields.Nested):
        inner = _loader(field.inner.schema)

        def many(value: Any, _key: str, _data: dict[str, Any]) -> Any:
            if type(value) is not list:
                raise _NotPlainError
            return [inner(item) for item in value]

        return many
    if isinstance(field, fields.Nested):
        load_one = _loader(field.schema)
        return lambda value, _key, _data: load_one(value)
    if isinstance(field, fields.String) and _is_of_text(field):
        return _of_text(field)
    if not field.validators:
        return field._deserialize

    def one(value: Any, key: str, data: dict[str, Any]) -> Any:
        result = field._deserialize(value, key, data)
        for validate in field.validators:
            validate(result)
        return result

    return one


def _is_of_text(field: fields.String) -> bool:
    """Say whether a field makes of a text what its `of_text` says, or takes it so."""
    plain = type(field)._deserialize is fields.String._deserialize
    return plain or hasattr(field, "of_text")


def _of_text(field: fields.String) -> _Deserialize:
    """Return what takes a text as its field does; what is none is not plain."""
    of_text: Callable[[str], Any] | None = getattr(field, "of_text", None)
    validators = field.validators
    choices = _choices(field)

    def text(value: Any, _key: str, _data: dict[str, Any]) -> Any:
        if type(value) is not str:
            raise _NotPlainError
        if choices is not None:
            if value not in choices:
                raise _NotPlainError
            return value
        result = value if of_text is None else of_text(value)
        for validate in validators:
            validate(result)
        return result

    return text


def _choices(field: fields.String) -> frozenset[str] | None:
    """Return the words that a field takes, if it takes words and nothing else."""
    if type(field) is not fields.String or len(field.validators) != 1:
        return None
    words = getattr(field.validators[0], "choices", None)
    return None if words is None else frozenset(words)


#: Loads an entry from plain data; raise Invalid as `load(EntrySchema(), …)` does.
load_entry: Final = quick(EntrySchema())
#: Loads what a file says of an entry, which may name wordings that are stored.
load_record: Final = quick(PartialEntrySchema())
