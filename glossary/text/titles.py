"""Titles of treaties and other instruments, told by the word for their kind."""

import re
from typing import Final

from glossary.text.script import has_han

#: A name of an instrument, which the crime, right or thing that it treats is not.
_INSTRUMENT: Final = re.compile(
    r"\b(?:convention|treaty|protocol|covenant|charter|statute|agreements?|accords?"
    r"|declaration|memorandum|act|proclamation|communiqu[eé]|amendment|regulations"
    r"|rules|pact|resolution)\b",
    re.IGNORECASE,
)
_TITLE: Final = re.compile(
    r"\b(?:Convention|Treaty|Protocol|Covenant|Charter|Statute|Agreement|Accords?"
    r"|Declaration|Memorandum)\b"
)
_CHINESE_KIND: Final = re.compile(
    r"(?:公约|公約|条约|條約|协定|協定|议定书|議定書|盟约|盟約|宪章|憲章|宣言|规约|規約"
    r"|备忘录|備忘錄)"
)
_CHINESE_TITLE: Final = re.compile(rf"{_CHINESE_KIND.pattern}[》」]?$")
_CHINESE_INSTRUMENT: Final = re.compile(
    rf"{_CHINESE_TITLE.pattern}|(?:规则|規則|修正案|公告|公报|公報|决议|決議|法)[》」]?$"
)


def is_title(text: str) -> bool:
    """Say whether a wording is the title of a treaty or the like, in either language.

    In English its kind is written with a capital; in Chinese it stands at the end.
    """
    title = _CHINESE_TITLE if has_han(text) else _TITLE
    return title.search(text) is not None


def is_of_instrument(text: str) -> bool:
    """Say whether a wording has the word for any kind of instrument in it."""
    names = _CHINESE_INSTRUMENT if has_han(text) else _INSTRUMENT
    return names.search(text) is not None


def speaks_of_instrument(text: str) -> bool:
    """Say whether a sentence names the kind of an instrument anywhere."""
    return bool(_INSTRUMENT.search(text) or _CHINESE_KIND.search(text))
