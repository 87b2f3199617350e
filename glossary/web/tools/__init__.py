"""Protocols of tools that people already have: a thin module each, over our verbs."""

from flask import Flask

from glossary.web.tools import deepl, languagetool, omegat, reconcile, tmserver

_TOOLS = (deepl.tool, languagetool.tool, omegat.tool, reconcile.tool, tmserver.tool)
#: The blueprints; each answers in the words of its own protocol, not of the API.
NAMES = frozenset(tool.name for tool in _TOOLS)


def install(app: Flask) -> None:
    """Let the application answer to every protocol."""
    for tool in _TOOLS:
        app.register_blueprint(tool)
