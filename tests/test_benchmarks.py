"""The results of benchmarks are kept, and what has become slower is said."""

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
