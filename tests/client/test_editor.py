"""Neovim, headless, with the language server."""

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from glossary.client import Client
from glossary.entry import EVERY, Profile
from glossary.people import Actor, Doer, profiles
from glossary.store import open_store
from tests.running import Server, needs

OLD = "new type of great power relations"
NEW = "new model of major-country relationship"
PO = f"""msgid ""
msgstr ""
"Language: en\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

#: 🙂
msgid "构建新型大国关系"
msgstr "Build a {OLD}"

msgid "维护和平共处五项原则"
msgstr "Uphold the law"

msgid "和平共处五项原则"
msgstr "Five Principles of Peaceful Coexistence"
"""
XLIFF = f"""<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file source-language="zh-CN" target-language="en" datatype="plaintext" original="x">
<body>
<trans-unit id="1"><source>🙂 构建新型大国关系</source>
<target>🙂 Build a {OLD}</target></trans-unit>
</body></file></xliff>
"""


def neovim(
    server: Server,
    file: Path,
    *,
    hover: tuple[int, int] | None = None,
    complete: tuple[int, int] | None = None,
    options: str = "{}",
    arguments: Sequence[str] = (),
) -> dict[str, Any]:
    """Return what Neovim knows of a file; places are lines and UTF-16 units."""
    program = needs(shutil.which("nvim"), "Neovim")
    out = file.with_suffix(".json")
    values = {
        "arg_file": str(file),
        "arg_out": str(out),
        "arg_program": sys.executable,
        "arg_server": server.address,
    }
    given = [f"{name} = {json.dumps(value)}" for name, value in values.items()]
    for name, place in (("arg_hover", hover), ("arg_complete", complete)):
        given.append(f"{name} = " + (f"{{{place[0]}, {place[1]}}}" if place else "nil"))
    given.append(f"arg_options = {options}")
    given.append(f"arg_more = {{{', '.join(map(json.dumps, arguments))}}}")
    script = Path(__file__).with_name("neovim.lua")
    start = file.with_suffix(".lua")
    run = f"local ok, why = pcall(dofile, {json.dumps(str(script))})"
    stop = 'if not ok then io.stderr:write(why); vim.cmd("cquit!") end'
    start.write_text("\n".join([*given, run, stop]))
    done = subprocess.run(
        [program, "--headless", "--clean", "-n", "-c", f"luafile {start}"],
        capture_output=True,
        text=True,
        check=False,
        timeout=90,
    )
    assert out.exists(), done.stderr
    found: dict[str, Any] = json.loads(out.read_text("utf-8"))
    return found


def test_text_is_marked_hovered_and_completed(server: Server, tmp_path: Path) -> None:
    file = tmp_path / "readout.md"
    file.write_text(f"# 🙂𠮷 A {OLD}\n\n🙂 构建新型大国关系。\n新型大\n", "utf-8")
    known = neovim(server, file, hover=(2, 6), complete=(3, 3))
    assert known["diagnostics"] == [
        {"line": 0, "text": OLD, "message": f"“{OLD}” is superseded; use “{NEW}”."}
    ]
    assert known["offered"][0] == f"“{NEW}”"
    assert known["mended"].startswith(f"# 🙂𠮷 A {NEW}\n")
    hovered = known["hover"]
    assert NEW in hovered["contents"]["value"]
    assert hovered["range"]["start"] == {"line": 2, "character": 5}
    items = known["completion"]["items"]
    texts = [item["textEdit"]["newText"] for item in items]
    assert {"新型大国关系", NEW} <= set(texts)
    assert items[0]["textEdit"]["range"]["start"] == {"line": 3, "character": 0}


@pytest.mark.parametrize(
    ("name", "text", "line"), [("a.xlf", XLIFF, 5), ("a.po", PO, 7)]
)
def test_translations_are_checked_pair_by_pair(
    server: Server, tmp_path: Path, name: str, text: str, line: int
) -> None:
    file = tmp_path / name
    file.write_text(text, "utf-8")
    known = neovim(server, file)
    (first,) = known["diagnostics"]
    assert (first["line"], first["text"]) == (line, OLD)
    assert NEW in first["message"]
    assert known["offered"][0] == f"“{NEW}”"
    assert f"Build a {NEW}" in known["mended"]


def test_the_picky_hear_of_what_is_missing_where_the_source_says_it(
    server: Server, tmp_path: Path
) -> None:
    file = tmp_path / "a.po"
    file.write_text(PO, "utf-8")
    known = neovim(server, file, options="{ picky = true }")
    _, missing = known["diagnostics"]
    assert (missing["text"], missing["line"]) == ("和平共处五项原则", 9)
    assert known["offered"][0] == f"“{NEW}”"


def test_a_wording_that_goes_on_in_the_next_line_is_not_put_right_elsewhere(
    server: Server, tmp_path: Path
) -> None:
    file = tmp_path / "a.po"
    halves = OLD.replace("great", '"\n"great')
    file.write_text(PO.replace(OLD, halves), "utf-8")
    known = neovim(server, file)
    (mark,) = known["diagnostics"]
    assert (mark["line"], mark["text"]) == (6, "msgid")
    assert known["offered"] == {} or known["offered"] == []


def test_only_the_glossaries_of_the_command_and_of_a_profile_are_asked(
    server: Server, token: str, database: Path, tmp_path: Path
) -> None:
    rows = "zh,en\n大象外交官,elephant envoy\n".encode()
    with Client(server.address, token=token) as terms:
        terms.import_(rows, filename="pandas.csv", glossary="pandas")
    file = tmp_path / "a.md"
    file.write_text(f"A {OLD}.\n大象外交官\n", "utf-8")
    known = neovim(
        server, file, hover=(1, 2), complete=(1, 5), arguments=["--glossary", "pandas"]
    )
    assert known["diagnostics"] == []
    assert "elephant envoy" in known["hover"]["contents"]["value"]
    labels = [item["label"] for item in known["completion"]["items"]]
    assert labels == ["大象外交官", "elephant envoy"]
    chosen = '{ glossaries = { "diplomatic" } }'
    known = neovim(server, file, hover=(1, 2), complete=(1, 5), options=chosen)
    assert [mark["text"] for mark in known["diagnostics"]] == [OLD]
    assert known["hover"] is None
    store = open_store(str(database))
    admin = Doer(Actor("root", {EVERY: "admin"}))
    profiles.put(store, Profile("zoo", {}, ("pandas",)), by=admin)
    store.close()
    known = neovim(server, file, hover=(1, 2), arguments=["--profile", "zoo"])
    assert known["diagnostics"] == []
    assert "elephant envoy" in known["hover"]["contents"]["value"]
