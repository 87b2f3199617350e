"""Sentences that one side negates and the other does not, whatever they speak of.

不附加政治条件 is no *attaches political conditions*. A word that surely negates what is
done, in a sentence of which the other side has no trace of a negation, is lost or was
put in. It is looked for only in official prose, which says what is not to be.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Final, NamedTuple

from glossary.entry import Finding
from glossary.recognition.alignment import Alignment
from glossary.recognition.negation import clause_end, has_trace
from glossary.recognition.occurrences import Occurrence
from glossary.recognition.sentences import Piece
from glossary.text import has_han

_BEGIN: Final = attrgetter("start")
#: What official prose says is not done, directly behind its negation.
_DONE: Final = (
    "附加|支持|承认|承認|寻求|尋求|参与|參與|干涉|接受|同意|允许|允許|容许|容許|谋求|謀求|首先|使用"
    "|提供|搞|诉诸|訴諸|对抗|對抗|追求|认同|認同|赞成|贊成|参加|參加|加入|发展|發展|建立|针对|針對"
    "|称霸|稱霸|扩张|擴張|输出|輸出|介入|强加|強加|设[置立]|設[置立]|签署|簽署|批准|部署|进行|進行"
    "|威胁|威脅|损害|損害|改变|改變|动摇|動搖|派|出售|实施|實施|采取|採取|构成|構成|发动|發動"
    "|屈服|妥协|妥協|退让|退讓"
)
_BETWEEN: Final = (
    "(?:(?:向|对|對|与|與|以|把|将|將|在|为|為|同(?!程度|阶段|領域|领域|[的于於样樣意]))"
    "[^，。；、！？：的]{1,14}?)?"
)
_CHINESE: Final = re.compile(
    "(?:(?<![不无無莫岂豈得能可会會要是愿願])不(?:再|会|會|能|得|应|應|可|予)?(?!不)"
    f"{_BETWEEN}|(?:没有|沒有|未曾|[并並]未|无权|無權))(?:{_DONE})|[绝絕决決]不(?!亚于|亞於|[可能]少)|从未|從未|永不(?!言)"
)
_ENGLISH: Final = re.compile(
    r"\b(?:(?:do|does|did|must|shall|should|will|would|can|could|may|is|are|was|were|has"
    r"|have|had)\s+(?:not|never)|cannot(?!\s+but)|never"
    r"|(?:no\s+(?:\w+\s+){1,3}|(?:nobody|no one|none of (?:\w+\s+){1,4}))"
    r"(?:may|shall|should|must|can|could|will|has the right|is (?:entitled|allowed))"
    r"|nor\s+(?:do|does|did|will|shall|should|must|can|may|is|are|has|have)"
    r"|(?:attach|seek|recogni[sz]e|accept|pose|impose|support|allow|provide|make)\w*\s+no)\b"
    r"(?!\s+(?:only|just|merely|least|simply|until|yet|to mention|before|ceas|stop|end"
    r"|fail|longer than|more than|less))",
    re.IGNORECASE,
)


class Contradiction(NamedTuple):
    """A place of a source, and of its target if that is what is negated."""

    source: Piece
    target: Piece | None


def contradictions(
    texts: tuple[str, str],
    alignment: Alignment,
    terms: tuple[Sequence[Occurrence], Sequence[Occurrence]],
    is_official: Callable[[int], bool],
    findings: Iterable[Finding],
) -> Iterator[Contradiction]:
    """Yield what only one side of a bead negates, where no finding says it already."""
    source, target = texts
    reported = {
        alignment.number(finding.source.start)
        for finding in findings
        if finding.reason == "negation" and finding.source
    }
    for number, (ours, theirs) in enumerate(alignment.beads):
        if number in reported or ours.start == ours.end or theirs.start == theirs.end:
            continue
        here = _negated(source, ours, terms[0])
        there = _negated(target, theirs, terms[1])
        if (here is None) == (there is None) or not is_official(number):
            continue
        if here is not None and not has_trace(target[slice(*theirs)]):
            yield Contradiction(here, None)
        if there is not None and not has_trace(source[slice(*ours)]):
            yield Contradiction(_trimmed(source, ours), there)


def _negated(
    text: str, within: Piece, terms: Sequence[Occurrence] = ()
) -> Piece | None:
    """Return the first place from a sure negation to the end of its clause, if any.

    A negation inside of a term is a part of that, which is answered by itself.

    >>> text = "中国从不寻求霸权，坚持合作。"
    >>> text[slice(*_negated(text, Piece(0, 14)))]
    '不寻求霸权'
    >>> _negated("不断发展", Piece(0, 4))
    """
    pattern = _CHINESE if has_han(text[slice(*within)]) else _ENGLISH
    match = pattern.search(text, *within)
    if match is None:
        return None
    at = bisect_right(terms, match.start(), key=_BEGIN) - 1
    if at >= 0 and match.start() < terms[at].end:
        return None
    end = min(clause_end(text, match.end()), within.end)
    return _trimmed(text, Piece(match.start(), end))


def _trimmed(text: str, piece: Piece) -> Piece:
    written = text[slice(*piece)]
    start = piece.start + len(written) - len(written.lstrip())
    return Piece(start, start + len(written.strip()))
