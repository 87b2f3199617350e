from glossary.entry.nouns import Term
from glossary.entry.ranking import Standing, issued_by, ranked, standing

NOW = Term(
    "en",
    "new model of major-country relationship",
    "preferred",
    issuer="MFA of China",
    since="2013-06",
)
THEN = Term(
    "en",
    "new type of relations between major countries",
    "superseded",
    since="2012-05",
    until="2013-06",
)
PRESS = Term("en", "new type of great power relationship", "deprecated", since="2012")
BOOK = Term("en", "new model of major-country relations", "admitted", issuer="CIPG")
TERMS = [PRESS, THEN, BOOK, NOW]


def order(as_of: str | None = None, issuer: str | None = None) -> list[str]:
    found = ranked(TERMS, "en", as_of=as_of, issuer=issuer)
    return [term.status for term in found]


def test_today_the_preferred_wording_leads() -> None:
    assert order() == ["preferred", "admitted", "deprecated", "superseded"]


def test_the_wording_of_the_time_leads_when_a_time_is_asked() -> None:
    assert order("2012-12")[0] == "superseded"
    assert order("2014")[0] == "preferred"


def test_a_deprecated_wording_was_never_right() -> None:
    assert standing(PRESS, "2012-12") is Standing.DEPRECATED


def test_a_superseded_wording_without_an_end_is_not_known_to_have_been_right() -> None:
    undated = Term("en", "peaceful rise", "superseded", since="2003")
    assert standing(undated, "2003-12") is Standing.SUPERSEDED


def test_the_wording_of_the_asked_issuer_leads() -> None:
    assert order(issuer="CIPG")[0] == "admitted"
    assert order(issuer="mfa")[0] == "preferred"


def test_part_of_a_word_is_not_an_issuer() -> None:
    assert issued_by(NOW, "China")
    assert not issued_by(NOW, "Chin")
    assert not issued_by(THEN, "China")


def test_the_asked_script_stands_first_among_equals() -> None:
    terms = [Term("zh-Hans", "主权", "preferred"), Term("zh-Hant", "主權", "preferred")]
    found = ranked(terms, "zh-Hant", as_of=None, issuer=None)
    assert [term.text for term in found] == ["主權", "主权"]
