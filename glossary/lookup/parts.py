"""The terms that stand in a query: “how to say 不结盟 in English”, “NPT条约”."""

import re
from dataclasses import asdict, replace
from functools import lru_cache
from typing import Final

from glossary.entry import Hit
from glossary.errors import NotReady
from glossary.lookup.settled import Asked
from glossary.query import Wanted
from glossary.recognition import Occurrence, Recognition, longest, occurrences
from glossary.store import Store
from glossary.text import HAN, SMALL_WORDS, UNIT, has_han, key

#: Who puts a space between Chinese words has named two things.
_PARTED: Final = re.compile(rf"{HAN.pattern}\s+{HAN.pattern}")
#: What stands in a query by this much of it is what was asked for.
_MOST: Final = 0.5


def known_parts(asked: Asked, recognition: Recognition) -> list[Hit]:
    """Return the terms that recognition finds in a query, the longest first.

    They do not overlap, and none is the whole query. There are none while a large
    glossary is being gathered for the first time.
    """
    text = asked.folded.source
    try:
        snapshot = recognition.snapshot()
    except NotReady:
        return []
    wanted = Wanted(**asdict(asked.query.filters))
    hits: dict[str, Hit] = {}
    whole = _weight(text)
    inside = (
        each
        for each in occurrences(snapshot, text, wanted)
        if not _PARTED.search(text, each.start, each.end)
    )
    for each in longest(list(inside)):
        hit = _hit(asked, each, whole)
        if hit is not None:
            hits.setdefault(hit.entry, hit)
    return sorted(hits.values(), key=lambda hit: -hit.score)


@lru_cache(maxsize=1)
def recognition_of(store: Store) -> Recognition:
    """Return the recognition of a store, for who looks up without having one."""
    return Recognition(store)


def are_most(parts: list[Hit], *, of: float = _MOST) -> bool:
    """Say whether known parts make up more than a share of the query."""
    return sum(part.score for part in parts) > of


def _hit(asked: Asked, each: Occurrence, whole: int) -> Hit | None:
    """Return the likeliest sense as a hit."""
    text = asked.folded.source[each.start : each.end]
    weight = _weight(text)
    if not weight or key(text) == asked.key:
        return None
    sense = each.senses[0]
    score = round(min(weight / max(whole, 1), 0.99), 3)
    hit = asked.hit(sense.entry, sense.term, "part", score=score, via=("contained",))
    return replace(hit, block="known-parts")


def _weight(text: str) -> int:
    """Return how much words say: small ones nothing, a Han character two."""
    return sum(map(_weight_of, UNIT.findall(key(text))))


def _weight_of(unit: str) -> int:
    if has_han(unit):
        return 2
    return 0 if unit in SMALL_WORDS else len(unit)
