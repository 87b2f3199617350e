"""What editors do: changes, proposals, what the glossary lacks."""

from typing import TYPE_CHECKING

from glossary import door

if TYPE_CHECKING:
    from glossary.curation import (
        bulk,
        changes,
        composing,
        dictionaries,
        fixtures,
        nouns,
        proposals,
        reshaping,
        uniting,
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
    "entries",
    "fixtures",
    "free_id",
    "lint",
    "lint_stored",
    "load_curated",
    "made_id",
    "must_name_what_is_known",
    "nouns",
    "proposals",
    "refused_sources",
    "reshaping",
    "under_review",
    "uniting",
    "writing",
]

door(__name__)
