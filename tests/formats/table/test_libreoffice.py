"""LibreOffice opens our workbooks, and shows in every cell what we have written."""

import csv
import io
import shutil
import subprocess
from pathlib import Path

import pytest

from glossary.formats.table import sheet
from glossary.formats.table.wide import columns_of, languages_of, rows_of
from tests.formats.imprints import MADE
from tests.formats.whole_entries import diplomatic
from tests.running import needs


def _calc() -> str | None:
    """Return LibreOffice's program, where it has Calc."""
    found = shutil.which("soffice")
    has_calc = found and Path(found).resolve().with_name("libsclo.so").exists()
    return found if has_calc else None


def _shown(file: Path) -> list[list[str]]:
    """Return the cells of the first sheet as LibreOffice Calc shows them."""
    office = needs(_calc(), "LibreOffice Calc")
    done = subprocess.run(
        [
            office,
            f"-env:UserInstallation={(file.parent / 'profile').as_uri()}",
            *("--headless", "--norestore", "--convert-to"),
            # Comma, quotes, UTF-8, from the first line on.
            "csv:Text - txt - csv (StarCalc):44,34,76,1",
            *("--outdir", str(file.parent), str(file)),
        ],
        capture_output=True,
        check=False,
        timeout=180,
    )
    made = file.with_suffix(".csv")
    if not made.exists():
        pytest.fail(done.stderr.decode() or done.stdout.decode())
    text = made.read_text("utf-8")
    return list(csv.reader(io.StringIO(text, newline="")))


def test_the_wide_workbook_opens_with_every_wording(tmp_path: Path) -> None:
    entries = diplomatic()[::10]
    languages = languages_of(entries)
    file = tmp_path / "wide.xlsx"
    with file.open("wb") as stream:
        sheet.write_wide(entries, stream, lambda _: None, languages, imprint=MADE)
    heading, *rows = _shown(file)
    assert tuple(heading) == columns_of(languages)
    expected = [[*row] for row in rows_of(entries, languages, lambda _: None)]
    assert len(expected) > 50
    assert rows == expected
