"""A glossary to be read on paper: by subject, from Chinese and from English.

It is written as HTML with rules for print, and as a Word document (ECMA-376), part by
part, so that a large one is no matter of memory. Any browser makes a PDF of it.
"""

import html
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO, Final

from glossary.formats.article import (
    Article,
    Sides,
    by_direction,
    by_subject,
    in_order,
    labels_of,
)
from glossary.formats.folder import member
from glossary.formats.imprint import NAMELESS, Imprint
from glossary.formats.noun import split
from glossary.formats.record import Drop

Entries = Iterable[Mapping[str, Any] | str | bytes]

_NAMES: Final = {
    ("zh-Hans", "en"): "中文—英文 · Chinese–English",
    ("en", "zh-Hans"): "英文—中文 · English–Chinese",
    ("zh-Hant", "en"): "中文—英文 · Chinese–English",
    ("en", "zh-Hant"): "英文—中文 · English–Chinese",
}
_UNWRITABLE: Final = re.compile(
    "[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)
_STYLE: Final = """\
body{font:10.5pt/1.4 Georgia,"Noto Serif CJK SC","Source Han Serif SC",SimSun,serif;\
color:#000;background:#fff;max-width:48em;margin:2em auto;padding:0 1em}
h2{break-before:page}h3{break-after:avoid;border-bottom:1px solid #999}
p{margin:.3em 0;break-inside:avoid}.head{font-weight:bold}.reading,.note{color:#444}
.avoid{text-decoration:line-through}.draft{border:1px solid #666;padding:0 .3em}
[lang|=zh]{font-style:normal}
@page{size:A4;margin:18mm 16mm}
@media print{body{max-width:none;margin:0;padding:0}}
"""
_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PARTS: Final[Mapping[str, str]] = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/'
    '2006/content-types"><Default Extension="rels" ContentType="application/vnd.'
    'openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType='
    '"application/xml"/><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'
    '"/><Override PartName="/word/styles.xml" ContentType="application/vnd.'
    'openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/'
    '2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats'
    '.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml'
    '"/></Relationships>',
    "word/_rels/document.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats'
    '.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.'
    'openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>'
    "</Relationships>",
    "word/styles.xml": f'<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr>'
    '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" '
    'w:eastAsia="SimSun"/>'
    '<w:sz w:val="21"/><w:lang w:val="en-GB" w:eastAsia="zh-CN"/></w:rPr>'
    "</w:rPrDefault></w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
    '<w:name w:val="Normal"/><w:pPr><w:spacing w:after="60"/></w:pPr></w:style>'
    + "".join(
        f'<w:style w:type="paragraph" w:styleId="{name.replace(" ", "")}"><w:name '
        f'w:val="{name}"/><w:basedOn w:val="Normal"/><w:pPr><w:keepNext/>{outline}'
        f'</w:pPr><w:rPr><w:b/><w:sz w:val="{size}"/></w:rPr></w:style>'
        for name, size, outline in (
            ("Title", 48, ""),
            ("heading 1", 34, '<w:outlineLvl w:val="0"/>'),
            ("heading 2", 26, '<w:outlineLvl w:val="1"/>'),
        )
    )
    + "</w:styles>",
}


def _chapters(
    entries: Entries, drop: Drop, sides: Sides | None
) -> Iterator[tuple[Sides, list[tuple[str, list[Article]]]]]:
    """Yield each direction, or one, with its subjects and their articles.

    What stands in no article of any direction is told once.
    """
    nouns, rest = split(iter(entries))
    entries_there, labels = list(rest), labels_of(nouns)
    for direction, articles in by_direction(entries_there, drop, sides).items():
        yield direction, by_subject(in_order(articles), labels)


def write_html(
    entries: Entries,
    stream: BinaryIO,
    drop: Drop,
    sides: Sides | None = None,
    *,
    imprint: Imprint = NAMELESS,
) -> None:
    """Write both directions, or one, as a page; tell `drop` of what stands in none."""
    title = html.escape(imprint.title)
    about = "".join(f"<p>{html.escape(line)}</p>\n" for line in imprint.lines)
    stream.write(
        f'<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{title}</title>\n'
        f"<style>\n{_STYLE}</style>\n<h1>{title}</h1>\n{about}".encode()
    )
    for direction, chapters in _chapters(entries, drop, sides):
        stream.write(f"<h2>{html.escape(_name(direction))}</h2>\n".encode())
        for label, articles in chapters:
            stream.write(f"<h3>{html.escape(label)}</h3>\n".encode())
            stream.write("".join(map(_paragraph, articles)).encode())
    stream.write(b"</html>\n")


def _paragraph(article: Article) -> str:
    spans = [
        f'<span{f" class={name}" if name else ""} lang="{lang}">'
        f"{html.escape(text)}</span>"
        for name, lang, text in _runs(article)
    ]
    return f"<p>{' '.join(spans)}</p>\n"


def _runs(article: Article) -> Iterator[tuple[str, str, str]]:
    """Yield the pieces of an article: what they are, their language, their text."""
    from_, to = article.sides
    yield "head", from_, article.head
    if article.reading:
        yield "reading", "zh-Latn-pinyin", article.reading
    if article.is_draft:
        yield "draft", "en", "draft"
    yield "", to, "; ".join(article.renderings)
    for text in article.avoid:
        yield "avoid", to, text
    for text in (article.definition, article.note):
        if text:
            yield "note", to if article.definition == text else from_, text


def write_docx(
    entries: Entries,
    stream: BinaryIO,
    drop: Drop,
    sides: Sides | None = None,
    *,
    imprint: Imprint = NAMELESS,
) -> None:
    """Write both directions, or one, as a Word document; tell `drop` as HTML does."""
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in _PARTS.items():
            package.writestr(member(name), f'<?xml version="1.0"?>\n{text}')
        with package.open(member("word/document.xml"), "w") as body:
            head = f'<?xml version="1.0"?>\n<w:document xmlns:w="{_W}"><w:body>'
            body.write(head.encode() + _styled(imprint.title, "Title").encode())
            body.writelines(_styled(line, "").encode() for line in imprint.lines)
            for direction, chapters in _chapters(entries, drop, sides):
                body.write(_styled(_name(direction), "heading1").encode())
                for label, articles in chapters:
                    body.write(_styled(label, "heading2").encode())
                    body.write("".join(map(_entry, articles)).encode())
            body.write(b"</w:body></w:document>")


def _styled(text: str, style: str) -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{_run(text)}</w:p>"


def _entry(article: Article) -> str:
    looks = {"head": "<w:b/>", "avoid": "<w:strike/>", "draft": '<w:u w:val="single"/>'}
    runs = [_run(f"{text}  ", looks.get(name, "")) for name, _, text in _runs(article)]
    return f"<w:p>{''.join(runs)}</w:p>"


def _run(text: str, look: str = "") -> str:
    if not text.isprintable():
        text = _UNWRITABLE.sub("\ufffd", text)
    escaped_text = html.escape(text, quote=False)
    style = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{style}<w:t xml:space="preserve">{escaped_text}</w:t></w:r>'


def _name(sides: Sides) -> str:
    return _NAMES.get(sides, f"{sides[0]} — {sides[1]}")
