"""Outside dict ↔ noun (marshmallow). This is the only validation."""

from glossary.schema import answer, curation, proposal, transfer
from glossary.schema.curation import AttestationSchema
from glossary.schema.entry import EntrySchema, SourceSchema, SubjectSchema
from glossary.schema.proposal import ProposalBody, ProposalsQuery, RejectBody
from glossary.schema.query import (
    ApplyQuery,
    BrowseQuery,
    ChangesetQuery,
    ChangesQuery,
    EntriesQuery,
    ExportQuery,
    ImportQuery,
    LinesQuery,
    LookupQuery,
    MissedQuery,
    NoQuery,
    PurgeQuery,
    RecentQuery,
    SuggestQuery,
    UndoQuery,
)
from glossary.schema.quick import load_entry, load_record, quick
from glossary.schema.text import (
    AnnotateBody,
    CheckBody,
    PairsAsked,
    TextOptions,
    TextsAsked,
)
from glossary.schema.value import Count, Text, load

__all__ = [
    "AnnotateBody",
    "ApplyQuery",
    "AttestationSchema",
    "BrowseQuery",
    "ChangesQuery",
    "ChangesetQuery",
    "CheckBody",
    "Count",
    "EntriesQuery",
    "EntrySchema",
    "ExportQuery",
    "ImportQuery",
    "LinesQuery",
    "LookupQuery",
    "MissedQuery",
    "NoQuery",
    "PairsAsked",
    "ProposalBody",
    "ProposalsQuery",
    "PurgeQuery",
    "RecentQuery",
    "RejectBody",
    "SourceSchema",
    "SubjectSchema",
    "SuggestQuery",
    "Text",
    "TextOptions",
    "TextsAsked",
    "UndoQuery",
    "answer",
    "curation",
    "load",
    "load_entry",
    "load_record",
    "proposal",
    "quick",
    "transfer",
]
