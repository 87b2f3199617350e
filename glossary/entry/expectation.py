"""Whether a check may miss a term of the source in the translation.

What an editor says of the term holds, then what is said of its entry. Where nobody has
said anything it is told from the term, and never stored: everyday verbs and adverbs and
the sides of a conversation are left out or written otherwise in any good translation.
"""

import re
from typing import Final

from glossary import late_pattern
from glossary.entry.nouns import EXPECTATIONS, Entry, Term
from glossary.entry.ranking import twins
from glossary.text import primary

ALWAYS, ADVICE, NEVER = EXPECTATIONS
_EVERYDAY: Final = frozenset({"verb", "adverb"})
#: So many Han characters make an everyday word; of English it is one word.
_MOST_HAN: Final = 2
#: 双方, 中方, 美方 …: how many they are, whose they are, or the character of a country.
_SIDE: Final = late_pattern(
    "[双雙两兩三四五六七各多我贵貴己他彼对對外"
    "中美俄日英法德欧歐韩韓朝越菲印巴以阿埃土蒙缅緬泰马馬新柬老加澳非意西荷波乌烏哈伊沙]方"
)
_SIDE_IN_ENGLISH: Final = re.compile(
    r"(?:the )?(?:(?:[\w.’'-]+ ){1,2}sides?"
    r"|(?:both|all|two|three|each|either|other) part(?:y|ies))",
    re.IGNORECASE,
)
#: What a side cannot be.
_NO_SIDE: Final = frozenset({"verb", "adverb", "adjective"})


def expectation(entry: Entry, term: Term) -> str:
    """Return whether a check may miss a term: `always`, `advice` or `never`."""
    return stated(entry, term) or _usual(term)


def stated(entry: Entry, term: Term) -> str | None:
    """Return what an editor has said of it; None where nobody has."""
    expectations = (twin.expected for twin in twins(entry, term) if twin.expected)
    return term.expected or next(expectations, None) or entry.expected


def _usual(term: Term) -> str:
    text = term.text
    chinese = primary(term.lang) == "zh"
    sides = _SIDE if chinese else _SIDE_IN_ENGLISH
    if sides.fullmatch(text) and term.part_of_speech not in _NO_SIDE:
        return ADVICE
    short = len(text) <= _MOST_HAN if chinese else not any(map(str.isspace, text))
    return ADVICE if short and term.part_of_speech in _EVERYDAY else ALWAYS
