"""Whole files in and out, as jobs that outlive a request; backups."""

from typing import TYPE_CHECKING

from glossary import door

if TYPE_CHECKING:
    from glossary.transfer import apart, backup
    from glossary.transfer.jobs import OURS, Import, Imports, begin, refusal, under_way
    from glossary.transfer.pushing import Push, pairs_for, pushed
    from glossary.transfer.run import asked_of
    from glossary.transfer.taking import imprint_of, take_out

__all__ = [
    "OURS",
    "Import",
    "Imports",
    "Push",
    "apart",
    "asked_of",
    "backup",
    "begin",
    "imprint_of",
    "pairs_for",
    "pushed",
    "refusal",
    "take_out",
    "under_way",
]

door(__name__)
