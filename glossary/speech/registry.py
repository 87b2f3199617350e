"""Which language tags are registered, and what languages are called (Babel, CLDR)."""

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from glossary import late

if TYPE_CHECKING:
    from babel import core
else:
    core = late("babel.core")

#: The languages whose users head their tables in them.
_SPEAKERS: Final = "en zh_Hans zh_Hant de fr es pt it ru ar ja ko vi".split()
#: Others whose own name for themselves is known; each costs a file to be read.
_OTHERS: Final = "bo cs fa hi id mn nl pl th tr ug uk".split()


@lru_cache(maxsize=1024)
def registered(tag: str) -> bool:
    """Say whether language, script and region of a BCP 47 tag are registered.

    Private tags (`x-…`, and what follows a `-x-`) are nobody's and count as registered.

    >>> [registered(t) for t in ("zh-Hant-TW", "bo", "yue", "en-Note", "qq", "en-UG")]
    [True, True, True, False, False, True]
    """
    tag = tag.casefold().partition("-x-")[0]
    if tag.startswith("x-"):
        return True
    language, *rest = tag.split("-")
    if language not in _languages():
        return False
    english = core.Locale("en")
    for part in rest:
        if len(part) == 4 and part.isalpha():
            if part.title() not in english.scripts:
                return False
        elif len(part) in {2, 3} and part.upper() not in english.territories:
            return False
    return True


@lru_cache(maxsize=1024)
def usual_script(tag: str) -> str:
    """Return the ISO 15924 code of the script that a language is usually written in.

    A tag that names its script has that one; nothing is returned where CLDR knows none.

    >>> [usual_script(t) for t in ("uk", "zh", "sr-Latn", "fr-CA", "qq")]
    ['Cyrl', 'Hans', 'Latn', 'Latn', '']
    """
    language, *rest = tag.casefold().split("-")
    for part in rest:
        if len(part) == 4 and part.isalpha():
            return part.title()
    likely = core.get_global("likely_subtags").get(language, "")
    return next((p for p in likely.split("_") if len(p) == 4 and p.isalpha()), "")


#: How languages that are written in China name themselves, or their writing.
_OWN_NAMES: Final = {
    "བོད་ཡིག": "bo",
    "བོད་སྐད": "bo",
    "བོད་ཡིག་": "bo",
    "ئۇيغۇرچە": "ug",
    "ئۇيغۇر يېزىقى": "ug",
    "ئۇيغۇر تىلى": "ug",
    "қазақ тілі": "kk",
    "قازاق ٴتىلى": "kk",
    "قازاقشا": "kk",
    "ᠮᠣᠩᠭᠣᠯ": "mn",
    "ᠮᠣᠩᠭᠣᠯ ᠬᠡᠯᠡ": "mn",
    "ꆈꌠꉙ": "ii",
    "ꆈꌠꁱꂷ": "ii",
    "조선어": "ko",
    "조선말": "ko",
    "vahcuengh": "za",
}


@cache
def _languages() -> frozenset[str]:
    languages = set(core.Locale("en").languages)
    return frozenset(
        name.split("_")[0]
        for name in languages | set(core.get_global("likely_subtags"))
    )


def names_of_languages() -> Iterator[tuple[str, str]]:
    """Yield what languages are called, and their tags: `("Deutsch", "de")`.

    The names are those of the two-letter languages, in each other's and their own;
    in Chinese, that of the speech and that of the writing (维吾尔语, 维吾尔文).
    """
    codes = [c for c in map(str, core.Locale("en").languages) if c[2:3] in {"", "_"}]
    for speaker in _SPEAKERS:
        names = core.Locale.parse(speaker).languages
        for code in codes:
            if code in names:
                yield names[code], code.replace("_", "-")
                if speaker.startswith("zh") and (bare := names[code])[-1] in "语語文":
                    # A language is called by its speech or by its writing.
                    yield from ((bare[:-1] + end, code) for end in "语語文")
    yield from _OWN_NAMES.items()
    for code in _OTHERS:
        if name := core.Locale.parse(code).languages.get(code):
            yield name, code
