"""The settings: one table, filled from `GLOSSARY_*` variables and a file."""

from glossary.config.in_force import go_by, settings_in_force
from glossary.config.listing import Setting, table
from glossary.config.outward import allowed_numbers, must_be_allowed
from glossary.config.reading import (
    Notified,
    cores,
    language,
    notified,
    read_settings,
    settings,
    wants_colour,
)
from glossary.config.settings import Settings

__all__ = [
    "Notified",
    "Setting",
    "Settings",
    "allowed_numbers",
    "cores",
    "go_by",
    "language",
    "must_be_allowed",
    "notified",
    "read_settings",
    "settings",
    "settings_in_force",
    "table",
    "wants_colour",
]
