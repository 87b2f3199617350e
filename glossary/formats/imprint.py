"""What a file of ours says of itself: its glossaries, their licences, and its date."""

from collections.abc import Iterator
from dataclasses import dataclass

from glossary.entry import Glossary


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """Where the entries of a file are from, and as of when.

    `revision` is that of the store with its epoch, `date` the UTC day of its newest
    change, so that the same glossary gives the same bytes. A format that holds pairs
    alone has no place for it: there the name of the file and the headers say it.
    """

    glossaries: tuple[Glossary, ...] = ()
    revision: str = ""
    date: str = ""

    @property
    def title(self) -> str:
        """The titles, English where there is one, else the ids."""
        return "; ".join(_title(glossary) for glossary in self.glossaries) or "Glossary"

    @property
    def lines(self) -> list[str]:
        """A line for each glossary, on one line each: id, title, licence, release.

        >>> made = Glossary("mfa", {"en": "MFA"}, licence="CC0-1.0", release="7")
        >>> Imprint(glossaries=(made,), revision="ab-12", date="2026-11-28").lines
        ['mfa: MFA; licence: CC0-1.0; version: 7; revision: ab-12; date: 2026-11-28']
        """
        state = [("revision", self.revision), ("date", self.date)]
        lines = []
        for glossary in self.glossaries or ((Glossary(""),) if self.revision else ()):
            facts = [
                ("licence", glossary.licence),
                ("version", glossary.release),
                *state,
            ]
            facts.insert(0, ("publisher", glossary.publisher))
            parts = [f"{glossary.id}: {_title(glossary)}"] if glossary.id else []
            parts += [f"{name}: {value}" for name, value in facts if value]
            lines.append(" ".join("; ".join(parts).split()))
        return lines

    @property
    def licences(self) -> str:
        """The licences, each once."""
        return ", ".join(_distinct(glossary.licence for glossary in self.glossaries))

    @property
    def releases(self) -> str:
        """The releases, each once."""
        return ", ".join(_distinct(glossary.release for glossary in self.glossaries))

    @property
    def publishers(self) -> str:
        """The publishers, each once."""
        return ", ".join(_distinct(glossary.publisher for glossary in self.glossaries))


def _title(glossary: Glossary) -> str:
    title = glossary.title
    return title.get("en") or next(iter(title.values()), glossary.id)


def _distinct(values: Iterator[str | None]) -> dict[str, None]:
    return dict.fromkeys(value for value in values if value)


#: That of a file of which nothing is known.
NAMELESS = Imprint()
