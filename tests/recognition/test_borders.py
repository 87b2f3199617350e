"""A short Chinese wording that cuts a word of the text in two is no term there."""

import pytest

from glossary.recognition.borders import cut
from glossary.store import SqliteStore
from tests.nouns import one
from tests.recognition.reading import known, wordings

CUT = """
放弃|核武器 弃核
民主|权利 主权
内阁|下令 阁下
出口|信贷 口信
进入|世界 入世
恢复|交通 复交
更加|强调 加强
按照|会议 照会
沙特|首都 特首
选举|中|共和党 中共
其中|方案 中方
除非|盟友 非盟
国防|长期 防长
海军|控制 军控
阿萨德|总统 萨德
巴勒斯坦|国会|大厦 国会大
不同|意见 同意
发展|中国|家 展中
西方|向来 方向
领导人|权限 人权
學生|活動 生活
外交部|长期|坚持 外交部长
教育|部门|负责 教育部
民主|權利 主權
"""
WHOLE = """
中方|坚持 中方
双方|同意 同意
外交部|长期|坚持 外交部
外交部长|王毅 外交部
领土主权|完整 主权
国家主席|习近平 主席
应|约|访华|三天 访华
恢复|邦交 邦交
加强|合作 加强
反对|“台独” 反对
國務院|總理 總理
朝鲜|半岛|无核化|进程 半岛无核化
朝鲜|半岛|局势 半岛局势
国际|劳工|组织|的 劳工组织
外交部长|王毅 外交部长
使馆|馆舍|不得侵犯 使馆馆舍
使馆|馆舍|不得侵犯 不得侵犯
"""


def cases(table: str) -> list[tuple[str, str]]:
    rows = [line.split() for line in table.strip().splitlines()]
    return [(marked.replace("|", ""), wording) for marked, wording in rows]


def alone(run: str, wording: str) -> bool:
    start = run.index(wording)
    return cut(run).is_whole(start, start + len(wording))


@pytest.mark.parametrize(("run", "wording"), cases(CUT))
def test_a_wording_that_crosses_a_border_between_words_is_none(
    run: str, wording: str
) -> None:
    assert not alone(run, wording)


@pytest.mark.parametrize(("run", "wording"), cases(WHOLE))
def test_a_wording_made_of_whole_words_is_one(run: str, wording: str) -> None:
    assert alone(run, wording)


def test_a_word_of_sounds_is_none_within_a_foreign_name(store: SqliteStore) -> None:
    snapshot = known(store, one("mali", "Mali", "马里"), one("chad", "Chad", "查德"))
    for text in (
        "马里科洛夫说",
        "马里科帕县的选票",
        "警长查德·刘易斯",
        "罗伯特·马里返回",
    ):
        assert wordings(snapshot, text) == []
    for text in ("马里总统", "马里巴马科", "在马里，雷雨成灾", "访问马里和加纳"):
        assert wordings(snapshot, text) == ["马里"]


@pytest.mark.parametrize(
    "text", ["以法律战等方式施压", "发动认知战是错误的", "以認知戰對我施壓"]
)
def test_a_word_that_the_segmenter_guesses_ends_no_longer_wording(
    store: SqliteStore, text: str
) -> None:
    wars = known(
        store,
        one("lawfare", "lawfare", "法律战"),
        one("cognitive-warfare", "cognitive warfare", "认知战"),
    )
    assert len(wordings(wars, text)) == 1


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("双方讨论了核安全合作的前景。", ["核安全"]),
        ("雙方討論了核安全合作的前景。", ["核安全"]),
        ("双方讨论了安全合作的前景。", ["安全合作"]),
        ("他会见了中国外交部长。", ["外交部长"]),
        ("维护国家主权平等。", ["国家主权"]),
        ("非法无效的裁决", ["非法无效"]),
    ],
)
def test_of_two_that_cross_none_tears_a_character_off_the_other(
    store: SqliteStore, text: str, right: list[str]
) -> None:
    snapshot = known(
        store,
        one("nuclear-safety", "nuclear safety", "核安全"),
        one("security-cooperation", "security cooperation", "安全合作"),
        one("ministry", "Ministry of Foreign Affairs of China", "中国外交部"),
        one("foreign-minister", "foreign minister", "外交部长"),
        one("sovereignty", "national sovereignty", "国家主权"),
        one("equality", "sovereign equality", "主权平等"),
        one("illegal", "illegal, null and void", "非法无效"),
        one("void", "null and void", "无效的"),
    )
    assert wordings(snapshot, text) == right
