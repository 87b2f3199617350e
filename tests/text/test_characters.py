"""What each character becomes, told one by one or from the tables."""

from pathlib import Path

import numpy as np
from opencc import OpenCC

import glossary.text.characters as module
from glossary.text.characters import TABLES


def of_opencc() -> dict[str, str]:
    """Return the simplified character of each Han character that has another one."""
    characters = [chr(code) for code in range(0x3400, 0xA000)]
    table: dict[str, str] = {}
    for direction in ("tw2s", "hk2s", "t2s"):
        converted = OpenCC(direction).convert("\n".join(characters)).split("\n")
        pairs = zip(characters, converted, strict=True)
        table |= {old: new for old, new in pairs if old != new and len(new) == 1}

    def followed(character: str) -> str:
        for _ in range(3):
            character = table.get(character, character)
        return character

    ends = {old: followed(old) for old in sorted(table)}
    return {old: new for old, new in ends.items() if old != new}


def test_the_simplified_characters_are_those_of_opencc() -> None:
    pairs = [old + new for old, new in of_opencc().items()]
    lines = (" ".join(pairs[at : at + 24]) for at in range(0, len(pairs), 24))
    place = Path(module.__file__).with_name("simplified.txt")
    assert place.read_text(encoding="utf-8") == "".join(f"{line}\n" for line in lines)


def test_a_character_becomes_the_same_alone_and_in_a_long_text() -> None:
    blocks = (range(0x3400), range(0x3400, 0xD800), range(0xF900, 0x10000))
    codes = np.array([code for block in blocks for code in block])
    kinds, letters = TABLES.kinds[codes].tolist(), TABLES.letters[codes].tolist()
    for code, kind, letter in zip(codes.tolist(), kinds, letters, strict=True):
        assert TABLES.one(chr(code)) == (kind, chr(letter)), hex(code)
