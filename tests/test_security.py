"""`docs/security.md` says of the code what is so."""

import re
from pathlib import Path
from typing import Final

from glossary import config
from glossary.people.permissions import PERMISSIONS, RANKS, covers

ROOT: Final = Path(__file__).parent.parent
PAGE: Final = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
#: Levels 1 and 2 of ASVS 5.0.0, by section: the last number, and those of level 3.
SECTIONS: Final = """
1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2
4.1:3 4.2:1 4.3:2 4.4:4 5.1:1 5.2:3 5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3
6.8:4 7.1:3 7.2:4 7.3:2 7.4:5 7.5:2 7.6:2 8.1:2 8.2:3 8.3:1 8.4:1 9.1:3 9.2:4 10.1:2
10.2:2 10.3:4 10.4:11 10.5:5 10.6:2 10.7:3 11.1:2 11.2:3 11.3:3 11.4:4 11.5:1 11.6:1
12.1:3 12.2:2 12.3:4 13.1:1 13.2:5 13.3:2 13.4:5 14.1:2 14.2:4 14.3:3 15.1:3 15.2:3
15.3:7 16.1:1 16.2:5 16.3:4 16.4:3 16.5:3 17.1:1 17.2:4 17.3:2
"""


def rows() -> list[list[str]]:
    lines = [line for line in PAGE.splitlines() if re.match(r"\| \d", line)]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def asked() -> list[str]:
    """Return every requirement that is to stand on the page."""
    found = []
    for section in SECTIONS.split():
        name, _, numbers = section.partition(":")
        last, *left_out = (int(number) for number in re.split("[-,]", numbers))
        found += [f"{name}.{n}" for n in range(1, last + 1) if n not in left_out]
    return found


def matrix() -> str:
    """Return the table of permissions as the page has it."""
    lines = [f"| may | {' | '.join(RANKS)} |", f"|---|{'---|' * len(RANKS)}"]
    for action in PERMISSIONS:
        marks = ("✓" if covers(rank, action) else "" for rank in RANKS)
        lines.append(f"| {action} | {' | '.join(marks)} |")
    return "\n".join(lines) + "\n"


def test_each_requirement_stands_here_once() -> None:
    there = [each for row in rows() for each in row[0].split(", ")]
    assert sorted(there) == sorted(asked())
    assert len(there) == 253


def test_each_requirement_is_met_by_something_or_has_a_reason() -> None:
    for ids, how, where, shown in rows():
        if "**n/a**" in how or "**Not met**" in how:
            continue
        assert "`" in where, ids
        assert "::" in shown, ids


def test_every_file_and_test_and_setting_that_is_named_is_there() -> None:
    for name in set(re.findall(r"`([\w./-]+/[\w./-]+|Makefile|setup\.cfg)`", PAGE)):
        if not name.startswith("/"):
            assert (ROOT / name).exists(), name
    for file, test in set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)):
        text = (ROOT / file).read_text(encoding="utf-8")
        assert f"def {test}(" in text, f"{file}::{test}"
    settings = {each.name for each in config.table()}
    assert set(re.findall(r"GLOSSARY_[A-Z_]+", PAGE)) <= settings


def test_the_matrix_is_the_table_of_permissions() -> None:
    assert matrix() in PAGE
