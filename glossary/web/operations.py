"""What each call of the API takes and answers, beside its path."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from marshmallow import Schema

from glossary import schema
from glossary.bitext import REPORTS
from glossary.formats import WRITABLE, by_name
from glossary.schema import (
    answer,
    curation,
    editing,
    lookup_answer,
    noun_answer,
    people,
    proposal,
    transfer,
)
from glossary.web.api.nouns import NAMES
from glossary.web.operation import Operation
from glossary.web.team_operations import OF_TEAMS

#: What every call may answer, and every call that writes.
ALWAYS: Final = (400, 401, 422, 429, 503, 507)
WRITING: Final = (403,)
_LINES: Final = ("application/x-ndjson", "text/csv")
_CHANGE: Final = (404, 412, 413, 415, 428)
_MAKE: Final = (409, 413, 415)
#: By kind of noun: the shape of one, and the list of all.
_SHAPES: Final[Mapping[str, tuple[type[Schema], Operation]]] = {
    "source": (
        schema.SourceSchema,
        Operation(noun_answer.SourcesAnswer, schema.SourcesQuery),
    ),
    "subject": (
        schema.SubjectSchema,
        Operation(noun_answer.SubjectsAnswer, schema.SubjectsQuery),
    ),
    "issuer": (
        schema.IssuerSchema,
        Operation(noun_answer.IssuersAnswer, schema.IssuersQuery),
    ),
    "glossary": (
        schema.GlossarySchema,
        Operation(noun_answer.GlossariesAnswer, schema.GlossariesQuery),
    ),
}


def _of_nouns() -> dict[str, Operation]:
    """Return the calls that every kind of noun has, by endpoint."""
    operations = {
        "nouns.get_noun_changes": Operation(
            noun_answer.NounChangesAnswer, schema.NounChangesQuery, problems=(410,)
        )
    }
    for names in NAMES:
        noun, page = _SHAPES[names.one]
        storing = Operation(noun, body=noun, once=True, etag=True)
        change = replace(storing, problems=(*_CHANGE, 409), conditional=True)
        creation = replace(storing, status=201, problems=_MAKE)
        problems = (404, 409, 412, 428)
        deleted = Operation(
            None, status=204, problems=problems, conditional=True, once=True
        )
        if names.one == "glossary":
            deleted = Operation(
                noun_answer.RemovedAnswer,
                schema.GlossaryPurgeQuery,
                problems=problems,
                conditional=True,
                once=True,
            )
        restored = replace(storing, body=None, problems=(404, 409, 412))
        versions = Operation(
            noun_answer.NounVersionsAnswer, schema.HistoryQuery, problems=(404,)
        )
        operations |= {
            f"nouns.get_{names.many}": page,
            f"nouns.post_{names.many}": creation,
            f"nouns.get_{names.one}": Operation(noun, problems=(404,)),
            f"nouns.put_{names.one}": change,
            f"nouns.patch_{names.one}": change,
            f"nouns.delete_{names.one}": deleted,
            f"nouns.get_{names.one}_versions": versions,
            f"nouns.post_{names.one}_restore": restored,
        }
    return operations


#: Each list that an import leaves to be downloaded is asked for alike.
_LINES_OF_AN_IMPORT: Final = Operation(
    None,
    schema.LinesQuery,
    private=True,
    revised=False,
    problems=(404,),
    files=_LINES,
)
_OF_PROFILES: Final = {
    "profiles.get_profiles": Operation(people.ProfilesAnswer, revised=False),
    "profiles.get_profile": Operation(
        people.ProfileSchema, revised=False, problems=(404,)
    ),
    "profiles.put_profile": Operation(
        people.ProfileSchema,
        body=people.ProfileBody,
        revised=False,
        problems=(413, 415),
    ),
    "profiles.delete_profile": Operation(
        None, status=204, revised=False, problems=(404,)
    ),
}
_OF_PEOPLE: Final = {
    f"people.{name}": replace(operation, revised=False, private=True)
    for name, operation in {
        "get_me": Operation(people.MeAnswer),
        "get_users": Operation(people.UsersAnswer),
        "post_users": Operation(
            people.UserSchema, body=people.UserBody, status=201, problems=_MAKE
        ),
        "get_user": Operation(people.UserSchema, problems=(403, 404)),
        "put_user": Operation(
            people.UserSchema, body=people.UserChange, problems=(404, *_MAKE)
        ),
        "post_reset": Operation(people.LinkAnswer, problems=(404, 409)),
        "post_leave": Operation(
            people.LeftAnswer, body=people.LeaveBody, problems=(404, 409, 415)
        ),
        "post_forget": Operation(people.ForgottenAnswer, problems=(404, 409)),
        "get_roles": Operation(people.RolesAnswer, people.RolesQuery),
        "put_role": Operation(
            people.RoleAnswer, body=people.RoleBody, problems=(404, *_MAKE)
        ),
        "delete_role": Operation(None, status=204, problems=(404, 409)),
        "get_tokens": Operation(people.TokensAnswer),
        "post_tokens": Operation(
            people.NewTokenAnswer,
            body=people.TokenBody,
            status=201,
            problems=_MAKE,
            placed=False,
        ),
        "delete_token": Operation(None, status=204, problems=(404,)),
        "get_sessions": Operation(people.SessionsAnswer),
        "delete_session": Operation(None, status=204, problems=(404,)),
        "get_log": Operation(people.LogAnswer, people.LogQuery, files=("text/csv",)),
    }.items()
}
#: Every call of the contract, by endpoint.
OPERATIONS: Final[Mapping[str, Operation]] = {
    "api.get_lookup": Operation(lookup_answer.LookupAnswer, schema.LookupQuery),
    "api.post_lookup": Operation(
        lookup_answer.LookupsAnswer,
        body=schema.LookupBody,
        reads=True,
        problems=(413, 415),
    ),
    "api.get_suggest": Operation(lookup_answer.SuggestAnswer, schema.SuggestQuery),
    "api.get_entries": Operation(
        answer.EntriesAnswer, schema.EntriesQuery, problems=(410,)
    ),
    "api.post_entries": Operation(
        schema.EntrySchema,
        schema.WhyQuery,
        body=schema.EntrySchema,
        status=201,
        problems=_MAKE,
        once=True,
        etag=True,
    ),
    "api.get_entry": Operation(
        answer.EntryPartSchema, schema.EntryQuery, problems=(404,)
    ),
    "api.put_entry": Operation(
        schema.EntrySchema,
        schema.WhyQuery,
        body=schema.EntrySchema,
        problems=_CHANGE,
        conditional=True,
        once=True,
        etag=True,
    ),
    "api.patch_entry": Operation(
        schema.EntrySchema,
        schema.WhyQuery,
        body=schema.EntrySchema,
        problems=_CHANGE,
        conditional=True,
        once=True,
        etag=True,
    ),
    "api.delete_entry": Operation(
        None,
        schema.RemovalQuery,
        status=204,
        problems=(404, 412, 428),
        conditional=True,
        once=True,
    ),
    "api.get_versions": Operation(
        answer.VersionsAnswer, schema.VersionsQuery, problems=(404,)
    ),
    "curation.get_evidence": Operation(curation.EvidenceAnswer, problems=(404,)),
    "curation.get_flaws": Operation(curation.FlawsAnswer, problems=(404,), etag=False),
    "api.post_restore": Operation(
        schema.EntrySchema,
        schema.WhyQuery,
        problems=(404, 412),
        once=True,
        etag=True,
    ),
    "api.get_changes": Operation(
        answer.ChangesAnswer, schema.ChangesQuery, problems=(410,)
    ),
    "api.get_events": Operation(
        None,
        schema.ChangesQuery,
        problems=(410,),
        files=("text/event-stream",),
        etag=False,
    ),
    "changesets.get_changeset": Operation(
        editing.ChangesetAnswer, schema.ChangesetQuery, problems=(404,)
    ),
    "changesets.post_undo": Operation(
        editing.DoneAnswer,
        schema.UndoQuery,
        problems=(404, 415),
        once=True,
        either=True,
    ),
    "changesets.post_bulk": Operation(
        editing.DoneAnswer,
        body=schema.BulkBody,
        problems=(404, 412, 413, 415),
        once=True,
    ),
    "changesets.post_merge": Operation(
        schema.EntrySchema,
        schema.WhyQuery,
        body=schema.MergeBody,
        problems=_CHANGE,
        conditional=True,
        once=True,
    ),
    "changesets.post_split": Operation(
        editing.SplitAnswer,
        schema.WhyQuery,
        body=schema.SplitBody,
        problems=(*_CHANGE, 409),
        conditional=True,
        once=True,
    ),
    **_of_nouns(),
    "api.get_missed": Operation(
        lookup_answer.MissedAnswer, schema.MissedQuery, revised=False
    ),
    "api.get_stats": Operation(answer.StatsAnswer),
    "texts.post_annotate": Operation(
        answer.AnnotateAnswer,
        schema.ShapeQuery,
        body=schema.AnnotateBody,
        reads=True,
        lines=True,
        files=("text/markdown", "text/tab-separated-values"),
        problems=(413, 415),
    ),
    "texts.post_check": Operation(
        answer.CheckAnswer,
        schema.ReportQuery,
        body=schema.CheckBody,
        reads=True,
        lines=True,
        files=tuple(sorted(kind.media_type for kind in REPORTS.values())),
        problems=(413, 415),
    ),
    "proposals.post_proposals": Operation(
        proposal.ProposalSchema,
        body=schema.ProposalBody,
        status=201,
        problems=(404, 412, 413, 415, 429),
        may_match=True,
    ),
    "proposals.get_proposals": Operation(
        proposal.ProposalsAnswer,
        schema.ProposalsQuery,
        revised=False,
    ),
    "proposals.get_proposal": Operation(
        proposal.ProposalSchema, revised=False, problems=(404,)
    ),
    "proposals.post_accept": Operation(
        proposal.ProposalSchema,
        schema.WhyQuery,
        problems=(404, 409, 412, 415),
        either=True,
    ),
    "proposals.post_reject": Operation(
        proposal.ProposalSchema,
        body=schema.RejectBody,
        problems=(404, 409, 415),
    ),
    "transfers.post_imports": Operation(
        transfer.ImportSchema,
        schema.ImportQuery,
        file=True,
        problems=(409, 413),
        later=True,
        once=True,
    ),
    "transfers.get_import": Operation(
        transfer.ImportSchema,
        private=True,
        revised=False,
        problems=(404,),
    ),
    "transfers.get_problems": _LINES_OF_AN_IMPORT,
    "transfers.get_records": _LINES_OF_AN_IMPORT,
    "transfers.get_warnings": _LINES_OF_AN_IMPORT,
    "transfers.get_left_out": _LINES_OF_AN_IMPORT,
    "transfers.post_apply": Operation(
        transfer.ImportSchema,
        schema.ApplyQuery,
        problems=(404, 409, 412, 415),
        later=True,
        either=True,
    ),
    "transfers.delete_import": Operation(None, status=204, problems=(404, 409)),
    "transfers.get_export": Operation(
        answer.DroppedAnswer,
        schema.ExportQuery,
        problems=(404,),
        files=tuple(sorted({by_name(name).media_type for name in WRITABLE})),
    ),
    **OF_TEAMS,
    **_OF_PEOPLE,
    **_OF_PROFILES,
    "openapi.get_index": Operation(answer.IndexAnswer),
    "openapi.healthz": Operation(
        answer.Health, revised=False, open=True, problems=(400, 422)
    ),
    "openapi.readyz": Operation(
        answer.Health, revised=False, open=True, problems=(400, 422, 503, 507)
    ),
}
