"""Places in documents, as readers of each language are told them."""

import re
from importlib.resources import files
from typing import Final

import pytest

from glossary.speech import LOCALES, locator
from glossary.text import has_han

#: Codes are no words: of a country in a list, of a section of a handbook.
CODES: Final = re.compile(r"[A-Z]{2}|[A-Z]-\d+")


@pytest.mark.parametrize("locale", LOCALES)
def test_every_place_that_a_curated_entry_names_is_said_to_its_reader(
    locale: str,
) -> None:
    names = ("diplomatic.ndjson", "states.ndjson")
    curated = "".join(
        (files("glossary.fixtures") / n).read_text("utf-8") for n in names
    )
    places = set(re.findall(r'"locator": ?"([^"]+)"', curated))
    assert len(places) > 200
    is_chinese = locale != LOCALES[0]
    for place in sorted(places):
        for part in place.split(", "):
            text = locator(part, locale)[1]
            assert has_han(text) == is_chinese or CODES.fullmatch(part), place
