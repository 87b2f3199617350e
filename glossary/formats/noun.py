"""What entries name, as a file has it: a record with a `kind` (docs/formats.md).

In NDJSON it is a line, in our tables a row with the cell `noun`, in TBX an object of
the back matter, whose items are called by the places of its values.
"""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any, Final, TypeVar

_Record = TypeVar("_Record", bound=Mapping[str, Any] | str | bytes)
KIND: Final = "kind"
#: What the sections of back matter are called that hold nouns of a kind.
SECTIONS: Final[Mapping[str, str]] = {
    "source": "bibl",
    "issuer": "respOrg",
    "subject": "subjectField",
    "glossary": "termbase",
}
#: Fields that hold a list of texts.
_LISTS: Final = frozenset({"aliases", "speaks_for"})


def is_noun(data: Mapping[str, Any]) -> bool:
    """Say whether a record is no entry, but what entries name."""
    return KIND in data


def flat(data: Mapping[str, Any], at: str = "") -> Iterator[tuple[str, str]]:
    """Yield the values of a noun, each with its place; what is empty says nothing.

    >>> list(flat({"id": "mfa", "names": {"en": "MFA"}, "aliases": ["外交部"]}))
    [('id', 'mfa'), ('names/en', 'MFA'), ('aliases/1', '外交部')]
    """
    for name, value in data.items():
        place = f"{at}{name}"
        if isinstance(value, Mapping):
            yield from flat(value, f"{place}/")
        elif isinstance(value, list | tuple):
            for number, text in enumerate(value, start=1):
                yield f"{place}/{number}", str(text)
        elif value is not None and value != "":
            yield place, str(value)


def nested(items: Iterator[tuple[str, str]]) -> dict[str, Any]:
    """Return the noun whose values these are.

    >>> nested(iter([("id", "mfa"), ("names/en", "MFA"), ("aliases/1", "外交部")]))
    {'id': 'mfa', 'names': {'en': 'MFA'}, 'aliases': ['外交部']}
    """
    names_above: dict[str, Any] = {}
    for place, text in items:
        *above, name = place.split("/")
        if above and above[0] in _LISTS:
            names_above.setdefault(above[0], []).append(text)
            continue
        inside = names_above
        for step in above:
            below = inside.setdefault(step, {})
            inside = below if isinstance(below, dict) else {}
        is_version = place == "version" and text.isdecimal() and len(text) < 10
        inside[name] = int(text) if is_version else text
    return names_above


def split(
    records: Iterator[_Record],
) -> tuple[list[Mapping[str, Any]], Iterator[_Record]]:
    """Return the nouns that stand before the entries, and the entries.

    What comes as its JSON is an entry.
    """
    nouns: list[Mapping[str, Any]] = []
    for record in records:
        if isinstance(record, str | bytes) or not is_noun(record):
            return nouns, chain([record], records)
        nouns.append(record)
    return nouns, iter(())
