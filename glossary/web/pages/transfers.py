"""The page to load files by and to take entries out."""

from typing import Final

from flask import render_template

from glossary.formats import FORMATS
from glossary.message import N_
from glossary.query import MODES, ON_ERROR
from glossary.speech import FIELDS, WORDS, name_of, say
from glossary.web import current, request
from glossary.web.pages.frame import pages

#: What a person may say that a column is, beside the languages.
_COLUMNS: Final = {
    "source": N_("source text"),
    "target": N_("translation"),
    "synonyms": N_("synonyms"),
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
_LANGUAGES: Final = "zh-Hans zh-Hant en fr ru ar es de ja ko".split()


def _columns() -> list[tuple[str, str]]:
    """Return what a column may be, and what each is called in the reader's language."""
    locale = current.locale()
    languages = [(tag, name_of(tag, locale)) for tag in _LANGUAGES]
    return languages + [(name, say(label, locale)) for name, label in _COLUMNS.items()]


@pages.get("/transfers")
def transfers_page() -> str:
    """Show the form to load a file by, and what entries can be taken out as."""
    request.nothing()
    settings = current.settings()
    names = [name for name, count in current.store().glossaries() if count]
    return render_template(
        "transfers.html",
        readable=[f for f in FORMATS if f.read is not None],
        writable=[f for f in FORMATS if f.write is not None],
        columns=_columns(),
        modes=MODES,
        on_error=ON_ERROR,
        glossaries=names or [settings.glossary],
        default=settings.glossary,
        most=settings.max_import,
    )
