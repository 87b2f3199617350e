"""`glossary annotate` and `glossary check` as they are called."""

import json
from pathlib import Path

import docx

from tests.nouns import XLIFF_1
from tests.running import run

TEXT = "双方同意构建中美新型大国关系。\n"


def test_annotate_prints_the_text_with_what_its_terms_are(
    database: Path, tmp_path: Path
) -> None:
    file = tmp_path / "text.txt"
    file.write_text(TEXT, encoding="utf-8")
    done = run("annotate", str(file), database=database)
    assert done.returncode == 0, done.stderr
    assert "[new model of major-country relationship" in done.stdout
    told = json.loads(run("annotate", str(file), "--json", database=database).stdout)
    assert [m["text"] for m in told["matches"]][-1].endswith("新型大国关系")
    page = run("annotate", str(file), "--html", database=database).stdout
    assert '<html lang="zh-Hans">' in page
    assert 'data-entry="new-model-of-major-country-relationship' in page


def test_check_says_what_is_wrong_and_where(database: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.xlf"
    file.write_text(XLIFF_1, encoding="utf-8")
    done = run("check", str(file), database=database)
    assert done.returncode == 1
    assert f"{file}:10" in done.stdout
    assert "The target is empty." in done.stdout
    assert "2 pairs: 1 right" in done.stderr
    assert (
        run("check", str(file), "--fail-on", "never", database=database).returncode == 0
    )
    told = json.loads(run("check", str(file), "--json", database=database).stdout)
    assert told["summary"]["missing"] == 1
    assert told["findings"][0]["line"] == 10


def test_in_a_glossary_without_statuses_every_wording_of_an_entry_is_right(
    tmp_path: Path,
) -> None:
    """The only one, the leading one, and the others beside it."""
    place, terms, pairs = (tmp_path / name for name in ("a.db", "a.csv", "b.csv"))
    terms.write_text(
        "Chinese,English\n"
        "合作共赢,win-win cooperation/mutually beneficial cooperation\n"
        "世界贸易组织,World Trade Organization\n",
        encoding="utf-8",
    )
    done = run("import", str(terms), "--split", "/", database=place)
    assert done.returncode == 0, done.stderr
    rows = (
        "合作共赢是目标,Win-win cooperation is the goal",
        "合作共赢是目标,Mutually beneficial cooperation is the goal",
        "世界贸易组织开会,The World Trade Organization met",
    )
    pairs.write_text("\n".join(("source,target", *rows)), encoding="utf-8")
    done = run("check", str(pairs), "--all", "--json", database=place)
    told = json.loads(done.stdout)
    assert done.returncode == 0
    assert [finding["verdict"] for finding in told["findings"]] == ["ok"] * 3


def test_check_pairs_two_documents(database: Path, tmp_path: Path) -> None:
    source, target = tmp_path / "zh.txt", tmp_path / "en.txt"
    source.write_text("新型大国关系\n", encoding="utf-8")
    target.write_text("New Type of Relations between Major Countries", "utf-8")
    done = run("check", str(source), "--with", str(target), database=database)
    assert done.returncode == 1
    assert "is superseded; use “New Model of Major-Country" in done.stdout
    then = ["--as-of", "2012-12", "--with", str(target)]
    assert run("check", str(source), *then, database=database).returncode == 0


def test_check_prints_sarif(database: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("zh,en\n新型大国关系,a relationship\n", encoding="utf-8")
    done = run("check", str(file), "--sarif", database=database)
    log = json.loads(done.stdout)
    assert log["version"] == "2.1.0"
    (result,) = log["runs"][0]["results"]
    assert (result["ruleId"], result["level"]) == ("missing", "warning")
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == str(file)
    assert place["region"]["startLine"] == 2
    rules = log["runs"][0]["tool"]["driver"]["rules"]
    assert rules[result["ruleIndex"]]["id"] == "missing"


def test_a_file_that_cannot_be_read_is_named(database: Path, tmp_path: Path) -> None:
    assert run("check", "nowhere.xlf", database=database).returncode == 74
    file = tmp_path / "a.pdf"
    file.write_bytes(b"%PDF")
    done = run("check", str(file), database=database)
    assert done.returncode == 65
    assert "not of a kind" in done.stderr


def test_check_writes_its_findings_as_a_table_for_word_and_spreadsheets(
    database: Path, tmp_path: Path
) -> None:
    file = tmp_path / "a.csv"
    file.write_text("zh,en\n新型大国关系,a relationship\n主权,sovereignty\n", "utf-8")
    out = tmp_path / "findings.docx"
    done = run(
        "check", str(file), "--format", "docx", "-o", str(out), database=database
    )
    assert done.returncode == 1, done.stderr
    table = docx.Document(str(out)).tables[0]
    assert [row.cells[0].text for row in table.rows[1:]] == ["新型大国关系"]
    listed = run("check", str(file), "--format", "csv", database=database).stdout
    assert listed.count("\n") == 2
    assert "new model of major-country relationship" in listed
