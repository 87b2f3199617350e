"""The page of numbers, with pictures drawn here, as SVG."""

from collections.abc import Sequence
from datetime import date
from itertools import accumulate
from typing import Final, NamedTuple

from flask import render_template

from glossary.entry import APPROVED, DRAFT, IN_REVIEW, STATES, Source
from glossary.errors import GlossaryError
from glossary.message import N_
from glossary.speech import say
from glossary.store import of_every_proof
from glossary.web import current, shared
from glossary.web import request as incoming
from glossary.web.pages.frame import listed_subjects, pages, shown

#: What entries should have, in the order of the picture.
COVERAGE: Final = {
    "both-languages": N_("a usable wording in both languages"),
    "traditional": N_("a wording in traditional characters"),
    "defined": N_("a definition"),
    "checked-reading": N_("a reading that was checked"),
    "issued": N_("an issuer"),
    "cited": N_("a citation"),
}
#: Wordings that were missed most: as many as an editor looks through at once.
_MISSED: Final = 20
#: The picture of growth, in units of its drawing.
_WIDE: Final = 760
_HIGH: Final = 180


#: Queries with how often they found nothing.
Missed = Sequence[tuple[str, int]]


class Growth(NamedTuple):
    """A line over time: its points, and what stands at its ends."""

    line: str
    area: str
    first: str
    last: str
    most: int


@pages.get("/statistics")
def statistics_page() -> str:
    """Show entries by subject and state, growth, coverage, how much is missed."""
    incoming.nothing()
    return _page()


@pages.post("/statistics")
def statistics_for_editors() -> tuple[str, int]:
    """Show the same with the look-ups that found nothing, to who has a token."""
    incoming.nothing()
    try:
        shown("missed")
    except GlossaryError as error:
        return _page(problem=say(error.message, current.locale())), 422
    return _page(missed=current.store().missed(limit=_MISSED)), 200


def _page(*, missed: Missed = (), problem: str = "") -> str:
    store = current.store()
    current.let_go()
    current.running().missed.flush()
    current.hold(always=True)
    tally = shared.numbers()
    states = tally("state")
    approved, draft, reviewed = map(tally, (APPROVED, DRAFT, IN_REVIEW))
    subjects = [
        (
            subject,
            approved.get(subject.id, 0),
            draft.get(subject.id, 0) + reviewed.get(subject.id, 0),
        )
        for subject, _ in listed_subjects(store.subjects())
        if approved.get(subject.id) or draft.get(subject.id) or reviewed.get(subject.id)
    ]
    return render_template(
        "statistics.html",
        states=states,
        terms=tally("lang"),
        in_use=sum(states.get(state, 0) for state in STATES[:-1]),
        subjects=sorted(subjects, key=lambda s: -s[1] - s[2]),
        growth=growth(list(tally("day").items())),
        coverage=[
            (say(text, current.locale()), tally("coverage").get(name, 0))
            for name, text in COVERAGE.items()
        ],
        proofs=of_every_proof(tally("proof-approved")),
        missed=missed,
        # What was looked up in vain is of the whole store, and says what others do.
        missed_number=store.missed_number() if current.readable() is None else None,
        problem=problem,
        sources=len(tally("source"))
        if current.readable() is not None
        else store.nouns.number(Source),
    )


def growth(days: Sequence[tuple[str, int]]) -> Growth | None:
    """Return the line of how many entries there were, from entries made by day.

    >>> growth([("2026-01-01", 30), ("2026-01-03", 10)]).line
    '0,180 0,45 760,45 760,0'
    """
    days = [(day, count) for day, count in days if day]
    if not days:
        return None
    when = [date.fromisoformat(day).toordinal() for day, _ in days]
    totals = list(accumulate(count for _, count in days))
    span = max(when[-1] - when[0], 1)
    points = []
    below = 0
    for at, total in zip(when, totals, strict=True):
        x = _WIDE * (at - when[0]) // span
        points += [(x, _y(below, totals[-1])), (x, _y(total, totals[-1]))]
        below = total
    if len(days) == 1:
        points.append((_WIDE, 0))
    line = " ".join(f"{x},{y}" for x, y in points)
    area = f"{line} {_WIDE},{_HIGH} 0,{_HIGH}"
    return Growth(line, area, days[0][0], days[-1][0], totals[-1])


def _y(total: int, most: int) -> int:
    return _HIGH - _HIGH * total // most
