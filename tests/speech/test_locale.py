import ast
import re
import subprocess
import sys
from difflib import get_close_matches
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from glossary.message import Message
from glossary.speech.locale import LOCALES, moment, negotiate, number, say

ROOT = Path(__file__).parents[2]
TRANSLATED = LOCALES[1:]
#: What is written alike in every language.
SAME_EVERYWHERE = re.compile(r"JSON|REST|\{heading\}:|(?:[\W\d]|%\(\w+\)s)+")


def catalog(locale: str) -> Catalog:
    name = locale.replace("-", "_")
    with (ROOT / "locales" / name / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=name)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (["zh-CN", "en"], "zh-Hans"),
        (["zh-SG"], "zh-Hans"),
        (["zh"], "zh-Hans"),
        (["zh-TW", "zh", "en"], "zh-Hant"),
        (["zh-HK"], "zh-Hant"),
        (["zh-MO"], "zh-Hant"),
        (["zh-Hant-CN"], "zh-Hant"),
        (["en-GB", "zh-CN"], "en"),
        (["fr", "zh-CN"], "zh-Hans"),
        (["fr", "de"], "en"),
        (["*"], "en"),
        ([], "en"),
    ],
)
def test_a_reader_gets_the_language_they_read(wanted: list[str], expected: str) -> None:
    assert negotiate(wanted) == expected


@pytest.mark.parametrize("locale", TRANSLATED)
def test_every_message_is_translated_and_none_is_fuzzy(locale: str) -> None:
    for message in catalog(locale):
        if message.id:
            assert message.string, message.id
            assert not message.fuzzy, message.id


@pytest.mark.parametrize("locale", TRANSLATED)
def test_placeholders_agree(locale: str) -> None:
    placeholder = re.compile(r"%\(\w+\)s")
    for message in catalog(locale):
        wanted = set(placeholder.findall(str(message.id)))
        assert set(placeholder.findall(str(message.string))) == wanted, message.id


@pytest.mark.parametrize("locale", TRANSLATED)
def test_a_chinese_message_is_chinese(locale: str) -> None:
    for message in catalog(locale):
        if message.id and not SAME_EVERYWHERE.fullmatch(str(message.id)):
            assert re.search("[\u4e00-\u9fff]", str(message.string)), message.id


@pytest.mark.parametrize("locale", TRANSLATED)
def test_the_catalogues_hold_every_message_of_the_program(
    locale: str, tmp_path: Path
) -> None:
    fresh = tmp_path / "messages.pot"
    command = [sys.executable, "-m", "babel.messages.frontend", "--quiet", "extract"]
    options = ["--mapping-file", "locales/babel.cfg", "--keyword", "N_"]
    subprocess.run([*command, *options, "-o", str(fresh), "."], cwd=ROOT, check=True)
    with fresh.open("rb") as file:
        wanted = {message.id for message in read_po(file) if message.id}
    assert {message.id for message in catalog(locale) if message.id} == wanted


#: Nouns that follow a number which is never one: what is too much, or a whole.
ALWAYS_SEVERAL = re.compile(
    r"are too many|%\((most|least|longest|size|of|columns|width|length|characters)\)s"
)
NOUNS = (
    "entries documents notices drafts terms texts pairs paragraphs citations pages"
    " records revisions months versions glossaries sources copies runs changes tokens"
)


def test_one_thing_is_not_said_in_the_plural() -> None:
    """“1 entries” is what a template with a number and a plural makes."""
    messages = [str(message.id) for message in catalog("zh-Hans") if message.id]
    plural = re.compile(rf"%\((\w+)\)s (?:\w+ )?({'|'.join(NOUNS.split())})\b")
    for message in messages:
        number = plural.search(message)
        if number is None or ALWAYS_SEVERAL.search(message):
            continue
        noun = {"entries": "entry", "copies": "copy", "glossaries": "glossary"}.get(
            number[2], number[2].removesuffix("s")
        )
        single = re.compile(rf"\b(1|[Aa]n?|[Oo]ne) (\w+ )?{noun}\b|\b(a|the) {noun}\b")
        singles = [other for other in messages if single.search(other)]
        siblings = get_close_matches(message, singles, cutoff=0.5)
        assert siblings, message


def test_traditional_chinese_is_not_simplified_chinese_turned_by_a_machine() -> None:
    """停用 for 禁用 and 聲明瞭 for 聲明了 are what a converter makes of words."""
    turned = re.compile("[爲覈佈裏着“”]|明瞭|引數|許可權|單元格|繁簡字型")
    for message in catalog("zh-Hant"):
        if message.id:
            assert not turned.search(str(message.string)), message.string


def test_no_message_is_overlooked_because_it_stands_inside_another_call() -> None:
    """Babel passes over a message that is marked within a call that marks one."""
    known = {message.id for message in catalog("zh-Hans")}
    for path in sorted((ROOT / "glossary").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Name("N_" | "_") | ast.Attribute(attr="N_"),
                    args=[ast.Constant(str(text))],
                ):
                    assert text in known, f"{path.name}:{node.lineno}"


def test_a_message_is_said_with_its_values() -> None:
    message = Message("There is no entry “%(id)s”.", id="nix")
    assert say(message, "zh-Hans") == "没有条目“nix”。"
    assert say(message, "zh-Hant") == "沒有條目「nix」。"
    assert say(message, "en") == str(message) == "There is no entry “nix”."


def test_a_value_that_looks_like_a_placeholder_is_left_alone() -> None:
    message = Message("There is no entry “%(id)s”.", id="%(id)s %s 100%")
    assert "%(id)s %s 100%" in say(message, "zh-Hans")


def test_dates_and_numbers_are_written_as_the_reader_writes_them() -> None:
    assert moment("2014-02-14T08:05:00.000Z", "en") == "14 February 2014, 08:05"
    assert moment("2014-02-14T08:05:00.000Z", "zh-Hant") == "2014年2月14日 08:05"
    assert number(1_000_000, "en") == "1,000,000"
