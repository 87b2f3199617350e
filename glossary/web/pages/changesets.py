"""The page of one revision: what it did to entries, and a button to take it back."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from glossary.curation import bulk
from glossary.errors import GlossaryError, NotFound
from glossary.speech import say
from glossary.web import asking, current
from glossary.web import request as incoming
from glossary.web.pages.entry import title
from glossary.web.pages.frame import pages, shown

#: So many entries are shown.
_MOST = 200


@pages.get("/changes/<int:revision>")
def changeset_page(revision: int) -> str:
    """Show what a revision did to entries."""
    incoming.nothing()
    return _page(revision)


@pages.post("/changes/<int:revision>")
def undo_changeset(revision: int) -> tuple[str, int] | str | WerkzeugResponse:
    """Say what an undo would do, or do it."""
    incoming.nothing()
    asking.changeset(revision)
    is_preview = request.form.get("do") != "undo"
    try:
        outcome = bulk.undo(
            current.store(),
            revision,
            by=shown("bulk"),
            reason=request.form.get("reason", "")[:500],
            dry_run=is_preview,
        )
    except NotFound:
        raise
    except GlossaryError as error:
        return _page(revision, problem=say(error.message, current.locale())), 422
    if is_preview or outcome.left:
        return _page(revision, outcome=outcome)
    return redirect(url_for("pages.changeset_page", revision=outcome.revision), 303)


def _page(revision: int, *, outcome: bulk.Done | None = None, problem: str = "") -> str:
    store = current.store()
    changeset = asking.changeset(revision)
    moves = store.changesets.page(revision, after="", limit=_MOST)
    return render_template(
        "changeset.html",
        changeset=changeset,
        moved=moves,
        title=title,
        done=outcome,
        problem=problem,
    )
