"""Set phrases of real texts of 2024 and 2025 are found where a reader marked them."""

from benchmarks.coverage import looked_for
from glossary.recognition.snapshot import Recognition
from glossary.store import SqliteStore


def test_three_in_four_marked_phrases_of_real_texts_are_found(
    curated: SqliteStore,
) -> None:
    marks = list(looked_for(Recognition(curated).snapshot()))
    assert len({mark.text for mark in marks}) >= 14
    missed = [mark.phrase for mark in marks if not mark.known]
    assert len(missed) <= len(marks) / 4, missed
