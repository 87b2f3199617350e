"""The documentation is true: everything there is, is in it, and its examples run."""

import doctest
import importlib
import json
import pkgutil
import re
import shlex
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import click
import pytest
from flask import Flask
from flask.testing import FlaskClient

import glossary
from docs.site import reference, translations
from glossary import config
from glossary.cli import main
from glossary.speech import say
from tests.running import run

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
API = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")


def commands(group: click.Group, before: str = "glossary") -> list[str]:
    found = []
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            found += commands(command, f"{before} {name}")
        elif not command.hidden:
            found.append(f"{before} {name}")
    return found


def example(name: str, readme: str = README) -> tuple[str, str]:
    """Return the command and the output of an example in the README."""
    block = re.search(
        rf"<!-- example: {name} -->\n```console\n\$ (.*?)\n(.*?)```", readme, re.DOTALL
    )
    assert block, name
    return block[1], block[2]


@pytest.mark.parametrize("command", commands(main))
def test_every_command_is_documented_and_has_help(command: str) -> None:
    assert f"`{command}`" in README
    found: click.Command = main
    for name in command.split()[1:]:
        assert isinstance(found, click.Group)
        found = found.get_command(click.Context(found), name) or main
    assert found.help
    for option in found.params:
        if isinstance(option, click.Option):
            assert option.help, option.name


def test_every_route_is_documented(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule).removeprefix("/api/v1")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            if rule.endpoint.startswith("pages."):
                assert f"`{path}`" in API
            elif rule.endpoint != "static":
                assert f"{method} {path}`" in API, f"{method} {path}"


def test_every_setting_is_in_the_readme_with_its_default() -> None:
    rows = "\n".join(
        f"| `{s.name}` | `{s.default}` | {s.doc} |" for s in config.table()
    )
    assert f"| variable | default | meaning |\n|---|---|---|\n{rows}\n" in README


def test_the_curl_example_prints_what_the_readme_shows(client: FlaskClient) -> None:
    command, shown = example("curl")
    curl, _, rest = command.partition(" | ")
    lines = int(rest.removeprefix("python3 -m json.tool --no-ensure-ascii | head -"))
    address = shlex.split(curl)[2].removeprefix("localhost:8000")
    answer = json.loads(client.get(address).data)
    # Every store has an epoch of its own.
    (answer["epoch"],) = re.findall(r'"epoch": "([a-z0-9]{8})"', shown)
    text = json.dumps(answer, ensure_ascii=False, indent=4)
    assert text.splitlines()[:lines] == shown.splitlines()


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_the_command_line_example_prints_what_the_readme_shows(
    database: Path, language: str
) -> None:
    name = "README.md" if language == "en" else f"README.{language}.md"
    command, shown = example("cli", (ROOT / name).read_text("utf-8"))
    words = shlex.split(command)[1:]
    done = run(*words, database=database, GLOSSARY_LANG=language)
    assert done.stdout == shown


def test_the_version_is_the_newest_one_of_the_changelog() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## (\S+)$", changelog, re.MULTILINE)
    assert newest
    assert f"\nversion = {newest[1]}\n" in (ROOT / "setup.cfg").read_text()


def test_what_is_installed_has_every_package() -> None:
    setup = ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    listed = set(setup["options"]["packages"].split())
    found = {
        ".".join(made.parent.relative_to(ROOT).parts)
        for made in (ROOT / "glossary").rglob("__init__.py")
    }
    assert listed == found | {"glossary.locales", "glossary.fixtures"}


def test_every_python_that_is_promised_stands_in_the_support_matrix() -> None:
    setup = (ROOT / "setup.cfg").read_text("utf-8")
    promised = re.findall(r"Python :: (3\.\d+)$", setup, re.MULTILINE)
    for page in ("docs/operations.md", "docs/zh-Hans/operations.md"):
        text = (ROOT / page).read_text("utf-8")
        row = next(line for line in text.splitlines() if line.startswith("| Python |"))
        assert [version for version in promised if version not in row] == []


def test_links_between_documents_lead_somewhere() -> None:
    for document in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")):
        for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text("utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_every_doctest_holds() -> None:
    names = {
        each.name for each in pkgutil.walk_packages(glossary.__path__, "glossary.")
    }
    finder, runner = doctest.DocTestFinder(), doctest.DocTestRunner()
    for name in sorted(names - {"glossary.cli.__main__"}):
        for examples in finder.find(importlib.import_module(name)):
            if examples.examples:
                runner.run(examples)
    assert runner.failures == 0
    assert runner.tries > 150


def test_flask_finds_the_application(database: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "glossary.web", "routes"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "api.get_lookup" in done.stdout, done.stderr


def test_the_chinese_readme_says_what_the_english_one_says() -> None:
    chinese = (ROOT / "README.zh-Hans.md").read_text(encoding="utf-8")
    blocks = re.compile(r"```console\n.*?```", re.DOTALL)
    # What the command line prints is in its reader's language, and tested by itself.
    spoken = re.compile(r"<!-- example: cli -->.*?<!-- end -->", re.DOTALL)
    pages = [spoken.sub("", each) for each in (chinese, README)]
    assert blocks.findall(pages[0]) == blocks.findall(pages[1])
    counts = re.compile(r"\d,\d{3}")
    shown = [blocks.sub("", each) for each in (chinese, README)]
    assert counts.findall(shown[0]) == counts.findall(shown[1])
    assert shown[0].count("\n## ") == shown[1].count("\n## ")
    for command in commands(main):
        assert f"`{command}`" in chinese
    rows = "\n".join(
        f"| `{s.name}` | `{s.default}` | {say(s.doc, 'zh-Hans')} |"
        for s in config.table()
    )
    assert f"| 变量 | 默认值 | 含义 |\n|---|---|---|\n{rows}\n" in chinese


def test_the_reference_is_that_of_the_program(client: FlaskClient) -> None:
    contract = json.loads(client.get("/openapi.json").data)
    for name, text in reference.pages(contract).items():
        shown = (ROOT / "docs" / name).read_text("utf-8")
        assert shown == text, f"docs/{name} is not current: make reference"


def test_all_that_the_reference_of_the_contract_says_has_chinese(
    client: FlaskClient,
) -> None:
    contract = json.loads(client.get("/openapi.json").data)
    place = "docs/site/contract.zh-Hans.tsv"
    assert reference.untranslated(contract) == [], f"translate these in {place}"
    assert reference.outworn(contract) == [], f"take these out of {place}"


@pytest.mark.parametrize("name", sorted(translations.originals()))
def test_no_chinese_page_is_behind_its_original(name: str) -> None:
    original, then = translations.originals()[name]
    assert translations.digest(original) == then, (
        f"docs/zh-Hans/{name} is behind {original.resolve().relative_to(ROOT)}: "
        f"translate what changed, then python -m docs.site.translations {name}"
    )
