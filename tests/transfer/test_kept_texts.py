"""Every text of a table stands in an entry afterwards, or in the account of it."""

import csv
import io
from contextlib import closing
from dataclasses import dataclass, field
from tempfile import TemporaryDirectory

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.entry import codec
from glossary.formats import by_name
from glossary.formats.record import Remark, UnsettledColumns
from glossary.query import Order
from glossary.store import Store, open_store
from glossary.transfer.records import bring_in
from glossary.transfer.report import Outcome, Trouble

CHINESE = ("和平", "互信", "不冲突、不对抗", "合作共赢", "双边关系", "主权")
ENGLISH = ("peace", "mutual trust", "win-win", "non-conflict, or so", "sovereignty")
PROSE = ("见公报", "second wording", "2014-02-14", "https://a.example/1")
HEADS = ("备注", "定义", "领域", "状态", "Priority", "例句", "来源", "编号", "No.")


@dataclass
class Account:
    """What is left of a file: entries as JSON, and all that was said of the rest."""

    stored: str = ""
    said: str = ""
    outcomes: list[Outcome] = field(default_factory=list)


def brought(store: Store, name: str, file: bytes, **order: object) -> Account:
    made, told = Account(), list[Remark]()
    bring_in(
        store,
        by_name(name),
        io.BytesIO(file),
        Order(glossary="kept", on_error="skip", **order),  # type: ignore[arg-type]
        by="test",
        heed=made.outcomes.append,
        note_remark=told.append,
    )
    entries = [codec.plain(each) for each in store.all_entries("kept")]
    labels = [codec.plain(subject) for subject, _ in store.subjects()]
    made.stored = repr([entries, labels])
    troubles: list[Remark | Trouble] = [
        each
        for one in made.outcomes
        for each in (*one.troubles, *one.warnings, *one.losses)
    ]
    made.said = repr([*troubles, *told])
    return made


def lost(account: Account, cells: list[str]) -> list[str]:
    both = account.stored + account.said
    return [cell for cell in cells if cell and repr(cell)[1:-1] not in both]


ROW = st.tuples(
    st.sampled_from(CHINESE),
    st.sampled_from(ENGLISH),
    st.lists(st.sampled_from((*PROSE, "")), min_size=2, max_size=2),
)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(ROW, min_size=1, max_size=6),
    st.lists(st.sampled_from(HEADS), min_size=2, max_size=2, unique=True),
    st.sampled_from(["csv", "xlsx"]),
)
def test_no_cell_of_a_table_is_lost_in_silence(
    rows: list[tuple[str, str, list[str]]], heads: list[str], kind: str
) -> None:
    table = [["中文", *heads, "英文"]]
    table += [[chinese, *more, english] for chinese, english, more in rows]
    file = io.BytesIO()
    if kind == "xlsx":
        book = xlsxwriter.Workbook(file)
        sheet = book.add_worksheet()
        for at, row in enumerate(table):
            sheet.write_row(at, 0, row)
        book.close()
    else:
        text = io.TextIOWrapper(file, "utf-8", newline="")
        csv.writer(text).writerows(table)
        text.detach()
    with TemporaryDirectory() as folder, closing(open_store(f"{folder}/a.db")) as store:
        try:
            account = brought(store, kind, file.getvalue())
        except UnsettledColumns:
            return
    refused = {one.line for one in account.outcomes if one.troubles}
    # What is refused is named by its line; rows of one number are one record.
    ids = [at for at, head in enumerate(table[0]) if head == "编号"]
    keys = [[row[at] for at in ids if row[at]] for row in table]
    named = [keys[line - 1] for line in refused if keys[line - 1]]
    told = {at for at, key in enumerate(keys) if at + 1 in refused or key in named}
    numbers = {at for at, head in enumerate(table[0]) if head in {"编号", "No."}}
    cells = [
        cell
        for line, row in enumerate(table)
        if line and line not in told
        for at, cell in enumerate(row)
        if at not in numbers
    ]
    assert lost(account, cells) == []


def entries(store: Store) -> list[list[str]]:
    return [
        [f"{term.lang}:{term.text}" for term in each.terms]
        for each in store.all_entries("kept")
    ]


KINDS = {
    "semicolons": (
        "中文;英文;备注\n不对抗；不冲突;non-confrontation, non-conflict;说明, 有逗号\n",
        [["zh-Hans:不对抗", "zh-Hans:不冲突", "en:non-confrontation, non-conflict"]],
    ),
    "regions": (
        "en-US,zh-CN\nmutual trust,互信\n",
        [["en:mutual trust", "zh-Hans:互信"]],
    ),
    "a note in English is no language": (
        "term_id,en_term,en_note,zh_term\n1,mutual trust,a note,互信\n",
        [["en:mutual trust", "zh-Hans:互信"]],
    ),
    "traditional under 中文": (
        "中文,English\n臺灣關係法,Taiwan Relations Act\n說明會,briefing\n",
        [
            ["zh-Hant:說明會", "en:briefing"],
            ["zh-Hant:臺灣關係法", "en:Taiwan Relations Act"],
        ],
    ),
    "languages in German": (
        "Deutsch,Chinesisch\nVertrauen,互信\n",
        [["de:Vertrauen", "zh-Hans:互信"]],
    ),
    "src and dst": ("src,dst\npeace,和平\n", [["en:peace", "zh-Hans:和平"]]),
    "词条 and 对应词": (
        "中文词条,英文对应词,词性\n互信,mutual trust,名\n",
        [["zh-Hans:互信", "en:mutual trust"]],
    ),
    "three languages": (
        "ar,zh,en\nالثقة,互信,mutual trust\n",
        [["ar:الثقة", "zh-Hans:互信", "en:mutual trust"]],
    ),
    "a status a row": (
        "id,zh,en,status\n1,互信,mutual trust,preferred\n1,互信,trust,admitted\n",
        [["zh-Hans:互信", "en:mutual trust", "en:trust"]],
    ),
    "immersive": (
        "source,target,tgt_lng\nmutual trust,互信,zh-CN\n",
        [["en:mutual trust", "zh-Hans:互信"]],
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_table_as_people_keep_it_gives_the_right_entries(
    store: Store, kind: str
) -> None:
    file, wanted = KINDS[kind]
    brought(store, "csv", file.encode())
    assert sorted(entries(store)) == sorted(wanted)


@pytest.mark.parametrize(
    "file",
    [
        "стратегическое доверие,互信\nмирное сосуществование,和平共处\n",
        "source,target\nстратегическое доверие,互信\nмирное сосуществование,和平\n",
    ],
)
def test_a_language_that_nobody_said_is_asked_for_and_then_read(
    store: Store, file: str
) -> None:
    with pytest.raises(UnsettledColumns):
        brought(store, "csv", file.encode())
    assert entries(store) == []
    brought(store, "csv", file.encode(), source="ru", target="zh-Hans")
    assert ["ru:стратегическое доверие", "zh-Hans:互信"] in entries(store)


def test_definitions_of_a_repeated_pair_are_all_kept(store: Store) -> None:
    file = "中文,英文,定义\n银行,bank,金融机构\n银行,bank,河岸(误)\n"
    brought(store, "csv", file.encode())
    (entry,) = store.all_entries("kept")
    assert entry.definition == {"zh-Hans": "金融机构\n河岸(误)"}


def test_subjects_in_chinese_keep_their_names_and_have_ids_that_can_be_read(
    store: Store,
) -> None:
    file = (
        "中文,英文,领域\n不冲突,non-conflict,外交\n"
        "合作共赢,win-win,外交；法治\n公正,justice,法制\n和平,peace,安全 Security\n"
    )
    brought(store, "csv", file.encode())
    labels = {subject.id: dict(subject.label) for subject, _ in store.subjects()}
    assert {"zh-Hans": "外交"} in labels.values()
    assert {"zh-Hans": "安全", "en": "Security"} in labels.values()
    named = sorted(name.rpartition("-")[0] for name in labels)
    assert named[:1] == ["anquan-security"] or "waijiao" in named
    assert named.count("fazhi") == 2


def test_what_a_later_row_says_otherwise_beside_the_terms_is_accounted_for(
    store: Store,
) -> None:
    file = "id,zh,en,Priority,state\n1,和平,peace,高,draft\n,和平,peace,低,approved\n"
    account = brought(store, "csv", file.encode())
    losses = {each.value for one in account.outcomes for each in one.losses}
    assert "低" in losses
    (entry,) = store.all_entries("kept")
    assert entry.extra["csv"]["Priority"] == "高"
