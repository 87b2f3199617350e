"""A place in a document that was written in Chinese, as another reader says it.

第四部分标题 and 第十二条第三款（二）项 name their parts by a closed set of
words, so that readers of English get “Part 4, heading” and “Article 12(3)(2)”, and
readers of the other script the same words in theirs.
"""

import re
from typing import Any, Final

from glossary.text import counted_by

#: What is numbered → what readers of English are shown.
UNITS: Final = {
    **dict.fromkeys(("条", "條"), "Article {number}"),
    "款": "paragraph {number}",
    **dict.fromkeys(("项", "項"), "subparagraph {number}"),
    "目": "item {number}",
    "章": "Chapter {number}",
    **dict.fromkeys(("节", "節"), "section {number}"),
    "编": "Book {number}",
    "編": "Book {number}",
    "部分": "Part {number}",
    "段": "para. {number}",
    **dict.fromkeys(("页", "頁"), "p. {number}"),
    "附件": "Annex {number}",
    **dict.fromkeys(("附录", "附錄"), "Appendix {number}"),
}
#: What stands by itself, and below something else.
NAMES: Final = {
    **dict.fromkeys(("标题", "標題"), ("title", "heading")),
    "序言": ("preamble", "preamble"),
    "前言": ("preface", "preface"),
    **dict.fromkeys(("引言", "导言", "導言"), ("introduction", "introduction")),
    **dict.fromkeys(("结论", "結論"), ("conclusion", "conclusion")),
    "附件": ("annex", "annex"),
    **dict.fromkeys(("附录", "附錄"), ("appendix", "appendix")),
}
#: The characters of these words that the scripts write differently: script → pairs.
SCRIPTS: Final = {
    "zh-Hans": ("條項節編頁標題導結論錄", "条项节编页标题导结论录"),
    "zh-Hant": ("条项节编页标题导结论录", "條項節編頁標題導結論錄"),
}
_COUNT: Final = r"[〇零一二三四五六七八九十百]+|[0-9]+"
#: One step of a place: a numbered part, an annex, a bracket or a name.
STEP: Final = (
    rf"第(?P<number>{_COUNT})(?P<unit>部分|[条條款项項目章节節编編段页頁])"
    rf"|(?P<annex>附[件录錄])(?P<which>{_COUNT})"
    rf"|[（(](?P<below>{_COUNT}|[a-z])[）)][项項]?"
    rf"|(?P<name>[标標]题|[标標]題|序言|[前引导導]言|[结結][论論]|附[件录錄])"
)
_STEP: Final = re.compile(STEP)
_PLACE: Final = re.compile(rf"(?:{re.sub(r'[?]P<[a-z]+>', '?:', STEP)})+")


def in_english(part: str) -> str | None:
    """Return a place written in Chinese in English, None where it is none.

    >>> in_english("第十五部分第二节"), in_english("第十二条第三款（二）项")
    ('Part 15, section 2', 'Article 12(3)(2)')
    >>> in_english("附件二标题"), in_english("第二八七条"), in_english("标题")
    ('Annex 2, heading', 'Article 287', 'title')
    >>> in_english("第十百条"), in_english("第三段话")
    (None, None)
    """
    if not _PLACE.fullmatch(part):
        return None
    line, is_article = "", False
    for step in _STEP.finditer(part):
        comma = ", " if line else ""
        unit = step["unit"] or step["annex"]
        number = step["number"] or step["which"] or step["below"] or ""
        count = number if number.isascii() else counted_by(number)
        if count is None:
            return None
        if step["name"]:
            line += comma + NAMES[step["name"]][bool(line)]
        elif unit is None or (unit == "款" and is_article):
            line += f"({count})"
        else:
            line += comma + UNITS[unit].format(number=count)
        is_article = unit in ("条", "條")
    return line


def translated(part: str, locale: str) -> str | None:
    """Return a place written in Chinese in a reader's language, None for no place."""
    return in_script(part, locale) if locale in SCRIPTS else in_english(part)


def for_scripts(locale: str) -> dict[str, Any]:
    """Return what a script of a page says the same by, and the form of a step."""
    step = STEP.replace("?P<", "?<")
    if locale in SCRIPTS:
        return {"step": step, "characters": SCRIPTS[locale]}
    return {"step": step, "units": UNITS, "names": NAMES}


def in_script(part: str, script: str) -> str | None:
    """Return a place written in Chinese in a script, None where it is none.

    >>> in_script("第四部分标题", "zh-Hant"), in_script("第三節", "zh-Hans")
    ('第四部分標題', '第三节')
    >>> in_script("第三段话", "zh-Hant")
    """
    if not _PLACE.fullmatch(part):
        return None
    return part.translate(str.maketrans(*SCRIPTS[script]))
