"""What editors do: changes, proposals, what the glossary lacks."""

from typing import TYPE_CHECKING

from glossary import door

if TYPE_CHECKING:
    from glossary.curation import (
        bulk,
        changes,
        composing,
        dictionaries,
        digest,
        fixtures,
        hooks,
        nouns,
        own,
        proposals,
        queue,
        remarks,
        reshaping,
        teller,
        uniting,
        watching,
    )
    from glossary.curation.attest import CITATION, RENDERING, Attested, accept, attest
    from glossary.curation.changes import (
        Known,
        cited,
        free_id,
        made_id,
    )
    from glossary.curation.dictionaries import Content
    from glossary.curation.fixtures import entries, load_curated
    from glossary.curation.lint import ERROR, SEVERITIES, Flaw, lint, lint_stored
    from glossary.curation.missed import Missed
    from glossary.curation.naming import must_name_what_is_known, refused_sources
    from glossary.curation.reviewing import under_review, writing

__all__ = [
    "CITATION",
    "ERROR",
    "RENDERING",
    "SEVERITIES",
    "Attested",
    "Content",
    "Flaw",
    "Known",
    "Missed",
    "accept",
    "attest",
    "bulk",
    "changes",
    "cited",
    "composing",
    "dictionaries",
    "digest",
    "entries",
    "fixtures",
    "free_id",
    "hooks",
    "lint",
    "lint_stored",
    "load_curated",
    "made_id",
    "must_name_what_is_known",
    "nouns",
    "own",
    "proposals",
    "queue",
    "refused_sources",
    "remarks",
    "reshaping",
    "teller",
    "under_review",
    "uniting",
    "watching",
    "writing",
]

door(__name__)
