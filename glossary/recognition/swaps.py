"""Terms told apart that have changed places within one sentence.

Both are rendered, so nothing is missing: *China for the policy, the United States for
the principle*. Word order alone is a sure sign only for two terms that are told apart
on purpose, in clauses of their own, each said once. Of others of one subject, or with a
word in common, what is said of them must have stayed behind.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from glossary.entry import Entry, Finding
from glossary.message import N_, Message
from glossary.recognition.alignment import Alignment
from glossary.recognition.company import RenderedTerm, strayed
from glossary.recognition.occurrences import Occurrence
from glossary.text import content, primary

_VERB: Final = "verb"
_RENDERED: Final = frozenset({"ok", "admitted"})
#: What ends a clause on the way from one place to another.
_CLAUSE: Final = re.compile(r"[,;:，；：]|\b(?:while|whereas|but)\b|而")


def exchanged(
    texts: tuple[str, str],
    places: Sequence[Occurrence],
    verdicts: dict[int, Finding],
    alignment: Alignment,
) -> dict[int, Finding]:
    """Return what is settled of some places, those that are exchanged as forbidden."""
    swaps: dict[int, Finding] = {}
    for _, group in groupby(
        sorted(verdicts), lambda i: alignment.number(places[i].start)
    ):
        numbers = [i for i in group if verdicts[i].verdict in _RENDERED]
        counts = Counter(verdicts[i].entry for i in numbers)
        once = {verdicts[i].entry: i for i in numbers if counts[verdicts[i].entry] == 1}
        for i in once.values():
            told_apart = {
                relation.entry
                for sense in places[i].senses
                if sense.entry.id == verdicts[i].entry
                for relation in sense.entry.relations
                if relation.type == "contrast"
            }
            for j in (once[name] for name in told_apart if name in once):
                if _are_crossed(texts, verdicts, (i, j)):
                    swaps[i], swaps[j] = _pair_of(verdicts[i], verdicts[j])
        for i, j in _strayed(texts, places, verdicts, (once.values(), alignment)):
            if i not in swaps and j not in swaps:
                swaps[i], swaps[j] = _pair_of(verdicts[i], verdicts[j])
    return {**verdicts, **swaps}


def _strayed(
    texts: tuple[str, str],
    places: Sequence[Occurrence],
    verdicts: Mapping[int, Finding],
    where: tuple[Iterable[int], Alignment],
) -> Iterator[tuple[int, int]]:
    """Yield like terms of a sentence that have left what is said of them."""
    numbers, rendered = [], []
    for i in where[0]:
        source, target = verdicts[i].source, verdicts[i].target
        if source and target and not places[i].parts:
            numbers.append(i)
            rendered.append(RenderedTerm(source, target))
    if not numbers:
        return
    bead = where[1].own(where[1].number(places[numbers[0]].start))
    for one, other in strayed(texts, bead, rendered):
        i, j = numbers[one], numbers[other]
        if _are_alike(_entry(places[i], verdicts[i]), _entry(places[j], verdicts[j])):
            yield i, j


def _entry(place: Occurrence, finding: Finding) -> Entry:
    """Return the entry by which a place is rendered."""
    return next(s.entry for s in place.senses if s.entry.id == finding.entry)


def _are_alike(one: Entry, other: Entry) -> bool:
    """Say whether two entries are no verbs, and of one subject or with a common word.

    Of such, one may be put for the other and still make sense.
    """
    if any(t.part_of_speech == _VERB for e in (one, other) for t in e.terms):
        return False
    return not set(one.subjects).isdisjoint(other.subjects) or not _words(
        one
    ).isdisjoint(_words(other))


def _words(entry: Entry) -> set[str]:
    """Return the heads of the English words of an entry."""
    english = (t.text for t in entry.terms if primary(t.lang) == "en")
    return {word for text in english for word in content(text)}


def _are_crossed(
    texts: tuple[str, str], verdicts: Mapping[int, Finding], pair: tuple[int, int]
) -> bool:
    """Say whether two renderings stand in clauses of their own, the other way round."""
    one, other = (verdicts[i] for i in sorted(pair))
    if not (one.source and one.target and other.source and other.target):
        return False
    return (
        other.target.end <= one.target.start
        and _CLAUSE.search(texts[0], one.source.end, other.source.start) is not None
        and _CLAUSE.search(texts[1], other.target.end, one.target.start) is not None
    )


def _pair_of(one: Finding, other: Finding) -> tuple[Finding, Finding]:
    return _stood_for(one, other), _stood_for(other, one)


def _stood_for(finding: Finding, other: Finding) -> Finding:
    """Return the finding of a term for which another's rendering stands."""
    message = Message(
        N_("“%(other)s” stands for “%(text)s”; “%(best)s” is expected."),
        other=other.target.text if other.target else "",
        text=finding.source.text if finding.source else "",
        best=finding.expected[0] if finding.expected else "",
    )
    return replace(
        finding,
        verdict="forbidden",
        target=other.target,
        message=message,
        instead=other.entry,
    )
