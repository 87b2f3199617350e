"""The settings: one table, filled from `GLOSSARY_*` variables and a file."""

from glossary.config.outward import must_be_allowed
from glossary.config.reading import (
    Notified,
    cores,
    language,
    load,
    notified,
    settings,
)
from glossary.config.settings import Setting, Settings, table

__all__ = [
    "Notified",
    "Setting",
    "Settings",
    "cores",
    "language",
    "load",
    "must_be_allowed",
    "notified",
    "settings",
    "table",
]
