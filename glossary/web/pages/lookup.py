"""The first page: look a phrase up."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from flask import render_template, request

from glossary.entry import BLOCKS, Hit, Source, Subject, Suggestion
from glossary.errors import GlossaryError
from glossary.query import Query
from glossary.schema import LookupQuery
from glossary.text import has_han
from glossary.web import asking, current
from glossary.web import request as incoming
from glossary.web.pages.entry import title
from glossary.web.pages.frame import (
    best,
    chosen,
    glossaries,
    listed_subjects,
    may_propose,
    pages,
    reasons,
)
from glossary.web.pages.home import home

_LOOKUP = LookupQuery()
#: The fields of the form, beside the query, that narrow a look-up.
_NARROWED = (
    *("as_of", "issuer", "subject", "glossary", "glossaries", "from", "to", "tier"),
    *("state", "proof"),
)


@pages.get("/")
def lookup_page() -> tuple[str, int]:
    """Show the search box, and the hits of a query."""
    if not request.args.get("q", "").strip():
        return _page("", ()), 200
    try:
        query = for_reader(incoming.filled(_LOOKUP))
    except GlossaryError as error:
        q = request.args["q"][: current.settings().max_query]
        return _page(q, (), problem=reasons(error)), 422
    answer = asking.look_up(query)
    if answer.is_missed:
        current.noted()["missed"] = True
        address = request.remote_addr or ""
        current.running().missed.note(answer.q, address=address)
    return _page(
        answer.q,
        answer.hits,
        sources=answer.sources,
        meant=answer.did_you_mean,
        more=answer.more,
        elsewhere=answer.elsewhere,
    ), 200


def for_reader(query: Query) -> Query:
    """Ask for Traditional Chinese where a reader of it says nothing of the script."""
    script = current.locale()
    if script != "zh-Hant" or query.from_ or query.to:
        return query
    if has_han(query.q):
        return replace(query, from_=script)
    return replace(query, to=script)


def _page(
    q: str,
    hits: tuple[Hit, ...],
    *,
    sources: tuple[Source, ...] = (),
    meant: tuple[Suggestion, ...] = (),
    more: bool = False,
    elsewhere: int = 0,
    problem: str = "",
) -> str:
    subjects = listed_subjects(current.store().subjects())
    return render_template(
        "lookup.html",
        q=q,
        blocks={name: [h for h in hits if h.block == name] for name in BLOCKS},
        sources={source.id: source for source in sources},
        more=more,
        elsewhere=elsewhere,
        within=_places(subjects),
        twins=twins(hits),
        meant=meant,
        problem=problem,
        narrowed=any(request.args.get(name) for name in _NARROWED),
        subjects=subjects,
        glossaries=glossaries(),
        chosen=chosen(),
        proposable=may_propose(),
        home=None if q else home(current.store(), current.readable()),
        title=title,
    )


def _places(subjects: Iterable[tuple[Subject, int]]) -> list[str]:
    """Return what the glossaries and the subject are called that are looked in.

    It is nothing where something else is asked of the entries too.
    """
    if request.args.get("state") or request.args.get("proof"):
        return []
    titles_of, ticked = glossaries(), chosen()
    titles = [
        titles_of[name][1] if name in titles_of else name for name in sorted(ticked)
    ]
    subject = request.args.get("subject")
    labels = [best(s.label, s.id)[1] for s, _ in subjects if s.id == subject]
    return titles + labels


def twins(hits: tuple[Hit, ...]) -> set[str]:
    """Return the entries of homographs, which stand side by side."""
    same = (
        {a.entry, b.entry}
        for a, b in pairwise(hits)
        if (a.block, a.tier, a.term.text) == (b.block, b.tier, b.term.text)
    )
    return set().union(*same)
