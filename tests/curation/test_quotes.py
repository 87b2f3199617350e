"""Quotations are held against the texts that are at hand, and only those."""

from pathlib import Path

from benchmarks.quotes import bare, counted, quotations


def test_a_quotation_is_right_whatever_its_spaces_and_marks() -> None:
    assert bare("“群岛国”是指 全部") in bare("(a)“群岛国”是指全部由一个")
    assert bare("Most-Favoured-Nation") == bare("most favoured nation")


def test_a_wrong_quotation_is_told_and_what_has_no_text_is_not_counted(
    tmp_path: Path,
) -> None:
    for lang in ("en", "zh"):
        (tmp_path / lang).mkdir()
    chosen = [q for q in quotations() if q.source == "un-charter-1945"]
    english = [q for q in chosen if q.lang == "en"]
    text = "\n".join(q.words for q in english[1:])
    (tmp_path / "en" / "un-charter-1945.txt").write_text(text, encoding="utf-8")
    count = counted(tmp_path)
    assert count.checked == len(english) < count.all
    assert {q.words for q in count.absent} <= {english[0].words}
    assert all(bare(q.words) not in bare(text) for q in count.absent)
