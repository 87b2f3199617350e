"""Sentences that one side negates and the other does not, whatever they speak of.

不附加政治条件 is no *attaches political conditions*. A word that surely negates what is
done, in a sentence of which the other side has no trace of a negation, is lost or was
put in. It is looked for only in official prose, which says what is not to be.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from typing import Final, NamedTuple

from glossary import late_pattern
from glossary.entry import Finding
from glossary.recognition.alignment import Alignment
from glossary.recognition.answered import Answered
from glossary.recognition.linked import linked
from glossary.recognition.negation import clause_end, clauses, has_trace
from glossary.recognition.sentences import Piece
from glossary.text import has_han

#: Characters; of what is longer, which could not be aligned, a finding might mark all,
#: and each clause is compared with each.
_LONGEST: Final = 600
#: One clause alone is the whole sentence.
_SEVERAL: Final = 2
#: What official prose says is not done, directly behind its negation.
_DONE: Final = (
    "附加|支持|承认|承認|寻求|尋求|参与|參與|干涉|接受|同意|允许|允許|容许|容許|谋求|謀求|首先|使用"
    "|提供|搞|诉诸|訴諸|对抗|對抗|追求|认同|認同|赞成|贊成|参加|參加|加入|发展|發展|建立|针对|針對"
    "|称霸|稱霸|扩张|擴張|输出|輸出|介入|强加|強加|设[置立]|設[置立]|签署|簽署|批准|部署|进行|進行"
    "|威胁|威脅|损害|損害|改变|改變|动摇|動搖|派|出售|实施|實施|采取|採取|构成|構成|发动|發動"
    "|屈服|妥协|妥協|退让|退讓|反对|反對|挑动|挑動|放弃|放棄|加剧|加劇"
)
_BETWEEN: Final = (
    "(?:(?:向|对|對|与|與|以|把|将|將|在|为|為|同(?!程度|阶段|領域|领域|[的于於样樣意]))"
    "[^，。；、！？：的]{1,14}?)?"
)
_CHINESE: Final = late_pattern(
    "(?:(?<![不无無莫岂豈得能可会會要是愿願])不(?:再|会|會|能|得|应|應|可|予)?(?!不)"
    f"{_BETWEEN}|(?:没有|沒有|未曾|[并並]未|无权|無權))(?:{_DONE})|[绝絕决決]不(?!亚于|亞於|[可能]少)|从未|從未|永不(?!言)|，(?:而|[并並])?不是(?!说|說)|而非|而不是"
    "|(?<![者无無不])反对(?![派党者意票声])|(?<![者无無不])反對(?![派黨者意票聲])"
)
_ENGLISH: Final = late_pattern(
    r"\b(?:(?:do|does|did|must|shall|should|will|would|can|could|may|is|are|was|were|has"
    r"|have|had)\s+(?:not|never)|cannot(?!\s+but)|never"
    r"|(?:no\s+(?:\w+\s+){1,3}|(?:nobody|no one|none of (?:\w+\s+){1,4}))"
    r"(?:may|shall|should|must|can|could|will|has the right|is (?:entitled|allowed))"
    r"|nor\s+(?:do|does|did|will|shall|should|must|can|may|is|are|has|have)"
    r"|(?<=, )(?:and )?not(?= (?!all|every|so|yet|much|many|long|to)[\"“‘]?\w)"
    r"|oppos(?:e|es|ed|ing)|non-(?:use|recogni\w+|interfer\w+|interven\w+|discriminat\w+|participat\w+)"
    r"|(?:attach|seek|recogni[sz]e|accept|pose|impose|support|allow|provide|make)\w*\s+no)\b"
    r"(?!\s+(?:only|just|merely|least|simply|until|yet|to mention|before|ceas|stop|end"
    r"|fail|longer than|more than|less))",
    re.IGNORECASE,
)


#: What an English clause has that does not share the verb of another.
_VERB: Final = re.compile(
    r"\b(?:must|shall|should|will|would|can|could|may|might|is|are|was|were|has|have|had"
    r"|do|does|did)\b",
    re.IGNORECASE,
)


class Contradiction(NamedTuple):
    """A place of a source, and of its target if that is what is negated."""

    source: Piece
    target: Piece | None


def contradictions(
    texts: tuple[str, str],
    alignment: Alignment,
    is_official: Callable[[int], bool],
    findings: Iterable[Finding],
    answers: Answered,
) -> Iterator[Contradiction]:
    """Yield what only one side of a bead negates, where no finding says it already."""
    reported = {
        alignment.number(finding.source.start)
        for finding in findings
        if finding.reason == "negation" and finding.source
    }
    for number, (ours, theirs) in enumerate(alignment.beads):
        is_pair = all(0 < at.end - at.start <= _LONGEST for at in (ours, theirs))
        if number in reported or not is_pair or not is_official(number):
            continue
        rests = answers.left(0, ours), answers.left(1, theirs)
        here, there = _negated(rests[0]), _negated(rests[1])
        if here is None and there is None:
            continue
        if there is None and here is not None and not has_trace(rests[1]):
            place = here.moved(ours.start)
            if not _is_answered(answers, place):
                yield Contradiction(place, None)
        elif here is None and there is not None and not has_trace(rests[0]):
            yield Contradiction(_trimmed(texts[0], ours), there.moved(theirs.start))
        else:
            yield from (
                clause
                for clause in _of_clauses(texts, (ours, theirs), rests)
                if not _is_answered(answers, clause.source)
            )


def _is_answered(answers: Answered, place: Piece) -> bool:
    """Say whether a negation belongs to a term of which something is said already."""
    at = Piece(place.start, place.start + 1)
    return answers.is_accused(at) or answers.is_excused(at)


def _of_clauses(
    texts: tuple[str, str], bead: tuple[Piece, Piece], rests: tuple[str, str]
) -> Iterator[Contradiction]:
    """Yield the only clause of a bead that one side negates, if all others agree.

    Both sides have as many clauses, of which one goes with one. `rests` is what of the
    bead no term that is rendered has.
    """
    ours, theirs = (
        clauses(text[slice(*piece)]) for text, piece in zip(texts, bead, strict=True)
    )
    if len(ours) + len(theirs) <= _SEVERAL:
        return
    pieces = ours, theirs
    traced = [
        {i for i, piece in enumerate(side) if has_trace(rest[slice(*piece)])}
        for side, rest in zip(pieces, rests, strict=True)
    ]
    differing = traced[0] ^ traced[1] if len(ours) == len(theirs) else set[int]()
    if len(differing) == 1:
        one, other = (side[min(differing)] for side in pieces)
    else:
        sentences = texts[0][slice(*bead[0])], texts[1][slice(*bead[1])]
        unlike = list(_unlike(sentences, pieces, traced))
        if len(unlike) != 1:
            return
        one, other = ours[unlike[0][0]], theirs[unlike[0][1]]
    here = _negated(rests[0][slice(*one)])
    there = _negated(rests[1][slice(*other)])
    if here is not None:
        yield Contradiction(here.moved(bead[0].start + one.start), None)
    elif there is not None:
        yield Contradiction(
            _trimmed(texts[0], one.moved(bead[0].start)),
            there.moved(bead[1].start + other.start),
        )


def _unlike(
    sentences: tuple[str, str],
    pieces: tuple[Sequence[Piece], Sequence[Piece]],
    traced: Sequence[Set[int]],
) -> Iterator[tuple[int, int]]:
    """Yield clauses that go together, of which only one may negate anything.

    `traced` are the numbers of those that may, on either side. All others of the side
    that has none must go with one that has.
    """
    together = list(linked(sentences, pieces))
    for group in together:
        for side, other in ((0, 1), (1, 0)):
            mine, its = group[side] & traced[side], group[other] & traced[other]
            numbers_beside = {
                i for near in together if near[side] & traced[side] for i in near[other]
            }
            if mine and not its and traced[other] <= numbers_beside:
                text = sentences[other]
                if any(_is_whole(text[slice(*pieces[other][i])]) for i in group[other]):
                    numbers = {side: min(mine), other: min(group[other])}
                    yield numbers[0], numbers[1]


def _is_whole(clause: str) -> bool:
    """Say whether a clause has a verb of its own: an English one may share it."""
    return has_han(clause) or _VERB.search(clause) is not None


def _negated(text: str) -> Piece | None:
    """Return the first place from a sure negation to the end of its clause, if any.

    A term that is rendered is answered by itself, and blank.

    >>> text = "中国从不寻求霸权，坚持合作。"
    >>> text[slice(*_negated(text))]
    '不寻求霸权'
    >>> _negated("不断发展")
    """
    pattern = _CHINESE if has_han(text) else _ENGLISH
    match = pattern.search(text)
    if match is None:
        return None
    return _trimmed(text, Piece(match.start(), clause_end(text, match.end())))


def _trimmed(text: str, piece: Piece) -> Piece:
    clause = text[slice(*piece)]
    start = piece.start + len(clause) - len(clause.lstrip())
    return Piece(start, start + len(clause.strip()))
