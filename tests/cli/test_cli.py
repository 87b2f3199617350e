import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.running import run


def test_lookup_prints_hits_to_standard_output_only(database: Path) -> None:
    done = run("lookup", "新型大国关系", "--limit", "1", database=database)
    assert done.returncode == 0
    assert "new model of major-country relationship  preferred" in done.stdout
    assert done.stderr == ""
    assert "\x1b" not in done.stdout


def test_words_of_a_query_need_no_quotes(database: Path) -> None:
    done = run("lookup", "win-win", "cooperation", database=database)
    assert "合作共赢" in done.stdout


def test_lookup_names_the_subject_and_says_when_there_is_more(database: Path) -> None:
    done = run("lookup", "主权", "--subject", "climate", database=database)
    assert "Nothing in Climate;" in done.stderr
    more = run("lookup", "合作", database=database).stderr
    assert more == "There are more; --limit sets how many are shown.\n"


def test_lookup_as_json_is_what_the_api_answers(database: Path) -> None:
    done = run("lookup", "主权", "--json", "--limit", "2", database=database)
    answer = json.loads(done.stdout)
    assert answer["query"] == {"q": "主权", "from": "zh-Hans", "to": "en"}
    assert len(answer["hits"]) == 2


def test_nothing_found_is_exit_code_1(database: Path) -> None:
    done = run("lookup", "qvqvqv", database=database)
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
    created = json.loads(first.stdout)["created"]
    again = json.loads(run("load-fixtures", "--json", database=database).stdout)
    assert (again["created"], again["unchanged"]) == (0, created)
    assert created >= 2500
    left = run("load-fixtures", "--if-empty", database=database)
    assert (left.returncode, left.stdout) == (0, "")


def test_a_token_is_alone_on_standard_output(database: Path) -> None:
    done = run("token", "create", "editor", database=database)
    assert done.stdout.startswith("gls_")
    assert len(done.stdout.split()) == 1
    assert "editor\twrite" in run("token", "list", database=database).stdout
    assert run("token", "revoke", "editor", database=database).returncode == 0
    assert json.loads(run("token", "list", "--json", database=database).stdout) == []


def test_db_upgrade_makes_no_file_and_db_create_does(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    refused = run("db", "upgrade", "--json", database=path)
    assert (refused.returncode, path.exists()) == (74, False)
    assert "glossary db create" in refused.stderr
    assert run("db", "create", database=path).returncode == 0
    done = run("db", "upgrade", "--json", database=path)
    assert json.loads(done.stdout)["applied"] == []


@pytest.mark.parametrize(
    ("language", "word", "token"),
    [("zh_CN.UTF-8", "首选", "令牌"), ("zh_TW.UTF-8", "首選", "權杖")],
)
def test_the_command_line_speaks_chinese(
    database: Path, language: str, word: str, token: str
) -> None:
    environment = {"GLOSSARY_LANG": language}
    assert word in run("lookup", "主权", database=database, **environment).stdout
    assert token in run("token", "--help", database=database, **environment).stdout


@pytest.mark.parametrize(
    ("language", "first", "then"),
    [("zh_CN.UTF-8", "主权", "主權"), ("zh_TW.UTF-8", "主權", "主权")],
)
def test_the_script_of_who_asks_is_printed_first(
    database: Path, language: str, first: str, then: str
) -> None:
    said = run("lookup", "sovereignty", database=database, GLOSSARY_LANG=language)
    assert said.stdout.index(f"  {first} ") < said.stdout.index(f"  {then} ")


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


def test_a_file_is_imported_with_a_report_and_the_second_time_changes_nothing(
    database: Path, tmp_path: Path
) -> None:
    path = tmp_path / "术语.csv"
    path.write_text("中文,英文\n审慎乐观,cautious optimism\n", encoding="gb18030")
    planned = run("import", str(path), "--dry-run", database=database)
    assert (planned.returncode, "1 created" in planned.stdout) == (0, True)
    assert "中文 → zh-Hans" in planned.stderr
    assert "1 created" in run("import", str(path), database=database).stdout
    again = run("import", str(path), "--json", database=database)
    assert json.loads(again.stdout)["counts"]["unchanged"] == 1


def test_refused_records_are_a_table_and_exit_code_65(
    database: Path, tmp_path: Path
) -> None:
    path = tmp_path / "bad.csv"
    path.write_text("zh,en,since\n审慎乐观,cautious optimism,soon\n")
    trial = run("import", str(path), "--dry-run", database=database)
    assert (trial.returncode, "--on-error skip" in trial.stderr) == (65, True)
    done = run("import", str(path), database=database)
    assert done.returncode == 65
    for text in ("since", "soon", "YYYY-MM-DD", "nothing was written", "--on-error"):
        assert text in done.stderr
    assert run("lookup", "审慎乐观", database=database).returncode == 1
    assert run("import", str(tmp_path / "no.csv"), database=database).returncode == 74
    (tmp_path / "empty.csv").touch()
    empty = run("import", str(tmp_path / "empty.csv"), database=database)
    assert (empty.returncode, "empty" in empty.stderr) == (65, True)


def test_columns_are_named_on_the_command_line(database: Path, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("甲,乙\n审慎乐观,cautious optimism\n")
    options = ("--map", "zh=甲", "--map", "en=乙", "--glossary", "mine")
    assert run("import", str(path), *options, database=database).returncode == 0
    found = run("lookup", "审慎乐观", "--glossary", "mine", database=database)
    assert "cautious optimism" in found.stdout


def test_a_pipe_carries_a_glossary_from_one_store_to_another(
    database: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.db"
    program = f"{sys.executable} -m glossary.cli"
    part = "--format tbx3 --subject summit-and-protocol"
    command = f"{program} export {part} | GLOSSARY_DATABASE={other} {program}"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", f"{command} import - --json"],
        env={**os.environ, "GLOSSARY_DATABASE": str(database), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=True,
    )
    report = json.loads(done.stdout)
    assert report["counts"]["created"] == report["counts"]["read"] > 100


def test_an_export_is_there_as_a_whole_or_not_at_all(
    database: Path, tmp_path: Path
) -> None:
    made = tmp_path / "glossary.skos.ttl"
    done = run("export", "-o", str(made), database=database)
    assert (done.returncode, done.stdout) == (0, "")
    assert "cannot hold: " in done.stderr
    assert "新型大国关系" in made.read_text("utf-8")
    report = run("export", "--format", "skos", "--report", database=database)
    assert "reading" in report.stderr
    missing = tmp_path / "no" / "glossary.csv"
    done = run("export", "--format", "csv", "-o", str(missing), database=database)
    assert done.returncode == 74
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(
        {p.name for p in tmp_path.iterdir() if not p.name.startswith("tmp")}
    )


def test_a_key_stroke_stops_an_import_and_leaves_nothing(
    database: Path, tmp_path: Path
) -> None:
    path = tmp_path / "large.csv"
    rows = "".join(f"词语{n}号,term number {n}\n" for n in range(20_000))
    path.write_text("zh,en\n" + rows)
    # What runs in the background of a shell has key strokes ignored, and its children.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(
        [sys.executable, "-m", "glossary.cli", "import", str(path)],
        env={**os.environ, "GLOSSARY_DATABASE": str(database), "LC_ALL": "C.UTF-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    signal.signal(signal.SIGINT, before)
    folder = Path(f"{database}.imports")
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        states = [p.read_text() for p in folder.glob("*/import.json")]
        if any('"done":' in s and '"done":0' not in s for s in states):
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "nothing was written" in said
    assert "Traceback" not in said
    assert run("lookup", "词语5号", database=database).returncode == 1


def test_the_program_that_is_loaded_already_says_what_a_new_one_says(
    database: Path,
) -> None:
    for order in (
        ["lookup", "主权", "--json"],
        ["no-such-command"],
        ["--help"],
    ):
        warm = run(*order, database=database, GLOSSARY_LANG="zh_CN.UTF-8")
        new = subprocess.run(
            [sys.executable, "-m", "glossary.cli", *order],
            env={
                **os.environ,
                "GLOSSARY_DATABASE": str(database),
                "GLOSSARY_LANG": "zh_CN.UTF-8",
                "LC_ALL": "C.UTF-8",
            },
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert (warm.returncode, warm.stdout, warm.stderr) == (
            new.returncode,
            new.stdout,
            new.stderr,
        )


def alive() -> dict[int, tuple[int, int]]:
    """Return parent and group of every process that has not ended."""
    them = {}
    for place in Path("/proc").glob("[0-9]*/stat"):
        # A process may end between its listing and its reading.
        with suppress(FileNotFoundError, ProcessLookupError):
            state, parent, group, *_ = place.read_text().rpartition(")")[2].split()
            if state != "Z":
                them[int(place.parent.name)] = int(parent), int(group)
    return them


def test_what_a_killed_run_of_tests_started_ends_with_it(database: Path) -> None:
    program = (
        "import sys, time\n"
        "from tests.running import Server\n"
        "server = Server(sys.argv[1])\n"
        "print(server.process.pid, flush=True)\n"
        "time.sleep(600)"
    )
    command = [sys.executable, "-c", program, str(database)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as tests:
        assert tests.stdout
        server = int(tests.stdout.readline())
        before = alive()
        waiting, _ = before[before[server][0]]
        assert before[waiting][0] == tests.pid
        family = {waiting} | {
            pid for pid, (_, group) in before.items() if group == server
        }
        assert len(family) > 2
        tests.kill()
    deadline = time.monotonic() + 60
    while family & set(alive()):
        assert time.monotonic() < deadline
        time.sleep(0.1)
