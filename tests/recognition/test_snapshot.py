"""Wordings keep up with the store: the delta, the file, what is built in the back."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from glossary.curation import changes
from glossary.errors import NotReady, StoreError
from glossary.message import N_
from glossary.query import Wanted
from glossary.recognition import snapshot
from glossary.recognition.annotate import annotate, rehearse
from glossary.recognition.automaton import Lexicon
from glossary.recognition.occurrences import occurrences
from glossary.recognition.snapshot import Recognition, Shelf, Snapshot
from glossary.recognition.tape import tape
from glossary.store import SqliteStore, Store, beside, open_store
from glossary.text.fold import key
from tests.nouns import entry, major_country

TEXT = "构建新型大国关系，维护共同安全"


def texts(known: Recognition) -> list[str]:
    return [m.text for m in annotate(known.snapshot(), TEXT, Wanted()).matches]


def security() -> dict[str, object]:
    return {
        "id": "common-security",
        "terms": [{"lang": "zh-Hans", "text": "共同安全", "status": "preferred"}],
    }


def test_what_was_saved_is_recognised_in_the_next_request(store: SqliteStore) -> None:
    known = Recognition(store)
    assert texts(known) == []
    changes.create(store, entry(**major_country()), by="a")
    assert texts(known) == ["新型大国关系"]
    changes.create(store, entry(**security()), by="a")
    assert texts(known) == ["新型大国关系", "共同安全"]
    changed = entry(**{**security(), "terms": [{"lang": "zh-Hans", "text": "构建"}]})
    changes.replace(store, "common-security", changed, knows=lambda _: True, by="a")
    assert texts(known) == ["构建", "新型大国关系"]
    changes.retire(store, "common-security", knows=lambda _: True, by="a")
    assert texts(known) == ["新型大国关系"]
    changes.purge(
        store, "new-model-of-major-country-relationship", knows=lambda _: True, by="a"
    )
    assert texts(known) == []


def test_the_first_text_after_a_rehearsal_loads_nothing(curated: Store) -> None:
    program = """
import sys
from glossary.recognition import Recognition, annotate, rehearse
from glossary.query import Wanted
from glossary.store import open_store
from glossary.text.characters import TABLES

known = Recognition(open_store(sys.argv[1]))
rehearse(known.snapshot())
before, tables = {*sys.modules}, {*vars(TABLES)}
text = "雙方就朝核問題深入交換意見，重申“不衝突、不對抗”。État①" * 20
assert annotate(known.snapshot(), text, Wanted()).matches
text = "The two sides reaffirmed “non-conflict and non-confrontation”. " * 20
assert annotate(known.snapshot(), text, Wanted()).matches
print(sorted({*sys.modules} - before), sorted({*vars(TABLES)} - tables))
"""
    command = [sys.executable, "-c", program, curated.path]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "[] []\n"


def test_wordings_gathered_of_a_store_that_is_gone_meanwhile_are_let_go(
    only_sqlite: None, store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "_SMALL", -1)
    known = Recognition(store)
    known.snapshot(patience=60)
    first = known._newest
    Path(store.path).unlink()
    known._build()
    assert known._newest is first


def test_wordings_whose_reading_failed_half_way_are_read_again_by_the_next_request(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = Recognition(store)
    assert texts(known) == []
    changes.create(store, entry(**major_country()), by="a")

    def failing(*_: object) -> Shelf:
        raise StoreError(N_("The store cannot be read."))

    with monkeypatch.context() as broken, pytest.raises(StoreError):
        broken.setattr(snapshot, "Shelf", failing)
        texts(known)
    assert texts(known) == ["新型大国关系"]


def test_a_snapshot_in_use_stays_as_it_is(store: SqliteStore) -> None:
    known = Recognition(store)
    before = known.snapshot()
    changes.create(store, entry(**major_country()), by="a")
    assert annotate(before, TEXT, Wanted()).matches == ()
    assert annotate(known.snapshot(), TEXT, Wanted()).revision == store.revision()


def test_many_changes_are_built_into_the_lexicon(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "_REBUILD_AT", 1)
    known = Recognition(store)
    known.snapshot()
    changes.create(store, entry(**major_country()), by="a")
    changes.create(store, entry(**security()), by="a")
    assert texts(known) == ["新型大国关系", "共同安全"]
    assert known.snapshot().stale == frozenset()


def test_a_large_lexicon_is_built_in_the_back_and_kept(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "_SMALL", 0)
    changes.create(store, entry(**major_country()), by="a")
    known = Recognition(store)
    with pytest.raises(NotReady):
        known.snapshot()
    known.settle()
    assert texts(known) == ["新型大国关系"]
    changes.create(store, entry(**security()), by="a")
    again = Recognition(store)
    assert texts(again) == ["新型大国关系", "共同安全"]
    assert len(again.snapshot().stale) == 1


def test_a_small_lexicon_is_kept_for_whoever_reads_next(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "_WORTH_A_FILE", 1)
    changes.create(store, entry(**major_country()), by="a")
    kept = beside(store.path, "lexicon")
    nowhere = kept.parent / "none" / "lexicon"
    assert texts(Recognition(store, nowhere)) == ["新型大国关系"]
    assert not kept.exists()
    assert texts(Recognition(store)) == ["新型大国关系"]
    monkeypatch.setattr(snapshot, "gathered", None)
    changes.create(store, entry(**security()), by="a")
    assert texts(Recognition(store)) == ["新型大国关系", "共同安全"]


def test_a_glossary_whose_entries_are_all_retired_is_gone_over_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "_WORTH_A_FILE", 1)
    store = open_store(str(tmp_path / "glossary.db"))
    changes.create(store, entry(**major_country()), by="a")
    changes.retire(
        store, "new-model-of-major-country-relationship", knows=lambda _: True, by="a"
    )
    times = []
    gathered = snapshot.gathered

    def counted(store: Store) -> Lexicon:
        times.append(store.revision())
        return gathered(store)

    monkeypatch.setattr(snapshot, "gathered", counted)
    assert texts(Recognition(store)) == []
    assert times == [store.revision()]
    store.close()


def test_nobody_but_the_owner_of_the_file_keeps_a_lexicon_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "_WORTH_A_FILE", 1)
    store = open_store(str(tmp_path / "glossary.db"))
    changes.create(store, entry(**major_country()), by="a")
    before = sorted(tmp_path.iterdir())
    with monkeypatch.context() as somebody_else:
        somebody_else.setattr(os, "getuid", lambda: -1)
        assert texts(Recognition(store)) == ["新型大国关系"]
    assert sorted(tmp_path.iterdir()) == before
    store.close()


def test_who_is_patient_waits_for_a_large_lexicon(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "_SMALL", 0)
    changes.create(store, entry(**major_country()), by="a")
    known = Recognition(store)
    assert len(known.snapshot(patience=60).main.lexicon) > 0


def test_wordings_are_gathered_before_anybody_asks(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes.create(store, entry(**major_country()), by="a")
    known = Recognition(store)
    known.gather(rehearse)
    until = time.monotonic() + 20
    while not known.is_gathered and time.monotonic() < until:
        time.sleep(0.01)
    monkeypatch.setattr(snapshot, "gathered", None)
    assert texts(known) == ["新型大国关系"]


def test_the_file_of_another_store_is_not_used(tmp_path: Path) -> None:
    path = tmp_path / "glossary.db"
    store = open_store(str(path))
    changes.create(store, entry(**major_country()), by="a")
    kept = tmp_path / "glossary.db.lexicon"
    snapshot.build(store, kept)
    mark = store.epoch
    assert Lexicon.load(kept, mark) is not None
    assert Lexicon.load(kept, mark + "x") is None
    kept.write_bytes(kept.read_bytes()[:-1])
    assert Lexicon.load(kept, mark) is None
    store.close()


def test_only_what_a_key_does_not_tell_is_read_from_the_entries(
    store: SqliteStore,
) -> None:
    changes.create(store, entry(**major_country()), by="a")
    slots = {"id": "build", "terms": [{"lang": "zh-Hans", "text": "构建{}安全"}]}
    changes.create(store, entry(**slots), by="a")
    assert [read.id for _, read in store.wordings.untold()] == ["build"]
    lexicon = snapshot.gathered(store)
    assert len(lexicon.segments) == 2


def test_the_wordings_of_the_curated_glossary_are_there_in_the_first_request(
    curated: SqliteStore,
) -> None:
    assert curated.wordings.count() <= snapshot._SMALL


def test_keys_and_what_is_untold_give_the_tapes_of_all_curated_wordings(
    curated: SqliteStore,
) -> None:
    untold = {number for number, _ in curated.wordings.untold()}
    terms = [
        term
        for number, entry in curated.wordings.changed(0, 9_999)
        if number not in untold
        for term in entry.terms
    ]
    assert len(terms) > 5_000
    differing = [t.text for t in terms if tape(t.text).text != tape(key(t.text)).text]
    assert differing == []


def test_the_plural_of_a_word_with_accents_is_found_from_a_gathered_lexicon(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "_SMALL", 0)
    attaches = {"id": "it", "terms": [{"lang": "en", "text": "naval attachés"}]}
    changes.create(store, entry(**attaches), by="a")
    known = Recognition(store)
    with pytest.raises(NotReady):
        known.snapshot()
    known.settle()
    for text, number in (("a naval attaché", 1), ("what naval forces attach", 0)):
        assert len(annotate(known.snapshot(), text, Wanted()).matches) == number


def test_of_a_changed_entry_the_new_wording_alone_stands_in_a_text(
    store: SqliteStore,
) -> None:
    changes.create(store, entry(**security()), by="a")
    known = Recognition(store)
    assert texts(known) == ["共同安全"]
    new = {**security(), "terms": [{"lang": "zh-Hans", "text": "构建"}]}
    changes.replace(
        store, "common-security", entry(**new), knows=lambda _: True, by="a"
    )
    assert texts(known) == ["构建"]


def test_a_wording_of_an_older_and_a_newer_entry_has_both_senses(
    store: SqliteStore,
) -> None:
    changes.create(store, entry(**security()), by="a")
    known = Recognition(store)
    known.snapshot()
    changes.create(store, entry(**{**security(), "id": "shared-security"}), by="a")
    (place,) = occurrences(known.snapshot(), "维护共同安全", Wanted())
    assert {sense.entry.id for sense in place.senses} == {
        "common-security",
        "shared-security",
    }


def test_what_an_older_store_lacks_of_a_lexicon_is_found_once_it_has_caught_up(
    store: SqliteStore,
) -> None:
    changes.create(store, entry(**major_country()), by="a")
    lexicon = snapshot.gathered(store)
    lexicon.revision += 1
    words = Snapshot(
        lexicon.revision,
        Shelf(lexicon, store),
        Shelf(Lexicon.of(lexicon.revision, []), store),
        frozenset(),
    )
    assert annotate(words, TEXT, Wanted()).matches == ()
    changes.create(store, entry(**security()), by="a")
    assert [m.text for m in annotate(words, TEXT, Wanted()).matches] == ["新型大国关系"]
