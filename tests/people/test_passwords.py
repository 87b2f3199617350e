"""A password is refused that others try first."""

from pathlib import Path

import pytest

from glossary.entry import Person
from glossary.errors import Invalid
from glossary.people import passwords

MEI = Person("mei", "Mei", "mei@example.org")
LIST = Path(passwords.__file__).with_name("common-passwords.txt")


@pytest.mark.parametrize(
    "password",
    ["qwertyuiop", "Password123", "1q2w3e4r5t", "Manchester!!", "(basketball)"],
)
def test_a_password_that_many_have_is_refused(password: str) -> None:
    with pytest.raises(Invalid) as refused:
        passwords.hashed(password, MEI)
    assert "guessed first" in str(refused.value.problems[0].detail)


def test_every_common_password_would_be_taken_by_the_other_rules() -> None:
    lines = LIST.read_text(encoding="utf-8").splitlines()
    common = [line for line in lines if not line.startswith("#")]
    assert len(common) == len(set(common)) >= 3_000
    for each in common:
        assert passwords.SHORTEST <= len(each) <= passwords.LONGEST
        assert len(set(each)) >= passwords.SHORTEST // 2
        assert each == each.casefold()


def test_a_password_of_one_s_own_is_taken() -> None:
    kept = passwords.hashed("四海之内皆兄弟也 harmony", MEI)
    assert passwords.fits(kept, "四海之内皆兄弟也 harmony")
