"""The page of one entry: both languages, evidence, relations, history."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from flask import Response, redirect, render_template, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from glossary import schema
from glossary.curation import cited
from glossary.entry import (
    Entry,
    Term,
    Version,
    dated,
    evidence,
    history,
    label,
    ranked,
)
from glossary.text import dotted, primary
from glossary.web import current, request
from glossary.web.pages.frame import (
    chinese,
    glossaries,
    pages,
    readable,
    whose,
    word,
)
from glossary.web.pages.linked import linked, media_type
from glossary.web.pages.relations import drawings
from glossary.web.pages.timeline import timeline

_ENTRY: Final = schema.EntryPageQuery()
Told = list[tuple[Version, list[history.Changed]]]


@pages.get("/entries/<entry_id>")
def entry_page(entry_id: str) -> str | WerkzeugResponse:
    """Show one entry: both languages, evidence, history; or give it as linked data.

    What was merged into another leads there, unless its history is asked for.
    """
    store = current.store()
    if not request.query(_ENTRY).history:
        replaced = store.entry(entry_id).replaced_by
        if len(replaced) == 1:
            return redirect(url_for("pages.entry_page", entry_id=replaced[0]), 301)
    entry = store.entry(entry_id)
    kind = media_type()
    if kind is not None:
        return linked(entry, kind)
    sources = cited(store, entry)
    of_term = dated(entry, as_of=None)
    facts = evidence(entry, sources, same=store.issuers.same)
    ids = [*(relation.entry for relation in entry.relations), *entry.replaced_by]
    others = readable(store.entries_of(ids))
    return render_template(
        "entry.html",
        entry=entry,
        glossaries=glossaries(),
        title=title(entry),
        definitions=sorted(entry.definition.items(), key=_foreign),
        notes=sorted(entry.notes.items(), key=_foreign),
        columns=[
            (lang, tuple(map(of_term, terms)))
            for lang, terms in (
                ("zh", _terms(entry, chinese())),
                ("en", _terms(entry, "en")),
                *_others(entry),
            )
        ],
        sources=sources,
        evidence=facts,
        timeline=timeline(facts),
        related={other.id: other for other in others},
        subjects={subject.id: subject.label for subject, _ in store.subjects()},
        versions=_with_changes(store.versions(entry_id)),
        parts=history.parts,
        coded=history.CODED,
        maps=list(drawings(entry, _of_names)),
        remarks=store.team.remarks(entry_id),
        is_watched=_is_watched(entry_id),
        entry_title=title,
    )


@pages.get("/entries/<entry_id>/text")
def entry_text(entry_id: str) -> Response:
    """Return an entry as plain text, to be pasted into a letter."""
    request.nothing()
    entry = current.store().entry(entry_id)
    answer = Response(_text(entry), mimetype="text/plain")
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def title(entry: Entry) -> list[Term]:
    """Return the terms an entry is known by: its best Chinese and English ones."""
    leading = [*_terms(entry, chinese())[:1], *_terms(entry, "en")[:1]]
    return leading or list(entry.terms[:1])


def _of_names(names: Sequence[str]) -> list[Entry]:
    return readable(current.store().entries_of(names))


def _is_watched(entry_id: str) -> bool:
    person = current.actor().person
    watches = current.store().team.watches(person) if person else []
    return any((w.kind, w.value) == ("entry", entry_id) for w in watches)


def _text(entry: Entry) -> str:
    lines = [" · ".join(dotted(term.text) for term in title(entry))]
    if entry.state != "approved":
        lines[0] += f" ({word(entry.state)})"
    lines += entry.definition.values()
    for lang in dict.fromkeys(primary(term.lang) for term in entry.terms):
        lines.append("")
        lines += map(_line, _terms(entry, lang))
    return "\n".join(lines) + "\n"


def _line(term: Term) -> str:
    period = label(term.since, term.until)
    issuer = whose(term.issuer)[1] if term.issuer else None
    about = filter(None, [word(term.status), issuer, period])
    return f"{dotted(term.text)} ({', '.join(about)})"


def _with_changes(versions: list[Version]) -> Told:
    """Return each version with what it changed since the one before."""
    steps: Told = [
        (new, history.changes(old.entry, new.entry) if old.entry and new.entry else [])
        for new, old in pairwise(versions)
    ]
    return [*steps, *((first, []) for first in versions[-1:])]


def _terms(entry: Entry, lang: str) -> tuple[Term, ...]:
    return ranked(entry.terms, lang, as_of=None, issuer=None)


def _foreign(text: tuple[str, str]) -> bool:
    """Say whether a text is in another language than the reader's."""
    return primary(text[0]) != primary(current.locale())


def _others(entry: Entry) -> list[tuple[str, tuple[Term, ...]]]:
    langs = dict.fromkeys(primary(term.lang) for term in entry.terms)
    return [(x, _terms(entry, x)) for x in langs if x not in {"zh", "en"}]
