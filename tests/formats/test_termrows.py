from glossary.formats.termrows import COLUMNS, rows_of


def test_the_columns_are_those_that_are_promised() -> None:
    assert (
        *("id", "glossary", "state", "subjects", "lang", "text", "status", "type"),
        *("reading", "issuer", "since", "until", "usage", "definition_en"),
        *("definition_zh-Hans", "definition_zh-Hant", "note", "citations"),
        *("relations", "more"),
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
