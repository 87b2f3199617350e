"""What is wrong with a store and what it stands on, and what to do about it."""

from glossary.doctor.examination import Finding, examine, repair

__all__ = ["Finding", "examine", "repair"]
