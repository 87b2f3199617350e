"""Pages for translators. They work without scripts; a script only makes them faster.

A module holds the pages of one thing; `frame` holds what they share.
"""

from glossary.web.pages import (
    account,
    browse,
    browser,
    changesets,
    drift,
    editor,
    entry,
    lookup,
    own,
    people,
    phrase,
    proposals,
    provider,
    proving,
    queue,
    reshaping,
    selection,
    statistics,
    talk,
    text,
    transfers,
    webhooks,
    word_pane,
)
from glossary.web.pages.frame import install, pages

__all__ = [
    "account",
    "browse",
    "browser",
    "changesets",
    "drift",
    "editor",
    "entry",
    "install",
    "lookup",
    "own",
    "pages",
    "people",
    "phrase",
    "proposals",
    "provider",
    "proving",
    "queue",
    "reshaping",
    "selection",
    "statistics",
    "talk",
    "text",
    "transfers",
    "webhooks",
    "word_pane",
]
