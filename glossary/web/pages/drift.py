"""The page *What changed*: year by year, which wording gave way to which."""

from typing import Final, NamedTuple
from urllib.parse import urlencode

from flask import render_template

from glossary.entry import Dated, Entry, Term, dated, drift_of
from glossary.query import BrowsePage
from glossary.schema import DriftQuery
from glossary.web import current, shared
from glossary.web import request as incoming
from glossary.web.pages.entry import title
from glossary.web.pages.frame import glossaries, pages

_QUERY: Final = DriftQuery()
#: So many entries stand on one page.
_AT_ONCE: Final = 100


class Shift(NamedTuple):
    """What changed in one language of an entry: what ended, and what is said since."""

    entry: Entry
    name: Term
    ended: list[Dated]
    began: list[Dated]


@pages.get("/what-changed")
def drift_page() -> str:
    """Show the wordings that gave way to others in a year, by default the last one."""
    page: BrowsePage = incoming.query(_QUERY)
    browse = current.store().browse
    readable = current.readable()
    years = shared.tally("turn")
    year = page.value or max(years, default="")
    page_of_entries = browse.listed(
        "turn", [year], after=page.after, limit=_AT_ONCE, glossaries=readable
    )
    more = None
    if page_of_entries.next is not None:
        text, number = page_of_entries.next
        more = f"?{urlencode({'year': year, 'after': f'{text}~{number}'})}"
    return render_template(
        "what-changed.html",
        years=sorted(years.items(), reverse=True),
        year=year,
        rows=[row for entry in page_of_entries.entries for row in _rows(entry, year)],
        glossaries=glossaries(),
        more=more,
    )


def _rows(entry: Entry, year: str) -> list[Shift]:
    dated_term = dated(entry, as_of=None)
    return [
        Shift(
            entry,
            title(entry)[0],
            [dated_term(term) for term in turn.ended],
            [dated_term(term) for term in turn.began],
        )
        for turn in drift_of(entry)
        if turn.year == year
    ]
