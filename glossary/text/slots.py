"""Slots of a wording, `{…}`: where a text has something of its own.

    应{…}邀请    at the invitation of {…}    build {…} between {…}

People also write `…`, `...`, `__`, `[…]` or `{}`; on the way in these become slots.
Dots that only end an English word, as in *Loading...*, are punctuation and stay.
"""

import re
from typing import Final

from glossary import late_pattern
from glossary.text.script import has_han

SLOT: Final = "{…}"
_DOTS: Final = r"(?:[…⋯]|\.{3,}|\.(?: \.){2,}|．{3,}|。{3,}|[_＿]{2,})+"
_BRACKETS: Final = ("()", "[]", "<>", "（）", "［］", "【】", "〔〕", "〈〉", "《》")
_BARE: Final = "|".join(
    [rf"{re.escape(a)}\s*(?:{_DOTS})\s*{re.escape(b)}" for a, b in _BRACKETS] + [_DOTS]
)
#: What every slot has one of; most wordings have none.
_MARK: Final = re.compile(r"[…⋯．。＿{]|\.\.|\. \.|__")
#: A slot as it should be written, or as people write it too.
_SLOT: Final = late_pattern(rf"(?P<braces>\{{\s*(?:{_DOTS})?\s*\}})|{_BARE}")


def slotted(text: str) -> str:
    """Return a wording with its slots written as `{…}`.

    >>> slotted("应…邀请"), slotted("invite ... to visit"), slotted("Loading...")
    ('应{…}邀请', 'invite {…} to visit', 'Loading...')
    """
    if _MARK.search(text) is None:
        return text
    if any(_is_slot(text, mark) for mark in _SLOT.finditer(text)):
        return _SLOT.sub(SLOT, text)
    return text


def has_bare(text: str) -> bool:
    """Say whether an ellipsis or a blank stands in a wording that is no `{…}`.

    >>> has_bare("应…邀请"), has_bare("应{…}邀请"), has_bare("Loading...")
    (True, False, True)
    """
    return any(map(_is_bare, _SLOT.finditer(text)))


def segments(text: str) -> list[str]:
    """Return the parts of a wording that its slots part, without empty ones.

    Bare marks are slots too. One without slots is one part.

    >>> segments("构建{…}新型大国关系"), segments("build … between …"), segments("在…")
    (['构建', '新型大国关系'], ['build', 'between'], ['在'])
    """
    parts = []
    end = 0
    for mark in _SLOT.finditer(text):
        parts.append(text[end : mark.start()])
        end = mark.end()
    return [p.strip() for p in (*parts, text[end:]) if _has_words(p)] or [text]


def has_slot(text: str) -> bool:
    """Say whether a wording has a slot inside, which somebody must fill.

    >>> has_slot("应{…}邀请"), has_slot("at the invitation of {…}")
    (True, False)
    """
    return len(segments(text)) > 1


def dotted(text: str) -> str:
    """Return a stored wording as people write it, its slots as ….

    >>> dotted("应{…}邀请")
    '应…邀请'
    """
    return text.replace(SLOT, "…")


def readable(text: str) -> str:
    """Return a wording as one would say it: slots as …, without those at either end.

    >>> readable("应{…}邀请"), readable("at the invitation of {…}"), readable("在{…}")
    ('应…邀请', 'at the invitation of', '在')
    """
    return dotted(text).strip("… ") or text if SLOT in text else text


def _is_bare(mark: re.Match[str]) -> bool:
    return mark["braces"] is None


def _is_slot(text: str, mark: re.Match[str]) -> bool:
    """Say whether a mark cannot be mere punctuation.

    It has braces, stands between words, or beside a space or a Han character.
    """
    before, behind = text[: mark.start()], text[mark.end() :]
    if not _is_bare(mark) or (_has_words(before) and _has_words(behind)):
        return True
    if not _has_words(text):
        return False
    beside = before[-1] if _has_words(before) else behind[0]
    return beside.isspace() or has_han(beside)


def _has_words(text: str) -> bool:
    return any(map(str.isalnum, text))
