"""The page to read a text by: every term in it, and what a check of a translation says.

Without a script the form is sent and the page comes back with the answer. With one, the
terms of a text alone are asked of the API while one writes, and of a text with its
translation this page is asked, so that what is told is the same. Buttons of the form
say what a reader decided of a finding, or that all is to be saved as a file.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from flask import Response, render_template, request

from glossary import bitext
from glossary.entry import Match
from glossary.message import N_, Message
from glossary.query import Pair, Wanted
from glossary.recognition import annotate
from glossary.speech import say
from glossary.text import dotted, language_of, other_language
from glossary.web import asking, current
from glossary.web import request as incoming
from glossary.web.pages.desk import Decisions, Desk, decided, drawn, replaced, titled
from glossary.web.pages.desk import read as read_desk
from glossary.web.pages.frame import chosen, glossaries, may_propose, pages
from glossary.web.pages.passage import MarkedPiece, Place, paragraphs

#: The longest text that the page takes, in characters, if the settings allow so much.
_LONGEST: Final = 50_000
_DIRECTIONS: Final = {"zh-Hans": "en", "en": "zh-Hans"}


@dataclass(frozen=True, slots=True)
class Known:
    """A term of the panel: where it stands first, how often, and inside another."""

    number: int
    match: Match
    times: int
    within: bool


@dataclass(frozen=True, slots=True)
class SentDesk:
    """What the form carries; `before` is the translation as it was before."""

    text: str = ""
    target: str = ""
    from_: str = ""
    before: str | None = None
    decisions: Decisions = field(default_factory=Decisions)


@pages.get("/read")
def read_page() -> str:
    """Show the desk: a box for a text and one for its translation."""
    incoming.nothing()
    return _page(SentDesk())


@pages.post("/read")
def read_text() -> str | tuple[str, int] | Response:
    """Show the terms of a text, and the findings when there is a translation."""
    incoming.nothing()
    passage = _passage()
    longest = _longest()
    if max(len(passage.text), len(passage.target)) > longest:
        message = Message(
            N_("The text is too long; %(most)s characters are read at a time."),
            most=longest,
        )
        cut = replace(
            passage, text=passage.text[:longest], target=passage.target[:longest]
        )
        return _page(cut, problem=say(message, current.locale())), 422
    kind = request.form.get("save", "")
    if kind in bitext.REPORTS and passage.text.strip() and passage.target.strip():
        return _saved(kind, passage)
    return _page(_done(passage, *request.form.get("do", "").split(" ", 1)))


def _passage() -> SentDesk:
    text, target, before, accepted, ignored = (
        request.form.get(name, "").replace("\r\n", "\n")
        for name in ("text", "target", "before", "accepted", "ignored")
    )
    decisions = decided(accepted, ignored)
    return SentDesk(
        text, target, request.form.get("from", ""), before or None, decisions
    )


def _longest() -> int:
    settings = current.settings()
    return min(_LONGEST, settings.max_text, settings.max_check // 2)


def _options(passage: SentDesk) -> Wanted:
    from_language = (
        passage.from_ if passage.from_ in _DIRECTIONS else language_of(passage.text)
    )
    to = _DIRECTIONS.get(passage.from_, other_language(from_language))
    return asking.as_allowed(
        Wanted(from_=from_language, to=to, overlaps=True, glossaries=chosen())
    )


def _desk(passage: SentDesk) -> Desk:
    pair = Pair("", passage.text, passage.target)
    return read_desk(current.wordings(), pair, _options(passage), passage.decisions)


def _done(passage: SentDesk, verb: str, name: str = "") -> SentDesk:
    """Return what was sent with one thing done that a button of the form says."""
    if verb == "undo" and passage.before is not None:
        return replace(passage, target=passage.before, before=None)
    if verb in {"replace", "accept", "ignore"}:
        every = (t for row in _desk(passage).rows for t in row.items)
        item = next((t for t in every if name in {t.place, t.wording}), None)
        if item is None:
            return passage
        if verb == "replace":
            target = replaced(passage.target, item)
            return replace(passage, target=target, before=passage.target)
        return replace(passage, decisions=passage.decisions.with_(verb, item))
    return replace(passage, decisions=passage.decisions.without(name))


def _saved(kind: str, passage: SentDesk) -> Response:
    """Return what is told as a file."""
    locale = current.locale()
    content = bitext.report(
        kind, _desk(passage).segments, lambda text: say(text, locale), lang=locale
    )
    file = bitext.REPORTS[kind]
    answer = Response(content, mimetype=file.media_type)
    disposition = f"attachment; filename=findings{file.suffix}"
    answer.headers["Content-Disposition"] = disposition
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _page(passage: SentDesk, problem: str = "") -> str:
    options = _options(passage)
    terms: list[Known] = []
    source: list[MarkedPiece] = []
    desk: Desk | None = None
    if passage.text.strip() and passage.target.strip():
        desk = _desk(passage)
    elif passage.text.strip():
        matches = annotate(current.wordings(), passage.text, options).matches
        terms = _terms_in_order(matches)
        source = paragraphs(passage.text, _places(matches))
    return render_template(
        "read.html",
        sent=passage,
        from_=options.from_,
        to=options.to,
        problem=problem,
        source=source,
        known=terms,
        desk=desk,
        longest=_longest(),
        reports=bitext.REPORTS,
        glossaries=glossaries(),
        chosen=options.glossaries,
        proposable=may_propose(),
    )


def _places(matches: Iterable[Match]) -> Iterable[Place]:
    for number, match in enumerate(matches):
        terms = match.shown
        title = titled(" · ".join(dotted(term.text) for term in terms[:2]), match.state)
        kind = drawn("bad" if match.banned else "term", match.state)
        for at, (start, end) in enumerate(match.parts or ((match.start, match.end),)):
            name = f"m{number}" if at == 0 else f"m{number}-{at}"
            yield Place(start, end, name, kind, title)


def _terms_in_order(matches: tuple[Match, ...]) -> list[Known]:
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
