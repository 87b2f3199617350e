"""The table of the settings, for the documentation."""

from dataclasses import MISSING, dataclass, fields

from glossary.config.settings import Settings


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table: the variable's name, its default, and what it does."""

    name: str
    default: object
    doc: str


def table() -> list[Setting]:
    """Return every setting, in the order of the documentation."""
    return [
        Setting(f"GLOSSARY_{f.name.upper()}", f.default, f.metadata["doc"])
        for f in fields(Settings)
        if f.default is not MISSING
    ]
