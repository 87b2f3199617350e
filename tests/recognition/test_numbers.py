"""Numbers for which other ones stand, whatever they count."""

import pytest

from glossary.recognition.snapshot import Snapshot
from glossary.store import SqliteStore
from tests.nouns import one
from tests.recognition.reading import checked, known

RESPECT = ("双方坚持相互尊重，", "The two sides uphold mutual respect, ")


@pytest.fixture
def terms(store: SqliteStore) -> Snapshot:
    respect = one("respect", "mutual respect", "相互尊重") | {"state": "approved"}
    return known(store, respect)


def exchanged(terms: Snapshot, source: str, target: str) -> list[tuple[str, str]]:
    """Return the numbers that stand for each other, as they are written."""
    return [
        (finding.source.text, finding.target.text)
        for finding in checked(terms, source, target)
        if finding.reason == "number" and finding.source and finding.target
    ]


@pytest.mark.parametrize(
    ("chinese", "right", "wrong", "places"),
    [
        (
            "建交六十周年。",
            "sixty years of ties.",
            "fifty years of ties.",
            "六十周年 fifty",
        ),
        ("第七十九届联大。", "UNGA 79.", "the 77th session.", "第七十九届 77th"),
        ("决定5月6日访问。", "visit on May 6.", "visit on 9 May.", "6日 9"),
        (
            "签署三十六项文件。",
            "sign 36 documents.",
            "sign 26 documents.",
            "三十六项 26",
        ),
        ("二〇三〇年达峰。", "peak in 2030.", "peak in 2060.", "二〇三〇年 2060"),
        ("两国每两年会晤。", "meet every two years.", "meet in 5 years.", "两年 5"),
        ("控制在1.5度。", "hold it to 1.5 degrees.", "to 2.5 degrees.", "1.5 2.5"),
        ("面对四方。", "and face the four parties.", "face the five.", "四方 five"),
        (
            "实施100项，发10万册。",
            "100, and 100,000.",
            "1,000 and 100,000.",
            "100项 1,000",
        ),
        ("三年内培训10万人。", "100,000 in 3 years.", "100,000 in 5.", "三年 5"),
        ("达30亿美元。", "to $3 billion.", "to $30 million.", "30亿 30 million"),
        ("援助三千万元。", "RMB 30 million.", "RMB 3,000,000.", "三千万 3,000,000"),
        ("增长5%。", "growth of 5 per cent.", "growth of 15%.", "5% 15%"),
        (
            "增长百分之十二点三。",
            "growth of 12.3 per cent.",
            "growth of 21.3%.",
            "百分之十二点三 21.3%",
        ),
    ],
)
def test_the_only_number_that_each_side_has_alone_stands_for_the_other(
    terms: Snapshot, chinese: str, right: str, wrong: str, places: str
) -> None:
    one_side, other = places.split(" ", 1)
    source, target = RESPECT[0] + chinese, RESPECT[1] + wrong
    assert exchanged(terms, source, target) == [(one_side, other)]
    assert exchanged(terms, target, source) == [(other, one_side)]
    assert exchanged(terms, source, RESPECT[1] + right) == []
    assert exchanged(terms, RESPECT[1] + right, source) == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("两国合作二十年。", "and have worked together for two decades."),
        ("为期两个月。", "for 60 days."),
        ("于下午4点开会。", "and meet at 16:00."),
        ("增长百分之五。", "and grow by 5.3 per cent."),
        ("数百万人受益。", "and 12,000 people benefited."),
        ("出资三亿元。", "and give 42 million dollars."),
        ("三思而行。", "and think twice before they act."),
        ("有十多个国家参加。", "and a dozen countries took part."),
        ("举行第二次会谈。", "and meet again."),
    ],
)
def test_what_is_counted_otherwise_stands_for_no_other_number(
    terms: Snapshot, source: str, target: str
) -> None:
    assert exchanged(terms, RESPECT[0] + source, RESPECT[1] + target) == []


def test_a_text_without_any_set_phrase_may_count_as_it_likes(terms: Snapshot) -> None:
    assert exchanged(terms, "他九月来过三次。", "He came in November.") == []


def test_numbers_beside_a_sentence_that_is_not_translated_prove_nothing(
    terms: Snapshot,
) -> None:
    source = f"{RESPECT[0]}共三条。第一条说四项原则。此外还有其他各方面的很多内容。"
    assert exchanged(terms, source, f"{RESPECT[1]}five articles.") == []


@pytest.mark.parametrize("figure", ["1", "一", "亿", "千"])
def test_a_run_of_five_thousand_figures_is_checked_and_is_no_number(
    terms: Snapshot, figure: str
) -> None:
    source, target = (f"{side}{figure * 5_000}个国家。" for side in RESPECT)
    assert exchanged(terms, source, f"{RESPECT[1]}two countries.") == []
    assert exchanged(terms, f"{RESPECT[0]}两个国家。", target) == []
