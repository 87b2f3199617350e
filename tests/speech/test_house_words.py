"""Both catalogues call each thing by one name, that of the house list."""

import re
from pathlib import Path
from typing import Final, NamedTuple

import polib
import pytest

LOCALES: Final = Path(__file__).parent.parent.parent / "locales"
SCRIPTS: Final = ("zh_Hans", "zh_Hant")
#: The name of the program, which is none of its words.
NAME: Final = "Glossary"


class Word(NamedTuple):
    """A word of ours, the Chinese ones, those never used, and whether always so."""

    ours: str
    hans: str
    hant: str
    never_hans: str
    never_hant: str
    always: str

    def chinese(self, script: str) -> str:
        return self.hans if script == "zh_Hans" else self.hant

    def never(self, script: str) -> str:
        return self.never_hans if script == "zh_Hans" else self.never_hant

    @property
    def pattern(self) -> re.Pattern[str]:
        stem, ending = self.ours, "(?:s|es)?"
        if stem.endswith("y") and stem != "key":
            stem, ending = stem[:-1], "(?:y|ies)"
        return re.compile(rf"\b{re.escape(stem)}{ending}\b", re.IGNORECASE)


WORDS: Final = [
    Word(*line.split("\t"))
    for line in (LOCALES / "words.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.fixture(scope="module", params=SCRIPTS)
def script(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def messages(script: str) -> dict[str, str]:
    path = LOCALES / script / "LC_MESSAGES" / "messages.po"
    listed = [entry for entry in polib.pofile(str(path)) if not entry.obsolete]
    return {
        entry.msgid: entry.msgstr or "".join(entry.msgstr_plural.values())
        for entry in listed
    }


def test_the_list_has_each_word_once() -> None:
    assert len({word.ours for word in WORDS}) == len(WORDS) >= 60


@pytest.mark.parametrize("word", WORDS, ids=lambda word: word.ours)
def test_a_thing_has_one_name(
    word: Word, script: str, messages: dict[str, str]
) -> None:
    wrong = {
        ours: theirs
        for ours, theirs in messages.items()
        if word.pattern.search(ours) and ours != NAME
        if word.always or word.pattern.fullmatch(ours)
        if word.chinese(script) not in theirs
    }
    assert wrong == {}


def test_no_other_name_is_used(script: str, messages: dict[str, str]) -> None:
    never = {word.never(script): word.chinese(script) for word in WORDS}
    never.pop("", None)
    wrong = {
        (name, never[name], theirs)
        for theirs in messages.values()
        for name in never
        if name in theirs
    }
    assert wrong == set()


def test_quotes_and_characters_are_those_of_the_script(
    script: str, messages: dict[str, str]
) -> None:
    others = "「」『』" if script == "zh_Hans" else "“”爲衆裏麽"
    text = "".join(messages.values())
    assert [character for character in others if character in text] == []
