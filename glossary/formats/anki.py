"""A deck for Anki, which has its cards learnt by heart; by the extra `anki`.

A note is a wording with what renders it. Its id is made from the entry, the wording and
the direction, so that a newer deck updates the cards that somebody is learning and
keeps what they have learnt (docs.ankiweb.net/importing/packaged-decks.html).
"""

import html
import io
import zipfile
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from importlib import import_module
from itertools import chain
from typing import Any, BinaryIO, Final

from glossary.errors import Invalid
from glossary.formats.article import BOTH, Article, Sides, by_direction
from glossary.formats.folder import member
from glossary.formats.imprint import NAMELESS, Imprint
from glossary.formats.noun import is_noun
from glossary.formats.record import Drop
from glossary.message import N_, Problem

Entries = Iterable[Mapping[str, Any]]

_FIELDS: Final = ("Wording", "Reading", "Renderings", "Avoid", "About", "Entry")
_FRONT: Final = '<div class="wording">{{Wording}}</div>'
_BACK: Final = (
    '{{FrontSide}}<hr id="answer"><div class="reading">{{Reading}}</div>'
    '<div class="renderings">{{Renderings}}</div>'
    '{{#Avoid}}<div class="avoid">✗ {{Avoid}}</div>{{/Avoid}}'
    '{{#About}}<div class="about">{{About}}</div>{{/About}}'
)
_STYLE: Final = (
    ".card{font:20px/1.5 Georgia,'Noto Serif CJK SC',SimSun,serif;text-align:center}"
    ".wording{font-size:150%}.renderings{font-weight:bold}"
    ".reading,.about{font-size:80%}.avoid{text-decoration:line-through}"
)
#: Anki tells decks and kinds of notes by numbers that fit 32 bits and are never 0.
_LEAST: Final = 1 << 30
#: SQLite says in the head of its file which version wrote it; all else is the same.
_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)


def write(
    entries: Entries,
    stream: BinaryIO,
    drop: Drop,
    sides: Sides | None = None,
    *,
    imprint: Imprint = NAMELESS,
) -> None:
    """Write a deck of both directions, or of one; tell `drop` of what has no card.

    Raise Invalid where genanki is not installed.
    """
    genanki = _library()
    kind = genanki.Model(
        _number("notes of a termbase"),
        "Termbase",
        fields=[{"name": name} for name in _FIELDS],
        templates=[{"name": "Rendering", "qfmt": _FRONT, "afmt": _BACK}],
        css=_STYLE,
    )
    directions = (sides,) if sides else BOTH
    about = "<br>".join(html.escape(line) for line in imprint.lines)
    decks = {
        side: genanki.Deck(
            _number(f"{imprint.title} {side}"),
            f"{imprint.title.replace('::', ':')}::{side[0]} → {side[1]}",
            about,
        )
        for side in directions
    }
    for entry in entries:
        if is_noun(entry):
            continue
        for article in chain(*by_direction([entry], drop, sides).values()):
            decks[article.sides].add_note(
                genanki.Note(
                    model=kind,
                    fields=_fields(article),
                    guid=_name(article),
                    tags=[*article.subjects, *(["draft"] if article.is_draft else [])],
                )
            )
    package_file = io.BytesIO()
    day = datetime.fromisoformat(imprint.date) if imprint.date else _EPOCH
    at = day.replace(tzinfo=UTC).timestamp()
    genanki.Package(list(decks.values())).write_to_file(package_file, at)
    with (
        zipfile.ZipFile(package_file) as package,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as timeless,
    ):
        for name in package.namelist():
            timeless.writestr(member(name), package.read(name))


def _library() -> Any:
    try:
        return import_module("genanki")
    except ImportError:
        message = N_(
            "Writing Anki decks needs genanki: pip install 'glossary-termbase[anki]'."
        )
        raise Invalid([Problem("/format", message)]) from None


def _fields(article: Article) -> list[str]:
    about = [text for text in (article.definition, article.note) if text]
    columns = [
        [article.head],
        [article.reading],
        article.renderings,
        article.avoid,
        about,
        [article.entry],
    ]
    return ["<br>".join(html.escape(text) for text in some) for some in columns]


def _number(name: str) -> int:
    digest = sha256(name.encode()).digest()
    return _LEAST + int.from_bytes(digest[:4], "big") % _LEAST


def _name(article: Article) -> str:
    place = "\0".join((article.entry, article.head, *article.sides))
    return sha256(place.encode()).hexdigest()[:16]
