"""What real files have and no rule allows is read all the same, with a warning."""

from io import BytesIO

import pytest

from glossary.errors import UnreadableFile
from glossary.formats import of_file
from glossary.formats.record import Read, ReadOptions, Record, Refused, Remark
from tests.formats.whole_entries import whole

_TBX = '<martif type="TBX" xml:lang="en"><text><body>{}</body></text></martif>'
_TMX = '<tmx version="1.4"><header/><body>{}</body></tmx>'


def _given(file: str, name: str) -> tuple[list[list[tuple[str, str]]], list[str]]:
    """Return the wordings of each entry, and the codes of what is said beside."""
    stream = BytesIO(file.encode())
    format_ = of_file(stream, name)
    read: Read | None = format_.read
    assert read is not None
    given = list(read(stream, ReadOptions(source="zh-Hans", target="en")).records)
    assert not [each for each in given if isinstance(each, Refused)], given
    entries = [whole(each.data) for each in given if isinstance(each, Record)]
    texts = [[(t["lang"], t["text"]) for t in each["terms"]] for each in entries]
    return texts, [each.code for each in given if isinstance(each, Remark)]


def _unit(name: str, en: str, zh: str) -> str:
    return (
        f'<tu tuid="{name}"><tuv xml:lang="en"><seg>{en}</seg></tuv>'
        f'<tuv xml:lang="zh"><seg>{zh}</seg></tuv></tu>'
    )


def test_a_unit_with_the_name_of_another_is_an_entry_of_its_own() -> None:
    units = _unit("1", "treaty", "条约") + _unit("1", "protocol", "议定书")
    texts, codes = _given(_TMX.format(units), "a.tmx")
    assert [each[1][1] for each in texts] == ["条约", "议定书"]
    assert codes == ["repeated-id"]


def test_a_term_without_a_text_is_told() -> None:
    texts, codes = _given(
        _TBX.format(
            '<termEntry id="c1"><langSet xml:lang="en"><tig><term>treaty</term></tig>'
            '</langSet><langSet xml:lang="zh"><tig><term/></tig></langSet></termEntry>'
        ),
        "a.tbx",
    )
    assert texts == [[("en", "treaty")]]
    assert codes == ["empty-term"]


@pytest.mark.parametrize(
    ("said", "tag"),
    [("x-wushu", "und"), ("zh-CN-x-mil", "zh-Hans"), ("?", "und")],
)
def test_a_private_language_is_the_nearest_one(said: str, tag: str) -> None:
    texts, codes = _given(
        _TBX.format(
            f'<termEntry id="c1"><langSet xml:lang="{said}"><tig><term>treaty</term>'
            "</tig></langSet></termEntry>"
        ),
        "a.tbx",
    )
    assert texts == [[(tag, "treaty")]]
    assert codes == ["private-language"]


def test_a_comment_between_the_rows_of_a_table_is_no_entry() -> None:
    file = (
        "# 核心\n核心利益\tcore interests\n# 注释\tcomment\n重大关切\tmajor concerns\n"
    )
    texts, codes = _given(file, "a.tsv")
    assert [each[0][1] for each in texts] == ["核心利益", "重大关切"]
    assert codes == ["comment", "comment"]


def test_an_old_cedict_has_one_form_a_line() -> None:
    file = "# CEDICT\n一带 [yi1 dai4] /one belt\n和談 [he2 tan2] /peace talks/\n"
    texts, codes = _given(file, "a.u8")
    assert texts == [
        [("zh-Hans", "一带"), ("en", "one belt")],
        [("zh-Hant", "和談"), ("en", "peace talks")],
    ]
    assert codes == ["old-cedict"]


@pytest.mark.parametrize(
    ("carrier", "kind", "said", "status"),
    [
        ("termNote", "status", "Approved", "preferred"),
        ("termNote", "Status", "Rejected", "forbidden"),
        ("admin", "approvalStatus", "not recommended", "deprecated"),
        ("termNote", "Forbidden", "true", "forbidden"),
    ],
)
def test_a_status_of_another_tool_is_understood(
    carrier: str, kind: str, said: str, status: str
) -> None:
    stream = BytesIO(
        _TBX.format(
            '<termEntry id="c1"><langSet xml:lang="en"><tig><term>treaty</term>'
            f'<{carrier} type="{kind}">{said}</{carrier}></tig></langSet></termEntry>'
        ).encode()
    )
    read = of_file(stream).read
    assert read is not None
    (record,) = read(stream, ReadOptions()).records
    assert isinstance(record, Record)
    assert record.data["terms"][0]["status"] == status


@pytest.mark.parametrize("file", ['{"name": "x", "version": "1"}', '[{"a": 1}]'])
def test_json_of_another_kind_is_refused_as_what_it_is(file: str) -> None:
    stream = BytesIO(file.encode())
    read = of_file(stream, "a.json").read
    assert read is not None
    with pytest.raises(UnreadableFile, match="not a glossary of ours"):
        read(stream, ReadOptions())
