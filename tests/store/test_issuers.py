"""One issuer has many names, and a name stands for one issuer."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.curation import fixtures
from glossary.entry import Issuer
from glossary.errors import Invalid
from glossary.store import IssuerNames, spellings
from glossary.text import key
from tests.nouns import curated_entries

CURATED = IssuerNames(fixtures.issuers())
NAMES = sorted({name for each in CURATED.all for name in spellings(each)})


def asked(name: str, issuers: IssuerNames = CURATED) -> frozenset[str]:
    found = issuers.keys_of(name)
    assert found is not None
    return found


def refusal(name: str, issuers: IssuerNames = CURATED) -> str:
    with pytest.raises(Invalid) as refused:
        issuers.keys_of(name)
    (problem,) = refused.value.problems
    assert problem.pointer == "/issuer"
    return problem.detail


@pytest.mark.parametrize(
    ("name", "issuer"),
    [
        ("外交部", "mfa-china"),
        ("MFA", "mfa-china"),
        ("Ministry of Foreign Affairs of the People's Republic of China", "mfa-china"),
        ("中國外交部", "mfa-china"),
        ("the ministry of foreign affairs", "mfa-china"),
        ("MFA of Japan", "mofa-japan"),
        ("外務省", "mofa-japan"),
        ("UK FCDO", "fcdo"),
        ("Foreign, Commonwealth & Development Office", "fcdo"),
        ("国务院", "state-council"),
        ("美国国务院", "us-state"),
        ("U.S. Department of State", "us-state"),
        ("联合国", "un"),
    ],
)
def test_names_and_aliases_stand_for_one_issuer(name: str, issuer: str) -> None:
    found = CURATED.of(name)
    assert found is not None
    assert found.id == issuer


@given(st.sampled_from(NAMES))
def test_every_name_of_an_issuer_means_the_same(name: str) -> None:
    issuer = CURATED.of(name)
    assert issuer is not None
    assert {CURATED.same(each) for each in spellings(issuer)} == {issuer.id}
    assert {asked(each) for each in spellings(issuer)} == {asked(name)}
    assert key(name) in asked(name)


def test_no_two_curated_issuers_share_a_name() -> None:
    owners = {(key(n), each.id) for each in CURATED.all for n in spellings(each)}
    assert max(Counter(name for name, _ in owners).values()) == 1


def test_every_issuer_that_the_curated_glossary_names_is_listed() -> None:
    names = {t.issuer for e in curated_entries() for t in e.terms if t.issuer}
    for source in fixtures.sources():
        editions = [edition.issuer for edition in source.edition.values()]
        names |= {name for name in (source.issuer, *editions) if name}
    assert [name for name in names if CURATED.of(name) is None] == []
    ids = {each.id for each in CURATED.all}
    assert {name for each in CURATED.all for name in each.speaks_for} <= ids
    for each in CURATED.all:
        assert {"en", "zh-Hans", "zh-Hant"} <= each.names.keys(), each.id


def test_one_issuer_goes_by_one_name_in_the_curated_glossary() -> None:
    named: dict[str, set[str]] = {}
    for entry in curated_entries():
        for term in entry.terms:
            if term.issuer:
                named.setdefault(CURATED.same(term.issuer), set()).add(term.issuer)
    assert {who: names for who, names in named.items() if len(names) > 1} == {}


def test_who_speaks_for_somebody_is_asked_too() -> None:
    assert key("MFA of China") in asked("China")
    assert key("China and the United States") in asked("中国")
    assert key("China and the United States") in asked("美国")
    assert key("NDRC, MFA and MOFCOM") in asked("外交部")
    assert key("MFA of China") not in asked("NDRC, MFA and MOFCOM")
    assert key("MOFA of Japan") not in asked("MFA")


def test_a_name_may_be_given_in_part_by_whole_words() -> None:
    assert key("US Department of Commerce") in asked("Commerce")
    assert asked("人权高专") == asked("OHCHR")
    assert "There is no issuer" in refusal("Commerc")
    assert "Nobody" in refusal("部")


def test_who_nobody_is_is_refused_with_the_nearest_names() -> None:
    assert "MFA of China" in refusal("Minstry of Foreign Afairs")
    assert refusal("外交步").endswith("中国外交部.")
    assert "中國國務院" in refusal("中國國務怨")
    assert "White House" in refusal("Wite House")
    assert "list of issuers" in refusal("zzzz")
    assert "list of issuers" in refusal("？？")


def test_a_name_that_only_terms_have_is_somebody() -> None:
    issuers = IssuerNames([], ["Xinhua", "China Daily"])
    assert asked("xinhua", issuers) == {"xinhua"}
    assert asked("Daily", issuers) == {"china daily"}
    assert "Xinhua" in refusal("Xinhau", issuers)
    assert issuers.same("XINHUA") == issuers.same("Xinhua") != issuers.same("Reuters")


def test_two_that_speak_for_each_other_are_no_circle_without_end() -> None:
    pair = [
        Issuer("a", {"en": "Alpha"}, speaks_for=("b",)),
        Issuer("b", {"en": "Beta"}, speaks_for=("a",)),
    ]
    assert asked("Alpha", IssuerNames(pair)) == {"a", "alpha", "b", "beta"}


def test_a_name_has_its_meaning_though_another_thread_forgets_it_at_once() -> None:
    class Forgetful(dict[str, frozenset[str]]):
        def __setitem__(self, text: str, keys: frozenset[str]) -> None:
            self.clear()

    names = IssuerNames([Issuer("mfa", {"en": "MFA"})])
    names._meanings = Forgetful()
    assert names.keys_of("MFA") == frozenset({"mfa"})
