"""One server: door, workers and their keeper; and what is wrong with its store."""

from typing import TYPE_CHECKING

from glossary import door

if TYPE_CHECKING:
    from glossary.serving.door import Door, opened
    from glossary.serving.examination import Diagnosis, examine, repair
    from glossary.serving.gate import ASKED, HOLD, MAY_HOLD, Bounds, Lanes
    from glossary.serving.keeper import Keeper, Plan
    from glossary.serving.systemd import Systemd
    from glossary.serving.worker import Worker, is_stopping

__all__ = [
    "ASKED",
    "HOLD",
    "MAY_HOLD",
    "Bounds",
    "Diagnosis",
    "Door",
    "Keeper",
    "Lanes",
    "Plan",
    "Systemd",
    "Worker",
    "examine",
    "is_stopping",
    "opened",
    "repair",
]

door(__name__)
