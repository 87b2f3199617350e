"""TBX for readers of one direction: Translate Toolkit and OmegaT get what they need."""

import io
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from glossary.entry import Entry
from glossary.formats import by_name
from glossary.formats.record import Dropped
from glossary.query import Part
from glossary.schema import load_entry
from glossary.store import Store
from glossary.transfer import take_out
from tests.formats.tbx.rules import faults
from tests.formats.whole_entries import diplomatic, records
from tests.web.tools.installed import clients, ran
from tests.web.tools.omegat_projects import omegat_reads, project_in

READ = """
import json, sys
from translate.storage.tbx import tbxfile
units = tbxfile.parsefile(sys.argv[1]).units
print(json.dumps([[u.source, u.target, u.isobsolete()] for u in units]))
"""


def _some() -> tuple[dict[str, Any], ...]:
    return diplomatic()[::6]


def _filled(store: Store) -> list[Entry]:
    with store.write(by="test") as write:
        return [write.create(load_entry(each)) for each in _some()]


def _out(store: Store, name: str, source: str, target: str) -> tuple[bytes, list[str]]:
    stream, dropped = io.BytesIO(), list[Dropped]()
    take_out(
        store,
        by_name(name),
        stream,
        part=Part(),
        drop=dropped.append,
        source=source,
        target=target,
        nouns=True,
    )
    return stream.getvalue(), [each.value for each in dropped]


def _usable(entry: dict[str, Any], lang: str) -> list[str]:
    ranks = ("preferred", "admitted")
    terms = [t for t in entry["terms"] if t["lang"] == lang and t["status"] in ranks]
    return [t["text"] for t in sorted(terms, key=lambda t: ranks.index(t["status"]))]


@pytest.mark.parametrize(("source", "target"), [("en", "zh-Hans"), ("zh-Hant", "en")])
def test_translate_toolkit_reads_the_best_wording_of_each_side(
    store: Store, tmp_path: Path, source: str, target: str
) -> None:
    _filled(store)
    file = tmp_path / "terms.tbx"
    file.write_bytes(_out(store, "tbx2", source, target)[0])
    expected = [
        [_usable(each, source)[0], _usable(each, target)[0], False]
        for each in sorted(_some(), key=lambda each: each["id"])
        if _usable(each, source) and _usable(each, target)
    ]
    assert len(expected) > 60
    assert json.loads(ran(clients(), READ, str(file))) == expected


def test_omegat_from_english_gets_every_entry_with_its_english(
    store: Store, tmp_path: Path
) -> None:
    project = project_in(tmp_path / "project", "EN-US", "ZH-CN")
    _filled(store)
    file = project / "glossary" / "terms.tbx"
    file.write_bytes(_out(store, "tbx2", "en", "zh-Hans")[0])
    expected = Counter(
        (english, chinese)
        for each in _some()
        for english in _usable(each, "en")
        for chinese in _usable(each, "zh-Hans")
    )
    assert Counter(line[:2] for line in omegat_reads(project, file)) == expected
    assert {english for english, _ in expected} == {
        text
        for each in _some()
        if _usable(each, "zh-Hans")
        for text in _usable(each, "en")
    }


def test_such_a_file_is_valid_and_tells_what_it_leaves_out(store: Store) -> None:
    _filled(store)
    file, dropped = _out(store, "tbx3", "en", "zh-Hans")
    assert faults(file) == []
    read = by_name("tbx3").read
    assert read
    found = [r.data for r in records(read, file) if "terms" in r.data]
    kept = {(t["lang"], t["text"]) for each in found for t in each["terms"]}
    assert {lang for lang, _ in kept} == {"en", "zh-Hans"}
    every = {(t["lang"], t["text"]) for each in _some() for t in each["terms"]}
    gone = {text for lang, text in every - kept}
    assert gone <= set(dropped)
