"""Whole readouts with thirty errors each, written without a look at the glossary.

A sentence and its translation follow each other. `[7:right|wrong|kind]` marks an error
of one side, `{7:…}` what it renders on the other. Errors that are not found are named,
so that one more is told as well as one less.
"""

from collections.abc import Iterator

import pytest

from glossary.entry import Span
from glossary.recognition import Recognition, Snapshot
from glossary.store import Store
from tests.recognition.marks import DIRECTIONS, accusations, marked

#: Errors of each readout that are advice or silence, and what is accused though right.
MISSED = {
    "addis": {12, 14, 17, 24, 26},
    "belgrade": {5, 7},
    "berlin": {2, 10, 13, 16, 19, 26, 28},
    "brasilia": {1, 2, 6, 10, 11, 18, 21, 28},
    "canberra": {3, 14, 16, 28},
    "council": {5, 7, 9, 13, 15, 17, 22, 23, 28, 30},
    "geneva": {7, 18, 24, 28},
    "gyeongju": {4, 7, 11, 12, 14, 17, 18, 21, 25, 28},
    "hanoi": {1, 6, 9, 17, 19, 25, 26},
    "jakarta": {6, 7, 12, 15, 16, 17, 24},
    "kazakhstan": {6, 22, 29},
    "lima": set[int](),
    "madrid": {3, 4, 8, 13, 14, 17, 18},
    "pacific": {13, 22},
    "paris": {5},
    "riyadh": {26, 28},
    "samarkand": {8, 14, 16, 20, 25, 28},
    "south_africa": {7, 10, 14, 28},
    "tashkent": {2, 10, 12, 13, 16, 22, 24, 25, 26},
    "windhoek": {15},
}
FALSE = {
    "addis": {"团结自强", "seek strength through unity"},
    "belgrade": {"acknowledges the Chinese position"},
    "berlin": {"acknowledges the Chinese position"},
    "brasilia": {"建交公报", "joint communiqué"},
    "canberra": {"南海行为准则", "美英澳三边安全伙伴关系"},
    "council": {"humanitarian catastrophe"},
    "geneva": set[str](),
    "gyeongju": set[str](),
    "hanoi": {"长期稳定、面向未来、睦邻友好、全面合作"},
    "jakarta": set[str](),
    "kazakhstan": {"打击恐怖主义"},
    "lima": {"China-US relations"},
    "madrid": {
        "揭牌仪式",
        "防止局势升级",
        "inauguration ceremony",
        "peace talks",
    },
    "pacific": set[str](),
    "paris": {"建交初心"},
    "riyadh": set[str](),
    "samarkand": set[str](),
    "south_africa": {"中国台北", "Chinese Taipei"},
    "tashkent": {"打击恐怖主义"},
    "windhoek": set[str](),
}


def _touches(span: Span | None, place: tuple[int, int]) -> bool:
    return span is not None and span.start < place[1] and span.end > place[0]


def _number(name: str) -> int:
    return int(name.rstrip("ab"))


def errors_of(name: str, snapshot: Snapshot) -> Iterator[tuple[int, bool]]:
    """Yield the numbers of all errors, and whether a check accuses of each."""
    for from_, to in DIRECTIONS:
        source = marked(name, from_, wrong=False)
        target = marked(name, to, wrong=True)
        found = accusations(snapshot, source, target)
        for number in target.errors:
            yield (
                _number(number),
                any(
                    _touches(f.source, source.places[number])
                    or _touches(f.target, target.places[number])
                    for f in found
                ),
            )


@pytest.mark.parametrize("name", MISSED)
def test_most_errors_of_a_readout_are_found_and_what_is_right_is_hardly_accused(
    name: str, curated: Store
) -> None:
    snapshot = Recognition(curated).snapshot()
    numbers: dict[int, bool] = {}
    for number, is_found in errors_of(name, snapshot):
        numbers[number] = numbers.get(number, False) or is_found
    assert set(numbers) == set(range(1, 31))
    assert {number for number, is_found in numbers.items() if not is_found} == MISSED[
        name
    ]
    right = [
        finding
        for from_, to in DIRECTIONS
        for finding in accusations(
            snapshot, marked(name, from_, wrong=False), marked(name, to, wrong=False)
        )
    ]
    assert {f.source.text if f.source else f.entry for f in right} == FALSE[name]
