"""Notes of an entry by language go out and come home with their languages."""

import pytest

from glossary.formats import by_name
from tests.formats.tbx.rules import faults
from tests.formats.whole_entries import entry, read_back, told, whole, written

NOTES = {
    "en": "Never “values”.\nSee 2015.",
    "zh-Hant": "港澳不用",
    "zh-Hans": "since: 2013",
}


@pytest.mark.parametrize(
    "name", ["ndjson", "tbx3", "tbx2", "csv", "xlsx", "tmx", "skos"]
)
def test_notes_come_back_in_their_languages(name: str) -> None:
    format_ = by_name(name)
    assert format_.read
    assert format_.write
    made = entry(note="不说语言的备注", notes=NOTES)
    file = (
        told(format_.write, [made])[0]
        if name == "skos"
        else written(format_.write, [made])
    )
    (back,) = read_back(format_.read, file)
    assert (back["note"], back["notes"]) == (made["note"], whole(made)["notes"])
    if name == "tbx3":
        assert not faults(file)


def test_a_format_without_languages_of_notes_says_so_and_has_the_text() -> None:
    multiterm, wide = by_name("multiterm").write, by_name("csv").wide
    assert multiterm
    assert wide
    file, dropped = told(multiterm, [entry(notes=NOTES)])
    assert "港澳不用" in file.decode("utf-8")
    assert {"/notes/en", "/notes/zh-Hant"} <= {each.pointer for each in dropped}


def test_a_note_of_another_tool_in_a_language_that_is_none_is_a_note() -> None:
    tmx = by_name("tmx")
    assert tmx.read
    assert tmx.write
    file = written(tmx.write, [entry(notes={"en": "a remark"})])
    odd = file.replace(b'<note xml:lang="en">', b'<note xml:lang="?">')
    assert odd != file
    (back,) = read_back(tmx.read, odd)
    assert (back["note"], back["notes"]) == ("a remark", {})
