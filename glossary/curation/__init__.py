"""What editors do: changes, proposals, access, what the glossary lacks."""

from glossary.curation import access, changes, dictionaries, fixtures, proposals
from glossary.curation.access import Bearer
from glossary.curation.attest import CITATION, RENDERING, Attested, accept, attest
from glossary.curation.changes import Known, cited, free_id, made_id, possible_ids
from glossary.curation.dictionaries import Content
from glossary.curation.fixtures import entries, load_curated
from glossary.curation.lint import ERROR, SEVERITIES, Flaw, lint, lint_stored
from glossary.curation.missed import Missed

__all__ = [
    "CITATION",
    "ERROR",
    "RENDERING",
    "SEVERITIES",
    "Attested",
    "Bearer",
    "Content",
    "Flaw",
    "Known",
    "Missed",
    "accept",
    "access",
    "attest",
    "changes",
    "cited",
    "dictionaries",
    "entries",
    "fixtures",
    "free_id",
    "lint",
    "lint_stored",
    "load_curated",
    "made_id",
    "possible_ids",
    "proposals",
]
