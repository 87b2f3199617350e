"""A deck for Anki, which has its cards learnt by heart; by the extra `anki`.

A note is a wording with what renders it. Its id is made from the entry, the wording and
the direction, so that a newer deck updates the cards that somebody is learning and
keeps what they have learnt (docs.ankiweb.net/importing/packaged-decks.html).
"""

import html
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from importlib import import_module
from itertools import chain, count
from typing import Any, BinaryIO, Final, NamedTuple

from glossary.errors import Invalid
from glossary.formats.article import BOTH, Article, Sides, by_direction
from glossary.formats.folder import member
from glossary.formats.imprint import NAMELESS, Imprint
from glossary.formats.noun import is_noun
from glossary.formats.record import Drop
from glossary.message import N_, Problem

Entries = Iterable[Mapping[str, Any] | str | bytes]

#: What Anki has between the fields of a note.
_FIELD_END: Final = "\x1f"
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


class _Note(NamedTuple):
    """What a note says: its name for Anki, its tags, and its fields in HTML."""

    name: str
    tags: str
    fields: list[str]


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
    day = datetime.fromisoformat(imprint.date) if imprint.date else _EPOCH
    at = int(day.replace(tzinfo=UTC).timestamp())
    notes: dict[Sides, list[_Note]] = {
        side: [] for side in (sides and (sides,)) or BOTH
    }
    for entry in entries:
        if isinstance(entry, Mapping) and is_noun(entry):
            continue
        for article in chain(*by_direction([entry], drop, sides).values()):
            notes[article.sides].append(_note(article))
    numbers = count(at * 1000)
    with closing(sqlite3.connect(":memory:")) as collection:
        cursor = collection.cursor()
        decks = [_deck(genanki, side, imprint) for side in notes]
        for deck, some in zip(decks, notes.values(), strict=True):
            if some:
                deck.add_model(kind)
        genanki.Package(decks).write_to_db(cursor, at, numbers)
        for deck, some in zip(decks, notes.values(), strict=True):
            _put(cursor, some, numbers, kind=kind.model_id, deck=deck.deck_id, at=at)
        collection.commit()
        content = collection.serialize()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(member("collection.anki2"), content)
        package.writestr(member("media"), "{}")


def _deck(genanki: Any, sides: Sides, imprint: Imprint) -> Any:
    title = imprint.title
    return genanki.Deck(
        _number(f"{title} {sides}"),
        f"{title.replace('::', ':')}::{sides[0]} → {sides[1]}",
        "<br>".join(html.escape(line) for line in imprint.lines),
    )


def _put(
    cursor: sqlite3.Cursor,
    notes: Iterable[_Note],
    numbers: Iterator[int],
    *,
    kind: int,
    deck: int,
    at: int,
) -> None:
    """Put notes of a kind into a deck, each with its card, as genanki does one by one.

    Nothing in them is to be looked at again: what they say is escaped.
    """
    rows_of_notes, rows_of_cards = [], []
    for note in notes:
        number = next(numbers)
        text = _FIELD_END.join(note.fields)
        rows_of_notes.append(
            (number, note.name, kind, at, note.tags, text, note.fields[0])
        )
        rows_of_cards.append((next(numbers), number, deck, at))
    cursor.executemany(
        "insert into notes values (?, ?, ?, ?, -1, ?, ?, ?, 0, 0, '')", rows_of_notes
    )
    cursor.executemany(
        "insert into cards values "
        "(?, ?, ?, 0, ?, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '')",
        rows_of_cards,
    )


def _library() -> Any:
    try:
        return import_module("genanki")
    except ImportError:
        message = N_(
            "Writing Anki decks needs genanki: pip install 'glossary-termbase[anki]'."
        )
        raise Invalid([Problem("/format", message)]) from None


def _note(article: Article) -> _Note:
    about = [text for text in (article.definition, article.note) if text]
    columns = (
        [article.head],
        [article.reading],
        article.renderings,
        article.avoid,
        about,
        [article.entry],
    )
    fields = ["<br>".join(map(html.escape, texts)) for texts in columns]
    tags = " ".join([*article.subjects, *(["draft"] if article.is_draft else [])])
    return _Note(_name(article), f" {tags} ", fields)


def _number(name: str) -> int:
    digest = sha256(name.encode()).digest()
    return _LEAST + int.from_bytes(digest[:4], "big") % _LEAST


def _name(article: Article) -> str:
    place = "\0".join((article.entry, article.head, *article.sides))
    return sha256(place.encode()).hexdigest()[:16]
