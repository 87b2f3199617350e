"""What a request says of the server that it came to: that it is about to stop."""

from collections.abc import Mapping
from typing import Any, Final

#: In the environ of a request, set by the server.
STOPPING: Final = "glossary.stopping"


def is_stopping(environ: Mapping[str, Any]) -> bool:
    """Say whether the server that took a request will soon take none."""
    return bool(environ.get(STOPPING))
