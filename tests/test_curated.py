from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from opencc import OpenCC

from glossary import curate
from glossary.curated import CURATOR, entries, load_curated
from glossary.entry import Entry
from glossary.fold import key
from glossary.lookup import lookup
from glossary.query import Query
from glossary.store import SqliteStore, open_store

_PHRASES = Path(__file__).parent / "communique_phrases.tsv"
PHRASES = [
    tuple(line.split("\t"))
    for line in _PHRASES.read_text(encoding="utf-8").splitlines()
]
ENTRIES = {entry.id: entry for entry in entries()}
INVERSE = {
    "broader": "narrower",
    "narrower": "broader",
    "part": "whole",
    "whole": "part",
    "related": "related",
    "contrast": "contrast",
    "stronger": "weaker",
    "weaker": "stronger",
}


def test_the_communique_has_more_than_forty_eight_set_phrases() -> None:
    assert len(PHRASES) >= 48


@pytest.mark.parametrize(("phrase", "entry_id"), PHRASES)
def test_a_phrase_of_the_communique_is_found_as_it_is_printed_there(
    curated: SqliteStore, phrase: str, entry_id: str
) -> None:
    hit = lookup(curated, Query(phrase), candidates=400).hits[0]
    assert (hit.entry, hit.tier in {"exact", "folded"}) == (entry_id, True)


def test_there_are_at_least_150_entries() -> None:
    assert len(ENTRIES) >= 150


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
def test_a_curated_entry_is_whole(entry: Entry) -> None:
    preferred = Counter(t.lang for t in entry.terms if t.status == "preferred")
    assert preferred["zh-Hans"] == 1
    assert preferred["zh-Hant"] == 1
    assert preferred["en"] >= 1
    assert entry.definition
    for term in entry.terms:
        if term.lang.startswith("zh"):
            assert term.reading, term.text


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
def test_relations_are_closed_and_said_on_both_sides(entry: Entry) -> None:
    for relation in entry.relations:
        back = {(r.type, r.entry) for r in ENTRIES[relation.entry].relations}
        assert (INVERSE[relation.type], entry.id) in back


def test_no_traditional_character_stands_in_a_simplified_term() -> None:
    simplify = OpenCC("t2s").convert
    for entry in ENTRIES.values():
        for term in entry.terms:
            if term.lang == "zh-Hans":
                assert simplify(term.text) == term.text


def test_every_citation_names_a_source_and_quotes_the_term(
    curated: SqliteStore,
) -> None:
    sources = {source.id for source in curated.sources()}
    for entry in ENTRIES.values():
        for term in entry.terms:
            for citation in term.citations:
                assert citation.source in sources
                assert len(citation.quote) <= 160
                if citation.quote:
                    assert key(term.text) in key(citation.quote), entry.id


def test_every_source_is_cited_or_dated(curated: SqliteStore) -> None:
    for source in curated.sources():
        assert source.title
        assert source.date, source.id


def test_the_four_part_formula_is_a_whole_with_its_parts_in_order() -> None:
    name = "non-conflict-non-confrontation-mutual-respect-and-win-win-cooperation"
    parts = [r.entry for r in ENTRIES[name].relations if r.type == "part"]
    chinese = [ENTRIES[part].best("zh-Hans") for part in parts]
    assert [t.text for t in chinese if t] == ["不冲突、不对抗", "相互尊重", "合作共赢"]


def test_loading_twice_changes_nothing(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "glossary.db"))
    assert load_curated(store).created == len(ENTRIES)
    revision = store.revision()
    again = load_curated(store)
    assert (again.created, again.updated, again.unchanged) == (0, 0, len(ENTRIES))
    assert store.revision() == revision
    store.close()


def test_what_was_changed_here_is_left_alone_and_what_was_not_is_renewed(
    tmp_path: Path,
) -> None:
    store = open_store(str(tmp_path / "glossary.db"))
    load_curated(store)
    mine, theirs = store.entry("sovereignty"), store.entry("peaceful-rise")
    curate.replace(store, mine.id, replace(mine, note="Ours."), known=None, by="editor")
    curate.replace(
        store, theirs.id, replace(theirs, note="Older."), known=None, by=CURATOR
    )
    loaded = load_curated(store)
    assert (loaded.kept, loaded.updated) == (1, 1)
    assert store.entry("sovereignty").note == "Ours."
    assert store.entry("peaceful-rise").note == theirs.note
    store.close()
