"""A file that replaces a glossary: what it may retire, and what it must be asked."""

import io
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glossary.errors import NoRecords, NotConfirmed
from glossary.formats import by_name, of_file
from glossary.query import Order
from glossary.store import Store, open_store
from glossary.transfer.records import bring_in
from glossary.transfer.report import Counts, Outcome
from tests.answers import API, json_of, problem
from tests.nouns import entry
from tests.running import run

PAIRS = {
    "主权": "sovereignty",
    "和平": "peace",
    "安全": "security",
    "战略互信": "strategic mutual trust",
    "双赢": "win-win",
}
REPLACE = Order(glossary="test", mode="replace", on_error="skip", any_number=True)


def filled(store: Store, pairs: Mapping[str, str] = PAIRS) -> None:
    with store.write(by="editor") as write:
        for chinese, english in pairs.items():
            terms = [
                {"lang": "zh-Hans", "text": chinese},
                {"lang": "en", "text": english},
            ]
            name = english.replace(" ", "-")
            write.create(entry(id=name, glossary="test", terms=terms))


def come_in(
    store: Store, content: str, order: Order = REPLACE, *, name: str = ""
) -> tuple[Counts, list[Outcome]]:
    outcomes: list[Outcome] = []
    stream = io.BytesIO(content.encode())
    format_ = by_name(name) if name else of_file(stream)
    counts, _ = bring_in(
        store, format_, stream, order, by="importer", heed=outcomes.append
    )
    return counts, outcomes


def in_use(store: Store, glossary: str = "test") -> set[str]:
    return {each.id for each in store.all_entries(glossary)}


EMPTY = [
    ("zh,en\n", "csv"),
    ("[]", "ndjson"),
    ("\n\n", "ndjson"),
    ('<martif type="TBX"><text><body></body></text></martif>', "tbx2"),
    ('<tmx version="1.4"><header/><body></body></tmx>', "tmx"),
    ("# nothing but a comment\n", "cedict"),
]


@pytest.mark.parametrize("on_error", ["abort", "skip"])
@pytest.mark.parametrize("way", ["dry", "real"])
@pytest.mark.parametrize(("content", "name"), EMPTY)
def test_a_file_without_records_retires_nothing(
    store: Store, content: str, name: str, on_error: str, way: str
) -> None:
    filled(store)
    order = replace(REPLACE, on_error=on_error, dry_run=way == "dry")
    with pytest.raises(NoRecords):
        come_in(store, content, order, name=name)
    assert (len(in_use(store)), store.revision()) == (5, 1)


def test_a_file_of_which_no_record_can_be_taken_retires_nothing(store: Store) -> None:
    filled(store)
    with pytest.raises(NoRecords):
        come_in(store, "zh,en,since\n新词,new word,gestern\n")
    assert len(in_use(store)) == 5


#: A file with one sound record, 主权, and one that is refused; it means 和平.
REFUSED = {
    "empty term": ("zh,en\n主权,sovereignty\n和平,\n", "csv"),
    "bad status": (
        (
            '{"id": "sovereignty", "terms": [{"lang": "en", "text": "sovereignty"}]}\n'
            '{"terms": [{"lang": "en", "text": "Peace", "status": "superb"}]}\n'
        ),
        "ndjson",
    ),
    "bad date": ("zh,en,since\n主权,sovereignty,\n和平,peace,gestern\n", "csv"),
    "bad date with an id": (
        "id,zh,en,since\nsovereignty,主权,sovereignty,\npeace,和睦,harmony,gestern\n",
        "csv",
    ),
    "too many columns": ("zh,en\n主权,sovereignty\n和平,peace,concord\n", "csv"),
    "unclosed quote": ('zh,en\n主权,sovereignty\n"和平,peace\n', "csv"),
    "unknown language": (
        (
            "id,lang,text\nsovereignty,zh,主权\nsovereignty,en,sovereignty\n"
            "p,Klingonisch!,和平\np,en,peace\n"
        ),
        "csv",
    ),
    "rows that disagree": (
        (
            "id,glossary,lang,text\nsovereignty,test,zh,主权\nsovereignty,test,en,"
            "sovereignty\nx,test,zh,和平\nx,other,en,peace\n"
        ),
        "csv",
    ),
    "no tab": ("主权\tsovereignty\n和平 peace\n", "omegat"),
    "broken JSON": (
        (
            '{"id": "sovereignty", "terms": [{"lang": "en", "text": "sovereignty"}]}\n'
            '{"id": "peace", "terms": [{"lang": "en", "text": "peace"}\n'
        ),
        "ndjson",
    ),
    "broken JSON without an id": (
        (
            '{"id": "sovereignty", "terms": [{"lang": "en", "text": "sovereignty"}]}\n'
            '{"terms": [{"lang":"zh", "text": "和平"}, {"lang": "en", "text": "peace"\n'
        ),
        "ndjson",
    ),
    "no object": (
        (
            '{"id": "sovereignty", "terms": [{"lang": "en", "text": "sovereignty"}]}\n'
            '["和平", "peace"]\n'
        ),
        "ndjson",
    ),
    "unknown field": (
        (
            '{"id": "sovereignty", "terms": [{"lang": "en", "text": "sovereignty"}]}\n'
            '{"id": "peace", "mood": 1, "terms": [{"lang": "en", "text": "peace"}]}\n'
        ),
        "ndjson",
    ),
    "no language": (
        (
            '<martif type="TBX"><text><body><termEntry id="sovereignty"><langSet '
            'xml:lang="en"><tig><term>sovereignty</term></tig></langSet></termEntry>'
            "<termEntry><langSet><tig><term>和平</term></tig></langSet></termEntry>"
            "</body></text></martif>"
        ),
        "tbx2",
    ),
    "empty concept with an id": (
        (
            '<martif type="TBX"><text><body><termEntry id="sovereignty"><langSet '
            'xml:lang="en"><tig><term>sovereignty</term></tig></langSet></termEntry>'
            '<termEntry id="peace"><langSet xml:lang="en"/></termEntry>'
            "</body></text></martif>"
        ),
        "tbx2",
    ),
    "too long a segment": (
        (
            '<tmx version="1.4"><header/><body><tu><tuv xml:lang="zh"><seg>主权</seg>'
            '</tuv><tuv xml:lang="en"><seg>sovereignty</seg></tuv></tu><tu><tuv '
            f'xml:lang="en"><seg>{"long " * 200}</seg></tuv><tuv xml:lang="zh">'
            "<seg>和平</seg></tuv></tu></body></tmx>"
        ),
        "tmx",
    ),
    "no entry of CC-CEDICT": (
        "主權 主权 [zhu3 quan2] /sovereignty/\n和平 和平 he2 ping2 /peace/\n",
        "cedict",
    ),
    "broken PO": (
        (
            'msgid ""\nmsgstr ""\n"Language: zh_CN\\n"\n\n'
            'msgid "sovereignty"\nmsgstr "主权"\n\n'
            'msgid "peace"\nmsgstr "和平\n'
        ),
        "po",
    ),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_refused_record_keeps_its_entry(store: Store, kind: str) -> None:
    filled(store)
    before = store.entry("peace")
    content, name = REFUSED[kind]
    counts, outcomes = come_in(store, content, name=name)
    refused = [each for each in outcomes if each.troubles]
    assert (counts.refused, len(refused)) == (1, 1), outcomes
    assert store.entry("peace") == before
    assert in_use(store) == {"sovereignty", "peace"}
    assert counts.retired == 3


def test_a_record_that_may_be_any_of_several_entries_keeps_them_all(
    store: Store,
) -> None:
    filled(store, {"主权": "sovereignty", "和平": "peace"})
    same = [{"lang": "zh-Hans", "text": "资源"}, {"lang": "en", "text": "resource"}]
    with store.write(by="editor") as write:
        for number in (1, 2):
            note = {"note": f"No. {number}"}
            write.create(entry(id=f"r{number}", glossary="test", terms=same, **note))
    content = "zh,en,note\n主权,sovereignty,\n资源,resource,another\n"
    counts, outcomes = come_in(store, content)
    assert outcomes[1].troubles[0].code == "ambiguous-match"
    assert in_use(store) == {"sovereignty", "r1", "r2"}
    assert counts.retired == 1


def test_of_homographs_a_refused_pair_keeps_the_one_that_it_means(
    store: Store,
) -> None:
    filled(store, {"主权": "sovereignty", "资源": "resource"})
    terms = [{"lang": "zh-Hans", "text": "手段"}, {"lang": "en", "text": "resource"}]
    with store.write(by="editor") as write:
        write.create(entry(id="means", glossary="test", terms=terms))
    content = "zh,en,since\n主权,sovereignty,\n手段,resource,gestern\n"
    counts, _ = come_in(store, content)
    assert (counts.retired, in_use(store)) == (1, {"sovereignty", "means"})


def test_a_refused_record_that_says_nothing_keeps_everything(store: Store) -> None:
    filled(store)
    content = (
        '{"id": "sovereignty", "terms": [{"lang": "en", "text": "sovereignty"}]}\n'
        '{"name": "pea\n'
    )
    counts, outcomes = come_in(store, content, name="ndjson")
    assert [w.code for o in outcomes for w in o.warnings] == ["keeps-all"]
    assert (counts.retired, len(in_use(store))) == (0, 5)


def test_a_refused_row_of_an_entry_takes_no_term_from_it(store: Store) -> None:
    filled(store)
    content = (
        "id,lang,text\npeace,zh,和平\npeace,en,peace,concord\n"
        "sovereignty,zh,主权\nsovereignty,en,sovereignty\n"
    )
    counts, _ = come_in(store, content)
    assert counts.rejected == 1
    assert [t.text for t in store.entry("peace").terms] == ["和平", "peace"]


def test_more_than_a_tenth_is_asked_about(store: Store) -> None:
    filled(store, {f"第{n}次会晤": f"meeting {n}" for n in range(20)})
    rows = [f"第{n}次会晤,meeting {n}\n" for n in range(20)]
    order = replace(REPLACE, any_number=False)
    two_left_out = "zh,en\n" + "".join(rows[2:])
    three_left_out = "zh,en\n" + "".join(rows[3:])
    with pytest.raises(NotConfirmed) as asked:
        come_in(store, three_left_out, order)
    assert asked.value.count == 3
    assert "3 of the 20 entries in use of “test”" in str(asked.value.message)
    assert (len(in_use(store)), store.revision()) == (20, 1)
    with pytest.raises(NotConfirmed):
        come_in(store, three_left_out, replace(order, confirm=2))
    counts, _ = come_in(store, three_left_out, replace(order, confirm=3))
    assert (counts.retired, len(in_use(store))) == (3, 17)
    again, _ = come_in(store, three_left_out, order)
    assert (again.retired, again.unchanged) == (0, 17)
    counts, _ = come_in(store, two_left_out, replace(order, dry_run=True))
    assert counts.retired == 0


def test_a_tenth_goes_unasked(store: Store) -> None:
    filled(store, {f"第{n}次会晤": f"meeting {n}" for n in range(20)})
    rows = "".join(f"第{n}次会晤,meeting {n}\n" for n in range(2, 20))
    counts, outcomes = come_in(
        store, "zh,en\n" + rows, replace(REPLACE, any_number=False)
    )
    assert (counts.retired, len(in_use(store))) == (2, 18)
    assert not any(outcome.warnings for outcome in outcomes)


def test_a_dry_run_says_how_many_would_go(store: Store) -> None:
    filled(store)
    asked: list[int] = []
    outcomes: list[Outcome] = []
    counts, _ = bring_in(
        store,
        by_name("csv"),
        io.BytesIO("zh,en\n主权,sovereignty\n".encode()),
        replace(REPLACE, dry_run=True, any_number=False),
        by="importer",
        heed=outcomes.append,
        asks=asked.append,
    )
    assert (counts.retired, asked) == (4, [4])
    (warning,) = [w for outcome in outcomes for w in outcome.warnings]
    assert warning.code == "retires-many"
    assert len(in_use(store)) == 5


def test_a_file_replaces_the_glossaries_that_its_records_name_and_no_other(
    store: Store,
) -> None:
    filled(store)
    with store.write(by="editor") as write:
        for name in ("one", "two"):
            terms = [{"lang": "en", "text": f"entry {name}"}]
            write.create(entry(id=f"old-{name}", glossary=name, terms=terms))
        terms = [{"lang": "en", "text": "of the default glossary"}]
        write.create(entry(id="default", terms=terms))
    content = '{"glossary": "one", "terms": [{"lang": "en", "text": "new one"}]}\n'
    counts, _ = come_in(store, content, replace(REPLACE, glossary=None), name="ndjson")
    assert counts.retired == 1
    assert in_use(store, "one") == {"new-one"}
    assert in_use(store, "two") == {"old-two"}
    assert in_use(store, "diplomatic") == {"default"}
    assert len(in_use(store)) == 5


WORDS = list(PAIRS.items())


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    kinds=st.lists(
        st.sampled_from(["left out", "sound", "bad date", "no English"]),
        min_size=5,
        max_size=5,
    )
)
def test_whatever_a_file_says_only_what_it_leaves_out_is_retired(
    tmp_path: Path, kinds: list[str]
) -> None:
    path = tmp_path / "one.db"
    for each in (path, tmp_path / "one.db.marker"):
        each.unlink(missing_ok=True)
    store = open_store(str(path))
    filled(store)
    rows = {
        "sound": "{},{},\n",
        "bad date": "{},{},gestern\n",
        "no English": "{},,\n",
        "left out": "",
    }
    content = "zh,en,since\n" + "".join(
        rows[kind].format(*pair) for kind, pair in zip(kinds, WORDS, strict=True)
    )
    try:
        come_in(store, content, name="csv")
    except NoRecords:
        assert "sound" not in kinds
        expected = {english.replace(" ", "-") for _, english in WORDS}
    else:
        assert "sound" in kinds
        expected = {
            english.replace(" ", "-")
            for kind, (_, english) in zip(kinds, WORDS, strict=True)
            if kind != "left out"
        }
    assert in_use(store) == expected
    store.close()


def posted(
    client: FlaskClient, headers: dict[str, str], content: str, query: str
) -> Any:
    return client.post(
        f"{API}/imports?{query}",
        data=content.encode(),
        content_type="text/csv",
        headers=headers,
    )


NEW = "zh,en\n主权,sovereignty\n"


def test_over_rest_an_empty_file_is_422_and_nothing_is_retired(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    before = json_of(client.get(f"{API}/stats"))
    for query in ("mode=replace", "mode=replace&dry_run=true"):
        answer = posted(client, editor, "zh,en\n", query)
        problem(answer, 422, "no-records")
    assert json_of(client.get(f"{API}/stats")) == before


def test_over_rest_the_number_shown_is_sent_to_confirm(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    posted(client, editor, "zh,en\n和平,peace\n双赢,win-win\n", "glossary=t")
    found = problem(
        posted(client, editor, NEW, "glossary=t&mode=replace"), 422, "must-confirm"
    )
    assert found["errors"] == [
        {"pointer": "/confirm", "detail": "Send confirm=2 to do it all the same."}
    ]
    wrong = posted(client, editor, NEW, "glossary=t&mode=replace&confirm=1")
    problem(wrong, 422, "must-confirm")
    query = "glossary=t&mode=replace&dry_run=true"
    plan = json_of(posted(client, editor, NEW, query))
    assert (plan["state"], plan["confirm"], plan["counts"]["retired"]) == (
        "planned",
        2,
        2,
    )
    (warning,) = plan["warnings"]
    assert warning["code"] == "retires-many"
    lines = client.get(f"{API}/imports/{plan['id']}/warnings", headers=editor).data
    assert lines.count(b"\n") == 1
    address = f"{API}/imports/{plan['id']}/apply"
    problem(client.post(address, headers=editor), 422, "must-confirm")
    problem(client.post(f"{address}?confirm=3", headers=editor), 422, "must-confirm")
    done = json_of(client.post(f"{address}?confirm=2", headers=editor))
    assert (done["state"], done["counts"]["retired"]) == ("succeeded", 2)


def test_over_rest_confirm_is_a_number(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    for wrong in ("-1", "all", "²", "1.5", str(2**64)):
        answer = posted(client, editor, NEW, f"mode=replace&confirm={wrong}")
        problem(answer, 422, "invalid")


def test_the_command_line_asks_for_yes(
    engine: str, database: Path, tmp_path: Path
) -> None:
    path = tmp_path / "new.csv"
    path.write_text("zh,en\n和平,peace\n双赢,win-win\n", encoding="utf-8")
    options = ("--glossary", "t", "--mode", "replace")
    assert run("import", str(path), *options, database=database).returncode == 0
    path.write_text(NEW, encoding="utf-8")
    planned = run("import", str(path), *options, "--dry-run", database=database)
    assert (planned.returncode, "2 retired" in planned.stdout) == (0, True)
    assert "2 of the 2 entries in use of “t”" in planned.stderr
    refused = run("import", str(path), *options, database=database)
    assert refused.returncode == 65
    assert "2 of the 2 entries in use of “t”" in refused.stderr
    assert "--yes" in refused.stderr
    done = run("import", str(path), *options, "--yes", database=database)
    assert (done.returncode, "2 retired" in done.stdout) == (0, True)
    path.write_text("zh,en\n", encoding="utf-8")
    empty = run("import", str(path), *options, "--yes", database=database)
    assert empty.returncode == 65
    assert "no record" in empty.stderr
