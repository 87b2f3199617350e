"""Unmodified writing tools that speak LanguageTool, pointed at our server."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from glossary.curation import changes
from glossary.store import open_store
from tests.nouns import entry
from tests.running import Server
from tests.web.tools.installed import clients, ran
from tests.web.tools.office import SYSTEM_PYTHON, writer_with_uno

OLD = "new type of great power relations"
NEW = "new model of major-country relationship"
ALSO = "new model of major-country relations"


@pytest.fixture
def database(database: Path) -> Path:
    """The curated glossary, with a Chinese wording that is not to be used."""
    store = open_store(str(database))
    terms = [
        {"lang": "zh-Hans", "text": "“一带一路”倡议", "status": "preferred"},
        {
            "lang": "zh-Hans",
            "text": "一带一路战略",
            "status": "deprecated",
            "ban": "anywhere",
        },
    ]
    made = entry(id="belt-test", terms=terms, glossary="test", state="approved")
    changes.create(store, made, by="test")
    store.close()
    return database


def test_libreoffice_marks_and_corrects_in_three_languages(
    server: Server, tmp_path: Path
) -> None:
    writer_with_uno()
    paragraphs = [
        (f"𠮷🙂 R&D 100% win+win; “{OLD}” = 50% & more", "en", "US"),
        (f"R&D 100% win+win: a {OLD}.", "en", "GB"),
        (f"Nothing to say of a {NEW}, R&D 100% win+win.", "en", "US"),
        ("实施一带一路战略，R&D 100% win+win。", "zh", "CN"),
        ("构建新型大国关系。", "zh", "CN"),
    ]
    script = str(Path(__file__).with_name("libreoffice_proofread.py"))
    profile = tmp_path / "profile"
    profile.mkdir()
    done = subprocess.run(
        [SYSTEM_PYTHON, script, f"{server.address}/v2", str(profile)],
        input=json.dumps(paragraphs),
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    assert done.returncode == 0, done.stderr
    found: list[list[dict[str, Any]]] = json.loads(done.stdout)
    marked = [
        [(utf16(text, e["start"], e["length"]), e["suggestions"]) for e in errors]
        for (text, _, _), errors in zip(paragraphs, found, strict=True)
    ]
    assert marked == [
        [(OLD, [NEW, ALSO])],
        [(OLD, [NEW, ALSO])],
        [],
        [("一带一路战略", ["“一带一路”倡议"])],
        [],
    ]
    assert found[0][0]["short"] == f"“{OLD}” is superseded; use “{NEW}”."


def utf16(text: str, start: int, length: int) -> str:
    """Return what stands there when one counts as LibreOffice does."""
    units = text.encode("utf-16-le")
    return units[2 * start : 2 * (start + length)].decode("utf-16-le")


def test_language_tool_python_corrects_after_astral_characters(server: Server) -> None:
    script = """
import json, sys
import language_tool_python
tool = language_tool_python.LanguageTool(sys.argv[2], remote_server=sys.argv[1])
text = sys.argv[3]
found = tool.check(text)
print(json.dumps([
    [text[m.offset:m.offset + m.errorLength] for m in found],
    [m.replacements[0] for m in found],
    [m.ruleId for m in found],
    tool.correct(text),
]))
tool.close()
"""
    for language in ("en-US", "en-GB", "zh-CN"):
        text = f"𠮷🙂🙂 R&D 100% {OLD} 🙂 {OLD}."
        said = ran(clients(), script, server.address, language, text)
        marked, instead, rules, corrected = json.loads(said)
        assert marked == [OLD, OLD]
        assert instead == [NEW, NEW]
        assert rules == ["GLOSSARY_SUPERSEDED"] * 2
        assert corrected == text.replace(OLD, NEW)


def test_pylanguagetool_prints_what_to_use(server: Server, tmp_path: Path) -> None:
    file = tmp_path / "读出.txt"
    file.write_text(f"𠮷🙂 R&D 100% {OLD}\n", "utf-8")
    command = [str(clients().parent / "pylanguagetool"), "--no-color"]
    done = subprocess.run(
        [*command, "-a", f"{server.address}/v2/", "-l", "en-US", str(file)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert "is superseded" in done.stdout, done.stderr
    assert NEW in done.stdout
    lines = done.stdout.splitlines()
    shown = next(n for n, line in enumerate(lines) if OLD in line and "𠮷" in line)
    mark = lines[shown + 1]
    assert set(mark.strip()) == {"^"}
