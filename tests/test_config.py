import pytest

from glossary.config import BadSetting, Settings, language, load, table


def test_without_variables_every_setting_has_its_default() -> None:
    assert load({"PATH": "/bin"}) == Settings()


def test_a_variable_changes_its_setting() -> None:
    found = load({"GLOSSARY_PORT": "9000", "GLOSSARY_OPEN_READS": "no"})
    assert (found.port, found.open_reads) == (9000, False)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GLOSSARY_PORT", "http"),
        ("GLOSSARY_PORT", "-1"),
        ("GLOSSARY_OPEN_READS", "perhaps"),
        ("GLOSSARY_BUSY_TIMEOUT", "soon"),
        ("GLOSSARY_DATBASE", "x.db"),
    ],
)
def test_a_bad_value_and_a_misspelt_name_are_errors(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=name):
        load({name: value})


def test_every_setting_says_what_it_does() -> None:
    assert all(setting.doc.endswith(".") for setting in table())


def test_the_language_is_read_as_unix_programs_read_it() -> None:
    assert language({"LC_ALL": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}) == "zh_CN"
    assert language({"GLOSSARY_LANG": "en", "LANG": "zh_CN.UTF-8"}) == "en"
    assert language({}) == ""
