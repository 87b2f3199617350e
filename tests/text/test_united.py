"""The list of all pairs of words that the curated English unites, and no other."""

import pytest

from glossary.entry import Term
from glossary.recognition.tier import likeness
from glossary.text.fold import key
from tests.text.united import LIST, pairs

READ = set(LIST.read_text(encoding="utf-8").splitlines())


def test_the_curated_english_unites_only_words_that_somebody_has_read() -> None:
    assert pairs() - READ == set(), "run `make united` and read what it adds"


def test_every_pair_that_was_read_is_still_united() -> None:
    assert READ - pairs() == set(), "run `make united` and see what is gone"


def test_each_pair_is_listed_once_and_in_order() -> None:
    lines = LIST.read_text(encoding="utf-8").splitlines()
    assert lines == sorted(READ)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        tuple(pair.split("/"))
        for pair in (
            # A silent e.
            "human/humane rational/rationale not/note moral/morale unit/unite car/care "
            "plan/plane star/stare hop/hope bath/bathe past/paste "
            "cloth/clothe breath/breathe secret/secrete aid/aide born/borne "
            # A doubled consonant.
            "role/roll canon/cannon desert/dessert later/latter coma/comma "
            # What only looks like an ending.
            "thing/th new/news bus/bu evening/even united/unite arm/arms good/goods "
            "custom/customs human/humanity humanities/humanity media/medium us/we "
            "morals/morale opera/opus dice/die bare/bear attache/attached "
            "premise/premises security/securities accord/according "
            # Comparatives and derivation.
            "large/larger great/greatest good/better nation/national free/freely "
            "develop/development commit/commitment negotiate/negotiation seven/seventh"
        ).split()
    ],
)
def test_other_words_do_not_pass_for_one_another(one: str, other: str) -> None:
    for written, wording in ((one, other), (other, one)):
        assert likeness(written, Term("en", wording), key(wording)) is None


@pytest.mark.parametrize(
    "forms",
    [
        "care cares cared caring",
        "plan plans planned planning",
        "hope hopes hoped hoping",
        "hop hops hopped hopping",
        "unite unites uniting",
        "build builds built building buildings",
        "meet meets met meeting meetings",
        "rule rules ruled ruling rulings",
        "traffic trafficked trafficking",
        "fix fixes fixed fixing",
        "mix mixes mixed mixing",
        "cross crosses crossed crossing",
        "annex annexes annexed annexing",
        "guard guards guarded guarding",
        "grow grows grew grown growing",
        "think thinks thinking",
        "thank thanked thanking",
        "sing sings sang sung singing",
        "prefer prefers preferred preferring",
        "determine determines determined determining",
        "change changes changed changing",
        "remain remains remained remaining",
        "sale sales",
        "sky skies",
        "Palestinian Palestinians",
        "Korean Koreans",
        "democracy democracies",
        "veto vetoes vetos vetoed vetoing",
        "statesman statesmen",
        "memorandum memoranda memorandums",
        "démarche démarches demarches",
        "attaché attachés",
        "attach attaches attached attaching",
        "programme programmes program programs",
        "organise organised organizing",
        "NGO NGOs",
        "MoU MOU MOUs",
    ],
)
def test_the_forms_of_a_word_pass_for_one_another(forms: str) -> None:
    for written in forms.split():
        for wording in forms.split():
            assert likeness(written, Term("en", wording), key(wording)), (
                written,
                wording,
            )
