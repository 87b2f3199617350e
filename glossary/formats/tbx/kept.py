"""What another TBX file said of an entry, as it stands in the entry's `extra`.

Anybody may send anything as `extra`; what has not the shape that our reader gives it
is passed over.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Self

from glossary.formats.tbx.item import Item

_TEXTS: Final = frozenset({"element", "type", "text", "target", "lang"})
_LEVELS: Final = frozenset({"concept", "languages", "terms", "back"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Items by level; `whole` says that nothing had to be passed over.

    `back` has what they name of the file's back matter, by its id.
    """

    concept: tuple[Item, ...] = ()
    languages: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)
    terms: Mapping[tuple[str, str], tuple[Item, ...]] = field(default_factory=dict)
    back: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    whole: bool = True

    @classmethod
    def of(cls, value: Any) -> Self:
        """Take what stands in `extra`, or None."""
        if not isinstance(value, Mapping):
            return cls(whole=value is None)
        concept = _items(value.get("concept", []))
        by_language = value.get("languages", {})
        languages = {
            lang: _items(items)
            for lang, items in (
                by_language if isinstance(by_language, Mapping) else {}
            ).items()
        }
        terms: dict[tuple[str, str], tuple[Item, ...]] = {}
        for term in _list(value.get("terms", [])):
            name = _name(term)
            if name is not None:
                terms[name] = terms.get(name, ()) + _items(term.get("items"))
        back = value.get("back", {})
        if not _is_back(back):
            back = {}
        items_kept = cls(concept=concept, languages=languages, terms=terms, back=back)
        whole = value.keys() <= _LEVELS and items_kept._count() == _count(value)
        whole = whole and back == value.get("back", {})
        return replace(items_kept, whole=whole)

    def _count(self) -> int:
        groups = (self.concept, *self.languages.values(), *self.terms.values())
        return sum(map(len, groups))


def _count(value: Mapping[str, Any]) -> int:
    by_language = value.get("languages", {})
    groups = (
        list(by_language.values())
        if isinstance(by_language, Mapping)
        else [by_language]
    )
    groups.append(value.get("concept", []))
    for term in _list(value.get("terms", [])):
        groups.append(term.get("items") if isinstance(term, Mapping) else term)
    return sum(len(group) if isinstance(group, list) else 1 for group in groups)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _name(term: Any) -> tuple[str, str] | None:
    if not isinstance(term, Mapping):
        return None
    lang, text = term.get("lang"), term.get("text")
    return (lang, text) if isinstance(lang, str) and isinstance(text, str) else None


def _items(value: Any) -> tuple[Item, ...]:
    return tuple(item for item in _list(value) if _is_sound(item))


def _is_back(value: Any) -> bool:
    return isinstance(value, Mapping) and all(
        isinstance(value, Mapping)
        and isinstance(value.get("section"), str)
        and isinstance(value.get("items"), list)
        and all(
            isinstance(item, Mapping)
            and isinstance(item.get("type"), str)
            and isinstance(item.get("text"), str)
            for item in value["items"]
        )
        for value in value.values()
    )


def _is_sound(item: Any) -> bool:
    if not isinstance(item, dict) or not item.keys() <= {*_TEXTS, "items"}:
        return False
    texts = all(isinstance(item[key], str) for key in item.keys() & _TEXTS)
    inside = item.get("items", [])
    return (
        texts
        and "element" in item
        and isinstance(inside, list)
        and all(map(_is_sound, inside))
    )
