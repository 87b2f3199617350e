"""Text made comparable: folding, spelling, stems, grams, readings, similarity."""

from glossary.text.difference import differences
from glossary.text.fold import Folded, fold, is_traditional, key, letters, simplified
from glossary.text.gram import (
    beginning,
    counted,
    glossary_gram,
    grams,
    pieces,
    plain,
    rarity,
    required,
    subject_gram,
    whole,
    words,
)
from glossary.text.inflect import stem, stemmed, stems
from glossary.text.language import (
    HAN,
    UNIT,
    UNSPACED,
    canonical,
    has_han,
    primary,
    without_region,
)
from glossary.text.letter_case import LetterCase, fitted, in_case, letter_case
from glossary.text.prose import asked_grams, prose_grams
from glossary.text.reading import derived, initials, is_sound, readings, sound
from glossary.text.similarity import (
    ENOUGH,
    SMALL_WORDS,
    Closeness,
    mistakes,
    of_characters,
    of_words,
    same_word,
)
from glossary.text.spelling import AMERICAN, SEPARABLE_PREFIXES, american_start

__all__ = [
    "AMERICAN",
    "ENOUGH",
    "HAN",
    "SEPARABLE_PREFIXES",
    "SMALL_WORDS",
    "UNIT",
    "UNSPACED",
    "Closeness",
    "Folded",
    "LetterCase",
    "american_start",
    "asked_grams",
    "beginning",
    "canonical",
    "counted",
    "derived",
    "differences",
    "fitted",
    "fold",
    "glossary_gram",
    "grams",
    "has_han",
    "in_case",
    "initials",
    "is_sound",
    "is_traditional",
    "key",
    "letter_case",
    "letters",
    "mistakes",
    "of_characters",
    "of_words",
    "pieces",
    "plain",
    "primary",
    "prose_grams",
    "rarity",
    "readings",
    "required",
    "same_word",
    "simplified",
    "sound",
    "stem",
    "stemmed",
    "stems",
    "subject_gram",
    "whole",
    "without_region",
    "words",
]
