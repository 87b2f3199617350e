"""What does harm on one side of official prose, and has no trace on the other.

*Weakened by time* for 历经风雨考验: a text that says what is built and kept has none of
these words unless it means them, and a translator neither leaves one out nor adds one.
Traces are wide, as in `glossary.recognition.orders`.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final

from glossary import late_pattern
from glossary.recognition.alignment import Alignment
from glossary.recognition.answered import Answered
from glossary.recognition.exchanges import OtherWord, trimmed
from glossary.recognition.numbers import is_lone
from glossary.recognition.sentences import Piece
from glossary.text import has_han, simplified

_CHINESE: Final = re.compile("破坏|损害|削弱|危害|阻碍|摧毁")
_ENGLISH: Final = re.compile(
    "(?:undermin|destroy|weaken|hinder|imped[ei]|sabotag|erod[ei]|obstruct|hamper)[a-z]*",
    re.IGNORECASE,
)
_TRACES_CHINESE: Final = late_pattern(
    "破|坏|损|害|弱|危|侵|毁|阻|碍|妨|扰|乱|违|犯|伤|威胁|恶|减|降|反|不(?![断仅])|负(?!责)|冲击|"
    "挑|打(?![造开])|退|消|失|难|困|制(?![度定造])|抑|断|战(?!略)|灾|险|暴|耗|扭|杀|炸|攻|袭|蚀|逆|停|离|亡|死"
)
_TRACES: Final = late_pattern(
    r"\b(?:undermin|destr|weak|hinder|imped|sabot|ero[ds]|obstruct|hamper|damag|"
    r"jeopard|harm|disrupt|violat|detrim|prejud|infring|ruin|break|broke|threat|"
    r"danger|compromis|interf|block|prevent|against|expens|impair|advers|negat|"
    r"dimin|reduc|hurt|spoil|ravag|devast|degrad|war|torn|wreck|collaps|vandal|"
    r"disturb|distort|subver|dismant|wors|toll|shak|tarnish|conflict|encroach|"
    r"aggress|bad|poor|evil|injur|victim|lost|loss|endang|risk|vulner|suffer|hit|"
    r"strain|attack|bomb|dis(?!cuss|tinct|trib|play|patch)|un(?!i|der|til|\b)|end(?!eav|ors|ow)|hobbl|stymi|barrier|obstacle|wreak|havoc|provok|"
    r"troubl|stifl|deter|stop|oppos|less|imped|frustrat|thwart|contrary|limit|"
    r"restrict|rot\b|corro|terror|stand in|in the way|crippl|sap|low|affect)",
    re.IGNORECASE,
)


def exchanges(
    texts: tuple[str, str],
    alignment: Alignment,
    answers: Answered,
    is_official: Callable[[int], bool],
) -> Iterator[OtherWord]:
    """Yield what does harm on one side alone; `is_official` by the number of a bead."""
    for number, bead in enumerate(alignment.beads):
        words = [
            _sign(text).search(text, *piece)
            for text, piece in zip(texts, bead, strict=True)
        ]
        if not any(words) or is_lone(bead) or not is_official(number):
            continue
        rests = [
            simplified(answers.left(side, piece)) for side, piece in enumerate(bead)
        ]
        for side, word in enumerate(words):
            if word is None:
                continue
            at = Piece(word.start(), word.end())
            start = at.start - bead[side].start
            is_answered = not rests[side][start : start + 1].strip()
            if is_answered or _has_trace(rests[1 - side]):
                continue
            if side == 0 and not answers.is_accused(at):
                yield OtherWord(at, None)
            elif side == 1 and not (
                answers.is_named(at) or answers.is_accused(bead.source)
            ):
                yield OtherWord(trimmed(texts[0], bead.source), at, is_new=True)


def _sign(text: str) -> re.Pattern[str]:
    return _CHINESE if has_han(text) else _ENGLISH


def _has_trace(text: str) -> bool:
    traces = _TRACES_CHINESE if has_han(text) else _TRACES
    return traces.search(text) is not None
