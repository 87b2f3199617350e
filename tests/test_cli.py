import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


def run(
    *arguments: str, database: Path, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the real program."""
    return subprocess.run(
        [sys.executable, "-m", "glossary.cli", *arguments],
        env={
            **os.environ,
            "GLOSSARY_DATABASE": str(database),
            "LC_ALL": "C.UTF-8",
            **environment,
        },
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_lookup_prints_hits_to_standard_output_only(database: Path) -> None:
    done = run("lookup", "新型大国关系", "--limit", "1", database=database)
    assert done.returncode == 0
    assert "new model of major-country relationship  preferred" in done.stdout
    assert done.stderr == ""
    assert "\x1b" not in done.stdout


def test_words_of_a_query_need_no_quotes(database: Path) -> None:
    done = run("lookup", "win-win", "cooperation", database=database)
    assert "合作共赢" in done.stdout


def test_lookup_as_json_is_what_the_api_answers(database: Path) -> None:
    done = run("lookup", "主权", "--json", "--limit", "2", database=database)
    answer = json.loads(done.stdout)
    assert answer["query"] == {"q": "主权", "from": "zh-Hans", "to": "en"}
    assert len(answer["hits"]) == 2


def test_nothing_found_is_exit_code_1(database: Path) -> None:
    done = run("lookup", "zzzz", database=database)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Nothing found" in done.stderr
    assert run("show", "nix", database=database).returncode == 1


def test_wrong_usage_is_exit_code_2(database: Path) -> None:
    assert run("lookup", database=database).returncode == 2
    assert run("no-such-command", database=database).returncode == 2
    done = run("db", "upgrade", database=database, GLOSSARY_PORT="http")
    assert done.returncode == 2
    assert "GLOSSARY_PORT" in done.stderr


def test_data_that_breaks_a_rule_is_exit_code_65(database: Path) -> None:
    done = run("lookup", "x", "--limit", "0", database=database)
    assert done.returncode == 65
    assert "/limit" in done.stderr
    assert run("token", "create", "a", database=database).returncode == 0
    assert run("token", "create", "a", database=database).returncode == 65


def test_a_store_that_cannot_be_used_is_exit_code_74(tmp_path: Path) -> None:
    assert run("lookup", "x", database=tmp_path / "no" / "x.db").returncode == 74
    (tmp_path / "text.db").write_text("不冲突、不对抗" * 99)
    assert run("lookup", "x", database=tmp_path / "text.db").returncode == 74


def test_show_prints_an_entry(database: Path) -> None:
    done = run("show", "sovereignty", database=database)
    assert "zhǔquán" in done.stdout
    done = run("show", "sovereignty", "--json", database=database)
    assert json.loads(done.stdout)["id"] == "sovereignty"


def test_fixtures_are_loaded_once(tmp_path: Path) -> None:
    database = tmp_path / "new.db"
    first = run("load-fixtures", "--json", database=database)
    assert json.loads(first.stdout)["created"] >= 150
    again = run("load-fixtures", "--json", database=database)
    assert json.loads(again.stdout)["created"] == 0
    left = run("load-fixtures", "--if-empty", database=database)
    assert (left.returncode, left.stdout) == (0, "")


def test_a_token_is_alone_on_standard_output(database: Path) -> None:
    done = run("token", "create", "editor", database=database)
    assert done.stdout.startswith("gls_")
    assert len(done.stdout.split()) == 1
    assert "editor\twrite" in run("token", "list", database=database).stdout
    assert run("token", "revoke", "editor", database=database).returncode == 0
    assert json.loads(run("token", "list", "--json", database=database).stdout) == []


def test_db_upgrade_makes_a_new_file(tmp_path: Path) -> None:
    done = run("db", "upgrade", "--json", database=tmp_path / "new.db")
    assert json.loads(done.stdout)["applied"][0] == "m001_entries_terms_and_history"


@pytest.mark.parametrize(
    ("language", "word"), [("zh_CN.UTF-8", "首选"), ("zh_TW.UTF-8", "首選")]
)
def test_the_command_line_speaks_chinese(
    database: Path, language: str, word: str
) -> None:
    environment = {"GLOSSARY_LANG": language}
    assert word in run("lookup", "主权", database=database, **environment).stdout
    assert "令牌" in run("token", "--help", database=database, **environment).stdout


def test_a_reader_that_goes_away_is_no_error(database: Path) -> None:
    command = f"{sys.executable} -m glossary.cli lookup 和 --limit 50 | head -1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        env={**os.environ, "GLOSSARY_DATABASE": str(database)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
