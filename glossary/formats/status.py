"""What other tools call a status, and what they call true."""

import unicodedata
from functools import lru_cache
from typing import Final

#: What `status_of` says of a term that is only proposed: it makes the entry a draft.
DRAFT: Final = "draft"
#: 停用 is what our own pages in Traditional Chinese once called a forbidden term.
_WORDS: Final = {
    "preferred": "preferred approved standardized standardised recommended"
    " 首选 首選 推荐 推薦 已批准 规范 規範 标准 標準 已审 已審 已审核 已審核 审定 審定"
    " 已审定 已審定 已核准 核准 已通过 已通過 通过 通過 已确认 已確認 已定 定稿 已定稿",
    "admitted": "admitted provisional allowed alternative alternate legal regulated"
    " standard acceptable accepted permitted valid 许用 許用 允许 允許 可用 备选 備選",
    "deprecated": "deprecated notrecommended nonstandard avoid discouraged"
    " 不推荐 不推薦 弃用 棄用 拒用 避免 不建议 不建議",
    "superseded": "superseded obsolete outdated archaic replaced 旧译 舊譯 旧称 舊稱"
    " 过时 過時 被取代 已被取代 已废止 已廢止 已停用",
    "forbidden": "forbidden prohibited donotuse banned notallowed blacklisted rejected"
    " 禁用 停用 禁止 勿用 禁止使用",
    DRAFT: "new proposed proposal draft fuzzy pending unverified inreview notapproved"
    " unapproved waitingforapproval underreview working 待审 待審 草稿 新 建议 建議"
    " 未审 未審 待审核 待審核 未审核 未審核 待定 待核 待确认 待確認 未确认 未確認 草案",
}
_STATUS: Final = {
    word: ours for ours, words in _WORDS.items() for word in words.split()
}
_YES: Final = "true yes y 1 x t ja oui on wahr vrai 是 真 对 對 ✓ ✔ √"
_NO: Final = "false no n 0 f nein non off falsch faux 否 假 不 - ✗ ×"
_TRUTH: Final = dict.fromkeys(_YES.split(), True) | dict.fromkeys(_NO.split(), False)
#: What TBX calls standardized is one wording of several that a body allows; what
#: MultiTerm's users call so is the one to use.
_WHOLE: Final = {"standardizedterm": "admitted", "standardisedterm": "admitted"}
_MADE_OF: Final = str.maketrans("", "", " _-\t\N{NO-BREAK SPACE}'’")


@lru_cache(maxsize=1024)
def status_of(value: str) -> str | None:
    """Return our status for another tool's word.

    Take the words of TBX (`preferredTerm-admn-sts`, `notRecommended`), UTX, Weblate,
    MultiTerm and of people, in any letter case. Return one of `entry.STATUSES`,
    `DRAFT` for a term that is only proposed, or None when the word is not known.

    >>> status_of("supersededTerm-admn-sts"), status_of("Do not use"), status_of("禁用")
    ('superseded', 'forbidden', 'forbidden')
    """
    word = unicodedata.normalize("NFKC", value).casefold().translate(_MADE_OF)
    word = word.removesuffix("admnsts")
    return _WHOLE.get(word) or _STATUS.get(word.removesuffix("term"))


@lru_cache(maxsize=1024)
def truth_of(value: str) -> bool | None:
    """Return what a cell under a yes-or-no heading says, or None when it says nothing.

    >>> truth_of("WAHR"), truth_of("是"), truth_of("No"), truth_of("")
    (True, True, False, None)
    """
    word = unicodedata.normalize("NFKC", value).strip().casefold()
    return _TRUTH.get(word)
