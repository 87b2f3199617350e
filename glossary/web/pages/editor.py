"""The page to make and edit an entry by: one long form, quicker with a script."""

from itertools import zip_longest
from typing import Any, Final

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from glossary import schema
from glossary.curation import changes, composing, uniting
from glossary.entry import (
    BANS,
    EXPECTATIONS,
    MATCHES,
    PARTS_OF_SPEECH,
    RELATIONS,
    RETIRED,
    STATES,
    STATUSES,
    TERM_TYPES,
    Entry,
    Issuer,
    Source,
    Subject,
    codec,
    history,
    write,
)
from glossary.errors import GlossaryError, Invalid, NotFound, Stale
from glossary.query import Prefilled
from glossary.schema import load
from glossary.speech import say
from glossary.text import primary
from glossary.web import current, shared
from glossary.web import request as incoming
from glossary.web.pages.entry import title
from glossary.web.pages.entry_form import FREE, LANGUAGES, document, source
from glossary.web.pages.frame import in_order, pages, shown

_ENTRY: Final = schema.EntrySchema()
_NEW: Final = schema.NewEntryQuery()
Answered = str | tuple[str, int] | WerkzeugResponse


@pages.get("/edit")
def new_entry_page() -> str:
    """Show the form to make an entry by, with the wordings that are known already."""
    prefilled: Prefilled = incoming.filled(_NEW)
    terms = [
        {"lang": lang, "text": text, "status": "preferred"}
        for lang, text in (("zh-Hans", prefilled.zh), ("en", prefilled.en))
        if text
    ]
    usual, actor = current.settings().glossary, current.actor()
    own_glossaries = sorted(name for name in actor.roles if actor.may("edit", name))
    if not actor.may("edit", usual) and own_glossaries:
        usual = own_glossaries[0]
    blank = {"terms": terms, "glossary": usual}
    return _form(None, blank)


@pages.get("/entries/<entry_id>/edit")
def edit_entry_page(entry_id: str) -> str:
    """Show the form to edit an entry by."""
    incoming.nothing()
    entry = current.store().entry(entry_id)
    return _form(entry, codec.plain(entry))


@pages.post("/edit")
def make_entry() -> Answered:
    """Store the new entry of a form, or show what is to be seen in it."""
    incoming.nothing()
    return _taken(None)


@pages.post("/entries/<entry_id>/edit")
def edit_entry(entry_id: str) -> Answered:
    """Store the entry of a form, or show what is to be seen in it."""
    incoming.nothing()
    now = current.store().entry(entry_id)
    version = request.form.get("version", "")
    if version == str(now.version) or not version.isdigit():
        return _taken(now)
    return _taken(changes.version_of(current.store(), entry_id, int(version)))


def _taken(base: Entry | None) -> Answered:
    form, store = request.form.to_dict(), current.store()
    fields = document(form, base)
    source_fields = source(form)
    if form.get("do") == "more":
        return _form(base, fields, more=3)
    if form.get("do") in {"look", "preview"}:
        return _looked(base, fields, as_json=form["do"] == "look")
    try:
        entry = composing.save(
            store,
            fields,
            entry_id=base.id if base else "",
            sources=[load(schema.SourceSchema(), source_fields)]
            if source_fields
            else (),
            knows=base.version.__eq__ if base else None,
            by=shown("edit"),
            reason=form.get("reason", "")[:500],
        )
    except NotFound:
        raise
    except Stale:
        assert base is not None  # noqa: S101 - only what is there is stale.  # nosec B101
        return _conflict(base, fields), 412
    except GlossaryError as error:
        return _form(base, fields, problems=_lines_of(error)), 422
    return redirect(url_for("pages.entry_page", entry_id=entry.id), 303)


def _looked(base: Entry | None, fields: dict[str, Any], *, as_json: bool) -> Answered:
    """Show flaws and entries that are like it; nothing is stored."""
    try:
        entry: Entry = load(_ENTRY, {**fields, **({"id": base.id} if base else {})})
    except Invalid as error:
        if as_json:
            return _json({"problems": _lines_of(error), "flaws": [], "alike": []})
        return _form(base, fields, problems=_lines_of(error)), 422
    flaws, alike = composing.looked_over(current.store(), entry, by=current.actor())
    lines = [say(flaw.message, current.locale()) for flaw in flaws]
    if as_json:
        rows = [
            {"entry": e.id, "title": " · ".join(t.text for t in title(e))}
            for e in alike
        ]
        return _json({"problems": [], "flaws": lines, "alike": rows})
    return _form(base, fields, flaws=lines, alike=alike, preview=entry)


def _conflict(base: Entry, fields: dict[str, Any]) -> str:
    """Show what both have changed, with a form that has them together."""
    now = current.store().entry(base.id)
    try:
        mine: Entry = load(_ENTRY, {**fields, "id": base.id})
    except Invalid as error:
        return _form(base, fields, problems=_lines_of(error))
    both = uniting.united(base, now=now, other=mine)
    together = both.entry if not both.collisions else mine
    return _form(
        now,
        {**codec.plain(together), "state": fields.get("state", now.state)},
        theirs=history.changes(base, now),
        mine=history.changes(base, mine),
        collisions=both.collisions,
    )


def _form(
    base: Entry | None, fields: dict[str, Any], *, more: int = 0, **values: Any
) -> str:
    terms = list(enumerate(fields["terms"]))
    places = {(t.lang, t.text): at for at, t in enumerate(base.terms)} if base else {}
    rows = [
        {**term, "n": n, "at": places.get((term["lang"], term["text"]), "")}
        for n, term in terms
    ]
    chinese = [row for row in rows if primary(row["lang"]) == "zh"]
    others = [row for row in rows if primary(row["lang"]) != "zh"]
    pairs = [list(pair) for pair in zip_longest(chinese, others)]
    pairs += [[None, None] for _ in range(FREE + more)]
    free = len(rows)
    for pair in pairs:
        for side, lang in enumerate(("zh-Hans", "en")):
            if pair[side] is None:
                blank = {"lang": lang, "text": "", "status": "preferred", "at": ""}
                pair[side] = {**blank, "n": free}
                free += 1
    return render_template(
        "edit.html",
        entry=base,
        title=title(base) if base else [],
        sent=fields,
        pairs=pairs,
        free=FREE,
        languages=[*dict.fromkeys([*LANGUAGES, *(row["lang"] for row in rows)])],
        # What is retired leaves that state by a choice, not by being saved.
        states=[s for s in STATES if s != RETIRED or fields.get("state") == s],
        statuses=STATUSES,
        bans=BANS,
        types=TERM_TYPES,
        parts_of_speech=PARTS_OF_SPEECH,
        matches=MATCHES,
        prose_languages=[
            *dict.fromkeys(
                [*LANGUAGES, *fields.get("definition", {}), *fields.get("notes", {})]
            )
        ],
        is_sent=request.method == "POST",
        expectations=EXPECTATIONS,
        relation_types=RELATIONS,
        sources=in_order(shared.every(Source), lambda s: (s.title, s.id)),
        subjects=in_order(shared.every(Subject), lambda s: (s.label, s.id)),
        issuers=in_order(shared.every(Issuer), lambda i: (i.names, i.id)),
        form=request.form,
        parts=history.parts,
        coded=history.CODED,
        entry_title=title,
        **values,
    )


def _lines_of(error: GlossaryError) -> list[str]:
    """Return what is wrong, place by place."""
    locale = current.locale()
    places = [f"{p.pointer}: {say(p.detail, locale)}" for p in error.problems]
    return places or [say(error.message, locale)]


def _json(document_: dict[str, Any]) -> Response:
    return Response(
        write(document_),
        headers={
            "Content-Type": "application/json",
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )
