"""Files with a text and its translation, read as pairs with their places."""

import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from glossary.bitext import Languages, Segment, read, together
from glossary.errors import UnreadableFile
from glossary.formats.record import Limits
from glossary.query import Pair
from tests.nouns import EN, XLIFF_1, ZH

NONE = Languages()


def segments(
    content: str | bytes, name: str, languages: Languages = NONE
) -> list[Segment]:
    data = content.encode() if isinstance(content, str) else content
    return list(read(io.BytesIO(data), name, languages, Limits()))


def pairs(content: str | bytes, name: str, **known: str) -> list[tuple[str, str, str]]:
    languages = Languages(known.get("from_"), known.get("to"))
    found = segments(content, name, languages)
    return [(s.pair.id, s.pair.source, s.pair.target) for s in found]


def test_xliff_1_2_gives_its_units_with_their_lines() -> None:
    first, second = segments(XLIFF_1, "a.xlf")
    assert first.pair == Pair("1", ZH, EN)
    assert first.line == 4
    assert first.languages == ("zh-Hans", "en-US")
    assert (second.pair.source, second.pair.target) == ("相互尊重", "")


def test_xliff_2_gives_its_segments() -> None:
    text = f"""<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0"
 srcLang="zh-Hans" trgLang="en"><file id="f"><unit id="u">
 <segment id="s"><source>{ZH}</source><target>a <pc id="1">new model</pc><ph id="2"/>
 of major-country relationship</target></segment>
 <ignorable><source> </source></ignorable>
 <segment><source>相互尊重</source></segment></unit></file></xliff>"""
    assert pairs(text, "a.xliff") == [("u/s", ZH, EN), ("u/2", "相互尊重", "")]


def test_tmx_is_read_in_the_direction_asked_for() -> None:
    text = f"""<tmx version="1.4"><header srclang="en"/><body><tu tuid="t1">
<tuv xml:lang="zh-CN"><seg>{ZH}</seg></tuv><tuv xml:lang="en"><seg>{EN}<bpt i="1">
x</bpt></seg></tuv></tu></body></tmx>"""
    assert pairs(text, "a.tmx") == [("t1", EN, ZH)]
    assert pairs(text, "a.tmx", from_="zh-Hans") == [("t1", ZH, EN)]


def test_po_gives_its_messages_and_plural_forms() -> None:
    text = f"""msgid ""
msgstr "Language: zh_CN\\n"

#: a.py:1
msgctxt "menu"
msgid "{EN}"
msgstr "{ZH}"

msgid "one note"
msgid_plural "%d notes"
msgstr[0] "照会"

#~ msgid "old"
#~ msgstr "旧"
"""
    assert pairs(text, "a.po") == [("menu", EN, ZH), ("9", "one note", "照会")]
    assert segments(text, "a.po")[0].languages.to == "zh-Hans"
    with pytest.raises(UnreadableFile):
        segments("nonsense", "a.po")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", f"id,en,zh\n7,{EN},{ZH}\n"),
        ("a.csv", f"source;target\n{ZH};{EN}\n"),
        ("a.tsv", f"{ZH}\t{EN}\n"),
        ("a.csv", f'"{ZH}","{EN}"\n'),
    ],
)
def test_tables_tell_source_and_target_by_heading_or_script(
    name: str, text: str
) -> None:
    ((_, source, target),) = pairs(text, name, from_="zh-Hans")
    assert (source, target) == (ZH, EN)


def test_a_sheet_is_a_table() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["原文", "译文"])
        sheet.write_row(1, 0, [ZH, EN])
    assert pairs(file.getvalue(), "a.xlsx") == [("2", ZH, EN)]


def docx(body: str) -> bytes:
    file = io.BytesIO()
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with zipfile.ZipFile(file, "w") as package:
        package.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{word}"><w:body>{body}</w:body></w:document>',
        )
    return file.getvalue()


def paragraph(*texts: str) -> str:
    return "<w:p>" + "".join(f"<w:r><w:t>{t}</w:t></w:r>" for t in texts) + "</w:p>"


def test_a_bilingual_table_in_a_document_is_a_table() -> None:
    cells = "".join(f"<w:tc>{paragraph(*t)}</w:tc>" for t in ([ZH], EN.split("~")))
    content = docx(f"{paragraph('双语')}<w:tbl><w:tr>{cells}</w:tr></w:tbl>")
    assert pairs(content, "a.docx") == [("1", ZH, EN)]
    with pytest.raises(UnreadableFile):
        segments(docx(paragraph(ZH)), "a.docx")
    with pytest.raises(UnreadableFile):
        segments(b"PK nonsense", "a.docx")


def test_two_documents_are_paired_by_their_paragraphs() -> None:
    source = io.BytesIO(docx(paragraph(ZH[:2], ZH[2:]) + paragraph() + paragraph("二")))
    target = io.BytesIO(f"{EN}\n\ntwo\n".encode())
    both = together((source, "a.docx"), (target, "b.txt"), Languages(), Limits())
    assert [(s.pair.source, s.pair.target) for s in both] == [(ZH, EN), ("二", "two")]
    with pytest.raises(UnreadableFile):
        list(
            together(
                (io.BytesIO(b"a\nb"), "a.txt"),
                (io.BytesIO(b"a"), "b.txt"),
                Languages(),
                Limits(),
            )
        )


def test_a_file_of_another_kind_is_refused() -> None:
    with pytest.raises(UnreadableFile):
        segments("x", str(Path("a.pdf")))
