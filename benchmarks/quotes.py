"""Hold the quotations of the curated glossary against full texts that are at hand.

A folder holds the texts as `en/SOURCE.txt` and `zh/SOURCE.txt`, named by the ids of
the sources; none is kept here. What is compared are letters, figures and characters,
without case, spaces and punctuation. Prints what stands in no text, and how many
quotations there are, could be checked and were right.
"""

import argparse
import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from glossary.curation import entries
from glossary.text import primary

_OTHER = {"en": "zh", "zh": "en"}
_BETWEEN = re.compile(r"[\W_]+")


class Quotation(NamedTuple):
    """Words that an entry says to stand in a document, in one language."""

    entry: str
    lang: str
    source: str
    locator: str
    words: str


class Count(NamedTuple):
    """How many quotations there are and could be checked, and what was not there."""

    all: int
    checked: int
    absent: tuple[Quotation, ...]


def bare(text: str) -> str:
    """Return the letters, figures and characters of a text, in one case."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", text).casefold())


def quotations() -> Iterator[Quotation]:
    """Yield what the curated citations quote, their counterparts too."""
    for entry in entries():
        for term in entry.terms:
            lang = primary(term.lang)
            for citation in term.citations:
                words = citation.quote or term.text
                yield Quotation(
                    entry.id, lang, citation.source, citation.locator, words
                )
                if other := citation.counterpart:
                    yield Quotation(
                        entry.id,
                        _OTHER[lang],
                        other.source or citation.source,
                        other.locator or citation.locator,
                        other.quote or other.text,
                    )


def counted(folder: Path) -> Count:
    """Return what of the quotations stands in the texts of a folder."""
    texts = {
        (lang, path.stem): bare(path.read_text(encoding="utf-8"))
        for lang in _OTHER
        for path in (folder / lang).glob("*.txt")
    }
    every = list(quotations())
    checked = [each for each in every if (each.lang, each.source) in texts]
    absent = tuple(
        each
        for each in checked
        if bare(each.words) not in texts[each.lang, each.source]
    )
    return Count(len(every), len(checked), absent)


def main() -> None:
    """Print what stands in no text, and the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    count = counted(parser.parse_args().folder)
    for each in count.absent:
        sys.stdout.write("\t".join(each) + "\n")
    right = count.checked - len(count.absent)
    sys.stdout.write(
        f"{count.all} quotations, {count.checked} held against a text, {right} right\n"
    )


if __name__ == "__main__":
    main()
