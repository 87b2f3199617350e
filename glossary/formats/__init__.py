"""The formats of files: one table of all, and what others need of their modules."""

from typing import TYPE_CHECKING

from glossary import door

if TYPE_CHECKING:
    from glossary.formats.clue import id_of, texts_of
    from glossary.formats.encoding import decoded, lines
    from glossary.formats.imprint import Imprint
    from glossary.formats.noun import KIND, is_noun
    from glossary.formats.pairs import SOURCE, TARGET
    from glossary.formats.pinyin import with_marks
    from glossary.formats.record import (
        AskedColumn,
        Dropped,
        Format,
        Given,
        Limits,
        Question,
        ReadOptions,
        Record,
        Refused,
        Remark,
        TextTooLong,
        UnsettledColumns,
        without_derived,
    )
    from glossary.formats.registry import (
        FORMATS,
        READABLE,
        WRITABLE,
        by_name,
        of_file,
        of_name,
    )
    from glossary.formats.skos import json_ld
    from glossary.formats.skos import write as write_skos
    from glossary.formats.table.aliases import meaning
    from glossary.formats.table.cells import guarded, unguarded
    from glossary.formats.table.delimited import delimiter_of
    from glossary.formats.table.package import must_be_a_package
    from glossary.formats.table.wide import languages_of
    from glossary.formats.tbx.category import subjects_of
    from glossary.formats.xml.markup import (
        children,
        elements,
        language_of_element,
        line_in,
        line_of,
        local,
    )

__all__ = [
    "FORMATS",
    "KIND",
    "READABLE",
    "SOURCE",
    "TARGET",
    "WRITABLE",
    "AskedColumn",
    "Dropped",
    "Format",
    "Given",
    "Imprint",
    "Limits",
    "Question",
    "ReadOptions",
    "Record",
    "Refused",
    "Remark",
    "TextTooLong",
    "UnsettledColumns",
    "by_name",
    "children",
    "decoded",
    "delimiter_of",
    "elements",
    "guarded",
    "id_of",
    "is_noun",
    "json_ld",
    "language_of_element",
    "languages_of",
    "line_in",
    "line_of",
    "lines",
    "local",
    "meaning",
    "must_be_a_package",
    "of_file",
    "of_name",
    "subjects_of",
    "texts_of",
    "unguarded",
    "with_marks",
    "without_derived",
    "write_skos",
]

door(__name__)
