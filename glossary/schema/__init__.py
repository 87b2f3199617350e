"""Outside dict ↔ noun (marshmallow). This is the only validation."""

from typing import TYPE_CHECKING

from glossary import door

if TYPE_CHECKING:
    from glossary.schema import (
        answer,
        curation,
        editing,
        foreign,
        lookup_answer,
        noun_answer,
        people,
        proposal,
        teamwork,
        transfer,
    )
    from glossary.schema.curation import AttestationSchema
    from glossary.schema.editing import (
        BulkBody,
        ChangesetQuery,
        EntryPageQuery,
        MergeBody,
        NewEntryQuery,
        RemovalQuery,
        SplitBody,
        UndoQuery,
        WhyQuery,
    )
    from glossary.schema.entry import EntrySchema
    from glossary.schema.files import ApplyQuery, ExportQuery, ImportQuery
    from glossary.schema.listing import (
        EntriesQuery,
        EntryQuery,
        GlossariesQuery,
        HistoryQuery,
        IssuersQuery,
        SourcesQuery,
        SubjectsQuery,
        VersionsQuery,
    )
    from glossary.schema.proposal import ProposalBody, ProposalsQuery, RejectBody
    from glossary.schema.query import (
        BrowseQuery,
        ChangesQuery,
        DriftQuery,
        GlossaryPurgeQuery,
        LinesQuery,
        LookupBody,
        LookupQuery,
        MissedQuery,
        NoQuery,
        NounChangesQuery,
        PurgeQuery,
        RecentQuery,
        SuggestQuery,
    )
    from glossary.schema.quick import load_entry, load_record, quick
    from glossary.schema.register import (
        NOUNS,
        GlossarySchema,
        IssuerSchema,
        SourceSchema,
        SubjectSchema,
    )
    from glossary.schema.text import (
        AnnotateBody,
        CheckBody,
        PairsAsked,
        ReportQuery,
        Shape,
        ShapeQuery,
        TextOptions,
        TextsAsked,
    )
    from glossary.schema.value import Count, Text, load

__all__ = [
    "NOUNS",
    "AnnotateBody",
    "ApplyQuery",
    "AttestationSchema",
    "BrowseQuery",
    "BulkBody",
    "ChangesQuery",
    "ChangesetQuery",
    "CheckBody",
    "Count",
    "DriftQuery",
    "EntriesQuery",
    "EntryPageQuery",
    "EntryQuery",
    "EntrySchema",
    "ExportQuery",
    "GlossariesQuery",
    "GlossaryPurgeQuery",
    "GlossarySchema",
    "HistoryQuery",
    "ImportQuery",
    "IssuerSchema",
    "IssuersQuery",
    "LinesQuery",
    "LookupBody",
    "LookupQuery",
    "MergeBody",
    "MissedQuery",
    "NewEntryQuery",
    "NoQuery",
    "NounChangesQuery",
    "PairsAsked",
    "ProposalBody",
    "ProposalsQuery",
    "PurgeQuery",
    "RecentQuery",
    "RejectBody",
    "RemovalQuery",
    "ReportQuery",
    "Shape",
    "ShapeQuery",
    "SourceSchema",
    "SourcesQuery",
    "SplitBody",
    "SubjectSchema",
    "SubjectsQuery",
    "SuggestQuery",
    "Text",
    "TextOptions",
    "TextsAsked",
    "UndoQuery",
    "VersionsQuery",
    "WhyQuery",
    "answer",
    "curation",
    "editing",
    "foreign",
    "load",
    "load_entry",
    "load_record",
    "lookup_answer",
    "noun_answer",
    "people",
    "proposal",
    "quick",
    "teamwork",
    "transfer",
]

door(__name__)
