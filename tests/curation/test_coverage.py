"""Set phrases of real texts of 2024 to 2026 are found where a reader marked them."""

from pathlib import Path

from benchmarks.coverage import curve, looked_for
from glossary.recognition.snapshot import Recognition
from glossary.store import SqliteStore

HERE = Path(__file__).parent


def test_marked_phrases_of_real_texts_are_found_but_for_those_named(
    curated: SqliteStore,
) -> None:
    marks = list(looked_for(Recognition(curated).snapshot()))
    assert len({mark.text for mark in marks}) >= 20
    missed = [mark.phrase for mark in marks if not mark.known]
    points = curve(marks, sorted({e for mark in marks for e in mark.entries}))
    assert [found for _, found in points] == sorted(found for _, found in points)
    assert points[-1][1] == len(marks) - len(missed)
    # Found by no entry yet; whoever adds one that finds a phrase takes it out there.
    named = (HERE / "coverage_missed.txt").read_text("utf-8").splitlines()
    assert set(missed) == set(named)
