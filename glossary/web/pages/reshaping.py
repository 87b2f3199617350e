"""Pages to make one entry of two, and several of one."""

from dataclasses import replace
from typing import Final

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from glossary.curation import Known, composing, reshaping
from glossary.entry import Entry, Term
from glossary.errors import GlossaryError, Invalid, NotFound
from glossary.message import N_, Message, Problem
from glossary.web import current
from glossary.web import request as incoming
from glossary.web.pages.entry import title
from glossary.web.pages.frame import pages, readable, reasons

#: So many entries one may be split into on the page.
_PARTS: Final = ("1", "2", "3")
_BOTH: Final = "both"
Answered = tuple[str, int] | WerkzeugResponse


@pages.get("/entries/<entry_id>/merge")
def merge_page(entry_id: str) -> str:
    """Ask into which entry one is to be put; entries with its wordings are offered."""
    return _merge(_theirs(entry_id))


@pages.post("/entries/<entry_id>/merge")
def merge_entry(entry_id: str) -> Answered:
    """Put an entry into another one."""
    incoming.nothing()
    entry, form = _theirs(entry_id), request.form
    try:
        merged = reshaping.merge(
            current.store(),
            entry_id,
            form.get("into", "").strip(),
            knows=_as_shown(form.get("version", "")),
            by=current.actor(),
            reason=form.get("reason", "")[:500],
        )
    except GlossaryError as error:
        return _merge(entry, problem=reasons(error), into=form.get("into", "")), 422
    return redirect(url_for("pages.entry_page", entry_id=merged.id), 303)


@pages.get("/entries/<entry_id>/split")
def split_page(entry_id: str) -> str:
    """Ask which wording goes where."""
    incoming.nothing()
    return _split(_theirs(entry_id))


@pages.post("/entries/<entry_id>/split")
def split_entry(entry_id: str) -> Answered:
    """Make several entries of one."""
    incoming.nothing()
    entry, form = _theirs(entry_id), request.form
    try:
        entries = reshaping.split(
            current.store(),
            entry_id,
            _parts(entry),
            knows=_as_shown(form.get("version", "")),
            by=current.actor(),
            reason=form.get("reason", "")[:500],
        )
    except GlossaryError as error:
        return _split(entry, problem=reasons(error)), 422
    return redirect(url_for("pages.entry_page", entry_id=entries[0].id), 303)


def _theirs(entry_id: str) -> Entry:
    """Return an entry; raise Forbidden for who may not reshape it."""
    entry = current.store().entry(entry_id)
    current.actor().must("bulk", entry.glossary)
    return entry


def _as_shown(version: str) -> Known:
    return lambda now: str(now) == version


def _parts(entry: Entry) -> list[Entry]:
    """Return what a form makes of an entry; raise Invalid for a part with no wording.

    What is said of the concept stays with the first part.
    """
    places = [request.form.get(f"part-{at}", "1") for at in range(len(entry.terms))]
    numbers = [part for part in _PARTS if part in places or part in _PARTS[:2]]
    parts = []
    for number in numbers:
        terms = tuple(
            term
            for term, place in zip(entry.terms, places, strict=True)
            if place in {number, _BOTH}
        )
        if not terms:
            message = Message(N_("Part %(number)s has no wording."), number=number)
            raise Invalid([Problem("/parts", message)])
        parts.append(_part(entry, terms, is_first=number == numbers[0]))
    return parts


def _part(entry: Entry, terms: tuple[Term, ...], *, is_first: bool) -> Entry:
    texts = {term.text for term in terms}
    own_terms = tuple(
        replace(term, renders=tuple(text for text in term.renders if text in texts))
        for term in terms
    )
    part = replace(entry, id="", terms=own_terms, version=0, replaced_by=())
    if is_first:
        return part
    return replace(part, definition={}, note="", notes={}, relations=(), extra={})


def _merge(entry: Entry, *, problem: str = "", into: str = "") -> str:
    store = current.store()
    into = into or request.args.get("into", "")
    entries = store.entries_of([into]) if into else []
    other = next(iter(readable(entries)), None)
    _, alike = composing.looked_over(store, entry, by=current.actor())
    return render_template(
        "merge.html",
        entry=entry,
        title=title,
        into=into,
        other=other,
        alike=alike,
        problem=problem,
    )


def _split(entry: Entry, *, problem: str = "") -> str:
    if entry.state == "retired":
        raise NotFound(N_("The entry “%(id)s” is retired."), id=entry.id)
    return render_template(
        "split.html",
        entry=entry,
        title=title,
        parts=_PARTS,
        form=request.form,
        problem=problem,
    )
