"""The web side: the HTTP contract and the pages over the same functions."""

from importlib import import_module
from typing import Any, Final

#: What is looked up late: the command line needs the locale alone, at once.
_LATE: Final = {
    "create_app": "glossary.web.app",
    "lane_of": "glossary.web.lanes",
    "lanes": "glossary.web.lanes",
    "share": "glossary.web.rates",
}


def __getattr__(name: str) -> Any:
    """Return `create_app`, by which Flask finds the application, and the lanes."""
    if name in _LATE:
        return getattr(import_module(_LATE[name]), name)
    raise AttributeError(name)
