"""The known terms in a running text, and whether a translation uses the right ones."""

from typing import TYPE_CHECKING

from glossary import door

if TYPE_CHECKING:
    from glossary.recognition.alignment import Bead, laid_out
    from glossary.recognition.annotate import Annotated, annotate, rehearse
    from glossary.recognition.answer_json import matches_json
    from glossary.recognition.answer_size import AnswerSize
    from glossary.recognition.automaton import Lexicon, WordingRow
    from glossary.recognition.borders import (
        are_han_words,
        han_words_among,
        is_han_word,
    )
    from glossary.recognition.check import check
    from glossary.recognition.findings import summary
    from glossary.recognition.highlight import html, runs
    from glossary.recognition.longest import longest
    from glossary.recognition.occurrences import Occurrence, occurrences
    from glossary.recognition.offsets import UNITS, measure, placed
    from glossary.recognition.shapes import (
        LIST_FORMATS,
        SHAPES,
        WRITERS,
        ListedTerm,
        entries_json,
        listed,
    )
    from glossary.recognition.snapshot import Recognition, Sense, Shelf, Snapshot
    from glossary.recognition.vocabulary import chinese_words

__all__ = [
    "LIST_FORMATS",
    "SHAPES",
    "UNITS",
    "WRITERS",
    "Annotated",
    "AnswerSize",
    "Bead",
    "Lexicon",
    "ListedTerm",
    "Occurrence",
    "Recognition",
    "Sense",
    "Shelf",
    "Snapshot",
    "WordingRow",
    "annotate",
    "are_han_words",
    "check",
    "chinese_words",
    "entries_json",
    "han_words_among",
    "html",
    "is_han_word",
    "laid_out",
    "listed",
    "longest",
    "matches_json",
    "measure",
    "occurrences",
    "placed",
    "rehearse",
    "runs",
    "summary",
]

door(__name__)
