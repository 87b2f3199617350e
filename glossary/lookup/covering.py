"""Wholes that have all the words of a query, with more between them, in any form.

*One family across the strait* is no slip of *both sides of the Taiwan Straits are of
one family*, but has nothing that this has not; nor has 金砖里约峰会, of
金砖国家里约热内卢峰会. Such a whole is similar, and nearer than what is only offered.
So is the name that a Chinese query is clipped from: 边海司 is 边界与海洋事务司.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from glossary.entry import USABLE, Entry, Hit
from glossary.lookup.parts import outside
from glossary.lookup.settled import Asked
from glossary.store import Candidate
from glossary.text import Closeness, are_kin, content, has_han, key, primary

#: So many words or characters at least tell which whole is meant.
_LEAST_WORDS: Final = 2
_LEAST_CHARACTERS: Final = 4
#: A whole is at most so many times as long.
_LONGER: Final = 3
#: Characters of a name that is clipped, and how many longer ones are shown.
_CLIPPED: Final = (3, 6)
_FEW: Final = 3
#: How close what has all of a query is at least, and how much more by its own size.
_CLOSE: Final = 0.75
_SIZE: Final = 0.2
#: How close what lacks one word of three and more is at the most.
_LACKING: Final = 0.7
#: A whole that is so close is meant sooner than the parts of the query in it.
_CLOSE_WHOLE: Final = 0.88
#: What is farther away is none.
_FAR: Final = 0.5
_NONE: Final = Closeness(0.0, ())


def with_wholes(
    question: Asked, beside: list[Hit], likely: list[Entry], *, most: int
) -> list[Hit]:
    """Return what stands beside, with the likely entries that have all of a query.

    They are only similar, of which there are so many at the `most`; parts of the query
    that stand in the closest are left out.
    """
    if not question.query.wants("fuzzy"):
        return beside
    entries = {hit.entry for hit in beside}
    others = [entry for entry in likely if entry.id not in entries]
    part_hits = [hit for hit in beside if hit.block == "known-parts"]
    similar = [hit for hit in beside if hit.block != "known-parts"]
    if any(_covered(question.key, key(hit.term.text)).score for hit in similar):
        return beside
    if beside or likely:
        wholes = _covering(question, others, lacking=not beside)
    else:
        wholes = _clipped(question)
    closest = sorted([*similar, *wholes], key=lambda hit: -hit.score)
    near_wholes = [hit for hit in wholes if hit.score >= _CLOSE_WHOLE]
    return [*outside(part_hits, question, near_wholes), *closest[:most]]


def _covering(question: Asked, entries: Iterable[Entry], *, lacking: bool) -> list[Hit]:
    """Return the wordings of entries that have all of a query, as similar hits.

    `lacking` lets one word of three and more be missing. Of each entry, the closest
    wording stands.
    """
    lang = primary(question.from_)
    hits = []
    for entry in entries:
        scores = [
            (_covered(question.key, key(term.text), lacking=lacking), term)
            for term in entry.terms
            if primary(term.lang) == lang and term.status in USABLE
        ]
        near, term = max(scores, key=lambda pair: pair[0].score, default=(_NONE, None))
        if term is not None and near.score:
            how = {"score": near.score, "via": near.via}
            hits.append(question.hit(entry, term, "fuzzy", **how))
    return sorted(question.similar(hits), key=lambda hit: -hit.score)


def _clipped(question: Asked) -> list[Hit]:
    """Return the names that a Chinese query may be clipped from, as similar hits.

    They begin and end as it does, and have its characters in their order.
    """
    q = question.key
    if not _CLIPPED[0] <= len(q) <= _CLIPPED[1] or not all(map(has_han, q)):
        return []
    candidates = question.store.search.matching(
        [[[character] for character in q]],
        question.scope,
        question.limit,
        lengths=(len(q) + 1, _LONGER * len(q)),
    )
    names: dict[int, Candidate] = {}
    for name in sorted(candidates, key=lambda name: (len(name.key), name.rank)):
        if _is_clipped(q, name.key):
            names.setdefault(name.entry, name)
    rows = [
        (name, round(_LACKING * len(q) / len(name.key), 3), ("missing-character",))
        for name in names.values()
    ]
    return question.similar(question.hits("fuzzy", rows[:_FEW]))


def _is_clipped(q: str, text: str) -> bool:
    """Say whether a name begins and ends as a query, and has all of it in order.

    >>> _is_clipped("裁谈会", "裁军谈判会议"), _is_clipped("边海司", "边界与海洋事务司")
    (False, True)
    """
    rest = iter(text)
    ends = text[:1] == q[:1] and text[-1:] == q[-1:]
    return ends and all(character in rest for character in q)


def _covered(q: str, text: str, *, lacking: bool = False) -> Closeness:
    """Return how close a whole is that has all of a query: not at all for any other.

    >>> _covered("one family across the strait", "two of one family").score
    0.0
    >>> _covered("territory under occupation", "occupied territories")
    Closeness(score=0.95, via=('family',))
    >>> _covered("legal identity and capacity", "legal capacity", lacking=True)
    Closeness(score=0.7, via=('extra-word',))
    >>> _covered("金砖里约峰会", "里约热内卢金砖峰会").via
    ('missing-character',)
    """
    if has_han(q):
        missing = sum((Counter(q) - Counter(text)).values())
        if missing or len(q) < _LEAST_CHARACTERS or len(text) > _LONGER * len(q):
            return _NONE
        name = "missing-character" if len(text) > len(q) else "word-order"
        return Closeness(round(_CLOSE + _SIZE * len(q) / len(text), 3), (name,))
    own, theirs = content(q), content(text)
    rest, missing, is_kin = list(theirs), 0, False
    for word in own:
        match = next((other for other in rest if are_kin(word, other)), None)
        if match is None:
            missing += 1
        else:
            is_kin = is_kin or match != word
            rest.remove(match)
    if len(own) - missing < _LEAST_WORDS or len(theirs) > _LONGER * len(own):
        return _NONE
    size = min(len(own) / len(theirs), 1)
    score = round(_LACKING * size if missing else _CLOSE + _SIZE * size, 3)
    if missing > lacking or score < _FAR:
        return _NONE
    names = {"family": is_kin, "missing-word": rest, "extra-word": missing}
    via = tuple(name for name, applies in names.items() if applies)
    return Closeness(score, via or ("word-order",))
