"""The site of the documentation: tutorials, reference, translations, building."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from docs.site import translations
from tests import sharing, tutorials

ROOT: Final = Path(__file__).parent.parent
DOCS: Final = ROOT / "docs"
TUTORIALS: Final = sorted(each.name for each in (DOCS / "tutorials").iterdir())


def shape(page: str) -> tuple[list[str], list[str]]:
    """Return a page's blocks of code, and how each row, item and heading begins."""
    code = re.compile(r"```.*?```", re.DOTALL)
    begins = re.compile(r"^(?:#+ |\||[*-] |\d+\. )", re.MULTILINE)
    return code.findall(page), begins.findall(code.sub("", page))


@pytest.mark.parametrize("name", TUTORIALS)
def test_a_tutorial_prints_what_it_shows(
    name: str, curated_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    store = sharing.copied(curated_file, tmp_path / "curated.db")
    played = 0
    for step, printed in tutorials.play(
        f"tutorials/{name}", GLOSSARY_DATABASE=str(store)
    ):
        assert tutorials.missing(step, printed) == [], f"{step.command}:\n{printed}"
        played += 1
    assert played >= 6


@pytest.mark.parametrize("name", [f"tutorials/{each}" for each in TUTORIALS])
def test_a_translated_tutorial_has_the_same_steps(name: str) -> None:
    assert list(tutorials.steps(f"zh-Hans/{name}")) == list(tutorials.steps(name))


def test_a_page_behind_its_original_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "zh-Hans").mkdir()
    (tmp_path / "page.md").write_text("# Promises\n")
    page = tmp_path / "zh-Hans" / "page.md"
    page.write_text("---\noriginal: ../page.md\ndigest: \n---\n# 承诺\n")
    monkeypatch.setattr(translations, "DOCS", tmp_path)
    assert translations.behind() == ["page.md"]
    translations.mark(["page.md"])
    assert translations.behind() == []
    (tmp_path / "page.md").write_text("# Promises, and how something is retired\n")
    assert translations.behind() == ["page.md"]


@pytest.mark.parametrize("name", sorted(translations.originals()))
def test_a_chinese_page_leaves_out_nothing_of_its_original(name: str) -> None:
    original, _ = translations.originals()[name]
    ours = shape(original.read_text("utf-8"))
    assert shape((DOCS / "zh-Hans" / name).read_text("utf-8")) == ours


def test_a_row_that_a_translation_lacks_is_seen() -> None:
    table = "| `id` | an id |\n| `ban` | how far it is wrong |\n"
    assert shape(table) == shape("| `id` | 标识符 |\n| `ban` | 错到什么程度 |\n")
    assert shape(table) != shape("| `id` | 标识符 |\n")
    assert shape("```console\n$ make docs\n```\n") != shape("# 文档\n")


def test_the_site_is_built_and_asks_no_other_host(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    done = subprocess.run(
        [*build, "--site-dir", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    outside = re.compile(
        r"<(?:script|link|img|iframe|source)\b[^>]*?(?:src|href)=[\"']?(?:https?:)?//"
    )
    pages = list(tmp_path.rglob("*.html"))
    assert len(pages) > 50
    for page in pages:
        assert outside.search(page.read_text("utf-8")) is None, page
    for style in tmp_path.rglob("*.css"):
        assert "@import" not in style.read_text("utf-8")
    index = json.loads((tmp_path / "search" / "search_index.json").read_text("utf-8"))
    assert any("译者教程" in each["title"] for each in index["docs"])
    assert (tmp_path / "project" / "deploy" / "Caddyfile").exists()
