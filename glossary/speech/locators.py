"""Where in a document something stands, as the reader's language says it.

A citation keeps its locator as whoever cites the document wrote it, mostly in English:
“Article 12(3)(b)”, “Annex II, para. 4”. Readers of Chinese are shown 附件二第4段,
readers of English “Article 96” for 第九十六条. What is no part of a document that is
named here or in `chinese_locators` stays as it is written.
"""

import re
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

from glossary.message import N_, Message
from glossary.speech import chinese_locators
from glossary.speech.locale import LOCALES, say
from glossary.text import has_han

_ARTICLE: Final = N_("Article %(number)s")
_PARAGRAPH: Final = N_("paragraph %(number)s")
_SECTION: Final = N_("section %(number)s")
_CHAPTER: Final = N_("chapter %(number)s")
_PAGE: Final = N_("page %(number)s")
_ANNEX: Final = N_("annex %(number)s")
_POINT: Final = N_("point %(number)s")
_NOTE: Final = N_("footnote %(number)s")
#: What stands before a number, in small letters → how it is said.
NUMBERED: Final = {
    **dict.fromkeys(("article", "articles", "art.", "arts."), _ARTICLE),
    **dict.fromkeys(("paragraph", "paragraphs", "para.", "paras."), _PARAGRAPH),
    **dict.fromkeys(("section", "sections", "sec.", "§"), _SECTION),
    **dict.fromkeys(("chapter", "chapters", "ch."), _CHAPTER),
    **dict.fromkeys(("page", "pages", "p.", "pp."), _PAGE),
    "annex": _ANNEX,
    "appendix": N_("appendix %(number)s"),
    **dict.fromkeys(("point", "item"), _POINT),
    **dict.fromkeys(("note", "footnote", "fn."), _NOTE),
    "part": N_("part %(number)s"),
    "principle": N_("principle %(number)s"),
    "rule": N_("rule %(number)s"),
    "goal": N_("goal %(number)s"),
    "priority": N_("priority %(number)s"),
    "convention": N_("Convention %(number)s"),
    "table": N_("table %(number)s"),
    "figure": N_("figure %(number)s"),
    "line": N_("line %(number)s"),
    "heading before para.": N_("heading before paragraph %(number)s"),
    "as amended in": N_("as amended in %(number)s"),
}
#: What stands by itself, in small letters → how it is said.
ALONE: Final = {
    **dict.fromkeys(("title", "headline"), N_("title of it")),
    "heading": N_("heading of it"),
    "preamble": N_("preamble"),
    **dict.fromkeys(("preface", "foreword"), N_("preface")),
    "opening": N_("opening"),
    "opening paragraph": N_("opening paragraph"),
    **dict.fromkeys(("first paragraph", "first passage"), N_("first paragraph")),
    "second paragraph": N_("second paragraph"),
    "third paragraph": N_("third paragraph"),
    **dict.fromkeys(
        (
            *("last paragraph", "final paragraph", "closing paragraph"),
            *("last passage", "final passage", "closing passage"),
        ),
        N_("last paragraph"),
    ),
    **dict.fromkeys(("opening remarks", "opening statement"), N_("opening remarks")),
    **dict.fromkeys(
        (
            *("closing remarks", "concluding remarks"),
            *("closing statement", "closing statements"),
        ),
        N_("closing remarks"),
    ),
    "introduction": N_("introduction"),
    "conclusion": N_("conclusion"),
    **dict.fromkeys(("summary", "abstract"), N_("summary of it")),
    "table of contents": N_("table of contents"),
    "general provisions": N_("general provisions"),
    "final provisions": N_("final provisions"),
    "statement of principles": N_("statement of principles"),
    "reaffirmed principles": N_("reaffirmed principles"),
    "chinese statement": N_("Chinese statement"),
    "joint statement": N_("joint statement"),
    **dict.fromkeys(("joint communiqué", "joint communique"), N_("joint communiqué")),
    "on the taiwan question": N_("on the Taiwan question"),
    "passage on the world": N_("passage on the world"),
    "annex": N_("annex"),
    "appendix": N_("appendix"),
    "agreement on agriculture": N_("Agreement on Agriculture"),
    "agreement on rules of origin": N_("Agreement on Rules of Origin"),
    "agreement on safeguards": N_("Agreement on Safeguards"),
    "annex on telecommunications": N_("Annex on Telecommunications"),
    "dispute settlement understanding": N_("Dispute Settlement Understanding"),
    "gats": N_("General Agreement on Trade in Services"),
}
#: What an article has below it: numbered paragraphs, and lettered ones in them.
CLAUSES: Final = (
    N_("paragraph %(number)s of the article"),
    N_("subparagraph %(number)s"),
)
_HAN: Final = "一二三四五六七八九"
_ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
#: Roman numbers as far as documents go, in Han characters.
NUMERALS: Final = MappingProxyType(
    {
        "X" * tens + roman: ("", "十", "二十", "三十")[tens] + han
        for tens in range(4)
        for roman, han in zip(("", *_ROMAN), ("", *_HAN), strict=True)
        if tens or roman
    }
)
_NUMBERED: Final = re.compile(
    r"(?P<what>.+?) (?P<number>[0-9A-Z][0-9A-Z.]*(?:[–-][0-9A-Z.]+)?)"
    r"(?P<below>(?:\([0-9A-Za-z]+\))*)"
)
_BELOW: Final = re.compile(r"\(([0-9A-Za-z]+)\)")
_NUMBER: Final = re.compile(r"[0-9A-Z.]+")


def locator(text: str, locale: str) -> tuple[str, str]:
    """Return the language of a locator as it is shown to a reader, and its text.

    >>> locator("Annex II, para. 4", "zh-Hans"), locator("Art. 12(3)(b)", "zh-Hans")
    (('zh-Hans', '附件二第4段'), ('zh-Hans', '第12条第3款（b）项'))
    >>> locator("after the toast", "zh-Hans"), locator("Goal 8.3", "en")
    (('en', 'after the toast'), ('en', 'Goal 8.3'))
    >>> locator("第九十六条", "en"), locator("第四部分标题", "zh-Hant")
    (('en', 'Article 96'), ('zh-Hant', '第四部分標題'))
    """
    parts = [(part, _part(part, locale)) for part in text.split(", ")]
    if all(name is None for _, name in parts):
        return ("zh" if has_han(text) else "en"), text
    if locale == LOCALES[0]:
        return locale, ", ".join(name or part for part, name in parts)
    line, is_joined = "", True
    for part, name in parts:
        comma = "" if not line or (is_joined and name is not None) else "，"
        line += comma + (name or part)
        is_joined = name is not None
    return locale, line


def for_scripts(locale: str) -> dict[str, Any]:
    """Return what a script says the same by: templates with {number}, and numerals."""
    chinese = chinese_locators.for_scripts(locale)
    if locale == LOCALES[0]:
        return {"chinese": chinese}
    return {
        "chinese": chinese,
        "numbered": {w: _filled(t, "{number}", locale) for w, t in NUMBERED.items()},
        "alone": {what: str(say(text, locale)) for what, text in ALONE.items()},
        "clauses": [_filled(template, "{number}", locale) for template in CLAUSES],
        "numerals": dict(NUMERALS),
    }


def _part(part: str, locale: str) -> str | None:
    """Return one part of a locator in a language, or None."""
    if locale == LOCALES[0] or has_han(part):
        return chinese_locators.translated(part, locale)
    if (alone := ALONE.get(part.casefold())) is not None:
        return say(alone, locale)
    match = _NUMBERED.fullmatch(part)
    template = NUMBERED.get(match["what"].casefold()) if match else None
    if match is None or template is None:
        return None
    number = _NUMBER.sub(lambda m: NUMERALS.get(m[0], m[0]), match["number"])
    if template == _PARAGRAPH:
        return _filled(template, number + match["below"], locale)
    whole = _filled(template, number, locale)
    if template != _ARTICLE:
        return whole + match["below"]
    for at, clause in enumerate(_BELOW.findall(match["below"])):
        kind = CLAUSES[0] if at == 0 and clause.isdecimal() else CLAUSES[1]
        whole += _filled(kind, clause, locale)
    return whole


@lru_cache(maxsize=1024)
def _filled(template: str, number: str, locale: str) -> str:
    return str(say(Message(template, number=number), locale))
