"""Help and refusals are in the reader's language, what Click says of itself too."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from rich.table import Table

from glossary.cli.framing import MESSAGES
from glossary.cli.printing import print_table
from tests.running import run

#: Prints the help of every command, and of every command of a group.
WALK = """
import click
from glossary.cli import main

def walk(command, above, name):
    context = click.Context(command, info_name=name, parent=above)
    print(command.get_help(context))
    if isinstance(command, click.Group):
        for each in command.list_commands(context):
            walk(command.get_command(context, each), context, each)

walk(main, None, "glossary")
"""
#: Prints the refusal of every command that gets nothing, and an option that it lacks.
REFUSE = """
import click
from glossary.cli import main

def walk(command, above, name):
    context = click.Context(command, info_name=name, parent=above)
    for order in ([], ["--fro", "x"], ["x", "y", "z", "--limi", "x"]):
        try:
            command.make_context(name, order, above)
        except click.UsageError as error:
            print(error.format_message())
    if isinstance(command, click.Group):
        for each in command.list_commands(context):
            walk(command.get_command(context, each), context, each)

walk(main, None, "glossary")
"""
#: What Chinese does not write: an English stop behind a name or at an end, an English
#: comma between names, and a space behind a stop of its own.
FOREIGN = re.compile(r"'\.(?:\s|$)|', '|[。：？] \S|:$|[^.][.]$")
#: Three English words in a row: no name of ours, no example of what is typed.
ENGLISH = re.compile(r"(?:\b[A-Za-z][a-z]+\b[ ,;:]+){2}\b[a-z]+\b")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh_CN.UTF-8", ("用法：", "选项", "显示此帮助并退出。", "吊销令牌。")),
        ("zh_TW.UTF-8", ("用法：", "選項", "顯示此說明並結束。", "撤銷權杖。")),
    ],
)
def test_the_help_of_every_command_is_in_the_language(
    language: str, words: tuple[str, ...]
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WALK],
        env={**os.environ, "GLOSSARY_LANG": language, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert [word for word in words if word not in done.stdout] == []
    texts = [line for line in done.stdout.splitlines() if "用法：" not in line]
    assert [line for line in texts if ENGLISH.search(line)] == []


@pytest.mark.parametrize("language", ["zh_CN.UTF-8", "zh_TW.UTF-8"])
@pytest.mark.parametrize(("program", "least"), [(WALK, 400), (REFUSE, 50)])
def test_help_and_refusals_are_pointed_as_chinese_is(
    language: str, program: str, least: int
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "GLOSSARY_LANG": language, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    lines = done.stdout.splitlines()
    assert len(lines) > least
    assert [line for line in lines if FOREIGN.search(line)] == []


@pytest.mark.parametrize(
    ("order", "answer"),
    [
        (["lookups"], "错误：没有命令 'lookups'。"),
        (["lookup", "a", "--limit", "x"], "“glossary lookup --help”"),
        (["lookup", "a", "--limit", "x"], "'--limit' 的值无效：'x' 不是有效的数字"),
        (["lookup", "a", "--foo"], "没有选项 '--foo'。"),
        (["export", "--format", "x"], "'x' 不在"),
        (["lint", "nix.ndjson"], "文件 'nix.ndjson' 不存在。"),
        (["show"], "缺少参数 'ID'。"),
        (
            ["lookup", "a", "--fo"],
            "'--fo'。（您是不是要找：'--from'、'--json'、'--to'？）",
        ),
    ],
)
def test_a_wrong_order_is_refused_in_the_language(
    database: Path, order: list[str], answer: str
) -> None:
    done = run(*order, database=database, GLOSSARY_LANG="zh_CN.UTF-8")
    assert done.returncode == 2
    assert answer in done.stderr


@pytest.mark.parametrize(
    ("order", "answer"),
    [
        (["check", "nix.csv"], "没有文件 nix.csv。"),
        (["export", "--format", "csv", "-o", "/nix/x.csv"], "没有文件夹 /nix。"),
    ],
)
def test_a_file_that_is_not_there_is_named_in_the_language(
    database: Path, order: list[str], answer: str
) -> None:
    done = run(*order, database=database, GLOSSARY_LANG="zh_CN.UTF-8")
    assert (done.returncode, done.stderr.strip()) == (74, answer)


def test_no_cell_of_a_table_is_cut_off_where_chinese_has_no_space(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    text = "这一语言的术语都没有标为首选；请标出应使用的一个。"
    table = Table(box=None, show_header=False)
    table.add_row("no-preferred", text)
    print_table(table)
    shown = capsys.readouterr().out.replace("no-preferred", "")
    assert "".join(shown.split()) == text


def test_what_is_translated_of_click_is_what_click_says() -> None:
    says = {
        node.value
        for file in Path(click.__file__).parent.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert [text for text in MESSAGES if text not in says] == []
