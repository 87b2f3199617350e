"""Glossaries of machine translation: one rendering a source, each by its rules.

Google takes two columns without a heading for one direction
and terms of less than 1,024 bytes of UTF-8, and ignores others
(docs.cloud.google.com/translate/docs/advanced/glossary). That page lets a glossary have
10,485,760 bytes, its reference ten million characters
(cloud.google.com/translate/docs/reference/rest/v3beta1/projects.locations.glossaries):
ten million bytes keep both. To Amazon goes a heading of language codes
(docs.aws.amazon.com/translate/latest/dg/creating-custom-terminology.html), terms of 200
bytes and 10 MB (docs.aws.amazon.com/translate/latest/dg/what-is-limits.html); Azure two
columns without a heading; Immersive Translate `source,target,tgt_lng`; Qwen-MT the
array `terms` of its `translation_options`. What is a draft, or not to be used, is left
out: an engine would put it into every text.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO, Final

from glossary.formats.pairs import DEFAULT_SIDES
from glossary.formats.parallel import EngineLimits, rows
from glossary.formats.record import Drop

Entries = Iterable[Mapping[str, Any]]
Sides = tuple[str, str]

GOOGLE_TAKES: Final = EngineLimits(term=1_023, file=10_000_000)
AMAZON_TAKES: Final = EngineLimits(term=200, file=10_000_000)
#: What Amazon Translate and Immersive Translate call Chinese, by its script.
_AMAZON: Final = {"zh-Hans": "zh", "zh-Hant": "zh-TW"}
_IMMERSIVE: Final = {"zh-Hans": "zh-CN", "zh-Hant": "zh-TW"}


def write_google(
    entries: Entries, stream: BinaryIO, drop: Drop, sides: Sides = DEFAULT_SIDES
) -> None:
    """Write CSV of source,target without a heading, for one direction."""
    _write(rows(entries, drop, sides, limits=GOOGLE_TAKES), stream)


def write_amazon(
    entries: Entries, stream: BinaryIO, drop: Drop, sides: Sides = DEFAULT_SIDES
) -> None:
    """Write CSV with a heading of the two languages, as Amazon calls them."""
    heading = [_AMAZON.get(side, side) for side in sides]
    pairs = rows(entries, drop, sides, limits=AMAZON_TAKES)
    _write(_headed(heading, pairs), stream)


def write_azure(
    entries: Entries, stream: BinaryIO, drop: Drop, sides: Sides = DEFAULT_SIDES
) -> None:
    """Write TSV of source and target without a heading."""
    _write(rows(entries, drop, sides), stream, delimiter="\t")


def write_immersive(
    entries: Entries, stream: BinaryIO, drop: Drop, sides: Sides = DEFAULT_SIDES
) -> None:
    """Write CSV of source,target,tgt_lng for Immersive Translate."""
    tag = _IMMERSIVE.get(sides[1], sides[1])
    pairs = ((*pair, tag) for pair in rows(entries, drop, sides))
    _write(_headed(["source", "target", "tgt_lng"], pairs), stream)


def write_qwen(
    entries: Entries, stream: BinaryIO, drop: Drop, sides: Sides = DEFAULT_SIDES
) -> None:
    """Write the JSON array of `terms` that Qwen-MT is given with a text."""
    stream.write(b"[")
    for at, (source, target) in enumerate(rows(entries, drop, sides)):
        pair = json.dumps({"source": source, "target": target}, ensure_ascii=False)
        stream.write(("," if at else "").encode() + f"\n{pair}".encode())
    stream.write(b"\n]\n")


def _headed(
    heading: Iterable[str], pairs: Iterable[tuple[str, ...]]
) -> Iterator[tuple[str, ...]]:
    yield tuple(heading)
    yield from pairs


def _write(
    pairs: Iterable[tuple[str, ...]], stream: BinaryIO, *, delimiter: str = ","
) -> None:
    text = io.TextIOWrapper(stream, "utf-8", newline="")
    try:
        csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows(pairs)
    finally:
        text.detach()
