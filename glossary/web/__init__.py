"""The web side: the HTTP contract and the pages over the same functions."""

from glossary.web.app import create_app

__all__ = ["create_app"]
