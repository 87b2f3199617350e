"""Ids made from other tools' names."""

import pytest

from glossary.formats.identifier import fits, identifier


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("peaceful-rise", "peaceful-rise"),
        ("123", "c123"),
        ("2_76365", "c2-76365"),
        ("IATE-3567890", "iate-3567890"),
        (
            "6F9619FF-8B86-D011-B42D-00C04FC964FF",
            "c6f9619ff-8b86-d011-b42d-00c04fc964ff",
        ),
        ("International Relations", "international-relations"),
    ],
)
def test_a_name_becomes_an_id(name: str, made: str) -> None:
    assert identifier(name, "c") == made


@pytest.mark.parametrize(
    "name", ["国际关系", "États", "C++", "", "-", "x" * 200, "1" * 101]
)
def test_every_name_becomes_an_id_that_fits_and_is_always_the_same(name: str) -> None:
    assert fits(identifier(name, "c"))
    assert identifier(name, "c") == identifier(name, "c")


def test_names_that_lose_characters_do_not_fall_together() -> None:
    names = [
        "国际关系",
        "国际法",
        "C++",
        "C#",
        "C",
        "État",
        "Etat",
        "y" * 101,
        "y" * 102,
    ]
    assert len({identifier(name, "c") for name in names}) == len(names)
