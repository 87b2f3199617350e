"""Families of English words: what a phrase says, in whatever part of speech.

*Poverty reduction* is said by *reduce poverty*, China by *Chinese*, *entry into force*
by *came into force*. A family is no proof that two words are one, it only raises doubt
about whether something is missing; so it may take in too much (*nation*, *nationality*)
but not whatever begins alike (*general*, *generate*).
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from glossary.text.fold import fold
from glossary.text.inflect import stem

_WORD: Final = re.compile(r"[a-z0-9]+")
#: Words that any sentence has: they say nothing of what a phrase means.
FUNCTION_WORDS: Final = frozenset(
    "a an the of and or nor but to in on at by for from with within without into onto "
    "upon over under between among amongst through throughout during against towards "
    "toward about as than that this these those there here it its itself he him his "
    "she her they them their themselves we us our ours ourselves you your one ones "
    "oneself who whom whose which what be is are was were been being am have has had "
    "having do does did done not no shall will would should may might can could must "
    "s so such both each every all any some other others also etc if when while where "
    "whether per via regarding concerning vis".split()
)
#: Verbs that say little: *enter into force*, *came into force*, *hold talks*.
LIGHT: Final = frozenset(
    "enter come take make have give bring put get hold do go pay carry set keep "
    "conduct undertake".split()
)
#: What may follow the letters that two words of a family share.
_ENDINGS: Final = frozenset(
    "on ve "
    "d e i n r s t y al an ce ct de ed en er es ic ly nd or ry se te th ty ant ary "
    "ate ces dom ean eer ens ent ery ese ful ial ian ics ied ies ify ily ing ion "
    "ise ish ism ist ity ive ize ory ous sis tic ual able ably ally ance ancy ated "
    "ator cial cted ding eers ence ency hood ible ical ious ised iser ized izer "
    "less ment ness ship sion ting tion tive ward ying ality alize ament ating "
    "ation ative atory cting ction ctive fully ially ician ified ising ition itive "
    "ively ivity izing ments sible tical wards ential ically ability ication "
    "isation ization tically alization ification".split(" ")
) | {""}
#: *Plan* and *plane*: two words, as no form of one would have kept the letter.
_ONLY_E: Final = {"", "e"}
#: So many letters at least are shared.
SHARED: Final = 4
#: Words that look like it, but are no family.
_STRANGERS: Final = frozenset(
    frozenset(pair.split("/"))
    for pair in "state/statement depart/department apart/apartment part/party "
    "minister/ministry appear/apparent convent/convention".split()
)
#: That much of the shorter word at least is shared.
_SHARE: Final = 0.6
#: Families that no ending tells, the first word of each stands for it.
_FAMILIES: Final = tuple(
    tuple(line.split())
    for line in """
    china chinese sino prc
    france french franco
    britain british uk english england
    germany german
    spain spanish
    greece greek hellenic
    netherlands dutch
    switzerland swiss
    denmark danish
    sweden swedish
    norway norwegian
    finland finnish
    poland polish
    turkey turkish turkiye
    ireland irish
    iceland icelandic
    portugal portuguese
    thailand thai
    philippines philippine filipino
    laos lao laotian
    myanmar burma burmese
    cyprus cypriot
    iraq iraqi
    israel israeli
    yemen yemeni
    kuwait kuwaiti
    peru peruvian
    congo congolese
    ukraine ukrainian
    afghanistan afghan
    argentina argentine
    usa us america american
    russia russian russo
    japan japanese
    korea korean dprk rok
    india indian indo
    iran iranian
    europe european eu
    asia asian
    africa african
    arab arabia arabian arabic
    enter entry entrance
    move motion movement
    grow growth
    destroy destruction destructive
    decide decision decisive
    defend defence defense defensive
    depend dependent dependence dependency
    expand expansion expansive
    extend extension extensive
    exclude exclusion exclusive
    include inclusion inclusive
    invade invasion
    solve solution
    resolve resolution
    choose choice
    speak speech
    live life alive
    die death dead
    proliferate proliferation
    produce product production productive
    reduce reduction
    receive reception receipt
    recognize recognise recognition
    secure security securely
    succeed success successful
    threat threaten
    weigh weight
    strong strength strengthen
    long length
    deep depth deepen
    broad breadth broaden
    wide width widen
    high height
    know knowledge
    able ability enable
    advice advise advisory
    believe belief
    prove proof
    relieve relief
    safe safety safeguard
    free freedom liberty
    peace peaceful peacefully
    poor poverty
    rich
    hunger hungry
    law legal legally lawful
    war wartime
    sea maritime
    state statehood
    nuclear denuclearize denuclearization denuclearisation denuclearized
    sign signature signatory
    maintain maintenance
    pursue pursuit
    retain retention
    apply application
    comply compliance
    rely reliance reliable
    vary variety various variation
    imply implication
    multiply multiple
    justify justification
    ratify ratification
    verify verification verifiable
    unify unification
    unite union united unity
    identify identification identity
    qualify qualification
    diversify diversity diverse diversification
    analyze analysis analyse analytical
    emphasize emphasis
    hypothesis hypothetical
    crisis critical
    man mankind human humanity humankind
    person personal people
    international internationally global globally world worldwide
    ocean marine
    help aid assist assistance
    enhance enhancement
    """.strip().splitlines()
)
_HEADS: Final = {word: line[0] for line in _FAMILIES for word in line}


@lru_cache(maxsize=65_536)
def head(word: str) -> str:
    """Return the stem of a folded word, or the first word of its family.

    >>> head("chinese"), head("entering"), head("reduces")
    ('china', 'enter', 'reduce')
    """
    base = stem(word)
    return _HEADS.get(word) or _HEADS.get(base) or base


@lru_cache(maxsize=65_536)
def are_kin(one: str, other: str) -> bool:
    """Say whether two heads are of one family, as far as their endings tell.

    >>> are_kin("reduce", "reduction"), are_kin("normal", "normalization")
    (True, True)
    >>> are_kin("general", "generate"), are_kin("policy", "politics")
    (False, False)
    """
    if one == other:
        return True
    shortest = min(len(one), len(other))
    common = max(SHARED, math.ceil(_SHARE * shortest))
    if common > shortest or one[:common] != other[:common]:
        return False
    while common < shortest and one[common] == other[common]:
        common += 1
    ends = one[common:], other[common:]
    return (
        _ENDINGS.issuperset(ends)
        and set(ends) != _ONLY_E
        and frozenset((one, other)) not in _STRANGERS
    )


@lru_cache(maxsize=16_384)
def content(text: str) -> tuple[str, ...]:
    """Return the heads of the words of a phrase that mean something, in its order.

    >>> content("the reduction of poverty"), content("Chinese enterprises")
    (('reduce', 'poor'), ('china', 'enterprise'))
    >>> content("entry into force"), content("come")
    (('force',), ('come',))
    """
    words = tuple(heads(text))
    heavy = tuple(word for word in words if word not in LIGHT)
    return heavy or words


def heads(text: str) -> Iterator[str]:
    """Yield the heads of the words of a text that mean something."""
    for word in _WORD.findall(fold(text).text):
        if word not in FUNCTION_WORDS:
            stem_head = head(word)
            if stem_head not in FUNCTION_WORDS:
                yield stem_head


class Said:
    """The words of a text by their families."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = counts
        alike: defaultdict[str, list[str]] = defaultdict(list)
        for word in counts:
            alike[word[:SHARED]].append(word)
        self._alike: Mapping[str, list[str]] = alike

    def count(self, word: str) -> int:
        """Return how often words of the family of a head are said."""
        near = self._alike.get(word[:SHARED])
        if near is None:
            return 0
        return sum(self._counts[other] for other in near if are_kin(word, other))
