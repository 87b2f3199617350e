"""Outside dict ↔ noun (marshmallow). This is the only validation."""

from glossary.schema.entry import EntrySchema, SourceSchema, SubjectSchema
from glossary.schema.query import (
    ChangesQuery,
    EntriesQuery,
    LookupQuery,
    NoQuery,
    PurgeQuery,
    SuggestQuery,
)
from glossary.schema.value import load

__all__ = [
    "ChangesQuery",
    "EntriesQuery",
    "EntrySchema",
    "LookupQuery",
    "NoQuery",
    "PurgeQuery",
    "SourceSchema",
    "SubjectSchema",
    "SuggestQuery",
    "load",
]
