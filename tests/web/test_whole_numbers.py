"""No number that a caller sends is larger than a store can look for."""

from collections.abc import Iterator

import pytest
from marshmallow import Schema, ValidationError, fields

from glossary.web.operations import OPERATIONS

#: What is sent back as it was read, and not looked at.
NOT_LOOKED_AT = {"version"}


def whole(schema: Schema, place: str) -> Iterator[tuple[str, fields.Integer]]:
    """Yield the whole numbers of a schema and of what stands in it."""
    for name, field in schema.fields.items():
        if name not in NOT_LOOKED_AT and not field.dump_only:
            yield from within(field, f"{place}.{name}")


def within(
    field: fields.Field[object], place: str
) -> Iterator[tuple[str, fields.Integer]]:
    """Yield a field, where it is a whole number, or those that stand in it."""
    match field:
        case fields.Integer():
            yield place, field
        case fields.Nested():
            yield from whole(field.schema, place)
        case fields.List():
            yield from within(field.inner, place)
        case fields.Dict() if field.value_field:
            yield from within(field.value_field, place)


SENT = dict(
    number
    for endpoint, operation in OPERATIONS.items()
    for schema in (operation.query, operation.body)
    if schema
    for number in whole(schema(), f"{endpoint} {schema.__name__}")
)


@pytest.mark.parametrize("place", SENT)
def test_a_number_that_no_store_holds_is_refused_in_words(place: str) -> None:
    for number in (2**63, -(2**63) - 1, 10**300):
        with pytest.raises(ValidationError):
            SENT[place].deserialize(number)
