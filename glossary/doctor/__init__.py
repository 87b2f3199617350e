"""What is wrong with a store and what it stands on, and what to do about it."""

from typing import TYPE_CHECKING

from glossary import door

if TYPE_CHECKING:
    from glossary.doctor.examination import Diagnosis, examine, repair

__all__ = ["Diagnosis", "examine", "repair"]

door(__name__)
