"""Nothing of a table is lost in silence: what goes in comes out, or is accounted for.

The oracle knows nothing of columns. It asks of every word in every cell whether it
stands in an entry, in a refusal, or in a remark of what is left out.
"""

import csv
import io
from collections.abc import Iterable, Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glossary.formats import (
    ReadOptions,
    Record,
    UnsettledColumns,
    by_name,
)
from glossary.formats.record import Given
from tests.formats.oracle import SAID_AS, WORD, out

_CHINESE = st.lists(
    st.sampled_from("双重标准 战略互信 不冲突 和平共处 核心利益 共同发展".split()),
    min_size=1,
    max_size=3,
    unique=True,
)
_ENGLISH = st.lists(
    st.sampled_from(
        ["double standards", "strategic trust", "non-conflict", "core interests"]
    ),
    min_size=1,
    max_size=3,
    unique=True,
)
_BETWEEN = st.sampled_from(["; ", "；", " | ", "/", "、", "\n"])
_PROSE = st.text("外交部 said so, <b>2013</b>;\n|/（注）", max_size=18)
_BESIDE = {
    "备注": _PROSE,
    "定义": _PROSE,
    "Definition (EN)": _PROSE,
    "领域": st.sampled_from(["", "外交", "安全 Security", "经贸；外交"]),
    "状态": st.sampled_from(["", "首选", "preferred", "禁用", "随便"]),
    "序号": st.integers(1, 99).map(str),
    "来源": _PROSE,
    "例句": _PROSE,
    "词性": st.sampled_from(["", "名词", "n.", "怪词"]),
    "内部代码": st.sampled_from(["", "A-17", "x y z"]),
    "Owner": st.sampled_from(["", "Li", "王毅"]),
}


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """Draw a table: both languages, some columns beside them, in any order."""
    beside = draw(st.lists(st.sampled_from([*_BESIDE]), max_size=5, unique=True))
    heads = draw(st.permutations(["中文", "英文", *beside]))
    rows: list[list[str]] = [[*heads]]
    for _ in range(draw(st.integers(1, 4))):
        row = []
        for head in heads:
            if head in _BESIDE:
                row.append(draw(_BESIDE[head]))
            else:
                texts = draw(_CHINESE if head == "中文" else _ENGLISH)
                row.append(draw(_BETWEEN).join(texts))
        rows.append(row)
    return rows


def _lines(rows: list[list[str]]) -> Iterator[int]:
    """Yield the line that each row begins on."""
    line = 1
    for row in rows:
        yield line
        line += 1 + sum(cell.count("\n") for cell in row)


def _lost(rows: list[list[str]], given: Iterable[Given]) -> list[tuple[str, str]]:
    text, columns, lines = out(given)
    return [
        (head, word)
        for line, row in [*zip(_lines(rows), rows, strict=True)][1:]
        if line not in lines
        for head, cell in zip(rows[0], row, strict=True)
        for word in WORD.findall(cell)
        if head not in columns
        and word not in text
        and SAID_AS.get(word, "\0") not in text
    ]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=tables(), split=st.sampled_from(["", "/、\n"]))
def test_every_word_of_a_table_comes_out_or_is_accounted_for(
    rows: list[list[str]], split: str
) -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    read = by_name("csv").read
    assert read
    stream = io.BytesIO(text.getvalue().encode())
    try:
        reading = read(stream, ReadOptions(split=split))
    except UnsettledColumns:
        # A question loses nothing: no entry is made.
        return
    assert _lost(rows, [*reading.records]) == [], rows


def test_the_oracle_finds_what_is_lost() -> None:
    rows = [["中文", "英文", "备注"], ["双重标准", "double standards", "外交部 2013"]]
    terms = [{"lang": "zh-Hans", "text": "双重标准"}, {"lang": "en", "text": "double"}]
    record = Record(2, {"terms": terms, "note": "外交部"})
    assert _lost(rows, [record]) == [("英文", "standards"), ("备注", "2013")]
    with pytest.raises(AssertionError):
        assert _lost(rows, []) == []
