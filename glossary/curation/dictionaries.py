"""Glossaries as other tools keep them: a rendering for each source, one direction.

A dictionary that a tool has made is a glossary of ours, which the tool may change as a
whole. Every other glossary can be read as two dictionaries, one in each direction, but
not changed so: pairs say nothing of evidence, periods or status.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain, count
from typing import Final, NamedTuple, TypeVar

from glossary.curation import changes
from glossary.curation.reviewing import writing
from glossary.entry import Dictionary, Entry, Term, is_draft, pairing, ranked, usable
from glossary.errors import Forbidden, NotFound
from glossary.message import N_
from glossary.people import Actor, acting
from glossary.schema import load_entry
from glossary.store import EntryPart, EntryParts, Store, Write, deciding
from glossary.text import canonical, is_traditional, primary

T = TypeVar("T")

#: The two directions in which a glossary that was made here can be read.
_DIRECTIONS: Final = (("zh", "en"), ("en", "zh"))
#: Bytes of a text beside its characters, with its half of the pair that it is in.
_TEXT: Final = 100


@dataclass(frozen=True, slots=True)
class Content:
    """What a dictionary is to hold: primary languages, and rendering by source."""

    source: str
    target: str
    pairs: Mapping[str, str]


class _Leading(NamedTuple):
    """What leads of each source of an entry, and whether that is a draft."""

    is_draft: bool
    pairs: tuple[tuple[str, str], ...]


def groups(store: Store) -> dict[str, list[Dictionary]]:
    """Return every dictionary, by what the other tool calls one glossary."""
    by_group: dict[str, list[Dictionary]] = {}
    dictionaries = store.dictionaries()
    for dictionary in dictionaries:
        by_group.setdefault(dictionary.group, []).append(dictionary)
    own = {dictionary.id for dictionary in dictionaries}
    for name, entries in store.glossaries():
        if entries and name not in own:
            by_group[name] = [
                Dictionary(name, name, name, s, t, "") for s, t in _DIRECTIONS
            ]
    return by_group


def group(store: Store, group_id: str) -> list[Dictionary]:
    """Return the dictionaries of one glossary; raise NotFound."""
    members = groups(store).get(group_id)
    if members is None:
        raise NotFound(N_("There is no glossary “%(id)s”."), id=group_id)
    return members


def pairs(
    store: Store, dictionary: Dictionary, *, order: Sequence[str] = ()
) -> dict[str, str]:
    """Return the leading rendering of each source; approved entries come first.

    Of glossaries in an `order`, the first says how a pair of wordings stands.
    """
    entries: Iterable[Entry] = store.all_entries(dictionary.id)
    if dictionary.id in order:
        entries = deciding.decided(store, entries, order)
    return _first(_leading(entry, dictionary) for entry in entries)


def listed(
    dictionary: Dictionary,
    parts: EntryParts,
    join: Callable[[dict[str, str]], EntryPart[T]],
) -> T:
    """Return what `join` makes of the pairs, made anew only once one of them moves."""

    def whole(every: Iterable[_Leading]) -> EntryPart[T]:
        return join(_first(every))

    name = ("pairs", dictionary.source, dictionary.target, join)
    return parts.whole(name, _part_of(dictionary), whole, glossary=dictionary.id)


def _first(every: Iterable[_Leading]) -> dict[str, str]:
    """Return each source, as they come, with its first rendering that is no draft.

    Where all are drafts it is the first of them. What is put in last is what stays, so
    that no pair is looked at by itself.
    """
    every = [*every]
    best = dict(chain.from_iterable(leading.pairs for leading in every))
    for of_drafts in (True, False):
        some = (leading.pairs for leading in every if leading.is_draft is of_drafts)
        best.update(reversed([*chain.from_iterable(some)]))
    return best


def _leading(entry: Entry, dictionary: Dictionary) -> _Leading:
    """Return what leads of each source of an entry."""
    lang = canonical(dictionary.target) or dictionary.target
    pairs = []
    for term in _usable(entry, dictionary.source):
        targets = usable(pairing(entry.terms, term, lang=lang).terms, None)
        if targets:
            pairs.append((term.text, targets[0].text))
    return _Leading(is_draft(entry.state), tuple(pairs))


def _part_of(dictionary: Dictionary) -> Callable[[Entry], EntryPart[_Leading]]:
    def make(entry: Entry) -> EntryPart[_Leading]:
        leading = _leading(entry, dictionary)
        texts = chain.from_iterable(leading.pairs)
        return EntryPart(leading, sum(_TEXT + 2 * len(text) for text in texts))

    return make


def make(
    store: Store, name: str, contents: list[Content], *, by: Actor | str
) -> list[Dictionary]:
    """Make a glossary of another tool; return its dictionaries. Raise Invalid."""
    with writing(store, by) as write:
        ids_in_use = {name for name, _ in store.glossaries()} | {*groups(store)}
        base = (changes.slug(name) or "glossary")[:80].rstrip("-")
        free = next(i for i in _numbered(base) if i not in ids_in_use)
        members = []
        for content in contents:
            names = _numbered(f"{free}-{content.source}-{content.target}")
            own = next(i for i in chain([free], names) if i not in ids_in_use)
            ids_in_use.add(own)
            dictionary = _new(own, free, name, content)
            write.put_dictionary(dictionary)
            _fill(write, store, dictionary, content.pairs, whole=True)
            members.append(dictionary)
    return members


def fill(
    store: Store, group_id: str, content: Content, *, whole: bool, by: Actor | str
) -> Dictionary:
    """Put pairs into a dictionary of a glossary, which is made when missing.

    With `whole`, sources that are not among them are taken out. Raise NotFound,
    Invalid, and Forbidden for a glossary that was not made by another tool.
    """
    with writing(store, by) as write:
        members = _members(store, group_id, by)
        languages = (content.source, content.target)
        dictionary = next(
            (d for d in members if (d.source, d.target) == languages), None
        )
        if dictionary is None:
            ids_in_use = {name for name, _ in store.glossaries()}
            base = f"{group_id}-{content.source}-{content.target}"
            own = next(i for i in _numbered(base) if i not in ids_in_use)
            dictionary = _new(own, group_id, members[0].name, content)
            write.put_dictionary(dictionary)
        _fill(write, store, dictionary, content.pairs, whole=whole)
    return dictionary


def rename(store: Store, group_id: str, name: str, *, by: Actor | str) -> None:
    """Give a glossary another name; its id stays. Raise NotFound or Forbidden."""
    with writing(store, by) as write:
        for dictionary in _members(store, group_id, by):
            write.put_dictionary(replace(dictionary, name=name))


def remove(
    store: Store,
    group_id: str,
    *,
    by: Actor | str,
    languages: tuple[str, str] | None = None,
) -> None:
    """Retire the entries of a glossary, or of one of its dictionaries, and forget it.

    Raise NotFound, and Forbidden for a glossary that was not made by another tool.
    """
    with writing(store, by) as write:
        members = _members(store, group_id, by)
        matching = [d for d in members if languages in {None, (d.source, d.target)}]
        if not matching:
            raise NotFound(N_("“%(id)s” has no such dictionary."), id=group_id)
        for dictionary in matching:
            for entry in list(store.all_entries(dictionary.id)):
                write.update(replace(entry, state="retired"), "retire")
            write.drop_dictionary(dictionary.id)


def _members(store: Store, group_id: str, by: Actor | str) -> list[Dictionary]:
    """Return the dictionaries that may be changed as a whole, and by whom."""
    members = group(store, group_id)
    for dictionary in members:
        acting(by).must("keep-dictionary", dictionary.id)
    if not members[0].created:
        raise Forbidden(
            N_("“%(id)s” was made here and can only be changed here, entry by entry."),
            id=group_id,
        )
    return members


def _new(own: str, group_id: str, name: str, content: Content) -> Dictionary:
    return Dictionary(
        id=own,
        group=group_id,
        name=name,
        source=content.source,
        target=content.target,
        created=datetime.now(UTC).isoformat(timespec="microseconds"),
    )


def _numbered(base: str) -> Iterator[str]:
    yield base
    yield from (f"{base}-{number}" for number in count(2))


def _usable(entry: Entry, lang: str) -> list[Term]:
    """Return the usable terms of a language, the leading one first."""
    terms = ranked(entry.terms, canonical(lang) or lang, as_of=None, issuer=None)
    return list(usable(terms, None))


def _fill(
    write: Write,
    store: Store,
    dictionary: Dictionary,
    pairs: Mapping[str, str],
    *,
    whole: bool,
) -> None:
    """Make, change and retire entries until the dictionary says what is wanted."""
    by_source = {
        term.text: entry
        for entry in store.all_entries(dictionary.id)
        for term in _usable(entry, dictionary.source)
    }
    for source, target in pairs.items():
        fresh = _entry(dictionary, source, target)
        old = by_source.pop(fresh.terms[0].text, None)
        if old is None:
            write.create(replace(fresh, id=changes.free_id(write, fresh)))
        else:
            write.update(_rendered(old, fresh.terms[1]))
    for entry in by_source.values() if whole else ():
        write.update(replace(entry, state="retired"), "retire")


def _entry(dictionary: Dictionary, source: str, target: str) -> Entry:
    """Return the entry of one pair; raise Invalid."""
    terms = [
        {"lang": _tag(lang, text), "text": text, "status": "preferred"}
        for lang, text in ((dictionary.source, source), (dictionary.target, target))
    ]
    entry: Entry = load_entry({"glossary": dictionary.id, "terms": terms})
    return entry


def _tag(lang: str, text: str) -> str:
    traditional = lang == "zh" and is_traditional(text)
    return "zh-Hant" if traditional else lang


def _rendered(entry: Entry, term: Term) -> Entry:
    """Return an entry that this term leads; what led before is superseded."""
    led = _usable(entry, term.lang)
    if led and led[0].text == term.text:
        return entry
    others = tuple(
        replace(wording, status="superseded") if wording in led else wording
        for wording in entry.terms
        if (primary(wording.lang), wording.text) != (primary(term.lang), term.text)
    )
    return replace(entry, terms=(*others, term))
