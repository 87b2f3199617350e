"""Text made comparable: folding, spelling, stems, grams, readings, similarity."""

from typing import TYPE_CHECKING

from glossary import door

if TYPE_CHECKING:
    from glossary.text.asking import asked_about
    from glossary.text.capitals import (
        Lines,
        has_periods,
        is_acronym,
        is_of_acronyms,
        letters_of,
    )
    from glossary.text.collation import collation_key
    from glossary.text.difference import compared, differences
    from glossary.text.direction import language_of, language_of_query, other_language
    from glossary.text.family import FUNCTION_WORDS, Said, are_kin, content, heads
    from glossary.text.fold import (
        Folded,
        fold,
        has_accents,
        is_traditional,
        key,
        letters,
        simplified,
        simplified_characters,
    )
    from glossary.text.function_words import (
        APOSTROPHES,
        ARTICLES,
        NEGATING,
        NEGATING_HAN,
        POSSESSIVE,
        SMALL_WORDS,
    )
    from glossary.text.gram import (
        beginning,
        counted,
        cut,
        glossary_gram,
        grams,
        pieces,
        plain,
        rarity,
        required,
        subject_gram,
        whole,
    )
    from glossary.text.inflect import (
        is_word,
        singular,
        stem,
        stem_of,
        stemmed,
        stems,
        unpossessed,
    )
    from glossary.text.language import (
        canonical,
        has_region,
        is_chinese_of,
        primary,
        tags_apart,
        without_region,
    )
    from glossary.text.letter_case import LetterCase, fitted, in_case, letter_case
    from glossary.text.numeral import FIGURES, NUMBER_WORDS, counted_by
    from glossary.text.piece import Difference
    from glossary.text.possession import is_owner, is_pronoun, of_anyone, unowned
    from glossary.text.prose import asked_grams, prose_grams
    from glossary.text.reading import (
        OWN_WORDS,
        breaks_a_syllable,
        derived,
        initials,
        is_sound,
        may_name,
        may_sound,
        phrases,
        reading_made,
        readings,
        sound,
    )
    from glossary.text.regional import mainland
    from glossary.text.romanised import forgiving, of_wade_giles, of_zhuyin, onsets
    from glossary.text.script import HAN, UNIT, UNSPACED, has_han
    from glossary.text.seeming import passes_for, unseen, visible
    from glossary.text.similarity import (
        ENOUGH,
        Closeness,
        has_in_order,
        is_turned_round,
        mistakes,
        of_characters,
        of_words,
        same_word,
    )
    from glossary.text.slip import (
        PARTICLES,
        look_alike,
        slip_of_characters,
        slip_of_words,
        sounding,
        turns,
        turns_by_itself,
        typed_for,
    )
    from glossary.text.slots import (
        SLOT,
        dotted,
        has_bare,
        has_slot,
        readable,
        segments,
        slotted,
    )
    from glossary.text.spelling import AMERICAN, SEPARABLE_PREFIXES, american_start
    from glossary.text.titles import is_of_instrument, is_title, speaks_of_instrument
    from glossary.text.variants import numbered, variants

__all__ = [
    "AMERICAN",
    "APOSTROPHES",
    "ARTICLES",
    "ENOUGH",
    "FIGURES",
    "FUNCTION_WORDS",
    "HAN",
    "NEGATING",
    "NEGATING_HAN",
    "NUMBER_WORDS",
    "OWN_WORDS",
    "PARTICLES",
    "POSSESSIVE",
    "SEPARABLE_PREFIXES",
    "SLOT",
    "SMALL_WORDS",
    "UNIT",
    "UNSPACED",
    "Closeness",
    "Difference",
    "Folded",
    "LetterCase",
    "Lines",
    "Said",
    "american_start",
    "are_kin",
    "asked_about",
    "asked_grams",
    "beginning",
    "breaks_a_syllable",
    "canonical",
    "collation_key",
    "compared",
    "content",
    "counted",
    "counted_by",
    "cut",
    "derived",
    "differences",
    "dotted",
    "fitted",
    "fold",
    "forgiving",
    "glossary_gram",
    "grams",
    "has_accents",
    "has_bare",
    "has_han",
    "has_in_order",
    "has_periods",
    "has_region",
    "has_slot",
    "heads",
    "in_case",
    "initials",
    "is_acronym",
    "is_chinese_of",
    "is_of_acronyms",
    "is_of_instrument",
    "is_owner",
    "is_pronoun",
    "is_sound",
    "is_title",
    "is_traditional",
    "is_turned_round",
    "is_word",
    "key",
    "language_of",
    "language_of_query",
    "letter_case",
    "letters",
    "letters_of",
    "look_alike",
    "mainland",
    "may_name",
    "may_sound",
    "mistakes",
    "numbered",
    "of_anyone",
    "of_characters",
    "of_wade_giles",
    "of_words",
    "of_zhuyin",
    "onsets",
    "other_language",
    "passes_for",
    "phrases",
    "pieces",
    "plain",
    "primary",
    "prose_grams",
    "rarity",
    "readable",
    "reading_made",
    "readings",
    "required",
    "same_word",
    "segments",
    "simplified",
    "simplified_characters",
    "singular",
    "slip_of_characters",
    "slip_of_words",
    "slotted",
    "sound",
    "sounding",
    "speaks_of_instrument",
    "stem",
    "stem_of",
    "stemmed",
    "stems",
    "subject_gram",
    "tags_apart",
    "turns",
    "turns_by_itself",
    "typed_for",
    "unowned",
    "unpossessed",
    "unseen",
    "variants",
    "visible",
    "whole",
    "without_region",
]

door(__name__)
