"""What is found of terms that have changed places within one sentence.

Both are rendered, so nothing is missing: *China for the policy, the United States for
the principle*. Each is said once, and the two contrast, or are of one subject, or have
a word in common. How it is told that they have changed places, `company` knows.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from glossary.entry import Entry, Finding
from glossary.message import N_, Message
from glossary.recognition.alignment import Alignment
from glossary.recognition.company import Crossing, RenderedTerm, crossings
from glossary.recognition.occurrences import Occurrence
from glossary.text import FUNCTION_WORDS, content, primary

_VERB: Final = "verb"
_CONTRAST: Final = "contrast"


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
        numbers = [i for i in group if verdicts[i].is_right]
        counts = Counter(verdicts[i].entry for i in numbers)
        once = [i for i in numbers if counts[verdicts[i].entry] == 1]
        for i, j, links in _crossings(texts, places, verdicts, (once, alignment)):
            pair = _pair_of(verdicts[i], verdicts[j])
            if not links:
                swaps.setdefault(i, pair[0])
                swaps.setdefault(j, pair[1])
            elif (
                i not in swaps
                and j not in swaps
                and _are_alike(
                    _entry(places[i], verdicts[i]), _entry(places[j], verdicts[j])
                )
            ):
                swaps[i], swaps[j] = pair
    return {**verdicts, **swaps}


def _crossings(
    texts: tuple[str, str],
    places: Sequence[Occurrence],
    verdicts: Mapping[int, Finding],
    where: tuple[Collection[int], Alignment],
) -> Iterator[Crossing]:
    """Yield which terms of a sentence, each rendered once, have changed places."""
    numbers: list[int] = []
    terms: list[RenderedTerm] = []
    for i in where[0]:
        source, target = verdicts[i].source, verdicts[i].target
        if source and target:
            numbers.append(i)
            terms.append(RenderedTerm(source, target, not places[i].parts))
    if len(numbers) < 2:
        return
    at_entry = {verdicts[i].entry: at for at, i in enumerate(numbers)}
    told_apart = {
        (min(at, at_entry[relation.entry]), max(at, at_entry[relation.entry]))
        for at, i in enumerate(numbers)
        for relation in _entry(places[i], verdicts[i]).relations
        if relation.type == _CONTRAST and relation.entry in at_entry
    }
    bead = where[1].own(where[1].number(places[numbers[0]].start))
    for one, other, links in crossings(
        texts, bead, terms, told_apart=sorted(told_apart)
    ):
        yield Crossing(numbers[one], numbers[other], links)


def _entry(place: Occurrence, finding: Finding) -> Entry:
    """Return the entry by which a place is rendered."""
    return next(s.entry for s in place.senses if s.entry.id == finding.entry)


def _are_alike(one: Entry, other: Entry) -> bool:
    """Say whether two entries are no verbs, and of one subject or with a common word.

    Of such, one may be put for the other and still make sense.
    """
    if any(t.part_of_speech == _VERB for e in (one, other) for t in e.terms):
        return False
    return (
        not set(one.subjects).isdisjoint(other.subjects)
        or not _words(one).isdisjoint(_words(other))
        or all(map(_is_name, (one, other)))
    )


def _is_name(entry: Entry) -> bool:
    """Say whether the leading English of an entry is a name of several words."""
    text = next((t.text for t in entry.terms if primary(t.lang) == "en"), "")
    words = [word for word in text.split() if word not in FUNCTION_WORDS]
    return len(words) > 1 and all(word[:1].isupper() for word in words)


def _words(entry: Entry) -> set[str]:
    """Return the heads of the English words of an entry."""
    english = (t.text for t in entry.terms if primary(t.lang) == "en")
    return {word for text in english for word in content(text)}


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
    return finding.but(
        verdict="forbidden",
        target=other.target,
        message=message,
        instead=other.entry,
    )
