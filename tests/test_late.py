"""What is read late, and what is done while modules are read."""

import gc
import re
import sys
from collections.abc import Iterator

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
