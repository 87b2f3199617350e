import pytest

from glossary.curation import entries
from glossary.entry import codec
from glossary.formats import without_derived
from glossary.formats.table.termrows import COLUMNS, rows_of


def test_the_columns_are_those_that_are_promised() -> None:
    assert (
        *("id", "glossary", "state", "subjects", "lang", "text", "status", "type"),
        *("part_of_speech", "reading", "issuer", "since", "until", "usage"),
        *("match", "case_sensitive", "renders", "ban", "expected"),
        *("not_preceded_by", "not_followed_by", "definition_en"),
        *("definition_zh-Hans", "definition_zh-Hant", "note", "citations"),
        *("relations", "concept_since", "concept_until", "concept_expected"),
        *("checked", "checked_by", "version", "more"),
    ) == COLUMNS


def test_what_an_entry_says_once_stands_in_its_first_row() -> None:
    entry = {
        "id": "summit",
        "glossary": "diplomatic",
        "state": "approved",
        "subjects": ["dialogues", "protocol"],
        "definition": {"en": "Talks of leaders."},
        "note": "see NATO",
        "terms": [
            {"lang": "zh-Hans", "text": "峰会", "status": "preferred"},
            {
                "lang": "en",
                "text": "summit",
                "issuer": None,
                "citations": [{"source": "mfa", "locator": "#2", "quote": "a | b"}],
            },
        ],
    }
    first, second = (dict(zip(COLUMNS, row, strict=True)) for row in rows_of([entry]))
    assert first["subjects"] == "dialogues | protocol"
    assert (first["definition_en"], first["note"]) == ("Talks of leaders.", "see NATO")
    assert (second["id"], second["state"], second["note"]) == ("summit", "approved", "")
    assert second["citations"] == "mfa#\\#2#a \\| b"


def test_what_is_usual_of_a_term_is_left_empty() -> None:
    usual = {"lang": "en", "text": "x", "match": "inflected", "case_sensitive": False}
    usual |= {"ban": "rendering", "renders": [], "expected": None}
    strict = {"lang": "en", "text": "y", "match": "exact", "case_sensitive": True}
    rows = rows_of([{"id": "x", "terms": [usual, strict]}])
    said = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
    assert [(row["match"], row["case_sensitive"]) for row in said] == [
        ("", ""),
        ("exact", "true"),
    ]


def test_an_entry_has_the_same_rows_as_its_json_and_as_a_dict() -> None:
    some = entries()[::20]
    plain = (without_derived(codec.plain(one)) for one in some)
    assert [*rows_of(map(codec.write, some))] == [*rows_of(plain)]


def test_a_reading_that_nobody_has_checked_is_no_cell_and_a_checked_one_is() -> None:
    terms = [
        {"lang": "zh-Hans", "text": "峰会", "reading": "fēng huì"},
        {
            "lang": "zh-Hant",
            "text": "峰會",
            "reading": "fēng huì",
            "reading_derived": True,
        },
    ]
    entry = {"id": "summit", "terms": terms}
    place = COLUMNS.index("reading")
    for given in (entry, codec.write(entry), codec.write(entry).decode()):
        assert [row[place] for row in rows_of([given])] == ["fēng huì", ""]


def test_a_document_of_a_store_of_long_ago_lacks_what_was_added_since() -> None:
    document = b'{"id":"x","terms":[{"lang":"en","text":"summit"}],"colour":"red"}'
    (row,) = rows_of([document])
    said = {name: cell for name, cell in zip(COLUMNS, row, strict=True) if cell}
    assert said == {"id": "x", "lang": "en", "text": "summit"}


def test_a_document_that_is_no_entry_is_garbled() -> None:
    for document in (b'{"id":', b'{"id": "x", "terms": 5}', b"\xff"):
        with pytest.raises(codec.Garbled):
            list(rows_of([document]))
