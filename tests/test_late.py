"""What is read late, and what is done while modules are read."""

import gc
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from glossary import late_pattern, modules_stay


@pytest.fixture
def thawed() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_a_late_pattern_is_compiled_when_it_is_first_matched() -> None:
    pattern = late_pattern("主权(?P<rest>.+)", re.DOTALL)
    assert pattern.pattern == "主权(?P<rest>.+)"
    assert vars(pattern).keys() == {"pattern", "_flags"}
    match = pattern.fullmatch("主权\n平等")
    assert match is not None
    assert match["rest"] == "\n平等"
    assert pattern.sub("", "不") == "不"
    assert pattern.flags & re.DOTALL


def test_nothing_is_collected_while_modules_are_read(
    thawed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = gc.get_freeze_count()
    with modules_stay():
        assert not gc.isenabled()
    assert gc.isenabled()
    assert gc.get_freeze_count() == before
    with pytest.raises(KeyError), modules_stay():
        monkeypatch.setitem(sys.modules, "of-no-file", sys)
        raise KeyError
    assert gc.isenabled()
    assert gc.get_freeze_count() > before


def test_modules_that_stand_for_checkers_are_read_when_a_function_is_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "of_treaties"
    package.mkdir()
    (package / "__init__.py").write_text(
        "from typing import TYPE_CHECKING\n"
        "from glossary import late_functions\n\n"
        "if TYPE_CHECKING:\n"
        "    from decimal import Decimal\n\n"
        "    from of_treaties import (\n        signing as signed,\n    )\n\n"
        "late_functions(__name__)\n"
    )
    (package / "signing.py").write_text(
        "def by(*, whom):\n    return f'签署：{whom}'\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    treaties = import_module("of_treaties")
    by = treaties.signed.by
    assert "of_treaties.signing" not in sys.modules
    assert by(whom="外交部长") == "签署：外交部长"
    assert "of_treaties.signing" in sys.modules
    assert not hasattr(treaties, "Decimal")
    for name in ("of_treaties", "of_treaties.signing"):
        monkeypatch.delitem(sys.modules, name)
