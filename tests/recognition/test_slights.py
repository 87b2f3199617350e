"""What is too slight to accuse of, and what makes it weigh."""

import pytest

from glossary.recognition import Snapshot
from glossary.store import SqliteStore
from tests.nouns import one
from tests.recognition.reading import checked, known

APPROVED: dict[str, object] = {"state": "approved"}
RIGHTS = one("human-rights", "human rights", "人权") | APPROVED
EFFORTS = one("efforts", "work together", "共同努力", part_of_speech="verb") | APPROVED
CONCERN = one("concern", "major concerns", "重大关切", part_of_speech="noun") | APPROVED
PEACE = one("peace", "peaceful coexistence", "和平共处") | APPROVED


#: Nothing but an everyday sentence.
CASES = "在过去两周内，西班牙的确诊病例大幅回升，多日新增上千。"


def state(id_: str, english: str, chinese: str) -> dict[str, object]:
    return (
        one(id_, english, chinese, type="shortForm")
        | APPROVED
        | {"subjects": ["states"]}
    )


STATES = (
    state("spain", "Spain", "西班牙"),
    state("peru", "Peru", "秘鲁"),
    state("chile", "Chile", "智利"),
)


def findings(snapshot: Snapshot, source: str, target: str) -> list[str]:
    """Return what is missing or wrong: its entry, with the reason of advice."""
    return [
        f"{finding.entry} {finding.reason or finding.verdict}"
        for finding in checked(snapshot, source, target)
        if finding.verdict not in {"ok", "admitted"}
    ]


@pytest.mark.parametrize(
    ("source", "target", "slight"),
    [
        (
            "他对总统昨天在电视节目上提及抗议活动和人权运动感到失望。",
            "He was sad that the president spoke of the protests on television.",
            "one-word",
        ),
        (
            "The two hospitals of the city will work together on new ways of surgery.",
            "市里两家医院将共享实验室，研究新的手术方法。",
            "everyday",
        ),
        (
            "However, he said his major concern was the bus that came late each day.",
            "但是，他表示自己非常担心每天都迟到的公交车。",
            "inflected",
        ),
    ],
)
def test_everyday_language_is_accused_of_in_official_prose_alone(
    store: SqliteStore, source: str, target: str, slight: str
) -> None:
    snapshot = known(store, RIGHTS, EFFORTS, CONCERN, PEACE)
    (plain,) = findings(snapshot, source, target)
    assert plain.endswith(f" {slight}")
    official, rendered = (
        "双方重申和平共处。",
        "The two sides reaffirmed peaceful coexistence.",
    )
    if not source.isascii():
        source, target = f"{official}{source}", f"{rendered} {target}"
    else:
        source, target = f"{rendered} {source}", f"{official}{target}"
    (weighty,) = findings(snapshot, source, target)
    assert weighty.endswith(" missing")


def test_the_short_name_of_a_state_weighs_in_a_list_alone(store: SqliteStore) -> None:
    snapshot = known(store, *STATES)
    alone = CASES
    said = "The number of cases has risen sharply over the past two weeks."
    assert findings(snapshot, alone, said) == ["spain name"]
    listed = "秘鲁、智利和西班牙的代表昨天在首都出席了为期两天的会议。"
    attended = "Delegates from Peru and Chile attended the two days in the capital."
    assert findings(snapshot, listed, attended) == ["spain missing"]


def test_another_state_instead_is_wrong_wherever_it_stands(store: SqliteStore) -> None:
    snapshot = known(store, *STATES)
    target = "Cases in Peru have risen sharply over the past two weeks."
    assert findings(snapshot, CASES, target) == ["spain missing"]


def test_a_name_weighs_however_short_it_is_in_chinese(store: SqliteStore) -> None:
    snapshot = known(store, one("sea", "South China Sea", "南海") | APPROVED)
    source = "昨天晚上在电视节目里，他们又一次谈到了在南海打鱼的船只。"
    target = "Last night, in a show on television, they talked of the fishing boats."
    assert findings(snapshot, source, target) == ["sea missing"]


def test_what_an_editor_insists_on_is_never_slight(store: SqliteStore) -> None:
    snapshot = known(store, RIGHTS | {"expected": "always"})
    source = "他对总统昨天在电视节目上提及抗议活动和人权运动感到失望。"
    target = "He was sad that the president spoke of the protests on television."
    assert findings(snapshot, source, target) == ["human-rights missing"]


def test_what_is_gone_from_a_brief_sentence_is_missing(store: SqliteStore) -> None:
    snapshot = known(store, RIGHTS, *STATES)
    assert findings(snapshot, "他提及人权运动。", "He spoke of it.") == [
        "human-rights missing"
    ]
    assert findings(snapshot, "秘鲁外长昨天到了。", "The minister came.") == [
        "peru missing"
    ]


def test_a_word_that_is_said_twice_is_shared_by_nobody(store: SqliteStore) -> None:
    snapshot = known(
        store,
        one("war-crimes", "war crimes", "战争罪") | APPROVED,
        one("against-humanity", "crimes against humanity", "危害人类罪") | APPROVED,
    )
    target = "这些暴行构成战争罪和危害人类罪。"
    source = "These atrocities are war crimes and crimes against humanity."
    assert findings(snapshot, source, target) == []
    assert len(checked(snapshot, source, target)) == 2
