"""One setting: its default, what it does, and what it may be."""

import re
from dataclasses import field
from typing import Any, Final

from glossary.config.patterns import ANY

#: What a setting without a bound of its own may be at most.
LARGE: Final = 2**62


def setting(
    default: Any,
    doc: str,
    *,
    least: float = 0,
    most: float = LARGE,
    like: tuple[re.Pattern[str], str] = ANY,
) -> Any:
    """Return a field of the table of settings."""
    bounds = {"least": least, "most": most, "like": like}
    return field(default=default, metadata={"doc": doc, **bounds})
