"""The machinery of the mutants; `make mutants` runs them."""

import pytest

from tests.mutants import (
    MODULES,
    ROOT,
    TESTS,
    Misplaced,
    Mutant,
    killers,
    listed,
    mutated,
)
from tests.mutants.__main__ import argued

SOURCE = """
def one(a, b):
    return a and b


class Two:
    def one(self, a):
        if a > 1 and (
            a < 9
        ):
            return "甲"
        return a > 1
"""


def mutant(function: str, piece: str, instead: str) -> Mutant:
    return Mutant("x", "fold", function, piece, instead)


def test_a_mutant_changes_one_piece_of_one_function() -> None:
    changed = mutated(SOURCE, mutant("one", "a and b", "a or b"))
    assert changed == SOURCE.replace("a and b", "a or b")
    changed = mutated(SOURCE, mutant("Two.one", "a > 1 and ( a < 9 )", "True"))
    assert "if True:" in changed
    assert "return a > 1" in changed


@pytest.mark.parametrize(
    ("function", "piece", "why"),
    [
        ("Two.one", "a > 1", "2 times"),
        ("one", "a or b", "0 times"),
        ("three", "a", "no function three"),
        ("Two", "a", "no function Two"),
    ],
)
def test_a_mutant_without_one_place_is_said_to_be_misplaced(
    function: str, piece: str, why: str
) -> None:
    with pytest.raises(Misplaced, match=why):
        mutated(SOURCE, mutant(function, piece, "x"))


def test_a_mutant_that_is_no_python_is_refused() -> None:
    with pytest.raises(SyntaxError):
        mutated(SOURCE, mutant("one", "a and b", "a and"))


def test_the_list_names_each_mutant_once_and_modules_that_are_there() -> None:
    mutants = listed()
    names = [each.name for each in mutants]
    assert len(names) == len({*names})
    assert len(names) >= 60
    assert {each.module for each in mutants} == {*MODULES} == {*TESTS}
    for path in (
        *MODULES.values(),
        *(path for tests in TESTS.values() for path in tests),
    ):
        assert (ROOT / path).is_file(), path
    assert argued() <= {*names}


@pytest.mark.parametrize(
    "text", ["x one\n- a\n+ b", "[fold]\nx one\n+ a\n- b", "[nowhere]\nx one\n- a\n+ b"]
)
def test_a_list_that_is_written_wrongly_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no mutant"):
        listed(text)


@pytest.mark.parametrize("module", MODULES)
def test_every_mutant_has_its_place(module: str) -> None:
    source = (ROOT / MODULES[module]).read_text("utf-8")
    for each in listed():
        if each.module == module:
            assert mutated(source, each) != source


def test_the_tests_that_found_mutants_are_there() -> None:
    modules = {mutant.name: mutant.module for mutant in listed()}
    for name, test in killers().items():
        path, _, function = test.partition("::")
        assert path in TESTS[modules[name]], name
        assert f"def {function}(" in (ROOT / path).read_text("utf-8"), test
