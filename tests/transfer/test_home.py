"""A file that was taken out of a glossary changes nothing when it comes home."""

from dataclasses import replace
from io import BytesIO

import pytest

from glossary.formats import by_name, of_file
from glossary.query import Order, Part
from glossary.schema import load_entry
from glossary.store import Store
from glossary.transfer import take_out
from glossary.transfer.records import bring_in
from glossary.transfer.report import Outcome
from tests.formats.whole_entries import diplomatic, whole

_PAIRED = ("utx", "omegat", "deepl")


def _filled(store: Store) -> None:
    """Fill a store with a part of the curated glossary, and what is awkward."""
    some = [*diplomatic()[::15], _awkward()]
    with store.write(by="test") as write:
        for each in some:
            write.create(load_entry(each))


def _awkward() -> dict[str, object]:
    return whole(
        {
            "id": "treaty",
            "glossary": "diplomatic",
            "state": "draft",
            "definition": {"en": "An agreement\nof two lines.", "zh-Hans": "协定"},
            "terms": [
                {"lang": "zh-Hans", "text": "条约", "status": "admitted"},
                {"lang": "zh-Hans", "text": "约章", "status": "preferred"},
                {
                    "lang": "en",
                    "text": "treaty",
                    "status": "preferred",
                    "issuer": "MFA of China",
                    "usage": "Of 条约, with\ntwo lines.",
                },
                {"lang": "en", "text": "pact", "status": "admitted"},
            ],
        }
    )


_HOME = [
    *_PAIRED,
    "ndjson",
    "csv",
    "csv wide",
    "xlsx",
    "xlsx wide",
    "tbx3",
    "tbx-min",
    "tbx-core",
    "tmx",
    "multiterm",
]


@pytest.mark.parametrize("name", _HOME)
def test_a_file_that_comes_home_changes_nothing(name: str, store: Store) -> None:
    _filled(store)
    name, _, layout = name.partition(" ")
    format_ = by_name(name)
    file = BytesIO()
    part = Part(glossary="diplomatic")
    layout = layout or "terms"
    count = take_out(
        store, format_, file, part=part, drop=lambda _: None, layout=layout
    )
    assert count > 30
    file.seek(0)
    counts, _ = bring_in(
        store,
        format_ if format_.read else of_file(file),
        file,
        Order(glossary="diplomatic", source="zh-Hans", target="en", on_error="skip"),
        by="test",
        heed=lambda _: None,
    )
    assert counts.read > 20
    assert counts.unchanged == counts.read


def test_a_row_that_is_older_than_its_entry_is_a_conflict(store: Store) -> None:
    with store.write(by="test") as write:
        made = write.create(load_entry(_awkward()))
    file = BytesIO()
    take_out(store, by_name("csv"), file, part=Part(), drop=lambda _: None)
    with store.write(by="other") as write:
        write.update(replace(made, note="moved"))
    old = file.getvalue().decode()
    outcomes: list[Outcome] = []
    for text in (old, old.replace("约章", "约定")):
        bring_in(
            store,
            by_name("csv"),
            BytesIO(text.encode()),
            Order(on_error="skip"),
            by="test",
            heed=outcomes.append,
        )
    codes = [each.troubles[0].code for each in outcomes if each.troubles]
    assert codes == ["stale-row"]
    assert [t.text for t in store.entry("treaty").terms][:2] == ["条约", "约章"]
