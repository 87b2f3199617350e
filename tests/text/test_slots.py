"""However a slot is written, it becomes one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.text.slots import has_bare, readable, segments, slotted

WRITTEN = [
    ("应…邀请", "应{…}邀请"),
    ("应……邀请", "应{…}邀请"),
    ("應⋯⋯邀請", "應{…}邀請"),
    ("应...邀请", "应{…}邀请"),
    ("应。。。邀请", "应{…}邀请"),
    ("对__进行国事访问", "对{…}进行国事访问"),
    ("对＿＿进行国事访问", "对{…}进行国事访问"),
    ("对（……）进行国事访问", "对{…}进行国事访问"),
    ("将…关系提升为…", "将{…}关系提升为{…}"),
    ("在…", "在{…}"),
    ("at the invitation of …", "at the invitation of {…}"),
    ("… must bear full responsibility", "{…} must bear full responsibility"),
    ("invite [...] to visit", "invite {…} to visit"),
    ("invite ____ to visit", "invite {…} to visit"),
    ("invite . . . to visit", "invite {…} to visit"),
    ("build {} between {...}", "build {…} between {…}"),
    ("build { … } between", "build {…} between"),
    ("recognize … as the government of …", "recognize {…} as the government of {…}"),
]


@pytest.mark.parametrize(("written", "stored"), WRITTEN)
def test_a_bare_ellipsis_or_blank_becomes_a_slot(written: str, stored: str) -> None:
    assert slotted(written) == stored
    assert slotted(stored) == stored
    assert segments(written) == segments(stored)
    assert not has_bare(stored)


@pytest.mark.parametrize(
    "text",
    ["Loading...", "Save as…", "wait and see...", "U.S.", "1.5", "snake_case", "…", ""],
)
def test_dots_that_only_end_a_word_stay(text: str) -> None:
    assert slotted(text) == text


def test_a_slot_is_said_as_an_ellipsis_between_words_only() -> None:
    assert readable("应{…}邀请") == "应…邀请"
    assert readable("{…} must bear the consequences of {…}") == (
        "must bear the consequences of"
    )
    assert readable("mutual respect") == "mutual respect"
    assert readable("{…}") == "{…}"


text = st.text(alphabet="应邀请 ab.…_{}[]（）。⋯＿\u3000", max_size=20)


@given(text)
def test_a_wording_with_slots_stays_as_it_is_and_loses_no_word(text: str) -> None:
    once = slotted(text)
    assert slotted(once) == once
    assert words(once) == words(text)
    assert "".join(map(words, segments(text))) == words(text)


def words(text: str) -> str:
    return "".join(filter(str.isalnum, text))
