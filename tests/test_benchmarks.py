"""The results of benchmarks are kept, and what has become slower is said."""

import pytest
from lxml import etree

from benchmarks.growth import Growth, drawn, lines_of
from benchmarks.results import Row, kept, page, regressions


def test_a_ratio_that_falls_by_more_than_a_tenth_is_said() -> None:
    before = {"import": 0.20, "export": 0.50, "look-up": 0.30}
    rows = [
        Row("import", 0.17, 0.16, 0.19, 10.0),
        Row("export", 0.46, 0.40, 0.50, 10.0),
        Row("new", 0.01, 0.01, 0.01, 10.0),
    ]
    assert regressions(before, rows) == ["import: 0.17 instead of 0.20"]


def test_the_page_is_what_the_next_run_is_held_against() -> None:
    row = Row("import of 1,000 rows; sqlite-utils insert", 0.071, 0.06, 0.08, 12.34)
    text = page([row], 5)
    assert kept(text) == {row.name: 0.071}
    other = Row("export, ndjson; documents as they are", 0.5, 0.4, 0.6, 3.0)
    both = page([other], 5, before=text)
    assert kept(both) == {row.name: 0.071, other.name: 0.5}
    assert "5 rounds" in both


def test_what_grows_in_proportion_has_the_exponent_one_and_what_does_not_none() -> None:
    grows = Growth("storing", {1_000: 20.0, 10_000: 200.0, 100_000: 2_000.0})
    stays = Growth("look-up", {1_000: 50.0, 10_000: 50.0, 100_000: 50.0})
    assert grows.exponent == pytest.approx(1)
    assert stays.exponent == pytest.approx(0)
    assert "| look-up | 50 | 50 | 50 | 0.00 |" in lines_of([grows, stays])


def test_growth_is_drawn_with_a_panel_for_each_work_and_a_point_for_each_size() -> None:
    sizes = {1_000: 20.0, 10_000: 200.0}
    picture = etree.fromstring(drawn([Growth("a", sizes), Growth("b & c", sizes)]))
    names = {node.tag.rpartition("}")[2]: node for node in picture.iter()}
    assert {"svg", "title", "g", "circle", "polyline"} <= names.keys()
    circles = [node for node in picture.iter() if node.tag.endswith("circle")]
    assert len(circles) == 2 * len(sizes)


def test_growth_stays_on_the_page_when_a_later_run_does_not_measure_it() -> None:
    grown = [Growth("look-up", {1_000: 50.0, 10_000: 60.0})]
    row = Row("export, csv; documents as they are", 0.05, 0.04, 0.06, 500.0, "")
    before = page([row], 5, grown=grown)
    assert "| look-up | 50 | 60 |" in page([row], 5, before=before)
    assert kept(before) == {row.name: 0.05}
