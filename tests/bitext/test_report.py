"""Findings as files: Word, CSV, SARIF."""

import csv
import io
import json

import docx
import pytest

from glossary.bitext import CheckedSegment, Languages, Segment, read, report
from glossary.entry import Finding, Span
from glossary.formats.record import Limits
from glossary.message import N_, Message
from glossary.query import Pair

ZH = "坚持\x0b一个中国原则，反对“台独”。"
EN = "=Uphold the one-China policy and the one-China policy."
POLICY = [(8, 28), (33, 53)]


def finding(start: int, end: int) -> Finding:
    said = N_("“%(text)s” is not rendered; “%(best)s” is expected.")
    return Finding(
        "missing",
        "one-china-principle",
        Span(3, 9, ZH[3:9]),
        Span(start, end, EN[start:end]),
        ("one-China principle", "One-China Principle"),
        advice=False,
        message=Message(said, text=ZH[3:9], best="one-China principle"),
        state="draft",
    )


@pytest.fixture
def checked() -> list[CheckedSegment]:
    pair = Pair("=1+1", ZH, EN)
    findings = tuple(finding(*place) for place in POLICY)
    segment = Segment(pair, 7, Languages("zh-Hans", "en"))
    return [CheckedSegment("公报 终稿#1.xlf", segment, findings)]


def test_a_word_table_marks_what_is_wrong_and_is_read_again(
    checked: list[CheckedSegment],
) -> None:
    made = report("docx", checked, str, lang="zh-Hant")
    table = docx.Document(io.BytesIO(made)).tables[0]
    source, target, beside = table.rows[1].cells
    assert source.text == ZH.replace("\x0b", "\ufffd")
    runs = target.paragraphs[0].runs
    marked = [run.text for run in runs if run.font.highlight_color]
    assert marked == [EN[a:b] for a, b in POLICY]
    assert beside.text.startswith("wrong: “一个中国原则” is not rendered")
    assert "(draft) ×2" in beside.text
    again = read(io.BytesIO(made), "a.docx", Languages(), Limits())
    (segment,) = again
    assert (segment.pair.source, segment.pair.target) == (source.text, EN)


def test_a_listing_has_no_cell_that_a_spreadsheet_computes(
    checked: list[CheckedSegment],
) -> None:
    made = report("csv", checked, str, lang="en")
    assert made.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(made.decode("utf-8-sig"))))
    assert len(rows) == 2
    assert rows[0]["id"] == "'=1+1"
    assert rows[0]["expected"] == "one-China principle | One-China Principle"
    assert (rows[0]["line"], rows[0]["verdict"]) == ("7", "missing")


#: The levels of SARIF 2.1.0.
LEVELS = {"none", "note", "warning", "error"}


def test_a_log_is_sarif(checked: list[CheckedSegment]) -> None:
    log = json.loads(report("sarif", checked, str, lang="en"))
    assert set(log) == {"$schema", "version", "runs"}
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert run["tool"]["driver"]["name"]
    assert run["columnKind"] in {"utf16CodeUnits", "unicodeCodePoints"}
    for result in run["results"]:
        assert result["level"] in LEVELS
        assert result["message"]["text"].endswith("(draft)")
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert all(map(str.isascii, result["partialFingerprints"].values()))
        place = result["locations"][0]["physicalLocation"]
        uri = place["artifactLocation"]["uri"]
        assert uri == "%E5%85%AC%E6%8A%A5%20%E7%BB%88%E7%A8%BF%231.xlf"
        assert place["region"]["startLine"] >= 1
