"""A file that comes a second time, before anything else has changed."""

import io
from dataclasses import replace
from pathlib import Path

import pytest

from glossary.config import Settings
from glossary.curation import changes
from glossary.query import Order
from glossary.store import Store
from glossary.transfer import Import, Imports

ROWS = "中文,英文,待办\n睦邻友好,good-neighborliness,x\n主权,sovereignty,y\n"
ORDER = Order(glossary="again", filename="a.csv")


@pytest.fixture
def imports(store: Store, tmp_path: Path) -> Imports:
    return Imports(Settings(imports=str(tmp_path / "queue")), store)


def brought(imports: Imports, text: str = ROWS, order: Order = ORDER) -> Import:
    job = imports.submit(io.BytesIO(text.encode()), order, by="lin")
    return imports.run(job.id)


def codes(job: Import) -> list[str]:
    return [warning["code"] for warning in job.warnings]


def test_the_same_file_is_not_read_again(imports: Imports, store: Store) -> None:
    first = brought(imports)
    assert first.counts["created"] == 2
    again = brought(imports, order=replace(ORDER, filename="b.csv"))
    assert (again.state, again.revision) == ("succeeded", first.revision)
    assert (again.counts["unchanged"], again.counts["created"]) == (2, 0)
    assert codes(again) == ["same-file"]
    assert store.revision() == first.revision
    # What is left out is said all the same, and can be downloaded.
    assert again.left_out == first.left_out == {"column": 1}
    lines = [*imports.lines(again.id, "left-out")]
    assert lines == [*imports.lines(first.id, "left-out")]
    assert [line["code"] for line in imports.lines(again.id, "warnings")] == codes(
        again
    )
    planned = brought(imports, order=replace(ORDER, dry_run=True))
    assert (planned.state, planned.counts["unchanged"]) == ("planned", 2)


def test_what_is_asked_otherwise_is_read(imports: Imports) -> None:
    brought(imports)
    for order in (
        replace(ORDER, glossary="other"),
        replace(ORDER, mode="add"),
        replace(ORDER, mapping=(("note", "待办"),)),
    ):
        assert "same-file" not in codes(brought(imports, order=order))
        brought(imports, text=ROWS + f"发展{order.mode}{order.glossary},growth\n")


def test_a_store_that_has_moved_is_brought_up_to_date(
    imports: Imports, store: Store
) -> None:
    brought(imports)
    changes.patch(
        store,
        "sovereignty",
        {
            "terms": [
                {"lang": "zh-Hans", "text": "主权"},
                {"lang": "en", "text": "sovereign power"},
            ]
        },
        knows=None,
        by="wang",
    )
    again = brought(imports)
    assert "same-file" not in codes(again)
    assert again.counts["created"] + again.counts["updated"] == 1


def test_what_was_refused_is_said_again(imports: Imports) -> None:
    order = replace(ORDER, on_error="skip")
    text = ROWS + "无,\n"
    assert brought(imports, text, order).counts["rejected"] == 1
    again = brought(imports, text, order)
    assert (again.counts["rejected"], codes(again)) == (1, [])
