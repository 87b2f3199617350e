"""Formats that are given entries as JSON write the file that dicts of them give."""

import io
import zipfile

import pytest

from glossary.entry import codec
from glossary.formats import FORMATS, Dropped, Format, without_derived
from glossary.store import Store

#: Every so many entries of the curated glossary.
STEP = 25


def written(form: Format, entries: list[object]) -> tuple[object, list[Dropped]]:
    """Return the content of a file, by name in a zip, and what it lacks."""
    stream, dropped = io.BytesIO(), list[Dropped]()
    assert form.write is not None
    form.write(iter(entries), stream, dropped.append)
    if not zipfile.is_zipfile(stream):
        return stream.getvalue(), dropped
    with zipfile.ZipFile(stream) as package:
        return {name: package.read(name) for name in package.namelist()}, dropped


@pytest.mark.parametrize("form", [f for f in FORMATS if f.lean], ids=lambda f: f.name)
def test_an_entry_as_its_json_gives_the_same_file_as_a_dict(
    curated: Store, form: Format
) -> None:
    entries = [*curated.all_entries()][::STEP]
    dicts: list[object] = [without_derived(codec.bare(entry)) for entry in entries]
    content, dropped = written(form, [codec.write(entry) for entry in entries])
    assert (content, dropped) == written(form, dicts)
    assert content
