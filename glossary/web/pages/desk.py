"""What a check says of a text and its translation, paragraph beside paragraph.

What a reader decided travels in the form: places that are accepted, and wordings that
are ignored everywhere, a line each with its name and a label to know it by.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Final

from glossary.bitext import CheckedSegment, Languages, Segment
from glossary.entry import Finding, Span, is_draft, write
from glossary.query import Pair, Wanted
from glossary.recognition import Bead, Snapshot, check, laid_out
from glossary.speech import say
from glossary.text import fitted, has_slot, readable
from glossary.web import current
from glossary.web.pages.frame import word
from glossary.web.pages.passage import MarkedPiece, Place, paragraphs

#: How a finding looks, by its grade.
LOOKS: Final = {"wrong": "bad", "look": "look", "right": "fine"}
_ASIDE: Final = "aside"
#: So many characters of a wording are enough to know it by.
_SHOWN: Final = 60
#: What a text is called that came from no file.
_FILE: Final = "translation.txt"
#: So many decisions are heeded.
_MOST_DECISIONS: Final = 5_000


@dataclass(frozen=True, slots=True)
class Decisions:
    """What a reader decided: names of places, and labels of wordings by their names."""

    accepted: frozenset[str] = frozenset()
    ignored: Mapping[str, str] | None = None

    @property
    def labels(self) -> Mapping[str, str]:
        """The labels of what is ignored everywhere."""
        return self.ignored or {}

    def with_(self, verb: str, item: "Told") -> "Decisions":
        """Return these with one more; `accept` is of a place, `ignore` of a wording."""
        if verb == "accept":
            return Decisions(self.accepted | {item.place}, self.ignored)
        return Decisions(self.accepted, {**self.labels, item.wording: item.label})

    def without(self, name: str) -> "Decisions":
        """Return these without the decision on a place or a wording."""
        labels = {k: label for k, label in self.labels.items() if k != name}
        return Decisions(self.accepted - {name}, labels)


def decided(accepted: str, ignored: str) -> Decisions:
    """Return the decisions that a form carries; odd lines are passed over."""
    lines = (line.split(" ", 1) for line in ignored.splitlines()[:_MOST_DECISIONS])
    labels = {line[0]: line[1] for line in lines if len(line) == 2}
    return Decisions(frozenset(accepted.split()[:_MOST_DECISIONS]), labels)


@dataclass(frozen=True, slots=True)
class Told:
    """A finding: its number, how often it is told, and what can be done about it.

    `wording` names what it says of which wordings, `place` this one place of it, and
    `row` counts where it stands. `replacement` is what to write instead, if anything,
    and `lacking` what is to be written somewhere, where no place is known.
    """

    number: int
    finding: Finding
    row: int
    wording: str
    place: str
    label: str
    looks: str
    replacement: str | None
    lacking: str | None = None
    times: int = 1


@dataclass(frozen=True, slots=True)
class DeskRow:
    """Paragraphs that go together, with their marks and what is told of them."""

    source: list[MarkedPiece]
    target: list[MarkedPiece]
    items: list[Told]


@dataclass(frozen=True, slots=True)
class Desk:
    """A text and its translation with all there is to say of them.

    `items` has each wording once, the worst first; `aside` are the places that were
    accepted here, `ignored` names and labels of what is ignored everywhere. `segments`
    is what there is to save.
    """

    rows: list[DeskRow]
    items: list[Told]
    counts: Counter[str]
    aside: list[Told]
    ignored: Mapping[str, str]
    segments: list[CheckedSegment]


def read(snapshot: Snapshot, pair: Pair, options: Wanted, decisions: Decisions) -> Desk:
    """Return a text and its translation with what a check says of them."""
    findings = check(snapshot, pair.source, pair.target, options)
    beads = _beads(pair, findings)
    every = list(_items(pair, findings, beads))
    ignored = decisions.labels
    accepted = [t for t in every if t.place in decisions.accepted]
    open_ = [
        item
        for item in every
        if item.place not in decisions.accepted and item.wording not in ignored
    ]
    return Desk(
        list(_rows(pair, beads, every, open_)),
        _listed(open_),
        Counter(item.looks for item in open_),
        accepted,
        ignored,
        list(_checked(pair, beads, open_, Languages(options.from_, options.to))),
    )


def replaced(target: str, item: Told) -> str:
    """Return a translation with the replacement in its place."""
    span = item.finding.target
    if item.replacement is None or span is None:
        return target
    return target[: span.start] + item.replacement + target[span.end :]


def _beads(pair: Pair, findings: Iterable[Finding]) -> tuple[Bead, ...]:
    linked = (
        (finding.source.start, finding.target.start)
        for finding in findings
        if finding.source is not None and finding.target is not None
    )
    return laid_out(pair.source, pair.target, linked)


def _items(
    pair: Pair, findings: Iterable[Finding], beads: Sequence[Bead]
) -> Iterator[Told]:
    """Yield the findings with their names, by which those of one kind differ too."""
    starts = [b.source.start for b in beads], [b.target.start for b in beads]
    times: Counter[object] = Counter()
    for number, finding in enumerate(findings):
        row = _row_of(finding, starts)
        texts = [
            span.text if span else None for span in (finding.source, finding.target)
        ]
        wording = _name(finding.verdict, finding.advice, finding.entry, *texts)
        ours, theirs = beads[row]
        side = pair.source if finding.source else pair.target
        piece = ours if finding.source else theirs
        paragraph = side[piece.start : piece.end].strip()
        times[wording, paragraph] += 1
        yield Told(
            number,
            finding,
            row,
            wording,
            _name(wording, paragraph, times[wording, paragraph]),
            " → ".join(_short(text) for text in texts if text),
            LOOKS[finding.grade],
            _replacement(finding, pair.target),
            _lacking(finding),
        )


def _row_of(finding: Finding, starts: tuple[list[int], list[int]]) -> int:
    """Return the row that a finding is told under: that of its source, if any."""
    if finding.source is not None:
        return max(bisect_right(starts[0], finding.source.start) - 1, 0)
    at = finding.target.start if finding.target else 0
    return max(bisect_right(starts[1], at) - 1, 0)


def _name(*parts: object) -> str:
    return blake2b(write(parts), digest_size=9).hexdigest()


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


def _replacement(finding: Finding, target: str) -> str | None:
    """Return what to write in the place of a wording; None where nothing can be."""
    span = finding.target
    if span is None or not finding.expected or finding.grade == "right":
        return None
    best = readable(finding.expected[0])
    if has_slot(best):
        return None
    wording = fitted(best, target, span.start, span.end)
    return wording if wording != span.text else None


def _lacking(finding: Finding) -> str | None:
    """Return the wording that a translation lacks, None if it has a place or a slot."""
    if finding.target is not None or not finding.expected or finding.grade == "right":
        return None
    best = readable(finding.expected[0])
    return None if has_slot(best) else best


def _rows(
    pair: Pair, beads: Sequence[Bead], every: Sequence[Told], open_: Sequence[Told]
) -> Iterator[DeskRow]:
    here = {item.number for item in open_}
    by_number: defaultdict[int, list[Told]] = defaultdict(list)
    for item in open_:
        by_number[item.row].append(item)
    sides = [
        [
            paragraphs(text[piece.start : piece.end].rstrip("\r\n"), places)
            for piece, places in zip(
                pieces,
                _parted(every, side, here, [p.start for p in pieces]),
                strict=True,
            )
        ]
        for side, text, pieces in (
            ("source", pair.source, [bead.source for bead in beads]),
            ("target", pair.target, [bead.target for bead in beads]),
        )
    ]
    for number, (ours, theirs) in enumerate(zip(*sides, strict=True)):
        yield DeskRow(ours, theirs, _worst_first(by_number[number]))


def _parted(
    every: Iterable[Told], side: str, here: Collection[int], starts: Sequence[int]
) -> list[list[Place]]:
    """Return the marks of one side, piece by piece."""
    parted: list[list[Place]] = [[] for _ in starts]
    for item in every:
        span = getattr(item.finding, side)
        if span is None:
            continue
        row = max(bisect_right(starts, span.start) - 1, 0)
        looks = item.looks if item.number in here else _ASIDE
        message = say(item.finding.message, current.locale())
        parted[row].append(
            Place(
                span.start - starts[row],
                span.end - starts[row],
                f"{side[0]}{item.number}",
                drawn(looks, item.finding.state),
                titled(message, item.finding.state),
            )
        )
    return parted


def _worst_first(items: Iterable[Told]) -> list[Told]:
    wrong = [item for item in items if item.looks != LOOKS["right"]]
    return sorted(wrong, key=lambda item: item.looks != LOOKS["wrong"])


def _listed(items: Sequence[Told]) -> list[Told]:
    """Return what is not right, the worst first, each wording once with its number."""
    times = Counter(item.wording for item in items)
    first: dict[str, Told] = {}
    for item in items:
        first.setdefault(item.wording, item)
    return _worst_first(
        replace(item, times=times[item.wording]) for item in first.values()
    )


def _checked(
    pair: Pair, beads: Sequence[Bead], items: Iterable[Told], languages: Languages
) -> Iterator[CheckedSegment]:
    """Yield the rows as pairs of a file, each with what is told under it."""
    by_number: defaultdict[int, list[Finding]] = defaultdict(list)
    for item in items:
        by_number[item.row].append(item.finding)
    for number, (ours, theirs) in enumerate(beads):
        source = pair.source[ours.start : ours.end]
        target = pair.target[theirs.start : theirs.end]
        line = pair.target.count("\n", 0, theirs.start) + 1
        row = Pair(str(number + 1), source.strip(), target.strip())
        offsets = (
            ours.start + len(source) - len(source.lstrip()),
            theirs.start + len(target) - len(target.lstrip()),
        )
        findings = tuple(_moved(finding, row, offsets) for finding in by_number[number])
        yield CheckedSegment(_FILE, Segment(row, line, languages), findings)


def _moved(finding: Finding, pair: Pair, offsets: tuple[int, int]) -> Finding:
    """Return a finding with its spans counted in a row; one elsewhere has no span."""
    spans: list[Span | None] = []
    for span, text, offset in zip(
        (finding.source, finding.target),
        (pair.source, pair.target),
        offsets,
        strict=True,
    ):
        start = span.start - offset if span else -1
        fits = span is not None and text[max(start, 0) :].startswith(span.text)
        spans.append(
            Span(start, start + len(span.text), span.text)
            if span is not None and fits and start >= 0
            else None
        )
    return finding.but(source=spans[0], target=spans[1])


def titled(text: str, state: str | None) -> str:
    """Return what a pointer over a mark shows; it ends with the word for a draft."""
    return " · ".join(filter(None, [text, word("draft")])) if is_draft(state) else text


def drawn(kind: str, state: str | None) -> str:
    """Return how a mark looks: dotted where nobody vouches for the entry."""
    return f"{kind} unproved" if is_draft(state) else kind
