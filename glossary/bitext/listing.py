"""Findings as CSV: one a line, and no cell that a spreadsheet takes for a formula."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Final

from glossary.bitext.checked import CheckedSegment, Say
from glossary.entry import Finding
from glossary.formats import guarded
from glossary.text import dotted

_HEADINGS: Final = (
    *("file", "line", "id", "verdict", "advice", "reason", "source", "target"),
    *("expected", "message", "entry", "state"),
)


def listing(segments: Iterable[CheckedSegment], say: Say) -> bytes:
    """Return a table with a heading and a row a finding, in UTF-8 with its mark.

    Spreadsheets tell by that mark how it is written. Wordings that may be used are
    parted by " | ".
    """
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(_HEADINGS)
    for file, segment, findings in segments:
        for finding in findings:
            place = file, str(segment.line), segment.pair.id
            table.writerow(map(guarded, (*place, *_cells(finding, say))))
    return text.getvalue().encode("utf-8-sig", "replace")


def _cells(finding: Finding, say: Say) -> Iterator[str]:
    yield finding.verdict
    yield "yes" if finding.advice else ""
    yield finding.reason or ""
    for span in (finding.source, finding.target):
        yield span.text if span else ""
    yield " | ".join(map(dotted, finding.expected))
    yield say(finding.message)
    yield finding.entry or ""
    yield finding.state or ""
