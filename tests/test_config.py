from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.config import Settings, language, notified, read_settings, table
from glossary.errors import BadSetting


def test_without_variables_every_setting_has_its_default() -> None:
    assert read_settings({"PATH": "/bin"}) == Settings()


def test_a_variable_changes_its_setting() -> None:
    found = read_settings({"GLOSSARY_PORT": "9000", "GLOSSARY_OPEN_READS": "no"})
    assert (found.port, found.open_reads) == (9000, False)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GLOSSARY_PORT", "http"),
        ("GLOSSARY_PORT", "-1"),
        ("GLOSSARY_OPEN_READS", "perhaps"),
        ("GLOSSARY_BUSY_TIMEOUT", "soon"),
        ("GLOSSARY_DATBASE", "x.db"),
        ("GLOSSARY_DATABASE", ""),
        ("GLOSSARY_HOST", ""),
        ("GLOSSARY_HOST", "http://127.0.0.1"),
        ("GLOSSARY_PORT", "0"),
        ("GLOSSARY_PORT", "65536"),
        ("GLOSSARY_PORT", "8000.0"),
        ("GLOSSARY_WORKERS", "100000"),
        ("GLOSSARY_MAX_BODY", "0"),
        ("GLOSSARY_CANDIDATES", "0"),
        ("GLOSSARY_BUSY_TIMEOUT", "nan"),
        ("GLOSSARY_BUSY_TIMEOUT", "inf"),
        ("GLOSSARY_BUSY_TIMEOUT", "1e300"),
        ("GLOSSARY_LT_TIMEOUT", "0"),
        ("GLOSSARY_LT_UPSTREAM", "localhost:8081"),
        ("GLOSSARY_SERVER", ""),
        ("GLOSSARY_TOKEN", "gls_abc def"),
        ("GLOSSARY_TOKEN", "令牌"),
        ("GLOSSARY_GLOSSARY", "外交"),
        ("GLOSSARY_SETTINGS", "/nowhere/at/all"),
    ],
)
def test_a_bad_value_and_a_misspelt_name_are_errors(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=name):
        read_settings({name: value})


@given(
    st.sampled_from([setting.name for setting in table()]),
    st.text(max_size=20) | st.floats().map(str) | st.integers().map(str),
)
def test_any_value_works_or_is_refused_by_name(name: str, value: str) -> None:
    try:
        read_settings({name: value})
    except BadSetting as refused:
        text = str(refused)
        assert name in text


def test_a_file_gives_settings_and_variables_overrule_it(tmp_path: Path) -> None:
    file = tmp_path / "glossary.env"
    file.write_text(
        "# as systemd reads it\n\nGLOSSARY_PORT = 9000\n"
        "export GLOSSARY_HOST='localhost'\nGLOSSARY_MAX_HITS=\"5\"\n",
        encoding="utf-8",
    )
    found = read_settings({"GLOSSARY_SETTINGS": str(file), "GLOSSARY_PORT": "9001"})
    assert (found.port, found.host, found.max_hits) == (9001, "localhost", 5)


@pytest.mark.parametrize(
    "line", ["PGPASSWORD=x", "GLOSSARY_PORT", "GLOSSARY_SETTINGS=x", "9000"]
)
def test_a_line_that_is_no_setting_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "glossary.env"
    file.write_text(f"# first\n{line}\n")
    with pytest.raises(BadSetting, match="line 2"):
        read_settings({"GLOSSARY_SETTINGS": str(file)})
    file.write_bytes(b"GLOSSARY_HOST=\xff\n")
    with pytest.raises(BadSetting, match="cannot be read"):
        read_settings({"GLOSSARY_SETTINGS": str(file)})


def test_systemd_is_heard_only_where_it_means_this_process() -> None:
    assert notified({}) == ("", 0.0)
    told = {"NOTIFY_SOCKET": "/run/n", "WATCHDOG_USEC": "30000000"}
    assert notified(told) == ("/run/n", 30.0)
    assert notified({**told, "WATCHDOG_PID": "1"}) == ("/run/n", 0.0)


def test_every_setting_says_what_it_does() -> None:
    assert all(setting.doc.endswith(".") for setting in table())


def test_the_language_is_read_as_unix_programs_read_it() -> None:
    assert language({"LC_ALL": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}) == "zh_CN"
    assert language({"GLOSSARY_LANG": "en", "LANG": "zh_CN.UTF-8"}) == "en"
    assert language({}) == ""
