"""The page to read a text by: every term in it, and what a check of a translation says.

Without a script the form is sent and the page comes back with the answer; the script
asks the API and draws the same.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from flask import render_template, request

from glossary.entry import Finding, Match, is_draft
from glossary.message import N_, Message
from glossary.query import Wanted
from glossary.recognition import annotate, check
from glossary.speech import say
from glossary.text import dotted, language_of, other_language
from glossary.web import current
from glossary.web import request as asked
from glossary.web.pages.frame import chosen, glossaries, pages, word
from glossary.web.pages.passage import MarkedPiece, Place, paragraphs

#: The longest text that the page takes, in characters, if the settings allow so much.
_LONGEST: Final = 50_000
#: How a finding looks, by its verdict.
LOOKS: Final = {"ok": "fine", "admitted": "fine", "forbidden": "bad", "missing": "bad"}
_DIRECTIONS: Final = {"zh-Hans": "en", "en": "zh-Hans"}


@dataclass(frozen=True, slots=True)
class Known:
    """A term of the panel: where it stands first, how often, and inside another."""

    number: int
    match: Match
    times: int
    within: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A finding of the panel: where it stands first, and how often."""

    number: int
    finding: Finding
    times: int


@pages.get("/read")
def read_page() -> str:
    """Show the desk: a box for a text and one for its translation."""
    asked.nothing()
    return _page("", "", "")


@pages.post("/read")
def read_text() -> tuple[str, int]:
    """Show the terms of a text, and the findings when there is a translation."""
    asked.nothing()
    text, target = (
        request.form.get(name, "").replace("\r\n", "\n") for name in ("text", "target")
    )
    from_ = request.form.get("from", "")
    longest = _longest()
    if max(len(text), len(target)) > longest:
        message = Message(
            N_("The text is too long; %(most)s characters are read at a time."),
            most=longest,
        )
        problem = say(message, current.locale())
        return _page(text[:longest], target[:longest], from_, problem=problem), 422
    return _page(text, target, from_), 200


def _longest() -> int:
    settings = current.settings()
    return min(_LONGEST, settings.max_text, settings.max_check // 2)


def _page(text: str, target: str, from_: str, problem: str = "") -> str:
    settled = from_ if from_ in _DIRECTIONS else language_of(text)
    to = _DIRECTIONS.get(from_, other_language(settled))
    looks_in = chosen()
    wanted = current.wanted(
        Wanted(from_=settled, to=to, overlaps=True, glossaries=looks_in)
    )
    snapshot = current.wordings()
    known: list[Known] = []
    findings: tuple[Finding, ...] = ()
    source: list[MarkedPiece] = []
    translated: list[MarkedPiece] = []
    if text.strip() and target.strip():
        findings = check(snapshot, text, target, wanted)
        source = paragraphs(text, _found(findings, "source"))
        translated = paragraphs(target, _found(findings, "target"))
    elif text.strip():
        matches = annotate(snapshot, text, wanted).matches
        known = _known(matches)
        source = paragraphs(text, _places(matches))
    return render_template(
        "read.html",
        text=text,
        target=target,
        direction=from_,
        from_=settled,
        to=to,
        problem=problem,
        source=source,
        translated=translated,
        known=known,
        findings=_told(findings),
        counts=Counter(map(_looks, findings)),
        longest=_longest(),
        glossaries=glossaries(),
        chosen=looks_in,
        looks=_looks,
    )


def _places(matches: Iterable[Match]) -> Iterable[Place]:
    for number, match in enumerate(matches):
        meant = match.shown
        title = _titled(
            " · ".join(dotted(term.text) for term in meant[:2]), match.state
        )
        kind = _drawn("bad" if match.banned else "term", match.state)
        for at, (start, end) in enumerate(match.parts or ((match.start, match.end),)):
            name = f"m{number}" if at == 0 else f"m{number}-{at}"
            yield Place(start, end, name, kind, title)


def _known(matches: tuple[Match, ...]) -> list[Known]:
    """Return the terms of a text in order, each wording of an entry once."""
    times: dict[tuple[str, str], int] = {}
    first: dict[tuple[str, str], tuple[int, Match, bool]] = {}
    reach = 0
    for number, match in enumerate(matches):
        name = (match.entry, match.term.text)
        times[name] = times.get(name, 0) + 1
        first.setdefault(name, (number, match, match.end <= reach))
        reach = max(reach, match.end)
    return [
        Known(number, match, times[name], within)
        for name, (number, match, within) in first.items()
    ]


def _told(findings: tuple[Finding, ...]) -> list[Told]:
    """Return what is not right, the worst first, each finding of a wording once."""
    times: Counter[object] = Counter()
    first: dict[object, tuple[int, Finding]] = {}
    for number, finding in enumerate(findings):
        if _looks(finding) != "fine":
            name = _named(finding)
            times[name] += 1
            first.setdefault(name, (number, finding))
    told = [Told(*found, times[name]) for name, found in first.items()]
    return sorted(told, key=lambda each: _looks(each.finding) != "bad")


def _named(finding: Finding) -> object:
    """Return what two findings of one kind on the same wordings share."""
    spans = (finding.source, finding.target)
    texts = tuple(span.text if span else None for span in spans)
    return finding.verdict, finding.advice, finding.entry, texts


def _found(findings: Iterable[Finding], side: str) -> Iterable[Place]:
    for number, finding in enumerate(findings):
        span = finding.source if side == "source" else finding.target
        if span is not None:
            told = say(finding.message, current.locale())
            kind = _drawn(_looks(finding), finding.state)
            name, title = f"{side[0]}{number}", _titled(told, finding.state)
            yield Place(span.start, span.end, name, kind, title)


def _titled(text: str, state: str | None) -> str:
    """Return what a pointer over a mark shows; it ends with the word for a draft."""
    return " · ".join(filter(None, [text, word("draft")])) if is_draft(state) else text


def _drawn(kind: str, state: str | None) -> str:
    return f"{kind} unproved" if is_draft(state) else kind


def _looks(finding: Finding) -> str:
    return "look" if finding.advice else LOOKS[finding.verdict]
