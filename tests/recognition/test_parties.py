"""Parties and figures that have changed places within a sentence."""

import pytest

from glossary.recognition.snapshot import Snapshot
from glossary.store import SqliteStore
from tests.nouns import one
from tests.recognition.reading import checked, known


@pytest.fixture
def terms(store: SqliteStore) -> Snapshot:
    return known(store, one("respect", "mutual respect", "相互尊重"))


def told(terms: Snapshot, source: str, target: str) -> set[tuple[str, str]]:
    """Return what stands for what, of all that is accused."""
    return {
        (finding.source.text, finding.target.text)
        for finding in checked(terms, source, target)
        if finding.verdict == "missing" and finding.source and finding.target
    }


PARTIES = (
    (
        "中国将向非洲提供一批紧急粮食援助。",
        "{0} will provide {1} with a shipment of emergency food aid.",
        ("中国", "非洲"),
        ("China", "Africa"),
    ),
    (
        "塔方高度赞赏中方给予的支持。塔吉克斯坦人民是知道的。",
        "{0} highly appreciates the support of {1}. The people of Tajikistan know it.",
        ("塔方", "中方"),
        ("The Tajik side", "the Chinese side"),
    ),
    (
        "双方讨论了最新局势。以色列对黎巴嫩南部的袭击令人震惊。",
        "They discussed the situation. {0}'s attacks on {1}'s south are shocking.",
        ("以色列", "黎巴嫩"),
        ("Israel", "Lebanon"),
    ),
    (
        "德国愿帮助乌克兰重建能源设施。",
        "{0} is ready to help {1} rebuild its energy facilities.",
        ("德国", "乌克兰"),
        ("Germany", "Ukraine"),
    ),
    (
        "老挝坚定支持越南办好下届峰会。",
        "{0} firmly supports {1} in hosting a successful summit next year.",
        ("老挝", "越南"),
        ("Laos", "Vietnam"),
    ),
)


@pytest.mark.parametrize(("chinese", "english", "han", "latin"), PARTIES)
def test_two_parties_that_have_changed_places_are_told_in_both_directions(
    terms: Snapshot,
    chinese: str,
    english: str,
    han: tuple[str, str],
    latin: tuple[str, str],
) -> None:
    right, swapped = english.format(*latin), english.format(*reversed(latin))
    assert told(terms, chinese, right) == set()
    assert told(terms, right, chinese) == set()
    (exchange,) = told(terms, chinese, swapped)
    assert exchange == (han[0], latin[1].removeprefix("the "))
    assert told(terms, swapped, chinese) == {exchange[::-1]}


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        (
            "中国将向非洲提供一批紧急粮食援助。",
            "A shipment of emergency food aid will be provided to Africa by China.",
        ),
        (
            "中国将向非洲提供一批紧急粮食援助。",
            "Africa will receive a shipment of emergency food aid from China.",
        ),
        (
            "塔方感谢中方援建议会大厦。塔吉克斯坦十分珍视。",
            "China's help is appreciated by the Tajik side. Tajikistan treasures it.",
        ),
        (
            "中方希望美方能够遵守承诺。",
            "China hopes that the United States will honor its commitments.",
        ),
        (
            "应中国邀请，法国将派代表团出席。",
            "At the invitation of China, France will send a delegation.",
        ),
        (
            "日本承认中国的立场。",
            "China's position is recognized by Japan.",
        ),
        (
            "美国对中国加征关税后，中国对美国采取了反制措施。",
            "China's measures against the United States followed tariffs on China.",
        ),
    ],
)
def test_what_is_only_said_the_other_way_round_is_not_accused(
    terms: Snapshot, chinese: str, english: str
) -> None:
    assert told(terms, chinese, english) == set()
    assert told(terms, english, chinese) == set()


def test_figures_that_have_changed_places_are_told_by_what_is_said_of_them(
    terms: Snapshot,
) -> None:
    chinese = "美方将取消其中14%的关税，同时保留剩余的20%。"
    right = "The United States will remove 14% of the tariffs and retain the other 20%."
    wrong = "The United States will remove 20% of the tariffs and retain the other 14%."
    assert told(terms, chinese, right) == told(terms, right, chinese) == set()
    assert told(terms, chinese, wrong) == {("14", "20"), ("20", "14")}
    assert told(terms, wrong, chinese) == {("14", "20"), ("20", "14")}


def test_figures_in_another_order_are_not_accused(terms: Snapshot) -> None:
    chinese = "2024年双边贸易额增长5.6%，达到1,830亿美元。"
    english = "Bilateral trade rose by 5.6% to 183 billion dollars in 2024."
    assert told(terms, chinese, english) == told(terms, english, chinese) == set()
