"""Language tags (BCP 47).

`en`, `zh-Hans` and `zh-Hant` are the working set. What other tools write for them
(`zh-CN`, `zh_TW`, `ZH`, `chi`, `eng`) is understood and mapped. What is worded as in
Taiwan, Hong Kong or Macao stays so where the script is said too: `zh-Hant-TW`. Any
other well-formed tag is as it was, in the letter case that BCP 47 recommends.
"""

import re
from functools import lru_cache
from typing import Final

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
    >>> [canonical(t) for t in ("zh_Hant_tw", "zh-Hant-HK", "zh-Hans-CN", "zh-Hant-CN")]
    ['zh-Hant-TW', 'zh-Hant-HK', 'zh-Hans', 'zh-Hant']
    """
    match = _WELL_FORMED.fullmatch(tag.strip().replace("_", "-").lower())
    if match is None:
        return None
    language = _ISO_639_2.get(match["language"], match["language"])
    script, region, rest = match["script"], match["region"], match["rest"]
    if language == "zh":
        is_regional = region in _TRADITIONAL_REGIONS
        if not (script == "hant" if script else is_regional):
            return "zh-Hans"
        return f"zh-Hant-{region.upper()}" if script and is_regional else "zh-Hant"
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


@lru_cache(maxsize=1024)
def has_region(tag: str) -> bool:
    """Say whether a tag asks for Chinese as it is worded in a region.

    >>> has_region("zh-Hant-TW"), has_region("zh-Hant"), has_region("en-GB")
    (True, False, False)
    """
    return primary(tag) == "zh" and without_region(tag) != tag


def is_chinese_of(lang: str, other: str) -> bool:
    """Say whether Chinese is what is wanted, wherever it is worded so.

    >>> is_chinese_of("zh-Hant-TW", "zh-Hant"), is_chinese_of("zh-Hant", "zh-Hant-TW")
    (True, False)
    """
    return lang == other or (lang[:3] == "zh-" and lang.startswith(f"{other}-"))


@lru_cache(maxsize=1024)
def tags_apart(lang: str, other: str) -> int:
    """Return how far a language is from the one that is asked for.

    That one is 0, one that is it with or without a region 1, another region 2, and
    another script, or another language, 3.

    >>> [tags_apart(t, "zh-Hant-TW") for t in ("zh-Hant-TW", "zh-Hant", "zh-Hant-HK")]
    [0, 1, 2]
    >>> tags_apart("zh-Hans", "zh-Hant-TW"), tags_apart("zh-Hant-TW", "zh-Hant")
    (3, 1)
    """
    if lang == other:
        return 0
    if lang.startswith(f"{other}-") or other.startswith(f"{lang}-"):
        return 1
    return 2 if without_region(lang) == without_region(other) else 3


def without_region(tag: str) -> str:
    """Return a tag without its region and variants: `en` for `en-US`.

    >>> [without_region(tag) for tag in ("en-US", "zh-Hant-TW", "sr-Latn", "de-1901")]
    ['en', 'zh-Hant', 'sr-Latn', 'de']
    """
    language, *rest = tag.split("-")
    script = [part for part in rest[:1] if len(part) == 4 and part.isalpha()]
    return "-".join([language, *script])
