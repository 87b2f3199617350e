"""Which entries a reader wants to see."""

from glossary.entry.nouns import Entry
from glossary.entry.proof import proof
from glossary.entry.state import meant_by
from glossary.query import Filters


def is_wanted(entry: Entry, filters: Filters) -> bool:
    """Say whether filters let an entry through."""
    return (
        (not filters.glossaries or entry.glossary in filters.glossaries)
        and filters.subject in {None, *entry.subjects}
        and (filters.state is None or entry.state in meant_by(filters.state))
        and (filters.proof is None or proof(entry).state == filters.proof)
    )
