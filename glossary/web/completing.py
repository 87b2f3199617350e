"""What goes on from what is being typed, wherever somebody types."""

from glossary.entry import Suggestion
from glossary.lookup import suggest
from glossary.people import profiles
from glossary.query import Completion
from glossary.web import current


def completed(typed: Completion) -> list[Suggestion]:
    """Return completions, with what the profile says where nothing was said."""
    filters = typed.filters
    order: tuple[str, ...] = ()
    profile = current.profile()
    if profile is not None:
        filters, order = profiles.filtered(profile, filters), profile.glossaries
    return suggest(
        current.store(),
        typed.q,
        limit=typed.limit,
        candidates=current.settings().candidates,
        filters=filters,
        order=order,
    )
