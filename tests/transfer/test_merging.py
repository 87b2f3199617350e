"""What an entry becomes when a record of a file says something about it."""

from typing import Any

import pytest

from glossary.entry.nouns import Citation, Counterpart, Entry
from glossary.transfer.merging import merged
from tests.nouns import entry, major_country

NEW = "new model of major-country relationship"
TYPE = "new type of great power relations"


def stored(**more: Any) -> Entry:
    return entry(**major_country(glossary="diplomatic", **more))


def united(
    old: Entry, *english: dict[str, Any], first: bool = True, **said: Any
) -> Entry:
    """Return what a record with the Chinese term and English ones makes of an entry."""
    terms = [{"lang": "zh-Hans", "text": "新型大国关系"}]
    terms += [{"lang": "en", **term} for term in english]
    given = {"glossary": "diplomatic", **said, "terms": terms}
    return merged(old, entry(**given), given, first=first)


def test_what_the_record_says_of_a_term_wins_and_what_it_leaves_out_stays() -> None:
    old = stored()
    made = united(old, {"text": NEW, "issuer": "MFA", "status": "admitted"})
    assert (made.terms[1].issuer, made.terms[1].status) == ("MFA", "admitted")
    again = united(made, {"text": NEW, "since": "2013"})
    assert (again.terms[1].issuer, again.terms[1].status) == ("MFA", "admitted")
    assert again.terms[1].since == "2013"
    assert made.terms[0].status == "preferred"


def test_a_later_record_of_the_same_file_only_adds() -> None:
    old = united(stored(), {"text": NEW, "issuer": "MFA"}, note="One.", state="draft")
    said = {"text": NEW, "issuer": "Xinhua", "since": "2013", "status": "superseded"}
    definition = {"en": "Two.", "zh-Hans": "二"}
    made = united(
        old, said, first=False, note="Two.", definition=definition, state="approved"
    )
    term = made.terms[1]
    assert (term.issuer, term.since, term.status) == ("MFA", "2013", "preferred")
    assert (made.note, made.state) == ("One.\nTwo.", "draft")
    assert made.definition == definition
    late = united(made, first=False, definition={"en": "Three.", "fr": "Trois."})
    both = {**definition, "en": "Two.\nThree."}
    assert late.definition == {**both, "fr": "Trois."}
    assert united(made, definition={"en": "Three."}).definition == both


def test_terms_that_are_new_come_in_once() -> None:
    made = united(stored(), {"text": NEW}, {"text": TYPE, "status": "superseded"})
    assert [term.text for term in made.terms] == ["新型大国关系", NEW, TYPE]
    assert united(made, {"text": TYPE}) == made


def test_what_a_record_does_not_say_is_not_taken_for_empty() -> None:
    old = stored(note="Check 大国.", state="approved", since="2012")
    made = united(old, {"text": NEW}, note="", definition={})
    assert made == old
    assert united(old, note="Another.").note == "Check 大国.\nAnother."
    assert united(old, state="draft").state == "draft"


def test_lists_are_united_each_thing_once() -> None:
    part = {"type": "part", "entry": "mutual-respect"}
    old = stored(subjects=["us-relations"], relations=[part])
    more = {"type": "contrast", "entry": "new-type"}
    made = united(old, subjects=["principles", "us-relations"], relations=[more, part])
    assert made.subjects == ("us-relations", "principles")
    assert [r.entry for r in made.relations] == ["mutual-respect", "new-type"]


def test_citations_are_united_and_a_counterpart_completes_one() -> None:
    bare = {"source": "wang-2013", "locator": "para. 2", "quote": NEW}
    old = united(stored(), {"text": NEW, "citations": [bare]})
    assert united(old, {"text": NEW, "citations": [bare]}) == old
    other = {"source": "xi-2014"}
    made = united(old, {"text": NEW, "citations": [other]})
    assert [c.source for c in made.terms[1].citations] == ["wang-2013", "xi-2014"]
    whole = {**bare, "counterpart": {"text": "新型大国关系"}}
    (citation,) = united(old, {"text": NEW, "citations": [whole]}).terms[1].citations
    assert citation == Citation(
        "wang-2013", "para. 2", NEW, Counterpart("新型大国关系")
    )


def test_a_reading_that_was_made_does_not_replace_one_that_was_checked() -> None:
    read = "xīnxíng dàguó guānxi"
    terms = [{"lang": "zh-Hans", "text": "新型大国关系", "reading": read}]
    old = merged(stored(), entry(terms=terms), {"terms": terms})
    assert (old.terms[0].reading, old.terms[0].reading_derived) == (read, False)
    made = [{**terms[0], "reading": "xīn xíng", "reading_derived": True}]
    assert merged(old, entry(terms=made), {"terms": made}) == old
    assert united(old).terms[0].reading == read


def test_what_other_formats_kept_is_united_to_its_depth() -> None:
    old = stored(extra={"tbx": {"a": {"one": 1}, "b": 2}, "csv": {"x": "1"}})
    made = united(old, extra={"tbx": {"a": {"two": 2}, "b": 3}})
    assert made.extra == {
        "tbx": {"a": {"one": 1, "two": 2}, "b": 3},
        "csv": {"x": "1"},
    }
    late = united(old, first=False, extra={"tbx": {"a": {"one": 9}, "c": 4}})
    assert late.extra["tbx"] == {"a": {"one": 1}, "b": 2, "c": 4}


@pytest.mark.parametrize("lang", ["en-US", "en-GB", "en"])
def test_a_region_makes_no_other_wording(lang: str) -> None:
    old = stored()
    terms = [{"lang": lang, "text": NEW, "usage": "In Geneva."}]
    made = merged(old, entry(terms=terms), {"terms": terms})
    assert [(t.lang, t.text) for t in made.terms] == [
        (t.lang, t.text) for t in old.terms
    ]
    assert made.terms[1].usage == "In Geneva."
