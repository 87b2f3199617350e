"""Work formulas out in LibreOffice Calc.

Run by the system's Python, which has UNO: it reads JSON from standard input,
`{"terms": [[cell, …], …], "rows": [["text", "formula of B", "formula of C"], …]}`, and
prints what the formulas of each row come to. The argument is a folder for a profile.
"""

import json
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from libreoffice_proofread import PropertyValue, connected


def main(profile: Path) -> None:
    """Print the values of the formulas as JSON."""
    given = json.load(sys.stdin)
    process, context = connected(profile)
    desktop = context.ServiceManager.createInstanceWithContext(
        "com.sun.star.frame.Desktop", context
    )
    try:
        hidden = PropertyValue()
        hidden.Name, hidden.Value = "Hidden", True
        sheets = desktop.loadComponentFromURL(
            "private:factory/scalc", "_blank", 0, (hidden,)
        ).Sheets
        sheets.insertNewByName("terms", 1)
        table = sheets.getByName("terms")
        for at, row in enumerate(given["terms"]):
            for column, text in enumerate(row):
                table.getCellByPosition(column, at).setString(text)
        sheet = sheets.getByIndex(0)
        values = []
        for at, (text, *formulas) in enumerate(given["rows"], start=1):
            sheet.getCellByPosition(0, at).setString(text)
            values.append([])
            for column, formula in enumerate(formulas, start=1):
                cell = sheet.getCellByPosition(column, at)
                cell.setFormula(formula.replace("A2", f"A{at + 1}"))
                values[-1].append(cell.getString())
        print(json.dumps(values))
        desktop.terminate()
    finally:
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


main(Path(sys.argv[1]))
