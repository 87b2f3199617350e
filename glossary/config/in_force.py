"""The settings that the rooms below the edges go by, as an edge has handed them in.

Only `web` and `cli` know where settings come from. Until one of them says it, in a
program that uses a store without them, the defaults are in force.
"""

from collections.abc import Callable
from functools import cache

from glossary.config.settings import Settings

_source: Callable[[], Settings] = cache(Settings)


def go_by(source: Callable[[], Settings]) -> None:
    """Have this process go by the settings that `source` returns."""
    global _source  # noqa: PLW0603 - a process has one set of settings.
    _source = source


def settings_in_force() -> Settings:
    """Return the settings that this process goes by."""
    return _source()
