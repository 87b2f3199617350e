"""What docs/architecture.md and docs/decisions/ say of the house is so."""

import importlib
import re
import sys
from collections.abc import Callable
from itertools import dropwhile
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from glossary.cli import main
from glossary.entry import PROOFS, STATES, STATUSES
from glossary.query import TIERS
from tests.floors import FLOORS

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
TEXT = (DOCS / "architecture.md").read_text(encoding="utf-8")
DECISIONS = sorted((DOCS / "decisions").glob("*.md"))
ROOMS = "|".join(room for floor in FLOORS for room in floor)
NAME = re.compile(rf"`((?:{ROOMS})(?:\.\w+)*)`")
CONSTANT = re.compile(r"_?[A-Z][A-Z_0-9]*\b")
BOUND = re.compile(r"_?[A-Z][A-Z_0-9]*(: Final(\[\w+\])?)? = [\d_.]+( \* [\d_]+)*$")
NAMED = sorted(
    {
        name
        for page in (TEXT, *(p.read_text(encoding="utf-8") for p in DECISIONS))
        for name in NAME.findall(page)
    }
)


def meant(name: str) -> Any:
    """Return what a dotted name of the house stands for; raise AttributeError."""
    parts = f"glossary.{name}".split(".")
    for length in range(len(parts), 0, -1):
        try:
            there: Any = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for part in parts[length:]:
            there = getattr(there, part)
        return there
    raise AttributeError(name)


def section(title: str) -> str:
    found = re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", TEXT, re.DOTALL | re.MULTILINE)
    assert found, title
    return found[1]


@pytest.mark.parametrize("name", NAMED)
def test_what_the_page_names_is_there(name: str) -> None:
    assert meant(name) is not None


def test_the_page_shows_the_floors_that_the_house_has() -> None:
    rows = re.findall(r"^\| (\d) \| ([^|]+) \|", section("The floors"), re.MULTILINE)
    shown = {int(number): set(rooms.split(", ")) for number, rooms in rows}
    assert shown == {number: set(floor) for number, floor in enumerate(FLOORS, start=1)}


@pytest.mark.parametrize(
    ("word", "values"),
    [("status", STATUSES), ("state", STATES), ("proof", PROOFS), ("tier", TIERS)],
)
def test_the_words_of_the_page_are_all_that_there_are(
    word: str, values: tuple[str, ...]
) -> None:
    row = re.search(rf"^\| {word} \| (.*) \|$", section("Words"), re.MULTILINE)
    assert row is not None
    places = [re.search(rf"\b{value}\b", row[1]) for value in values]
    firsts = [place.start() for place in places if place is not None]
    assert len(firsts) == len(values)
    assert firsts == sorted(firsts)


def steps(title: str) -> list[list[str]]:
    """Return the functions that each numbered step of a road names."""
    numbered = re.split(r"^\d+\. ", section(title), flags=re.MULTILINE)[1:]
    names = [NAME.findall(step) for step in numbered]
    return [[n for n in each if not isinstance(code_of(n), type)] for each in names]


def code_of(name: str) -> CodeType | type:
    """Return the code of a function, or the class that a name stands for."""
    there = meant(name)
    if isinstance(there, type):
        return there
    there = getattr(there, "callback", there)
    while hasattr(there, "__wrapped__"):
        if hasattr(there, "cache_clear"):
            there.cache_clear()
        there = there.__wrapped__
    code: CodeType = there.__code__
    return code


def walked(road: Callable[[], object]) -> list[CodeType]:
    """Return what is called on a road, in the order of the first calls."""
    calls: dict[CodeType, None] = {}

    def note(frame: FrameType, event: str, _value: Any) -> None:
        if event == "call":
            calls.setdefault(frame.f_code)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        road()
    finally:
        sys.setprofile(before)
    return list(calls)


def goes(title: str, road: Callable[[], object]) -> None:
    """Assert that a road passes all its functions, and its steps in their order."""
    named = steps(title)
    calls = walked(road)
    for step in named:
        for name in step:
            assert code_of(name) in calls, f"{title} does not pass {name}"
    firsts = [calls.index(code_of(step[0])) for step in named if step]  # type: ignore[arg-type]
    assert firsts == sorted(firsts), [step[0] for step in named if step]


def test_a_look_up_goes_the_steps_of_the_page(client: FlaskClient) -> None:
    goes("A look-up", lambda: client.get("/api/v1/lookup?q=新型大国关系"))


def test_a_check_goes_the_steps_of_the_page(client: FlaskClient) -> None:
    source = "中方坚持相互尊重、合作共赢，主张构建新型大国关系。"
    target = "China stands for mutual respect, and for new relations."
    pair = {"id": "1", "source": source, "target": target}
    goes(
        "A text with its translation",
        lambda: client.post("/api/v1/check", json={"pairs": [pair]}),
    )


def test_a_file_goes_the_steps_of_the_page(database: Path, tmp_path: Path) -> None:
    table = tmp_path / "terms.csv"
    table.write_text("zh,en,note\n暖心早茶,warm morning tea,\n主权,sovereignty,new\n")
    goes("A file", lambda: CliRunner().invoke(main, ["import", str(table)]))


def test_every_decision_has_its_reason_and_what_it_costs() -> None:
    listed = (DOCS / "decisions" / "README.md").read_text(encoding="utf-8")
    for page in DECISIONS:
        if page.name != "README.md":
            text = page.read_text(encoding="utf-8")
            for heading in ("## Why", "## What it costs"):
                assert heading in text, page.name
            assert len(text.splitlines()) <= 40, page.name
            assert f"]({page.name})" in listed, page.name
            assert re.search(r"\d", text.partition("## Why")[2]), "no figure"


def test_every_bound_says_its_unit_or_its_reason() -> None:
    """A number with a name has a comment above it, or above its neighbours."""
    silent = []
    for path in sorted((ROOT / "glossary").rglob("*.py")):
        lines = path.read_text(encoding="utf-8").splitlines()
        for at, line in enumerate(lines):
            if BOUND.match(line):
                above = dropwhile(CONSTANT.match, reversed(lines[:at]))
                if not next(above, "").startswith("#"):
                    silent.append(f"{path.name}:{at + 1} {line}")
    assert silent == []
