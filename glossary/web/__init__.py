"""The web side: the HTTP contract and the pages over the same functions."""

from importlib import import_module
from typing import Any


def __getattr__(name: str) -> Any:
    """Return `create_app`, by which Flask finds the application.

    It is looked up late: the command line needs the locale alone, at once.
    """
    if name == "create_app":
        return import_module("glossary.web.app").create_app
    raise AttributeError(name)
