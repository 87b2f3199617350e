"""The table of lemmas that comes with the program is simplemma's dictionary."""

from pathlib import Path

from simplemma.strategies.dictionaries import dictionary_factory

import glossary.text
from glossary.text.lemma import written_lemma


def line_of(word: str, base: str) -> str:
    """Return the line of a word in `lemmas.txt`."""
    if base == word:
        return f"{word}\n"
    same = 0
    while word[: same + 1] == base[: same + 1]:
        same += 1
    return f"{word}\t{chr(ord('0') + len(word) - same)}{base[same:]}\n"


def test_the_table_has_each_word_in_small_letters_with_its_lemma() -> None:
    dictionary = dictionary_factory.DEFAULT_DICTIONARY_FACTORY.get_dictionary("en")
    words = sorted((w for w in dictionary if w == w.lower()), key=str.encode)
    lines = "".join(line_of(word, dictionary[word]) for word in words)
    table = Path(glossary.text.__path__[0]).joinpath("lemmas.txt")
    assert table.read_text("utf-8") == lines
    for word in (*words[:9], *words[-9:], *words[:: len(words) // 500]):
        assert written_lemma(word) == dictionary[word]


def test_what_is_no_word_is_none() -> None:
    strange = ("", "\n", "a\nb", "zzzzzz", "\U0010ffff", "\ud800", "trips\t1", "主权")
    assert [written_lemma(word) for word in strange] == [None] * len(strange)
