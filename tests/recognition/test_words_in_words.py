"""What is no term though its letters stand there, in sentences of any newspaper."""

import pytest

from glossary.recognition.snapshot import Recognition, Snapshot
from glossary.store import SqliteStore
from tests.recognition.reading import found

#: What is still taken for a term: plain verbs of drafts in another sense, and what can
#: be cut in two ways.
KNOWN = {
    "中共": "投票中共有三人弃权。",
    "外交部长": "外交部长年关注此事。",
}


@pytest.fixture(scope="module")
def snapshot(curated: SqliteStore) -> Snapshot:
    return Recognition(curated).snapshot()


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("他们放弃核电计划。", "弃核"),
        ("这关系到人民主权利益的分配。", "权利"),
        ("内阁下周改组。", "阁下"),
        ("出口信心不足。", "口信"),
        ("他走进入口大厅。", "入世"),
        ("公司恢复交货。", "复交"),
        ("会议按照会章进行。", "照会"),
        ("当地特首选之地。", "特首"),
        ("选举中共和党领先。", "中共"),
        ("其中方法有三。", "中方"),
        ("除非盟国反对。", "非盟"),
        ("空军控告了承包商。", "军控"),
        ("阿萨德离开了。", "萨德"),
        ("他住在华盛顿特区。", "特区"),
        ("外交部长期关注此事。", "外交部长"),
        ("He and his wife stayed.", "He"),
        ("The clinic raised a fund for the trip.", "fund"),
        ("They could not escape the basic law of nature.", "escape"),
        ("She attached a photo.", "attached"),
        ("The Prime Minister and the Finance Minister resigned.", "Minister"),
        ("In Taiwan, issues of health come first.", "Taiwan, issues"),
        ("According to the UN, Charter flights stopped.", "UN, Charter"),
        ("Visitors are welcome.", "welcome"),
        ("Remember to lock the door.", "Remember"),
        ("After its initial success, no bank would grant a loan.", "initial"),
        ("No bank would grant a loan.", "grant"),
        ("A policy review began.", "review"),
        ("They sponsored a team.", "sponsored"),
        ("地方教育部门发出通知。", "教育部"),
        ("公司发表声明。", "声明"),
    ],
)
def test_letters_within_other_words_are_no_term(
    snapshot: Snapshot, text: str, wrong: str
) -> None:
    assert wrong not in {match.text for match in found(snapshot, text)}


def test_what_is_still_mistaken_is_known_by_name(snapshot: Snapshot) -> None:
    for word, text in KNOWN.items():
        matches = {match.text.lower() for match in found(snapshot, text)}
        assert word in matches, f"{word} is solved: take it out of the list"


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("The minister-counsellor and the minister came.", "minister"),
        ("We welcome the agreement.", "welcome"),
        ("香港特区政府表示欢迎。", "特区"),
        ("A ceasefire¹ was agreed.", "ceasefire"),
        ("He was declared persona non grata™.", "persona non grata"),
    ],
)
def test_the_terms_themselves_are_found(
    snapshot: Snapshot, text: str, right: str
) -> None:
    longest = {match.text for match in found(snapshot, text, overlaps=True)}
    assert right in longest
