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
            "总统提及人权运动。",
            "The president spoke of Black Lives Matter.",
            "one-word",
        ),
        ("The hospitals work together.", "两家医院将共享实验室。", "everyday"),
        ("His major concern was the bus.", "他很担心公交车。", "inflected"),
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
    alone = "过去两周，西班牙的病例大幅回升。"
    said = "The number of cases has risen sharply over the past two weeks."
    assert findings(snapshot, alone, said) == ["spain name"]
    listed = "秘鲁、智利和西班牙代表出席会议。"
    attended = "Delegates from Peru and Chile attended the meeting."
    assert findings(snapshot, listed, attended) == ["spain missing"]


def test_another_state_instead_is_wrong_wherever_it_stands(store: SqliteStore) -> None:
    snapshot = known(store, *STATES)
    target = "Cases in Peru have risen sharply over the past two weeks."
    assert findings(snapshot, "过去两周，西班牙的病例大幅回升。", target) == [
        "spain missing"
    ]


def test_a_name_weighs_however_short_it_is_in_chinese(store: SqliteStore) -> None:
    snapshot = known(store, one("sea", "South China Sea", "南海") | APPROVED)
    assert findings(snapshot, "会谈谈到南海。", "They talked of fish.") == [
        "sea missing"
    ]


def test_what_an_editor_insists_on_is_never_slight(store: SqliteStore) -> None:
    snapshot = known(store, RIGHTS | {"expected": "always"})
    target = "The president spoke of Black Lives Matter."
    assert findings(snapshot, "总统提及人权运动。", target) == ["human-rights missing"]


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
