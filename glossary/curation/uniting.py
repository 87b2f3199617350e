"""Two changes of one entry made one, and where they collide.

Both were made from the same version. What only one of them touches is taken from it;
where both touch one thing and do not agree, they collide, and nothing is decided here.
Terms are told apart by language and text, relations by entry, citations by source, so
that it does not matter where in a list they stand.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import count
from typing import Any, Final, NamedTuple

from glossary.entry import Entry, codec
from glossary.errors import Invalid
from glossary.message import N_, Message, Problem
from glossary.schema import load_entry

#: What is the store's or an editor's own, and no part of what is proposed.
_KEPT: Final = ("id", "version", "created", "modified", "state")
#: What names a term, a relation, a citation.
_NAMES: Final = (("lang", "text"), ("entry",), ("source",))
#: A value as long as this is cut where a collision is told, in characters.
_LONGEST: Final = 200


class _Nothing:
    """The value of what is not there."""

    def __bool__(self) -> bool:
        return False


_NOTHING: Final = _Nothing()


class United(NamedTuple):
    """What two changes make together, and the places where they collide.

    Where there is a collision, `entry` has what stands now.
    """

    entry: Entry
    collisions: tuple[Problem, ...]


def united(base: Entry, *, now: Entry, other: Entry) -> United:
    """Return an entry as it stands now with the changes that another one makes.

    Both come from `base`. State and version are those of now. Pointers of collisions
    lead into the entry as it stands now.
    """
    three = [_plain(entry) for entry in (base, now, other)]
    uniting = _Uniting()
    merged = uniting.value("", *three)
    collisions = [*uniting.collisions, *_renamed(*three), *_both_lead(*three)]
    if collisions:
        return United(now, tuple(dict.fromkeys(collisions)))
    try:
        entry = load_entry(merged)
    except Invalid as error:
        return United(now, error.problems)
    ours = {name: getattr(now, name) for name in _KEPT}
    return United(replace(entry, **ours), ())


def differences(now: Entry, other: Entry) -> tuple[Problem, ...]:
    """Return every place where two entries differ, with what stands in either."""
    uniting = _Uniting()
    uniting.value("", _NOTHING, _plain(now), _plain(other))
    return tuple(uniting.collisions)


def is_same(now: Entry, other: Entry) -> bool:
    """Say whether two entries say the same, whatever their state and their version."""
    return _plain(now) == _plain(other)


class _Uniting:
    """One walk through three documents, which notes where two of them collide."""

    def __init__(self) -> None:
        self.collisions: list[Problem] = []

    def value(self, at: str, base: Any, now: Any, other: Any) -> Any:
        """Return the value of a place: what was changed, wherever only one side did."""
        if other in (base, now):
            return now
        if now == base:
            return other
        if isinstance(now, dict) and isinstance(other, dict):
            return self._members(at, base, now, other)
        if isinstance(now, list) and isinstance(other, list):
            return self._items(at, base, now, other)
        self.collisions.append(_collision(at, now, other))
        return now

    def _members(self, at: str, base: Any, now: Any, other: Any) -> Any:
        old = base if isinstance(base, dict) else {}
        fields = {}
        for name in {**now, **other}:
            three = (side.get(name, _NOTHING) for side in (old, now, other))
            value = self.value(f"{at}/{_token(name)}", *three)
            if value is not _NOTHING:
                fields[name] = value
        return fields

    def _items(
        self, at: str, base: Any, now: Sequence[Any], other: Sequence[Any]
    ) -> Any:
        """Return a list with what came into it and without what left it."""
        old, ours, theirs = (_named(side) for side in (base or (), now, other))
        places = {name: f"{at}/{n}" for n, name in enumerate(ours)}
        items = {}
        for name in self._order(at, list(old), list(ours), list(theirs)):
            three = (side.get(name, _NOTHING) for side in (old, ours, theirs))
            value = self.value(places.get(name, at), *three)
            if value is not _NOTHING:
                items[name] = value
        return list(items.values())

    def _order(
        self, at: str, old: list[Any], ours: list[Any], theirs: list[Any]
    ) -> list[Any]:
        """Return the names of all items, in the order of the side that changed it."""
        common = [name for name in old if name in ours and name in theirs]
        now, other = (
            [name for name in side if name in common] for side in (ours, theirs)
        )
        if common not in (now, other) and now != other:
            message = Message(
                N_("The order has since been changed, and not as proposed.")
            )
            self.collisions.append(Problem(at, message))
        is_theirs = now == common != other
        order, rest = (theirs, ours) if is_theirs else (ours, theirs)
        order = list(order)
        for n, name in enumerate(rest):
            if name not in order:
                order.insert(order.index(rest[n - 1]) + 1 if n else 0, name)
        return order


def _plain(entry: Entry) -> dict[str, Any]:
    plain: dict[str, Any] = codec.plain(entry)
    return {name: value for name, value in plain.items() if name not in _KEPT}


def _named(items: Sequence[Any]) -> dict[Hashable, Any]:
    """Return the items of a list by what tells them apart, the same ones numbered."""
    by_name: dict[Hashable, Any] = {}
    for item in items:
        name = _name(item)
        number = next(n for n in count() if (name, n) not in by_name)
        by_name[name, number] = item
    return by_name


def _name(item: Any) -> Hashable:
    if isinstance(item, dict):
        for names in _NAMES:
            if all(name in item for name in names):
                return tuple(item[name] for name in names)
    return item if isinstance(item, str) else codec.write(item)


def _token(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def _collision(at: str, now: Any, other: Any) -> Problem:
    if now is _NOTHING:
        template = N_(
            "It has since been removed; the proposal makes it “%(proposed)s”."
        )
        return Problem(at, Message(template, proposed=_readable(other)))
    if other is _NOTHING:
        template = N_("It is now “%(now)s”; the proposal removes it.")
        return Problem(at, Message(template, now=_readable(now)))
    template = N_("It is now “%(now)s”; the proposal makes it “%(proposed)s”.")
    return Problem(at, Message(template, now=_readable(now), proposed=_readable(other)))


def _readable(value: Any) -> str:
    """Return a value as a person reads it, cut where it is long."""
    if isinstance(value, dict) and "text" in value:
        value = value["text"]
    text = value if isinstance(value, str) else codec.write(value).decode()
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _renamed(base: Any, now: Any, other: Any) -> Iterator[Problem]:
    """Yield where both sides put another wording in the place of one of a language."""
    old, ours, theirs = (_wordings(side) for side in (base, now, other))
    for lang in dict.fromkeys(lang for lang, _ in old - ours - theirs):
        here, there = (
            sorted(text for spoken, text in side - old if spoken == lang)
            for side in (ours, theirs)
        )
        if here and there and here != there:
            yield _collision("/terms", ", ".join(here), ", ".join(there))


def _both_lead(base: Any, now: Any, other: Any) -> Iterator[Problem]:
    """Yield where both sides made a wording of a language lead, and not the same."""
    old, ours, theirs = (_wordings(side, "preferred") for side in (base, now, other))
    for lang in dict.fromkeys(lang for lang, _ in ours - old):
        here, there = (
            sorted(text for spoken, text in side - old if spoken == lang)
            for side in (ours, theirs)
        )
        if there and here != there:
            yield _collision("/terms", ", ".join(here), ", ".join(there))


def _wordings(plain: Any, status: str = "") -> set[tuple[str, str]]:
    terms: Iterable[Any] = plain["terms"]
    return {(t["lang"], t["text"]) for t in terms if status in ("", t["status"])}
