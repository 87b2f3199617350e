"""Calls whose options stand in their address refuse a body that says anything.

Whoever sends what nothing reads would take it for heeded.
"""

from functools import cache
from typing import TYPE_CHECKING, Final

from flask import Flask

from glossary import late
from glossary.errors import Invalid
from glossary.message import N_, Message, Problem
from glossary.web import current

if TYPE_CHECKING:
    from glossary.web import operations
else:
    operations = late("glossary.web.operations")

_WRITES: Final = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_NOTHING: Final = frozenset({b"", b"{}", b"null"})
#: A longer body says something.
_LONGEST: Final = 64


def install(app: Flask) -> None:
    """Have requests pass here once it is settled that they may come in."""
    app.before_request(_must_be_empty)


def _must_be_empty() -> None:
    """Raise Invalid for a body that nothing would read."""
    here = current.at_hand()
    length = here.content_length or 0
    if here.method not in _WRITES or not length or here.endpoint not in _without():
        return
    if length > _LONGEST or here.get_data().strip() not in _NOTHING:
        template = N_("This call takes no body; what it takes stands in its address.")
        raise Invalid([Problem("", Message(template))])


@cache
def _without() -> frozenset[str]:
    """Return the names of the calls that take no body."""
    return frozenset(
        name
        for name, operation in operations.OPERATIONS.items()
        if operation.body is None and not operation.file and not operation.either
    )
