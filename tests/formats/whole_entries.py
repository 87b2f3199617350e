"""Entries with every key present, as the writers of formats take them."""

from collections.abc import Iterable, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import orjson

from glossary.formats.record import (
    Drop,
    Dropped,
    Read,
    ReadOptions,
    Record,
    Remark,
    Write,
    without_derived,
)
from glossary.schema.entry import EntrySchema
from glossary.schema.value import load

_FIXTURES = Path(__file__).parents[2] / "fixtures"


def whole(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the schema makes of the data, in the JSON shape of an entry."""
    made: dict[str, Any] = orjson.loads(orjson.dumps(load(EntrySchema(), data)))
    return made


@cache
def diplomatic() -> tuple[dict[str, Any], ...]:
    """Return one in four of the curated entries, with the relations among them."""
    some = [
        whole(orjson.loads(line))
        for name in ("diplomatic", "states")
        for line in (_FIXTURES / f"{name}.ndjson").read_bytes().splitlines()[::4]
    ]
    there = {each["id"] for each in some}
    return tuple(
        {**each, "relations": [r for r in each["relations"] if r["entry"] in there]}
        for each in some
    )


def entry(**fields: Any) -> dict[str, Any]:
    """Return an entry about 双重标准 with some fields changed."""
    terms = [
        {"lang": "zh-Hans", "text": "双重标准", "status": "preferred"},
        {"lang": "en", "text": "double standards", "status": "preferred"},
    ]
    return whole(
        {"id": "double-standards", "glossary": "test", "terms": terms} | fields
    )


def written(write: Write, entries: Iterable[Mapping[str, Any]]) -> bytes:
    """Return the bytes of a file of entries, of which nothing may be dropped."""
    file, dropped = told(write, entries)
    assert dropped == []
    return file


def told(
    write: Write, entries: Iterable[Mapping[str, Any]]
) -> tuple[bytes, list[Dropped]]:
    """Return the bytes of a file, and what it could not hold.

    Derived readings are taken off before, as the export does.
    """
    dropped: list[Dropped] = []
    drop: Drop = dropped.append
    stream = BytesIO()
    write(map(_given, entries), stream, drop)
    return stream.getvalue(), dropped


def records(read: Read, file: bytes) -> list[Record]:
    """Return the records of a file in which nothing is refused."""
    given = read(BytesIO(file), ReadOptions()).records
    found = [each for each in given if not isinstance(each, Remark)]
    assert all(isinstance(record, Record) for record in found), found
    return [record for record in found if isinstance(record, Record)]


def read_back(read: Read, file: bytes) -> list[dict[str, Any]]:
    """Return the entries that the records of a file make."""
    return [whole(record.data) for record in records(read, file)]


def _given(record: Mapping[str, Any]) -> Mapping[str, Any]:
    return without_derived(record) if "terms" in record else record
