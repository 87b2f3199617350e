from dataclasses import replace

import pytest

from glossary.entry.nouns import Entry, Term
from glossary.entry.ranking import Standing, bans, issued_by, ranked, standing, usable

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


def test_a_wording_still_in_force_stands_before_one_that_ended() -> None:
    ended = Term("en", "ended", "admitted", since="2001", until="2005")
    lasting = Term("en", "lasting", "admitted", since="2005")
    for terms in ([ended, lasting], [lasting, ended]):
        for as_of in (None, "2005"):
            found = ranked(terms, "en", as_of=as_of, issuer=None)
            assert [term.text for term in found] == ["lasting", "ended"]


def test_equals_stand_as_the_entry_lists_them() -> None:
    terms = [Term("en", text, "admitted") for text in ("note", "letter", "memo")]
    assert list(ranked(terms, "en", as_of=None, issuer=None)) == terms
    assert list(ranked(terms[::-1], "en", as_of=None, issuer=None)) == terms[::-1]


def test_only_the_terms_of_the_language_are_ranked() -> None:
    zh = Term("zh-Hans", "照会", "preferred")
    assert list(ranked([zh, NOW], "zh-Hant", as_of=None, issuer=None)) == [zh]


@pytest.mark.parametrize(
    ("status", "since", "until", "expected"),
    [
        ("preferred", "2012", "2013", Standing.PREFERRED_THEN),
        ("preferred", None, "2013", Standing.PREFERRED_THEN),
        ("preferred", "2012", None, Standing.PREFERRED_THEN),
        ("preferred", None, None, Standing.PREFERRED),
        ("preferred", "2013", None, Standing.OUT_OF_PERIOD),
        ("admitted", None, "2011", Standing.OUT_OF_PERIOD),
        ("admitted", "2012", "2013", Standing.ADMITTED),
        ("superseded", "2012", "2013", Standing.RIGHT_THEN),
        ("superseded", "2012", None, Standing.SUPERSEDED),
        ("superseded", "2013", "2014", Standing.SUPERSEDED),
        ("deprecated", "2012", "2013", Standing.DEPRECATED),
        ("forbidden", "2012", "2013", Standing.FORBIDDEN),
    ],
)
def test_a_term_stands_by_its_status_and_by_its_period(
    status: str, since: str | None, until: str | None, expected: Standing
) -> None:
    term = Term("en", "win-win cooperation", status, since=since, until=until)
    assert standing(term, "2012-06") is expected


def test_a_draft_bans_nothing_and_an_approved_entry_what_is_not_to_be_used() -> None:
    draft = Entry("d", "g", (), {}, "", (), tuple(TERMS), state="draft")
    approved = replace(draft, state="approved")
    assert [term.status for term in TERMS if bans(approved, term, as_of=None)] == [
        "deprecated",
        "superseded",
    ]
    assert not any(bans(draft, term, as_of=None) for term in TERMS)
    assert not bans(approved, THEN, as_of="2012-12")


def test_those_that_may_be_used_keep_their_order() -> None:
    assert usable(TERMS, None) == (BOOK, NOW)
    assert usable(TERMS, "2012-12") == (THEN, BOOK, NOW)


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


def test_a_banned_wording_of_the_asked_issuer_does_not_lead() -> None:
    banned = Term("en", "South China Sea dispute", "forbidden", issuer="Xinhua")
    other = Term("en", "South China Sea issue", "admitted", issuer="MFA of China")
    found = ranked([banned, other], "en", as_of=None, issuer=frozenset({"xinhua"}))
    assert list(found) == [other, banned]


def test_a_deprecated_wording_was_wrong_at_every_time() -> None:
    for as_of in (None, "2010", "2012-06", "2020"):
        assert standing(PRESS, as_of) is Standing.DEPRECATED
