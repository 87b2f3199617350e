"""The page to change many entries as one revision: preview first, then change."""

from collections.abc import Mapping
from typing import Any, Final

from flask import redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as WerkzeugResponse

from glossary import schema
from glossary.curation import bulk
from glossary.entry import (
    PROOFS,
    STATES,
    STATUSES,
    Bulk,
    Entry,
    Glossary,
    Subject,
)
from glossary.errors import GlossaryError
from glossary.schema import load
from glossary.web import current, shared
from glossary.web.pages.entry import title
from glossary.web.pages.frame import in_order, pages, reasons

_BULK: Final = schema.BulkBody()
_CHOICE: Final = ("glossary", "subject", "state", "status", "proof")
#: So many entries are shown by name.
_SHOWN: Final = 200


@pages.get("/bulk")
def selection_page() -> str:
    """Show the form to change a selection by."""
    return _page(request.args, {})


@pages.post("/bulk")
def change_selection() -> tuple[str, int] | str | WerkzeugResponse:
    """Say what would come of a change of the selection, or change it."""
    form = request.form
    is_preview = form.get("do") != "change"
    try:
        choice: Bulk = load(_BULK, _edit(form))
        outcome = bulk.edit(
            current.store(),
            choice.select,
            choice.set,
            by=current.actor(),
            reason=choice.reason,
            dry_run=is_preview,
            at=choice.revision,
        )
    except GlossaryError as error:
        return _page(form, form, problem=reasons(error)), 422
    if is_preview or outcome.left:
        return _page(form, form, outcome=outcome)
    return redirect(url_for("pages.changeset_page", revision=outcome.revision), 303)


def _edit(form: MultiDict[str, str]) -> dict[str, Any]:
    """Return what a form asks for, as the API would be sent it."""
    wish: dict[str, Any] = {
        name: form[f"to-{name}"]
        for name in ("state", "glossary")
        if form.get(f"to-{name}")
    }
    for name in ("add_subjects", "remove_subjects"):
        if words := form.get(name, "").replace(",", " ").split():
            wish[name] = words
    if form.get("status-from") and form.get("status-to"):
        wish["status"] = {"from": form["status-from"], "to": form["status-to"]}
    if form.get("issuer-from") or form.get("issuer-to"):
        wish["issuer"] = {
            "from": form.get("issuer-from") or None,
            "to": form.get("issuer-to") or None,
        }
    edit = {"select": _choice(form), "set": wish, "reason": form.get("reason", "")}
    planned = form.get("revision", "")
    is_planned = form.get("do") == "change" and planned.isdecimal()
    return {**edit, **({"revision": int(planned)} if is_planned else {})}


def _choice(values: MultiDict[str, str]) -> dict[str, Any]:
    ids = [name for name in values.getlist("entries") if name]
    if ids:
        return {"entries": ids}
    return {name: values[name] for name in _CHOICE if values.get(name)}


def _page(
    values: MultiDict[str, str],
    form: Mapping[str, str],
    *,
    outcome: bulk.Done | None = None,
    problem: str = "",
) -> str:
    store = current.store()
    choice = _choice(values)
    ids = choice.get("entries", [])[:_SHOWN]
    may = current.actor().may
    entries: list[Entry] = [
        entry for entry in store.entries_of(ids) if may("bulk", entry.glossary)
    ]
    results = (
        store.entries_of([*outcome.changed, *outcome.retired][:_SHOWN])
        if outcome
        else []
    )
    return render_template(
        "selection.html",
        choice=choice,
        chosen=entries,
        touched=results,
        form=form,
        done=outcome,
        problem=problem,
        title=title,
        states=STATES,
        statuses=STATUSES,
        proofs=PROOFS,
        names=[glossary.id for glossary, _ in shared.counted(Glossary)],
        subjects=in_order(shared.every(Subject), lambda s: (s.label, s.id)),
    )
