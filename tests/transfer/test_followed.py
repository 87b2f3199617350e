"""A file or a list after a write is the one that a process makes which knows none.

What entries are in a list is kept, and made anew of those alone that moved: whatever
moved, the bytes are those of a list that is made from nothing.
"""

import io
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from glossary.curation import dictionaries
from glossary.entry import Entry, Person
from glossary.formats import WRITABLE, Dropped, by_name
from glossary.people import members
from glossary.query import Export
from glossary.store import EntryPart, EntryParts, Makers, Store, open_store, parts
from glossary.transfer import take_out
from tests.nouns import curated_entries, entry, numbered

Lists = dict[str, Any]


@pytest.fixture
def followed(store: Store) -> Store:
    """A store with some of the curated entries, and one that nobody approved."""
    with store.write(by="test") as write:
        for each in curated_entries()[::40]:
            write.create(replace(each, relations=()))
        write.create(entry(**numbered(1)))
        write.create(entry(**numbered(2), glossary="roads", state="draft"))
    return store


#: What a program may ask for again and again, by its name.
ASKED: dict[str, dict[str, Any]] = {
    **{name: {"format": name} for name in WRITABLE},
    "omegat, the other way": {"format": "omegat", "source": "en", "target": "zh-Hans"},
    "omegat, to Taiwan": {"format": "omegat", "source": "en", "target": "zh-Hant"},
    "omegat, drafts": {"format": "omegat", "state": "draft"},
    "omegat, proven": {"format": "omegat", "proof": "pair"},
    "omegat, banned": {"format": "omegat", "status": "deprecated"},
    "omegat, a subject": {"format": "omegat", "subject": "diplomacy"},
    "omegat, a glossary": {"format": "omegat", "glossary": "roads"},
    "omegat, two": {"format": "omegat", "glossaries": frozenset({"roads", "x"})},
    "omegat, by order": {"format": "omegat", "order": ("roads", "diplomatic")},
    "omegat, one": {"format": "omegat", "entry": "road-2"},
    "omegat, new": {"format": "omegat", "changed_since": 1},
}


def in_order(pairs: dict[str, str]) -> EntryPart[tuple[tuple[str, str], ...]]:
    """Return pairs as they can be kept."""
    return EntryPart(tuple(pairs.items()), 100 * len(pairs))


def every_list(store: Store, kept: EntryParts | None, names: list[str]) -> Lists:
    """Return the files of those names and all lists of pairs, with what they lack."""
    lists: Lists = {}
    with store.snapshot():
        for name in names:
            part = Export(**ASKED[name])
            stream, lost = io.BytesIO(), list[Dropped]()
            count = take_out(
                store,
                by_name(part.format),
                stream,
                part=part,
                drop=lost.append,
                source=part.source,
                target=part.target,
                parts=kept,
            )
            lists[name] = (count, stream.getvalue(), lost)
        for members_ in dictionaries.groups(store).values():
            for one in members_:
                pairs = dictionaries.pairs(store, one)
                if kept is not None:
                    pairs = dict(dictionaries.listed(one, kept, in_order))
                lists[f"{one.id} {one.source}"] = [*pairs.items()]
    return lists


def change_terms(store: Store) -> None:
    old = store.entry("road-1")
    terms = (old.terms[0], replace(old.terms[1], text="the first silk road"))
    with store.write(by="test") as write:
        write.update(replace(old, terms=terms))


def change_state(store: Store) -> None:
    with store.write(by="test") as write:
        write.update(replace(store.entry("road-2"), state="approved"))


def retire(store: Store) -> None:
    with store.write(by="test") as write:
        write.update(replace(store.entry("road-1"), state="retired"), "retire")


def revive(store: Store) -> None:
    retire(store)
    with store.write(by="test") as write:
        write.update(replace(store.entry("road-1"), state="approved"))


def create(store: Store) -> None:
    with store.write(by="test") as write:
        write.create(entry(**{**numbered(3), "id": "a-road"}))


def create_several(store: Store) -> None:
    for number in (4, 5, 6):
        with store.write(by="test") as write:
            write.create(entry(**numbered(number)))


def move_to_another_glossary(store: Store) -> None:
    with store.write(by="test") as write:
        write.update(replace(store.entry("road-1"), glossary="roads"))


def purge(store: Store) -> None:
    retire(store)
    with store.write(by="test") as write:
        write.purge("road-1")


def purge_and_create(store: Store) -> None:
    purge(store)
    with store.write(by="test") as write:
        write.create(entry(**{**numbered(9), "id": "road-1"}))


def write_nothing(_: Store) -> None:
    return


CHANGES: list[Callable[[Store], None]] = [
    *(change_terms, change_state, retire, revive, create, create_several),
    *(move_to_another_glossary, purge, purge_and_create, write_nothing),
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_every_list_after_a_write_is_the_one_that_is_made_from_nothing(
    followed: Store, change: Callable[[Store], None]
) -> None:
    names = [name for name in ASKED if name.startswith("omegat")]
    kept = EntryParts(followed)
    before = every_list(followed, kept, names)
    assert before == every_list(followed, None, names)
    change(followed)
    now = every_list(followed, kept, names)
    assert now == every_list(followed, None, names)
    assert (now != before) is (change is not write_nothing)


def test_every_format_has_the_bytes_that_it_has_without_parts(
    followed: Store,
) -> None:
    kept, names = EntryParts(followed), [*WRITABLE]
    every_list(followed, kept, names)
    for change in (change_terms, retire, create):
        change(followed)
        assert every_list(followed, kept, names) == every_list(followed, None, names)


def test_a_person_who_is_forgotten_stands_in_no_list(followed: Store) -> None:
    root = members.at_the_machine()
    members.create(followed, Person("reader"), by=root, roles={"*": "editor"})
    checked = entry(**numbered(8), checked={"date": "2025-01-02", "by": "reader"})
    with followed.write(by="reader") as write:
        write.create(checked)
    names = [name for name in ASKED if name.startswith("omegat")]
    kept = EntryParts(followed)
    every_list(followed, kept, names)
    stand_in = members.forget(followed, "reader", by=root)
    assert followed.entry("road-8").checked == replace(checked.checked, by=stand_in)
    assert every_list(followed, kept, names) == every_list(followed, None, names)


def counted(made: list[str]) -> Callable[[Entry], EntryPart[str]]:
    def make(each: Entry) -> EntryPart[str]:
        made.append(each.id)
        return EntryPart(f"{each.id} {each.version}", 100)

    return make


def test_one_write_makes_the_part_of_one_entry(followed: Store) -> None:
    kept, made = EntryParts(followed), list[str]()
    with followed.snapshot():
        first = [*kept.of("ids", counted(made))]
    assert len(made) == len(first) > 50
    made.clear()
    change_terms(followed)
    with followed.snapshot():
        second = [*kept.of("ids", counted(made))]
    assert made == ["road-1"]
    assert set(second) - set(first) == {"road-1 2"}


def test_a_list_is_put_together_anew_only_where_a_pair_moved(followed: Store) -> None:
    kept, joined = EntryParts(followed), list[int]()
    one = dictionaries.groups(followed)["diplomatic"][0]

    def join(pairs: dict[str, str]) -> EntryPart[tuple[tuple[str, str], ...]]:
        joined.append(len(pairs))
        return in_order(pairs)

    def listed() -> list[tuple[str, str]]:
        with followed.snapshot():
            pairs = [*dictionaries.listed(one, kept, join)]
            assert pairs == [*dictionaries.pairs(followed, one).items()]
        return pairs

    def write(**changes: Any) -> None:
        with followed.write(by="test") as write:
            write.update(replace(followed.entry("road-1"), **changes))

    first = listed()
    write(note="A road of ten thousand miles.")
    assert listed() == first
    assert len(joined) == 1
    terms = followed.entry("road-1").terms
    write(terms=(terms[0], replace(terms[1], text="the road of ten thousand miles")))
    assert listed() != first
    assert len(joined) == 2
    write(terms=terms)
    assert listed() == first
    assert len(joined) == 3
    write(state="retired")
    assert len(listed()) == len(first) - 1


def test_of_several_entries_with_a_source_the_first_that_is_no_draft_renders_it(
    followed: Store,
) -> None:
    kept = EntryParts(followed)
    one = dictionaries.groups(followed)["diplomatic"][0]
    renderings = ("a draft", "silk route", "silk lane")
    for number, text in enumerate(renderings, start=30):
        new = entry(**numbered(number))
        terms = (
            replace(new.terms[0], text="丝绸之路之路"),
            replace(new.terms[1], text=text),
        )
        state = "draft" if text == "a draft" else "approved"
        with followed.write(by="test") as write:
            write.create(replace(new, terms=terms, state=state))
        with followed.snapshot():
            pairs = dict(dictionaries.listed(one, kept, in_order))
            assert pairs == dictionaries.pairs(followed, one)
        best = {"a draft": "a draft"}.get(text, "silk route")
        assert pairs["丝绸之路之路"] == best


def test_who_reads_as_of_a_moment_ago_gets_the_list_of_then(followed: Store) -> None:
    kept, made = EntryParts(followed), list[str]()

    def names() -> list[str]:
        with followed.snapshot():
            return [*kept.of("ids", counted(made))]

    later: list[list[str]] = []
    before = names()
    with followed.snapshot():

        def write_and_read() -> None:
            change_terms(followed)
            later.append(names())

        other = threading.Thread(target=write_and_read)
        other.start()
        other.join()
        made.clear()
        assert [*kept.of("ids", counted(made))] == before
        assert made == []
    assert names() == later[0] != before


def test_what_is_kept_of_another_store_is_forgotten(
    followed: Store, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, made = EntryParts(followed), list[str]()
    with followed.snapshot():
        assert "road-1 1" in [*kept.of("ids", counted(made))]
    other = open_store(str(tmp_path / "other.db"))
    with other.write(by="test") as write:
        write.create(entry(**numbered(7)))
    monkeypatch.setattr(kept, "_store", other)
    with other.snapshot():
        assert [*kept.of("ids", counted(made))] == ["road-7 1"]
    other.close()


def test_parts_take_no_more_room_than_there_is(
    followed: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, made = EntryParts(followed), list[str]()

    def ask(name: str) -> Iterator[str]:
        with followed.snapshot():
            yield from [*kept.of(name, counted(made))]

    number = len([*ask("one")])
    monkeypatch.setattr(parts, "_ROOM", 2 * number * (100 + parts._EACH))
    for name in ("two", "three"):
        assert len([*ask(name)]) == number
    made.clear()
    assert [*ask("three")] == [*ask("two")]
    assert made == []
    assert [*ask("one")]
    assert len(made) == number
    monkeypatch.setattr(parts, "_ROOM", 10)
    assert len([*ask("four")]) == number
    assert kept._newest == {}


def test_what_parts_are_together_counts_as_room(
    followed: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, made = EntryParts(followed), list[str]()

    def join(every: Iterable[str]) -> EntryPart[str]:
        text = "\n".join(every)
        return EntryPart(text, 1_000_000)

    def whole() -> str:
        with followed.snapshot():
            return kept.whole("ids", counted(made), join)

    first = whole()
    assert kept._newest["ids", None][0].size > 1_000_000
    change_terms(followed)
    assert whole() != first
    sizes = [every.size for every in kept._newest["ids", None]]
    assert sizes[0] == sizes[1] < 1_100_000
    monkeypatch.setattr(parts, "_ROOM", 999_999)
    change_state(followed)
    whole()
    assert kept._newest == {}
    monkeypatch.setattr(parts, "_MOST", 10)
    assert whole().count("\n") > 50
    assert kept._newest == {}


def test_of_a_large_glossary_nothing_is_kept(
    followed: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "_MOST", 10)
    kept, made = EntryParts(followed), list[str]()
    with followed.snapshot():
        whole = [*kept.of("ids", counted(made))]
        assert len(whole) == len(made) > 10
        assert len([*kept.of("ids", counted(made), glossary="roads")]) == 1
    assert [name for _, name in kept._newest] == ["roads"]


def test_what_several_threads_want_is_made_by_one() -> None:
    makers, begun, inside = Makers(), threading.Barrier(4), list[int]()
    most = []

    def make() -> None:
        begun.wait()
        for _ in range(200):
            with makers.alone("a"):
                inside.append(1)
                most.append(len(inside))
                inside.pop()

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(most) == {1}
    assert makers._by_name == {}


def test_two_names_do_not_wait_for_each_other() -> None:
    makers = Makers()
    with makers.alone("a"), makers.alone("b"):
        assert len(makers._by_name) == 2
