import io
from pathlib import Path
from typing import Any

import pytest

from glossary.errors import UnreadableFile
from glossary.formats.po import read
from glossary.formats.record import Limits, ReadOptions, Record, Refused
from glossary.schema import EntrySchema, load

HEADER = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Language: zh_CN\\n"\n\n'
)


def found(text: str, **options: Any) -> list[Record | Refused]:
    return list(read(io.BytesIO(text.encode()), ReadOptions(**options)).records)


def test_a_message_is_an_entry() -> None:
    (record,) = found(
        HEADER
        + "# mind the hyphen\n#. Talks of leaders.\n#: web/page.html:12\n#, fuzzy\n"
        'msgctxt "politics"\nmsgid "summit "\n"meeting"\nmsgstr "首脑会议"\n'
    )
    assert isinstance(record, Record)
    assert record.line == 6
    assert record.data == {
        "terms": [
            {"lang": "en", "text": "summit meeting"},
            {"lang": "zh-Hans", "text": "首脑会议"},
        ],
        "definition": {"en": "Talks of leaders."},
        "note": "mind the hyphen",
        "state": "draft",
        "extra": {"po": {"msgctxt": "politics", "occurrences": ["web/page.html:12"]}},
    }
    load(EntrySchema(), record.data)


@pytest.mark.parametrize(
    "header",
    [
        'msgid ""\nmsgstr "Language: zh_CN\\n"\n\n',
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain\\nLanguage: zh_CN\\n"\n\n',
        'msgid ""\nmsgstr ""\n"Language: zh_CN"\n\n',
    ],
)
def test_the_language_may_stand_anywhere_in_the_header(header: str) -> None:
    (record,) = found(f'{header}msgid "peace"\nmsgstr "和平"\n')
    assert isinstance(record, Record)
    assert record.data["terms"][1] == {"lang": "zh-Hans", "text": "和平"}


def test_messages_need_no_blank_line_between_them() -> None:
    records = found(
        HEADER + 'msgid "a"\nmsgstr "甲"\nmsgid "b"\nmsgstr "乙"\n'
        '#~ msgid "c"\n#~ msgstr "丙"\n'
    )
    assert [record.line for record in records] == [6, 8]


def test_plurals_and_untranslated_messages_are_read() -> None:
    first, second = found(
        HEADER + 'msgid "country"\nmsgid_plural "countries"\nmsgstr[0] "国家"\n\n'
        'msgid "summit"\nmsgstr ""\n'
    )
    assert isinstance(first, Record)
    assert [term["text"] for term in first.data["terms"]] == ["country", "国家"]
    assert isinstance(second, Record)
    assert len(second.data["terms"]) == 1


def test_a_broken_message_is_refused_and_the_rest_is_read() -> None:
    broken, whole = found(HEADER + 'msgid "a\nmsgstr "甲"\n\nmsgid "b"\nmsgstr "乙"\n')
    assert isinstance(broken, Refused)
    assert (broken.line, broken.code) == (6, "broken-po")
    assert isinstance(whole, Record)


def test_the_language_must_be_known() -> None:
    with pytest.raises(UnreadableFile, match="Give the target language"):
        found('msgid "a"\nmsgstr "甲"\n')
    (record,) = found('msgid "a"\nmsgstr "甲"\n', target="zh-TW")
    assert isinstance(record, Record)
    assert record.data["terms"][1]["lang"] == "zh-Hant"


def test_no_file_is_opened_however_the_text_looks(tmp_path: Path) -> None:
    path = tmp_path / "secret.po"
    path.write_text(HEADER + 'msgid "secret"\nmsgstr "秘密"\n', "utf-8")
    with pytest.raises(UnreadableFile):
        found(str(path), target="zh")


def test_an_endless_message_is_refused() -> None:
    text = HEADER + 'msgid ""\n' + '"more and more"\n' * 1000
    with pytest.raises(UnreadableFile, match="more than 1000 characters"):
        found(text, limits=Limits(cell=100))


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="empty"):
        found("")
