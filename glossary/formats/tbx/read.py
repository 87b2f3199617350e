"""TBX in: every generation since MARTIF, read by the local names of its elements.

What producers ship is seldom valid, so nothing is validated here. What an entry does
not model is kept in its `extra` under `tbx`, by level, and what can be is written back.
The rest is accounted for.
"""

from collections.abc import Iterator
from typing import BinaryIO, Final

from glossary.formats.record import FileReading, Given, ReadOptions, Record
from glossary.formats.tbx.back import empty_terms, survey
from glossary.formats.tbx.concept import Dialect, record_of
from glossary.formats.xml.markup import elements
from glossary.formats.xml.private import settle_languages
from glossary.formats.xml.repeated import settle_name

_ROOTS: Final = frozenset({"martif", "tbx", "TBX"})
_CONCEPTS: Final = frozenset({"termEntry", "conceptEntry", "conceptGrp"})
_TBX: Final = Dialect()


def read(stream: BinaryIO, options: ReadOptions) -> FileReading:
    """Read a TBX file of any generation and flavour, lazily.

    Return a record for every concept, with its terms in every language, or a Refused
    where a concept has no term. Raise UnreadableFile, while the records are taken,
    where the file is no TBX or no XML.
    """
    return FileReading(_records(stream, options))


def _records(stream: BinaryIO, options: ReadOptions) -> Iterator[Given]:
    limits = options.limits
    survey_of_file = survey(stream, _CONCEPTS, roots=_ROOTS, limits=limits)
    yield from survey_of_file.nouns()
    digests: set[bytes] = set()
    for element in elements(
        stream, _CONCEPTS, roots=_ROOTS, expected="TBX", limits=limits
    ):
        remarks = [*settle_languages(element), *empty_terms(element)]
        remarks += list(settle_name(element, digests, attribute="id"))
        remarks += list(survey_of_file.settle(element, element.get("id", "").strip()))
        objects = survey_of_file.of(element)
        record = record_of(element, limits, _TBX)
        if objects and isinstance(record, Record):
            extra = record.data.setdefault("extra", {})
            extra.setdefault("tbx", {})["back"] = objects
        yield record
        yield from remarks
    yield from survey_of_file.rest()
