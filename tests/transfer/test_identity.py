"""Which entry a record means, whatever other languages stand beside its wordings."""

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glossary.entry import Entry
from glossary.formats import by_name, of_file
from glossary.query import Order
from glossary.store import Store, open_store
from glossary.store.sqlite.store import SqliteStore
from glossary.transfer.records import bring_in
from glossary.transfer.report import Counts, Outcome

ORDER = Order(glossary="test")
BASE = "zh,en\n战略互信,strategic trust\n不冲突,non-conflict\n"


def come_in(
    store: Store, content: str, order: Order = ORDER, *, name: str = ""
) -> tuple[Counts, list[Outcome]]:
    outcomes: list[Outcome] = []
    stream = io.BytesIO(content.encode())
    format_ = by_name(name) if name else of_file(stream)
    counts, _ = bring_in(store, format_, stream, order, by="me", heed=outcomes.append)
    return counts, outcomes


def only(store: Store, entry_id: str) -> Entry:
    """Return an entry, which must have no double."""
    found = [e for e in store.all_entries("test") if e.id.startswith(entry_id)]
    assert [e.id for e in found] == [entry_id]
    return found[0]


def wordings(entry: Entry) -> set[tuple[str, str]]:
    return {(term.lang, term.text) for term in entry.terms}


def ndjson(*terms: tuple[str, str], **more: object) -> str:
    listed = [{"lang": lang, "text": text} for lang, text in terms]
    return json.dumps({**more, "terms": listed}, ensure_ascii=False) + "\n"


#: Files that say the pair again, with another language or a region beside it.
BESIDE = {
    "French behind": "zh,en,fr\n战略互信,strategic trust,confiance stratégique\n",
    "Arabic before": "ar,zh,en\nالثقة,战略互信,strategic trust\n",
    "English of America": "en-US,zh-CN\nstrategic trust,战略互信\n",
    "English of Britain in TBX": (
        '<martif type="TBX" xml:lang="en-GB"><text><body><termEntry><langSet '
        'xml:lang="en-GB"><tig><term>strategic trust</term></tig></langSet><langSet '
        'xml:lang="zh-CN"><tig><term>战略互信</term></tig></langSet></termEntry>'
        "</body></text></martif>"
    ),
    "German and Arabic": (
        ndjson(
            ("ar", "الثقة"),
            ("de", "strategisches Vertrauen"),
            ("en", "strategic trust"),
            ("zh-Hans", "战略互信"),
        )
    ),
    "one synonym of two known": (
        ndjson(
            ("zh-Hans", "战略互信"),
            ("zh-Hans", "战略信任"),
            ("en", "strategic mutual trust"),
            ("en", "strategic trust"),
            ("fr", "confiance stratégique"),
        )
    ),
}


@pytest.mark.parametrize("kind", BESIDE)
def test_a_chinese_and_an_english_wording_are_the_entry_whatever_stands_beside(
    store: Store, kind: str
) -> None:
    come_in(store, BASE)
    counts, _ = come_in(store, BESIDE[kind])
    assert counts.created == 0
    assert {("zh-Hans", "战略互信"), ("en", "strategic trust")} <= wordings(
        only(store, "strategic-trust")
    )
    again, _ = come_in(store, BESIDE[kind])
    assert (again.unchanged, again.read) == (1, 1)


@pytest.mark.parametrize("kind", BESIDE)
def test_it_does_not_matter_which_of_two_files_comes_first(
    store: Store, kind: str
) -> None:
    come_in(store, BESIDE[kind])
    counts, _ = come_in(store, BASE)
    assert (counts.created, counts.unchanged) == (1, 1)
    assert len(list(store.all_entries("test"))) == 2


def test_the_third_language_comes_into_the_entry(store: Store) -> None:
    come_in(store, BASE)
    come_in(store, BESIDE["French behind"])
    come_in(store, BESIDE["Arabic before"])
    assert wordings(only(store, "strategic-trust")) == {
        ("zh-Hans", "战略互信"),
        ("en", "strategic trust"),
        ("fr", "confiance stratégique"),
        ("ar", "الثقة"),
    }


def test_a_region_makes_no_second_term_of_a_wording(store: Store) -> None:
    come_in(store, BASE)
    come_in(store, BESIDE["English of America"])
    assert len(only(store, "strategic-trust").terms) == 2
    regions = ndjson(
        ("zh-Hans", "国防中心"),
        ("en-US", "defense center"),
        ("en-GB", "defence centre"),
    )
    come_in(store, regions, name="ndjson")
    both = wordings(only(store, "defence-centre"))
    assert {("en-US", "defense center"), ("en-GB", "defence centre")} <= both
    counts, _ = come_in(store, "zh,en\n国防中心,defence centre\n")
    assert counts.unchanged == 1


def test_what_a_region_says_of_a_wording_is_said_of_it(store: Store) -> None:
    come_in(store, BASE)
    counts, _ = come_in(
        store, "zh-CN,en-US,status\n战略互信,strategic trust,preferred\n"
    )
    assert counts.updated == 1
    found = {t.text: t.status for t in only(store, "strategic-trust").terms}
    assert found["strategic trust"] == "preferred"


def test_an_id_is_made_from_the_english_of_any_region(store: Store) -> None:
    come_in(store, "zh-CN,en-US\n战略互信,strategic trust\n和平,peace\n")
    assert {e.id for e in store.all_entries("test")} == {"strategic-trust", "peace"}


def test_an_id_with_a_region_means_the_same_entry(store: Store) -> None:
    come_in(store, "id,en\nst,strategic trust\n")
    counts, _ = come_in(store, "id,en-US\nst,strategic trust\n")
    assert (counts.unchanged, counts.refused) == (1, 0)


def test_a_text_in_both_scripts_is_one_wording_of_two_scripts(store: Store) -> None:
    come_in(store, "zh-Hans,en\n和平,peace\n")
    counts, _ = come_in(store, "zh-Hant,en\n和平,peace\n")
    assert (counts.created, counts.updated) == (0, 1)
    assert ("zh-Hant", "和平") in wordings(only(store, "peace"))


def test_without_a_chinese_and_english_pair_any_two_languages_do(
    store: Store,
) -> None:
    come_in(
        store,
        ndjson(("de", "Frieden"), ("fr", "paix"), ("zh-Hans", "和平")),
        name="ndjson",
    )
    counts, _ = come_in(
        store,
        ndjson(("ar", "سلام"), ("fr", "paix"), ("zh-Hans", "和平")),
        name="ndjson",
    )
    assert (counts.created, counts.updated) == (0, 1)
    counts, _ = come_in(store, ndjson(("ru", "мир"), ("fr", "paix")), name="ndjson")
    assert counts.created == 1


def test_another_english_wording_is_another_entry_even_with_the_same_french(
    store: Store,
) -> None:
    come_in(store, BESIDE["French behind"])
    counts, outcomes = come_in(
        store, "zh,en,fr\n战略互信,strategic reliance,confiance stratégique\n"
    )
    assert counts.created == 1
    assert outcomes[0].warnings == ()


NEAR = {
    "letter case": "zh,en\n战略互信,Strategic Trust\n",
    "final stop": "zh,en\n战略互信。,strategic trust.\n",
    "final stop of one": "zh,en,fr\n战略互信,strategic trust.,confiance\n",
    "script": "zh-TW,en\n戰略互信,strategic trust\n",
    "region and case": "zh-CN,en-US\n战略互信,Strategic trust\n",
    "width": "zh,en\n战略互信,ｓtrategic trust\n",
}


@pytest.mark.parametrize("kind", NEAR)
def test_nearly_the_same_pair_is_named_and_comes_in(store: Store, kind: str) -> None:
    come_in(store, BASE)
    for dry_run in (True, False):
        counts, (outcome,) = come_in(store, NEAR[kind], replace(ORDER, dry_run=dry_run))
        assert counts.created == 1
        (warning,) = outcome.warnings
        assert (warning.line, warning.code) == (2, "near-duplicate")
        assert "“strategic-trust”" in warning.message
        assert "战略互信, strategic trust" in warning.message
        assert len(warning.value.split(", ")) == 2
    _, (again,) = come_in(store, NEAR[kind])
    assert (again.action, again.warnings) == ("unchanged", ())


def test_nearly_the_same_pairs_of_one_file_are_named_too(store: Store) -> None:
    _, outcomes = come_in(store, "zh,en\n和平,peace\n和平,Peace.\n战争,war\n")
    assert [[w.code for w in o.warnings] for o in outcomes] == [
        [],
        ["near-duplicate"],
        [],
    ]


def test_only_entries_of_the_same_glossary_are_meant(store: Store) -> None:
    come_in(store, BASE)
    counts, outcomes = come_in(
        store, "zh,en\n战略互信,Strategic trust\n", Order(glossary="another")
    )
    assert (counts.created, outcomes[0].warnings) == (1, ())


def test_wordings_that_are_not_there_are_asked_for_hundreds_at_a_time(
    only_sqlite: None, store: Store
) -> None:
    come_in(store, BASE)
    rows = "".join(f"第{n}次会晤,meeting {n},{n}. Treffen\n" for n in range(500))
    statements: list[str] = []
    assert isinstance(store, SqliteStore)
    store._connection.set_trace_callback(statements.append)
    counts, _ = come_in(store, f"zh,en,de\n{rows}")
    store._connection.set_trace_callback(None)
    assert counts.created == 500
    asked = [each for each in statements if "from term" in each.lower()]
    assert len([each for each in asked if "key =" in each]) <= 3


TEXTS = {
    "zh-Hans": ["和平", "安全"],
    "zh-Hant": ["和平", "安全"],
    "en": ["peace", "security"],
    "en-US": ["peace", "security"],
    "fr": ["paix", "sécurité"],
    "ar": ["سلام", "أمن"],
}
CHINESE, ENGLISH = (
    st.sampled_from(["zh-Hans", "zh-Hant"]),
    st.sampled_from(["en", "en-US"]),
)
OTHERS = st.lists(st.sampled_from(["fr", "ar"]), unique=True)


@st.composite
def same_pairs(draw: st.DrawFn) -> list[str]:
    """Return records that all hold one Chinese-English pair, in any order of terms."""
    which = draw(st.integers(0, 1))
    records = []
    for _ in range(draw(st.integers(2, 5))):
        langs = [draw(CHINESE), draw(ENGLISH), *draw(OTHERS)]
        terms = [(lang, TEXTS[lang][which]) for lang in draw(st.permutations(langs))]
        records.append(ndjson(*terms))
    return records


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(records=same_pairs(), apart=st.booleans())
def test_however_often_a_pair_comes_in_there_is_one_entry(
    tmp_path: Path, *, records: list[str], apart: bool
) -> None:
    path = tmp_path / "one.db"
    for each in (path, tmp_path / "one.db.marker"):
        each.unlink(missing_ok=True)
    store = open_store(str(path))
    for part in records if apart else ["".join(records)]:
        come_in(store, part, name="ndjson")
    (entry,) = store.all_entries("test")
    texts = [(t.lang.partition("-")[0], t.text) for t in entry.terms]
    assert texts.count(("en", texts[0][1])) <= 1
    store.close()


TWO = ndjson(("zh-Hans", "战略互信"), ("en", "strategic trust"), id="trust") + ndjson(
    ("zh-Hans", "战略互信"), ("en", "strategic trust"), id="confidence"
)


def test_two_ids_of_one_file_are_two_concepts(store: Store) -> None:
    counts, outcomes = come_in(store, TWO)
    assert [outcome.troubles for outcome in outcomes if outcome.troubles] == []
    assert counts.created == 2
    assert {e.id for e in store.all_entries("test")} == {"trust", "confidence"}


def test_what_fits_two_entries_alike_is_asked_about(store: Store) -> None:
    come_in(store, TWO)
    before = {e.id: wordings(e) for e in store.all_entries("test")}
    table = "zh,en,fr\n战略互信,strategic trust,confiance stratégique\n"
    _, outcomes = come_in(store, table)
    assert [t.code for o in outcomes for t in o.troubles] == ["ambiguous-match"]
    assert {e.id: wordings(e) for e in store.all_entries("test")} == before
