"""One server: a door of its own, workers behind it, and a keeper of both."""

from typing import TYPE_CHECKING

from glossary import door

if TYPE_CHECKING:
    from glossary.serving.door import Door, opened
    from glossary.serving.gate import Bounds, Lanes
    from glossary.serving.keeper import Keeper, Plan
    from glossary.serving.systemd import Systemd
    from glossary.serving.worker import Worker, is_stopping

__all__ = [
    "Bounds",
    "Door",
    "Keeper",
    "Lanes",
    "Plan",
    "Systemd",
    "Worker",
    "is_stopping",
    "opened",
]

door(__name__)
