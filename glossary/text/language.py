"""Language tags (BCP 47) and the script of a text.

`en`, `zh-Hans` and `zh-Hant` are the working set. What other tools write for them
(`zh-CN`, `zh_TW`, `ZH`, `chi`, `eng`) is understood and mapped; any other well-formed
tag is kept as it is, in the letter case that BCP 47 recommends.
"""

import re
from functools import lru_cache
from typing import Final

#: Han characters, kana and Bopomofo: scripts written without spaces between words.
UNSPACED: Final = (
    "\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3041-\u3096\u30a1-\u30fa\u30fc-\u30ff"
    "\u3105-\u312f\u31a0-\u31bf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U000323af"
)
HAN: Final = re.compile(f"[{UNSPACED}]")
#: A word, or a Han character, which is its like.
UNIT: Final = re.compile(rf"[{UNSPACED}]|[^{UNSPACED}\s]+")
#: A run of Han characters, or a word.
RUN: Final = re.compile(rf"(?P<han>[{UNSPACED}]+)|(?P<word>[^{UNSPACED}\s]+)")
_WELL_FORMED = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-(?P<script>[a-z]{4}))?"
    r"(?:-(?P<region>[a-z]{2}|\d{3}))?(?:-(?P<rest>[a-z0-9]{5,8}(?:-[a-z0-9]{5,8})*))?"
)
_ISO_639_2: Final = {"chi": "zh", "zho": "zh", "cmn": "zh", "eng": "en"}
_TRADITIONAL_REGIONS: Final = frozenset({"tw", "hk", "mo"})


@lru_cache(maxsize=1024)
def canonical(tag: str) -> str | None:
    """Return the tag as this house writes it, or None when it is not well formed.

    >>> [canonical(t) for t in ("zh-CN", "zh_TW", "ZH", "EN", "en-gb", "pt-br", "?")]
    ['zh-Hans', 'zh-Hant', 'zh-Hans', 'en', 'en-GB', 'pt-BR', None]
    """
    match = _WELL_FORMED.fullmatch(tag.strip().replace("_", "-").lower())
    if match is None:
        return None
    language = _ISO_639_2.get(match["language"], match["language"])
    script, region, rest = match["script"], match["region"], match["rest"]
    if language == "zh":
        traditional = script == "hant" if script else region in _TRADITIONAL_REGIONS
        return "zh-Hant" if traditional else "zh-Hans"
    parts = [language]
    if script:
        parts.append(script.title())
    if region:
        parts.append(region.upper())
    if rest:
        parts.append(rest)
    return "-".join(parts)


@lru_cache(maxsize=1024)
def primary(tag: str) -> str:
    """Return the language of a tag without script and region: `zh` for `zh-Hant`."""
    return tag.partition("-")[0]


def without_region(tag: str) -> str:
    """Return a tag without its region and variants: `en` for `en-US`.

    >>> [without_region(tag) for tag in ("en-US", "zh-Hant-TW", "sr-Latn", "de-1901")]
    ['en', 'zh-Hant', 'sr-Latn', 'de']
    """
    language, *rest = tag.split("-")
    script = [part for part in rest[:1] if len(part) == 4 and part.isalpha()]
    return "-".join([language, *script])


def has_han(text: str) -> bool:
    """Say whether any character is of a script written without spaces."""
    return HAN.search(text) is not None
