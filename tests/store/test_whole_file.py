"""A file is there as a whole or not at all."""

from pathlib import Path

import pytest

from glossary.store import FOR_ALL, WholeFile


def test_a_file_takes_its_place_when_all_is_written(tmp_path: Path) -> None:
    place = tmp_path / "terms.csv"
    place.write_text("旧", encoding="utf-8")
    with WholeFile(place, mode=FOR_ALL) as whole:
        whole.stream.write("主权".encode())
        whole.stream.flush()
        assert place.read_text(encoding="utf-8") == "旧"
    assert place.read_text(encoding="utf-8") == "主权"
    assert place.stat().st_mode & 0o777 == 0o644
    assert list(tmp_path.iterdir()) == [place]


def test_what_fails_or_is_dropped_leaves_nothing_behind(tmp_path: Path) -> None:
    place = tmp_path / "terms.csv"
    place.write_bytes(b"sovereignty")

    def failing() -> None:
        with WholeFile(place) as whole:
            whole.stream.write(b"sov")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        failing()
    with WholeFile(place) as whole:
        whole.stream.write(b"sovereignty")
        assert whole.is_as_before()
        whole.stream.write(b", n.")
        assert not whole.is_as_before()
        whole.drop()
    assert place.read_bytes() == b"sovereignty"
    assert list(tmp_path.iterdir()) == [place]


def test_what_is_nobody_elses_is_its_users_alone(tmp_path: Path) -> None:
    place = tmp_path / "store.lexicon"
    with WholeFile(place) as whole:
        whole.stream.write("机密".encode())
    assert place.stat().st_mode & 0o777 == 0o600
