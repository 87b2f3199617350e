"""The page to load files by and to take entries out."""

from typing import Any, Final

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from glossary.entry import PROOFS, STATES, STATUSES
from glossary.formats import FORMATS
from glossary.message import N_
from glossary.query import LAYOUTS, MODES, ON_ERROR
from glossary.schema import ExportQuery
from glossary.speech import FIELDS, WORDS, name_of, say
from glossary.web import current
from glossary.web import request as incoming
from glossary.web.pages.frame import listed_subjects, pages

#: What a person may say that a column is, beside the languages.
_COLUMNS: Final = {
    "source": N_("source text"),
    "target": N_("translation"),
    "synonyms": N_("synonyms"),
    **{name: WORDS[name] for name in ("preferred", "deprecated", "forbidden")},
    "abbreviation": WORDS["abbreviation"],
    "definition": FIELDS["definition"],
    "note": FIELDS["note"],
    "usage": FIELDS["usage"],
    "subjects": FIELDS["subjects"],
    "status": FIELDS["status"],
    "pos": FIELDS["part_of_speech"],
    "type": FIELDS["type"],
    "reading": FIELDS["reading"],
    "issuer": FIELDS["issuer"],
    "since": FIELDS["since"],
    "until": FIELDS["until"],
    "provenance": WORDS["citation"],
    "id": N_("id"),
    "number": N_("number of the row"),
}
#: What a part may be told by, with what the choices are called.
_PARTS: Final = (
    ("state", FIELDS["state"], STATES[:-1]),
    ("status", FIELDS["status"], STATUSES),
    ("proof", N_("Proved"), PROOFS),
)
_EXPORT: Final = ExportQuery()
_LANGUAGES: Final = "zh-Hans zh-Hant en fr ru ar es de ja ko".split()


def _columns() -> list[tuple[str, str]]:
    """Return what a column may be, and what each is called in the reader's language."""
    locale = current.locale()
    languages = [(tag, name_of(tag, locale)) for tag in _LANGUAGES]
    return languages + [(name, say(label, locale)) for name, label in _COLUMNS.items()]


@pages.get("/transfers")
def transfers_page() -> str:
    """Show the form to load a file by, and what entries can be taken out as."""
    incoming.nothing()
    settings, locale = current.settings(), current.locale()
    may = current.actor().may
    glossaries = current.store().glossaries()
    names = [name for name, count in glossaries if count and may("read", name)]
    return render_template(
        "transfers.html",
        readable=[f for f in FORMATS if f.read is not None],
        writable=[f for f in FORMATS if f.write is not None],
        columns=_columns(),
        modes=MODES,
        on_error=ON_ERROR,
        glossaries=names or [settings.glossary],
        # Who may not read that one has to say which is meant.
        default=settings.glossary if may("read", settings.glossary) else "",
        most=settings.max_import,
        layouts=LAYOUTS,
        parts=[(name, say(label, locale), of) for name, label, of in _PARTS],
        subjects=listed_subjects(current.store().subjects()),
    )


@pages.get("/transfers/export")
def export_part() -> Response:
    """Lead on to the file that the form asks for, without what was left empty."""
    incoming.filled(_EXPORT)
    fields: dict[str, Any] = {n: value for n, value in request.args.items() if value}
    return redirect(url_for("transfers.get_export", **fields), 303)
