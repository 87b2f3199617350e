"""Which wording gave way to which, and when, by the periods of the terms."""

from glossary.entry import drift_of
from tests.nouns import entry

CHINESE = {"lang": "zh-Hans", "text": "人类命运共同体", "status": "preferred"}


def english(text: str, status: str = "admitted", **more: str) -> dict[str, str]:
    return {"lang": "en", "text": text, "status": status, **more}


def told(*terms: dict[str, str]) -> list[tuple[str, list[str], list[str]]]:
    return [
        (turn.year, [t.text for t in turn.ended], [t.text for t in turn.began])
        for turn in drift_of(entry(id="a", terms=[CHINESE, *terms]))
    ]


def test_each_year_has_what_ended_and_what_began() -> None:
    assert told(
        english("community with a shared future", "preferred", since="2017-10"),
        english(
            "community of shared destiny", "superseded", since="2013", until="2017"
        ),
        english("community of common destiny", "superseded", until="2013-03"),
    ) == [
        ("2013", ["community of common destiny"], ["community of shared destiny"]),
        ("2017", ["community of shared destiny"], ["community with a shared future"]),
    ]


def test_where_nothing_began_the_leading_wording_is_what_is_said_instead() -> None:
    assert told(
        english("Belt and Road", "preferred"),
        english("One Belt, One Road", "superseded", until="2015-09"),
    ) == [("2015", ["One Belt, One Road"], ["Belt and Road"])]


def test_what_only_began_or_only_ended_with_its_concept_is_no_drift() -> None:
    assert told(english("S&ED", "preferred", since="2009", until="2016")) == []
    assert (
        told(
            english("Strategic and Economic Dialogue", "preferred", since="2009"),
            english("S&ED", since="2009"),
        )
        == []
    )


def test_one_wording_in_two_scripts_or_forms_is_one() -> None:
    chinese = [
        {"lang": lang, "text": text, "status": status, "until": until}
        for lang, text, status, until in (
            ("zh-Hans", "欧安会", "superseded", "1994"),
            ("zh-Hant", "歐安會", "superseded", "1994"),
            ("zh-Hans", "欧安组织", "preferred", None),
            ("zh-Hant", "歐安組織", "preferred", None),
        )
    ]
    (turn,) = drift_of(entry(id="a", terms=[*chinese, english("OSCE")]))
    assert (turn.lang, [t.text for t in turn.ended]) == ("zh-Hans", ["欧安会"])
    assert [t.text for t in turn.began] == ["欧安组织"]
