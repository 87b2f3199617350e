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


def order(as_of: str | None = None, issuer: frozenset[str] | None = None) -> list[str]:
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
    assert order(issuer=frozenset({"cipg"}))[0] == "admitted"
    assert order(issuer=frozenset({"mfa", "mfa of china"}))[0] == "preferred"


def test_a_term_without_an_issuer_is_nobodys() -> None:
    assert issued_by(NOW, frozenset({"外交部", "mfa of china"}))
    assert not issued_by(NOW, frozenset({"china"}))
    assert not issued_by(THEN, frozenset({"mfa of china"}))
    assert issued_by(THEN, None)


def test_the_asked_script_stands_first_among_equals() -> None:
    terms = [Term("zh-Hans", "主权", "preferred"), Term("zh-Hant", "主權", "preferred")]
    found = ranked(terms, "zh-Hant", as_of=None, issuer=None)
    assert [term.text for term in found] == ["主權", "主权"]


def test_of_two_admitted_wordings_the_one_of_today_leads() -> None:
    ended = Term("en", "ended", "admitted", since="2001", until="2005")
    lasting = Term("en", "lasting", "admitted", since="2005")
    for terms in ([ended, lasting], [lasting, ended]):
        found = ranked(terms, "en", as_of=None, issuer=None)
        assert [term.text for term in found] == ["lasting", "ended"]
