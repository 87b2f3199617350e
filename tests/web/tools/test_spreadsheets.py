import csv
import io
import json
import re
import subprocess
import urllib.request
from pathlib import Path
from typing import Any, Final

from tests.running import Server
from tests.web.tools.office import SYSTEM_PYTHON, writer_with_uno

_PAGE: Final = Path(__file__).parents[3] / "docs" / "tools" / "spreadsheets.md"
_SCRIPT: Final = Path(__file__).with_name("libreoffice_recipe.py")


def recipe(name: str, address: str) -> str:
    """Return a formula of the page as LibreOffice's interface takes it."""
    page = _PAGE.read_text("utf-8")
    block = re.search(rf'```text title="{name}"\n(.*?)\n```', page, re.DOTALL)
    assert block, name
    formula = block[1].replace("https://terms.example", address)
    # Between arguments it has a semicolon, and a dot behind the name of a sheet.
    outside = re.split(r'("(?:[^"]|"")*")', formula.replace("terms!", "$terms."))
    return "".join(
        part if part.startswith('"') else part.replace(",", ";") for part in outside
    )


def test_the_formulas_of_the_page_render_cells(server: Server, tmp_path: Path) -> None:
    writer_with_uno()
    table = re.search(r'IMPORTDATA\("https://terms.example(.*?)"\)', _PAGE.read_text())
    assert table
    with urllib.request.urlopen(server.address + table[1]) as answer:
        rows = list(csv.reader(io.StringIO(answer.read().decode("utf-8-sig"))))
    at = rows[0].index("zh-Hans")
    some = [rows[0], *(row for row in rows if row[at] == "新型大国关系")]
    assert len(some) == 2
    calc, asks, takes, looks = (
        recipe(name, server.address) for name in ("Calc", "Excel B2", "Excel C2", "any")
    )
    given = {
        "terms": some,
        "rows": [
            ["新型大国关系", calc],
            ["win-win cooperation", calc],
            ["没有这个短语啊", calc],
            ["新型大国关系", asks, takes.replace("B2", "B5")],
            ["新型大国关系", looks],
            ["没有这个短语啊", looks],
        ],
    }
    done = subprocess.run(
        [SYSTEM_PYTHON, str(_SCRIPT), str(tmp_path)],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    assert done.returncode == 0, done.stderr
    values: list[list[Any]] = json.loads(done.stdout)
    leading = "new model of major-country relationship"
    assert [row[-1] for row in values] == [
        leading,
        "合作共赢",
        "",
        leading,
        leading,
        "",
    ]
