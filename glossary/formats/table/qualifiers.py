"""What stands beside the name of a term in a heading: how it is rated, and its number.

`不推荐译法` is a rendering not to be used, `Preferred term` one that leads, `译法2` the
second of several.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from glossary.formats.status import DRAFT, status_of
from glossary.text import has_han

#: What is said of a term in a heading and not in a column of statuses.
_WORDS: Final = {
    "preferred": "official correct 官方 正式 通用 统一 統一 最佳 正确 正確 定 应 應",
    "admitted": "other another also 其他 其它 另 又 亦作 备用 備用 参考 參考",
    "deprecated": "慎用 不宜",
    "superseded": "old former 旧 舊 曾用 原有 历史 歷史",
    "forbidden": "wrong incorrect not 不要 不可 不能 不得 勿 错误 錯誤 误 誤 错 錯"
    " 不当 不當 不正确 不正確",
    # Whose status nobody says.
    DRAFT: "current suggested common usual 现行 現行 本次 拟用 擬用 拟 擬 暂 暫 暂定"
    " 暫定 常见 常見 常用",
}
_STATUS: Final = {
    word: ours for ours, words in _WORDS.items() for word in words.split()
}
#: “Legal term” is a term of law, “standard term” and the like say nothing sure.
_UNSURE: Final = frozenset(
    "legal regulated standard valid alternate working new".split()
)
_NUMBER: Final = re.compile(
    r"(.*?\D)[\s_\-]*[(（]?(?:\d{1,2}|[一二三四五六七八九十①-⑨])[)）]?", re.DOTALL
)
_OPENING: Final = tuple("[【(（〔")
_CLOSING: Final = tuple("]】)）〕")
_MARK: Final = r"[\[【(（〔](?P<mark>[^\[\]【】()（）〔〕]{1,20})[\]】)）〕]"
_MARK_BEFORE: Final = re.compile(rf"{_MARK}\s*(?P<term>.*\S.*)")
_MARK_BEHIND: Final = re.compile(rf"(?P<term>.*\S)\s*{_MARK}")
#: Marks of one character or an abbreviation that stand in brackets beside a term.
_MARKS: Final = {
    word: status
    for status, words in {
        "deprecated": "弃 棄 dep. depr.",
        "superseded": "旧 舊 废 廢 已废 已廢 obs. obs",
        "forbidden": "禁 误 誤 错 錯",
    }.items()
    for word in words.split()
}
_NEGATIVE: Final = frozenset({"deprecated", "superseded", "forbidden"})
#: A heading of more words than this is a sentence.
_MOST_WORDS: Final = 4


def marked(text: str) -> tuple[str, str, str]:
    """Return a term without a mark in brackets that rates it, the status, the mark.

    Only what is not to be used is marked so: “(new)” may belong to a name.

    >>> marked("[弃] type variable"), marked("霸权主义（旧译）")
    (('type variable', 'deprecated', '弃'), ('霸权主义', 'superseded', '旧译'))
    >>> marked("Bretton Woods (1944)"), marked("(deprecated)")
    (('Bretton Woods (1944)', '', ''), ('(deprecated)', '', ''))
    """
    if text[-1:] not in _CLOSING and text[:1] not in _OPENING:
        return text, "", ""
    for pattern in (_MARK_BEFORE, _MARK_BEHIND):
        if match := pattern.fullmatch(text):
            word = match["mark"].strip().casefold()
            status = _MARKS.get(word) or status_of(word)
            if status in _NEGATIVE:
                return match["term"].strip(), status, match["mark"].strip()
    return text, "", ""


def unnumbered(heading: str) -> str:
    """Return a heading without the number at its end, or nothing if it has none.

    >>> unnumbered("译法2"), unnumbered("English (1)"), unnumbered("译法一")
    ('译法', 'English', '译法')
    >>> unnumbered("G20"), unnumbered("译法")
    ('G', '')
    """
    match = _NUMBER.fullmatch(unicodedata.normalize("NFKC", heading.strip()))
    return match[1].strip(" _-") if match else ""


def qualified(heading: str) -> Iterator[tuple[str, str]]:
    """Yield the ways to read a heading as a status, or none, and a name beside it.

    >>> [*qualified("不推荐译法")], [*qualified("Forbidden term")]
    ([('deprecated', '译法')], [('forbidden', 'term')])
    >>> [*qualified("Term")]
    []
    """
    text = unicodedata.normalize("NFKC", heading).strip().strip("()[]")
    if has_han(text):
        splits = [(text[:at], text[at:]) for at in range(len(text) - 1, 0, -1)]
        splits += [(rest, word) for word, rest in splits]
    else:
        words = re.split(r"[\s_\-()\[\]]+", text.strip("()[] "))
        if len(words) > _MOST_WORDS:
            return
        ends = range(len(words) - 1, 0, -1)
        splits = [(" ".join(words[:at]), " ".join(words[at:])) for at in ends]
        splits += [(" ".join(words[at:]), " ".join(words[:at])) for at in ends]
    for word, name in splits:
        bare = word.strip("的 ()[]:：").casefold()
        status = None if bare in _UNSURE else _STATUS.get(bare) or status_of(bare)
        if status:
            yield ("" if status == DRAFT else status), name.strip("的 ()[]:：")
