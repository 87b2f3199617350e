"""Findings as a Word document: a row a pair, what stands there marked, findings beside.

The first two columns are headed so that a check reads the table again. What is marked
is named in the third column by its verdict too, for who sees no colours.
"""

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from glossary import late
from glossary.bitext.checked import CheckedSegment, Say, text_of
from glossary.entry import Finding, Span
from glossary.message import N_, Message
from glossary.text import dotted

if TYPE_CHECKING:
    import docx
    from docx import oxml
    from docx.enum import section as sections
    from docx.enum import text as texts
    from docx.oxml import ns
else:
    docx, oxml, ns = late("docx"), late("docx.oxml"), late("docx.oxml.ns")
    sections, texts = late("docx.enum.section"), late("docx.enum.text")

_HEADINGS: Final = (N_("Source text"), N_("Translation"), N_("Findings"))
#: From bad to good: what a finding is called, and how its wording is highlighted.
_GRADES: Final = {
    "wrong": (N_("wrong"), "PINK"),
    "look": (N_("worth checking"), "YELLOW"),
    "right": (N_("right"), "INHERITED"),
}
_PLAIN: Final = "right"
#: What a text may hold and XML cannot.
_UNWRITABLE: Final = re.compile(
    "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)
#: The Chinese of the document by the reader's: its tag, and a font that Word has.
_CHINESE: Final = {"zh-Hant": ("zh-TW", "PMingLiU")}
_SIMPLIFIED: Final = ("zh-CN", "SimSun")


def word(segments: Iterable[CheckedSegment], say: Say, *, lang: str) -> bytes:
    """Return a document with a table of the pairs, for a reader of `lang`."""
    rows = list(segments)
    document = docx.Document()
    _lay_out(document, lang)
    counts = Counter(finding.grade for row in rows for finding in row.findings)
    tally = N_("%(wrong)s wrong · %(look)s to look at · %(right)s right")
    counts_of_all = {grade: counts[grade] for grade in _GRADES}
    document.add_paragraph(say(Message(tally, **counts_of_all)))
    table = document.add_table(rows=1, cols=len(_HEADINGS), style="Table Grid")
    for cell, heading in zip(table.rows[0].cells, _HEADINGS, strict=True):
        cell.paragraphs[0].add_run(say(heading)).bold = True
    _repeat_first_row(document)
    for _, segment, findings in rows:
        source, target, beside = table.add_row().cells
        spans = [(finding.grade, finding.source) for finding in findings]
        _write(source.paragraphs[0], segment.pair.source, spans)
        spans = [(finding.grade, finding.target) for finding in findings]
        _write(target.paragraphs[0], segment.pair.target, spans)
        _tell(beside, findings, say)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _lay_out(document: Any, lang: str) -> None:
    """Turn the page, and say in which languages and fonts the text is."""
    page = document.sections[0]
    page.orientation = sections.WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = page.page_height, page.page_width
    tag, font = _CHINESE.get(lang, _SIMPLIFIED)
    normal = document.styles["Normal"]
    normal.font.name = "Cambria"
    properties = normal.element.get_or_add_rPr()
    properties.rFonts.set(ns.qn("w:eastAsia"), font)
    language = oxml.OxmlElement("w:lang")
    language.set(ns.qn("w:val"), "en-GB")
    language.set(ns.qn("w:eastAsia"), tag)
    properties.append(language)


def _repeat_first_row(document: Any) -> None:
    """Have the headings stand on every page."""
    row = next(document.element.body.iter(ns.qn("w:tr")))
    row.get_or_add_trPr().append(oxml.OxmlElement("w:tblHeader"))


def _write(paragraph: Any, text: str, spans: Iterable[tuple[str, Span | None]]) -> None:
    """Write a text with what is wrong in it, and what is worth a look, highlighted."""
    for grade, run in _runs(text, spans):
        piece = paragraph.add_run(_UNWRITABLE.sub("\ufffd", run))
        if grade != _PLAIN:
            colour = texts.WD_COLOR_INDEX[_GRADES[grade][1]]
            piece.font.highlight_color = colour


def _runs(
    text: str, spans: Iterable[tuple[str, Span | None]]
) -> Iterator[tuple[str, str]]:
    """Yield a text in runs of one grade; the worst has what several share."""
    grades = [_PLAIN] * len(text)
    order = list(_GRADES)
    for grade, span in sorted(spans, key=lambda pair: -order.index(pair[0])):
        if span is not None:
            grades[span.start : span.end] = [grade] * (span.end - span.start)
    start = 0
    for grade, group in groupby(grades):
        end = start + len(list(group))
        yield grade, text[start:end]
        start = end


def _tell(cell: Any, findings: Iterable[Finding], say: Say) -> None:
    """Write what is not right into a cell, the worst first, each thing once."""
    order = list(_GRADES)
    counts = Counter(
        (order.index(finding.grade), text_of(finding, say), _better(finding))
        for finding in findings
        if finding.grade != _PLAIN
    )
    paragraph = cell.paragraphs[0]
    for number, (grade, message, better) in enumerate(sorted(counts)):
        times = counts[grade, message, better]
        if number:
            paragraph = cell.add_paragraph()
        name = say(_GRADES[order[grade]][0])
        paragraph.add_run(f"{name}: ").bold = True
        rest = f" ×{times}" if times > 1 else ""
        paragraph.add_run(_UNWRITABLE.sub("\ufffd", message + rest))
        if better:
            paragraph.add_run(f" → {_UNWRITABLE.sub('', better)}")


def _better(finding: Finding) -> str:
    return " | ".join(dotted(text) for text in finding.expected[1:])
