"""Words for which another of their order stands, and words that must not be lost."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

from glossary.recognition import orders
from glossary.recognition.snapshot import Snapshot
from glossary.store import SqliteStore
from glossary.text import simplified
from tests.nouns import one
from tests.recognition.reading import checked, known

RESPECT = ("双方坚持相互尊重，", "The two sides uphold mutual respect, ")


@pytest.fixture
def terms(store: SqliteStore) -> Snapshot:
    approved = {"state": "approved"}
    return known(
        store,
        one("respect", "mutual respect", "相互尊重") | approved,
        one("solution", "two-State solution", "两国方案") | approved,
        one("npt", "Non-Proliferation Treaty", "不扩散核武器条约") | approved,
    )


def exchanged(terms: Snapshot, source: str, target: str) -> list[tuple[str, str]]:
    """Return the words that stand for each other, or are gone, as they are written."""
    return [
        (finding.source.text, finding.target.text if finding.target else "")
        for finding in checked(terms, source, target)
        if finding.reason == "other-word" and finding.source
    ]


@pytest.mark.parametrize(
    ("chinese", "english", "right", "wrong"),
    [
        ("会见英国外交大臣。", "met the {}.", "foreign secretary", "home secretary"),
        ("呼吁立即停火。", "call for an immediate {}.", "ceasefire", "armistice"),
        ("接受国际监督。", "accept {} supervision.", "international", "domestic"),
        ("由总干事报告。", "the {} reports.", "Director General", "Secretary-General"),
        ("双方已经批准。", "both have {} it.", "ratified", "signed"),
        ("表示强烈谴责。", "they {} it.", "strongly condemn", "regret"),
        ("会见王储。", "met the {}.", "Crown Prince", "Foreign Minister"),
        ("以人民币结算。", "settle in {}.", "renminbi", "US dollars"),
        ("反对施压。", "and {} pressure.", "oppose", "do not support"),
        ("法国承认该政府。", "France {} the Government.", "recognizes", "acknowledges"),
        ("认知该立场。", "and {} the position.", "acknowledge", "recognize"),
        ("减贫经验。", "experience in {}.", "poverty reduction", "disaster reduction"),
        ("同意恢复对话。", "agree to {} the dialogue.", "resume", "suspend"),
        ("各方必须遵守。", "all parties {} comply.", "must", "may"),
        ("发展太阳能。", "develop {}.", "solar power", "wind power"),
        ("加快谈判。", "and {} the talks.", "accelerate", "delay"),
        ("于星期三发表。", "issued on {}.", "Wednesday", "Thursday"),
        ("重视土著人民权利。", "and the rights of {}.", "indigenous peoples", "women"),
        ("水平显著提高。", "which has {} improved.", "significantly", "slightly"),
        ("她同丈夫出席。", "she came with her {}.", "husband", "son"),
        ("使装机增至三倍。", "{} the capacity.", "triple", "double"),
        ("是首个加入的国家。", "the {} State to join.", "first", "third"),
        ("双方表示拒绝。", "both {} it.", "rejected", "accepted"),
        ("坚持非歧视。", "and {} rules.", "non-discriminatory", "discriminatory"),
        ("在上海开幕。", "opened in {}.", "Shanghai", "Guangzhou"),
        ("在金沙萨会谈。", "met in {}.", "Kinshasa", "Dakar"),
    ],
)
def test_a_word_of_which_another_of_its_order_stands_is_named(
    terms: Snapshot, chinese: str, english: str, right: str, wrong: str
) -> None:
    source = RESPECT[0] + chinese
    for word, reasons in ((wrong, [wrong]), (right, [])):
        target = RESPECT[1] + english.format(word)
        assert [there for _, there in exchanged(terms, source, target)] == reasons
        assert [here for here, _ in exchanged(terms, target, source)] == reasons


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("会见国务卿。", "met the US foreign minister."),
        ("达成停战。", "agreed on a truce."),
        ("接受国际监督。", "accept supervision of the world."),
        ("国务委员会主席发言。", "the President of the State Council spoke."),
        ("对此表示关切。", "follow this closely."),
        ("宣布停火，和平协议签署。", "announced a ceasefire, signed an agreement."),
        ("美方在日内瓦表态。", "Washington spoke in Geneva."),
        ("经受考验。", "they were tested."),
    ],
)
def test_other_words_for_the_same_thing_are_none_of_their_order(
    terms: Snapshot, chinese: str, english: str
) -> None:
    source, target = RESPECT[0] + chinese, RESPECT[1] + english
    assert exchanged(terms, source, target) == []
    assert exchanged(terms, target, source) == []


def test_what_stands_in_a_term_that_is_rendered_answers_nothing_else(
    terms: Snapshot,
) -> None:
    source = "致力于外交解决，维护《不扩散核武器条约》。"
    target = "committed to a military settlement and the Non-Proliferation Treaty."
    assert exchanged(terms, RESPECT[0] + source, RESPECT[1] + target) == [
        ("外交解决", "military settlement")
    ]


def test_a_word_that_official_prose_never_leaves_out_is_gone(terms: Snapshot) -> None:
    source = RESPECT[0] + "以可核查、不可逆的方式裁减。"
    for lost, english in (
        ("", "with verifiable and irreversible cuts."),
        ("不可逆", "with verifiable cuts."),
    ):
        places = [(lost, "")] if lost else []
        assert exchanged(terms, source, RESPECT[1] + english) == places


def test_what_does_harm_and_a_full_name_are_put_in_or_left_out(
    terms: Snapshot,
) -> None:
    pairs = (
        ("友谊历久弥坚。", "and friendship is {}.", "growing", "weakened by time"),
        ("夫人彭丽媛出席。", "{} was there.", "Peng Liyuan", "Ding Xuexiang"),
        ("总统出席。", "{} was there.", "the President", "Peng Liyuan"),
    )
    for chinese, english, right, wrong in pairs:
        source, target = RESPECT[0] + chinese, RESPECT[1] + english
        assert exchanged(terms, source, target.format(right)) == []
        (forward,) = exchanged(terms, source, target.format(wrong))
        (back,) = exchanged(terms, target.format(wrong), source)
        assert forward[1] == back[0] == wrong.removesuffix(" by time")
        assert back[1] == ""


def test_a_member_that_a_list_has_lost_is_gone(terms: Snapshot) -> None:
    source = RESPECT[0] + "加强教育、旅游、体育和青年交流。"
    listed = "and exchanges in education, {}sports and youth."
    for more, places in (
        ("tourism, ", []),
        ("", [("旅游", "")]),
        ("forestry, ", [("旅游", "forestry")]),
    ):
        assert exchanged(terms, source, RESPECT[1] + listed.format(more)) == places
    two = RESPECT[0] + "加强教育和旅游交流。"
    assert exchanged(terms, two, RESPECT[1] + "and exchanges in education.") == []


@pytest.mark.parametrize(
    ("chinese", "english", "places"),
    [
        (
            "外交部长王毅会见来宾。",
            "Foreign Minister {} met guests.",
            "Wang Yi|Qin Gang",
        ),
        ("外长王毅同各方会谈。", "Wang Yi came. {} met all.", "Wang Yi|"),
        ("发言人毛宁表示，", "Spokesperson {} said", "Mao Ning|Lin Jian"),
        ("新加坡总理黄循财说，", "Prime Minister {} said", "Lawrence Wong|"),
    ],
)
def test_a_person_of_whom_another_stands_is_named(
    terms: Snapshot, chinese: str, english: str, places: str
) -> None:
    right, wrong = places.split("|")
    for name, stands in ((right, ""), (wrong or right, wrong)):
        source, target = RESPECT[0] + chinese, RESPECT[1] + english.format(name)
        assert [at for _, at in exchanged(terms, source, target)] == [stands][
            : bool(stands)
        ]
        assert [at for at, _ in exchanged(terms, target, source)] == [stands][
            : bool(stands)
        ]


def test_a_reading_that_no_family_has_names_nobody(terms: Snapshot) -> None:
    source = "Both sides met. Wang Mingliang came. " + RESPECT[1]
    for name, places in (("汪明亮", []), ("代表", ["Wang Mingliang"])):
        target = f"两国会晤。双方{name}出席。{RESPECT[0]}"
        assert [at for at, _ in exchanged(terms, source, target)] == places


def test_an_office_or_a_place_with_a_capital_is_no_person(terms: Snapshot) -> None:
    source = RESPECT[1] + "They opened the Yang Center."
    assert exchanged(terms, source, RESPECT[0] + "他们揭幕了文化大楼。") == []


@pytest.mark.parametrize(
    ("chinese", "english", "right", "wrong"),
    [
        ("双方将加强安全合作。", "{} security cooperation.", "enhance", "reduce"),
        ("双方同意举行磋商。", "and {} consultations.", "agreed to hold", "cancelled"),
        ("各方落实倡议。", "{} the initiative.", "carried out", "disregarded"),
        ("双方愿深化友谊。", "deepen their {}.", "friendship", "rivalry"),
        ("欢迎各国企业。", "{} companies.", "all", "some"),
        ("中方推动取得成果。", "and {} results.", "push for", "prevent"),
        ("双方扩大准入。", "and {} access.", "expand", "limit"),
    ],
)
def test_what_is_done_away_with_stands_for_what_the_other_side_builds_up(
    terms: Snapshot, chinese: str, english: str, right: str, wrong: str
) -> None:
    source, target = RESPECT[0] + chinese, RESPECT[1] + english
    assert exchanged(terms, source, target.format(right)) == []
    ((_, there),) = exchanged(terms, source, target.format(wrong))
    ((here, _),) = exchanged(terms, target.format(wrong), source)
    assert there in wrong
    assert here in wrong
    # Everyday prose says it in its own way.
    assert exchanged(terms, chinese, english.format(wrong)) == []


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("双方应停止制裁。", "and lift sanctions."),
        ("不断缩小差距。", "and keep narrowing the gap."),
        ("双方不打贸易战。", "and refrain from a trade war."),
        ("任何一方不得退出。", "and stay in it."),
        ("双方视情再谈。", "and speak again if necessary."),
        ("形势灾难性恶化。", "as it plunges into a catastrophe."),
        ("该机构将被取消。", "and the office is to be taken apart."),
        ("缓慢进展归咎于对方。", "and blamed it for the slow progress."),
    ],
)
def test_what_either_side_says_in_its_own_way_is_not_put_in(
    terms: Snapshot, chinese: str, english: str
) -> None:
    source, target = RESPECT[0] + chinese, RESPECT[1] + english
    assert exchanged(terms, source, target) == []
    assert exchanged(terms, target, source) == []


LISTED = (
    ("双方将在教育、文化、旅游和体育领域合作。", "cooperate in {}."),
    ("双方愿共享机遇、共迎挑战、共促繁荣、共创未来。", "share in {}."),
)


@pytest.mark.parametrize(
    ("number", "list_", "is_whole"),
    [
        (0, "education, culture, tourism and sports", True),
        (0, "education, culture, tourism, sports, and other fields", True),
        (0, "culture and education, tourism and sports", True),
        (0, "cultural and other fields as well as sports", True),
        (0, "education, culture and sports", False),
        (1, "opportunities, challenges, prosperity and a future", True),
        (1, "opportunities, challenges and prosperity", False),
    ],
)
def test_a_list_that_is_shorter_in_english_has_lost_a_member(
    terms: Snapshot, number: int, list_: str, *, is_whole: bool
) -> None:
    chinese, english = LISTED[number]
    source, target = RESPECT[0] + chinese, RESPECT[1] + english.format(list_)
    for first, other in ((source, target), (target, source)):
        assert bool(exchanged(terms, first, other)) is not is_whole


@pytest.mark.parametrize(
    ("chinese", "english", "right", "wrong"),
    [
        (
            "一同庆祝去年的成就。",
            "celebrate {}.",
            "last year's deeds",
            "this year's deeds",
        ),
        ("中方将购买大豆。", "China will buy {}.", "soybeans", "wheat"),
        ("欧盟以外的公司。", "companies {} the EU.", "outside", "within"),
        ("规模超过十亿美元。", "worth {} a billion dollars.", "more than", "less than"),
        ("举行非正式会谈。", "hold {} talks.", "informal", "formal"),
    ],
)
def test_times_goods_and_bounds_are_of_their_orders_and_other_words_of_none(
    terms: Snapshot, chinese: str, english: str, right: str, wrong: str
) -> None:
    source, target = RESPECT[0] + chinese, RESPECT[1] + english
    for first, other in ((source, target), (target, source)):
        assert exchanged(terms, first.format(right), other.format(right)) == []
        assert len(exchanged(terms, first.format(wrong), other.format(wrong))) == 1


def test_members_of_an_order_that_have_changed_places_stand_for_each_other(
    terms: Snapshot,
) -> None:
    source = "安理会维护和平，联合国大会审议预算。"
    right = "The Security Council upholds peace, and the General Assembly the budget."
    wrong = "The General Assembly upholds peace, and the Security Council the budget."
    assert exchanged(terms, source, wrong) == [
        ("安理会", "General Assembly"),
        ("联合国大会", "Security Council"),
    ]
    assert exchanged(terms, source, right) == []


def test_words_of_orders_are_where_one_pattern_of_all_finds_them() -> None:
    lines = (files("glossary.recognition") / "orders.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in lines.splitlines()]
    readouts = Path(__file__).with_name("readouts")
    # One pattern of all is slow: a fourth of the lines are looked through.
    texts = [
        simplified("".join(path.read_text("utf-8").splitlines(keepends=True)[::4]))
        for path in readouts.glob("*.txt")
    ]
    for column, signs in (
        (1, orders.Signs.of([r[1] for r in rows])),
        (3, orders.Signs.of([r[3] for r in rows])),
    ):
        every = "|".join(f"(?P<s{n}>{row[column]})" for n, row in enumerate(rows))
        for text in texts:
            places: dict[int, list[tuple[int, int]]] = {}
            for match in re.finditer(every, text, re.IGNORECASE):
                number = int(str(match.lastgroup).removeprefix("s"))
                places.setdefault(number, []).append(match.span())
            assert signs.places(text) == places


@pytest.mark.parametrize("name", ["İstanbul", "ısparta", "ſalamis"])
def test_letters_of_other_alphabets_begin_no_word_of_an_order(
    terms: Snapshot, name: str
) -> None:
    source, target = RESPECT[0] + "并访问该地。", RESPECT[1] + f"and visited {name}."
    for first, other in ((source, target), (target, source)):
        assert exchanged(terms, first, other) == []
