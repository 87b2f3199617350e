"""Which terms are recognised in texts that were labelled by hand, and in which sense.

`senses.tsv` has sentences of everyday news and of diplomatic texts, written for it:
what a reader takes for a term, and what is recognised in a sense that is not meant.
"""

from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from glossary.query import Wanted
from glossary.recognition import Recognition
from glossary.recognition.annotate import annotate
from glossary.store import Store

_FILE = Path(__file__).with_name("senses.tsv")
#: Another sense than is meant: the one of China's own for another's, a noun for a verb.
OTHER_SENSES = {
    "zh": ["承认"],
    "en": ["Minister", "chief executive", "opposition", "opposition"],
}
#: The least share of matches in news that have the sense that is meant.
LEAST_RIGHT = {"zh": 0.95, "en": 0.85}
#: The least share of the terms of diplomatic texts that are recognised.
LEAST_RECALL = {"zh": 0.98, "en": 0.95}


class Labelled(NamedTuple):
    """A sentence with its terms, as often as they stand there, and what is none."""

    text: str
    right: Counter[str]
    wrong: Counter[str]


def labelled(kind: str, lang: str) -> list[Labelled]:
    lines = _FILE.read_text("utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines]
    return [
        Labelled(text, *(Counter(c.split("|")) if c else Counter() for c in columns))
        for name, language, text, *columns in rows
        if (name, language) == (kind, lang)
    ]


def recognised(curated: Store, sentences: list[Labelled]) -> list[Counter[str]]:
    snapshot = Recognition(curated).snapshot()
    return [
        Counter(m.text for m in annotate(snapshot, s.text, Wanted()).matches)
        for s in sentences
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_matches_in_everyday_news_have_the_sense_that_is_meant(
    curated: Store, lang: str
) -> None:
    sentences = labelled("news", lang)
    matches = recognised(curated, sentences)
    assert sum(map(Counter.total, matches)) > 90
    right = sum(
        (found & s.right).total() for found, s in zip(matches, sentences, strict=True)
    )
    assert right >= LEAST_RIGHT[lang] * sum(map(Counter.total, matches))
    wrong = [
        text
        for found, s in zip(matches, sentences, strict=True)
        for text in (found & s.wrong).elements()
    ]
    assert Counter(wrong) == Counter(OTHER_SENSES[lang])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_terms_of_diplomatic_texts_are_recognised(curated: Store, lang: str) -> None:
    sentences = labelled("genre", lang)
    matches = recognised(curated, sentences)
    terms = sum(s.right.total() for s in sentences)
    assert terms > 80
    lost = sum(
        (s.right - found).total() for found, s in zip(matches, sentences, strict=True)
    )
    assert terms - lost >= LEAST_RECALL[lang] * terms
