from collections import defaultdict
from importlib.resources import files
from itertools import chain
from pathlib import Path

from glossary.text.slip import _COMMON, _shapes, sounding, sounds_of

PLACE = "sounds.txt"


def by_sound() -> dict[str, str]:
    """Return what the table of sounds is to say."""
    by_syllable: dict[str, str] = defaultdict(str)
    characters = chain(_shapes(), *_shapes().values(), _COMMON)
    for character in dict.fromkeys(characters):
        for syllable in sounds_of(character):
            by_syllable[syllable] += character
    return dict(sorted(by_syllable.items()))


def test_the_table_of_sounds_is_what_the_readings_make_of_it() -> None:
    written = (files("glossary.text") / PLACE).read_text("utf-8")
    there = dict(line.split(" ") for line in written.splitlines())
    assert there == by_sound(), "run: python -m tests.text.test_sounds"
    assert {"重", "中"} <= {*there["zong"]}
    assert {"北", "贝"} <= {*sounding("bei")}


if __name__ == "__main__":
    lines = [f"{syllable} {alike}\n" for syllable, alike in by_sound().items()]
    Path(str(files("glossary.text") / PLACE)).write_text("".join(lines), "utf-8")
