"""Terms that lie within a longer one that is not rendered as it should be."""

import pytest

from glossary.recognition.snapshot import Snapshot
from glossary.store import SqliteStore
from tests.nouns import one
from tests.recognition.reading import checked, known

APPROVED = {"state": "approved"}


@pytest.fixture
def codes(store: SqliteStore) -> Snapshot:
    noun = {"part_of_speech": "noun"}
    return known(
        store,
        one("code", "code of conduct", "行为准则", **noun) | APPROVED,
        one("declaration", "declaration on the conduct of parties", "各方行为宣言")
        | APPROVED,
        one("consult", "dialogue and consultation", "对话协商", **noun) | APPROVED,
        one("resolve", "resolve differences through dialogue", "通过对话协商解决分歧"),
        one("talks", "consultations on a code of conduct", "推进行为准则磋商"),
        one("arbitration", "South China Sea arbitration", "南海仲裁") | APPROVED,
        one("so-called", "so-called award", "南海仲裁所谓裁决") | APPROVED,
        one("statehood", "State of Palestine", "巴勒斯坦国") | APPROVED,
        one("palestine", "Palestine", "巴勒斯坦") | APPROVED | {"subjects": ["states"]},
    )


@pytest.mark.parametrize(
    ("source", "target", "said"),
    [
        pytest.param(
            "双方同意通过对话协商解决分歧。",
            "The two sides agreed to remove what divides them through confrontation.",
            {("consult", "missing")},
            id="a part of what a draft has is gone",
        ),
        pytest.param(
            "双方同意通过对话协商解决分歧。",
            "The two sides agreed to remove what divides them through dialogue and "
            "consultation.",
            {("resolve", "missing?"), ("consult", "ok")},
            id="a part is right and the draft's whole is said otherwise",
        ),
        pytest.param(
            "双方同意通过对话协商解决分歧。",
            "The two sides agreed to resolve differences through dialogue.",
            {("resolve", "ok")},
            id="the whole is rendered and covers its parts",
        ),
        pytest.param(
            "双方推进行为准则磋商。",
            "Both work on the Declaration on the Conduct of Parties.",
            {("talks", "missing"), ("declaration", "instead")},
            id="another stands there: one finding, of the whole",
        ),
        pytest.param(
            "the so-called award in the South China Sea arbitration is void.",
            "南海仲裁所谓裁决是无效的。",
            {("so-called", "ok"), ("arbitration", "missing?")},
            id="a rendering holds that of the term beside it",
        ),
        pytest.param(
            "More States recognize the State of Palestine, and all support Palestine "
            "in their work of today.",
            "越来越多国家承认巴勒斯坦国，各方支持巴方今天的工作。",
            {("statehood", "ok"), ("palestine", "missing?")},
            id="a longer term before has said it",
        ),
    ],
)
def test_a_part_of_a_longer_term_is_looked_at_where_the_whole_is_said_otherwise(
    codes: Snapshot, source: str, target: str, said: set[tuple[str, str]]
) -> None:
    findings = checked(codes, source, target)
    told = {(f.entry, f.verdict + "?" * f.advice) for f in findings}
    told |= {(f.instead, "instead") for f in findings if f.instead}
    assert told == said


def test_a_wording_that_is_given_up_is_named_however_deep_its_term_lies(
    store: SqliteStore,
) -> None:
    shared = one("shared", "community with a shared future", "命运共同体") | APPROVED
    given_up = {"lang": "en", "text": "community of common destiny"}
    shared["terms"] = [*shared["terms"], given_up | {"status": "superseded"}]
    longer = "China-Africa community with a shared future"
    longest = f"all-weather {longer} for the new era"
    snapshot = known(
        store,
        shared,
        one("africa", longer, "中非命运共同体") | APPROVED,
        one("era", longest, "新时代全天候中非命运共同体") | APPROVED,
    )
    source = "双方将中非关系提升至新时代全天候中非命运共同体。"
    target = "They raised their relations to an {}."
    right = checked(snapshot, source, target.format(longest))
    assert [(f.entry, f.verdict) for f in right] == [("era", "ok")]
    wrong = target.format(
        longest.replace("community with a shared future", given_up["text"])
    )
    assert ("shared", "forbidden") in {
        (f.entry, f.verdict) for f in checked(snapshot, source, wrong)
    }
