"""Pages to wander by: subjects, first letters, issuers, sources, what changed last."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from string import ascii_lowercase
from typing import Any, Final
from urllib.parse import urlencode

from flask import Response, render_template, request

from glossary.entry import PROOFS, Dated, Entry, Issuer, Source, Subject, dated, history
from glossary.query import BrowsePage, RecentPage
from glossary.schema import BrowseQuery, RecentQuery
from glossary.store import Listed, Recent
from glossary.text import has_han
from glossary.web import current, reply, shared
from glossary.web import request as incoming
from glossary.web.pages.entry import title
from glossary.web.pages.frame import glossaries, in_order, listed_subjects, pages

_BROWSE: Final = BrowseQuery()
_RECENT: Final = RecentQuery()
#: What may have been done to an entry that is listed among what changed last.
_ACTIONS: Final = (
    "create update submit approve send-back reopen retire delete restore "
    "unite split bulk undo accept"
).split()
_LETTERS: Final = (*ascii_lowercase, "#")
#: So many entries stand on one page, and so many changes in the feed.
_AT_ONCE: Final = 100


@pages.get("/browse")
def browse_page() -> str:
    """Show what entries can be listed by, or the entries of one list."""
    page: BrowsePage = incoming.query(_BROWSE)
    kind, value, store = page.kind, page.value, current.store()
    issuers = store.issuers
    issuer = issuers.of(value) if kind == "issuer" else None
    page_of_entries, further = None, None
    proved = shared.tally("proof")
    if kind:
        values = store.nouns.issued_as(issuers, issuer) if issuer else [value]
        page_of_entries = store.browse.listed(
            kind,
            values,
            after=page.after,
            limit=_AT_ONCE,
            glossaries=current.readable(),
        )
        if page_of_entries.next is not None:
            text, number = page_of_entries.next
            further = f"?{urlencode({kind: value, 'after': f'{text}~{number}'})}"
    return render_template(
        "browse.html",
        kind=kind,
        value=value,
        listed=page_of_entries,
        glossaries=glossaries() if page_of_entries else {},
        rows=[(entry, _known_by(entry)) for entry in page_of_entries.entries]
        if page_of_entries
        else [],
        cited=_cited(page_of_entries.entries) if page_of_entries else {},
        more=further,
        letters={
            lang: [(letter, numbers.get(letter, 0)) for letter in _LETTERS]
            for lang, numbers in (
                ("en", shared.tally("en")),
                ("zh", shared.tally("zh")),
            )
        },
        proofs={state: proved[state] for state in PROOFS if state in proved},
        subjects=counted_subjects(),
        labels={subject.id: subject.label for subject, _ in store.subjects()},
        issuers=_issuers() if not kind else [],
        issuer=issuer,
        documents=_documents(issuer) if issuer else [],
        sources=_sources() if not kind else [],
        source=(
            _source(value)
            if kind == "source" and _is_told_of(page_of_entries)
            else None
        ),
        title=title,
    )


@pages.get("/changes")
def changes_page() -> str:
    """Show what changed last, newest first, with the difference in place."""
    changes, more = _changes(incoming.filled(_RECENT))
    return render_template(
        "changes.html",
        changes=[
            (change, history.changes(before, change.document))
            if before and change.document
            else (change, [])
            for change, before in changes
        ],
        more=more,
        title=title,
        parts=history.parts,
        coded=history.CODED,
        actions=_ACTIONS,
        glossaries=glossaries(),
        subjects=counted_subjects(),
    )


@pages.get("/changes.atom")
def changes_feed() -> Response:
    """Return what changed last as an Atom feed (RFC 4287)."""
    rows, more = _changes(incoming.filled(_RECENT))
    changes = [row.change for row in rows]
    feed = render_template(
        "changes.atom",
        changes=changes,
        more=more,
        title=title,
        updated=changes[0].at if changes else "1970-01-01T00:00:00Z",
    )
    answer = Response(feed, mimetype="application/atom+xml")
    answer.set_etag(reply.tag(current.locale()))
    answer.vary.update(["Accept-Language", "Cookie"])
    return answer.make_conditional(request)  # type: ignore[return-value]


def _changes(page: RecentPage) -> tuple[list[Recent], dict[str, Any] | None]:
    """Return the changes of a page, and what the next one is asked for by."""
    if page.glossary:
        current.actor().must("read", page.glossary)
    changes = current.store().browse.recent(
        page, limit=_AT_ONCE + 1, glossaries=current.readable()
    )
    if len(changes) <= _AT_ONCE:
        return changes, None
    last = changes[_AT_ONCE - 1].change
    place = replace(page, before=last.revision, after=last.entry)
    return changes[:_AT_ONCE], {n: v for n, v in asdict(place).items() if v}


def _known_by(entry: Entry) -> list[Dated]:
    """Return the terms that an entry is listed with, and what proves them."""
    return list(map(dated(entry, as_of=None), title(entry)))


def _cited(entries: Iterable[Entry]) -> dict[str, Source]:
    """Return the documents that entries cite, by id."""
    terms = (term for entry in entries for term in entry.terms)
    names = {s for term in terms for c in term.citations for s in c.sources}
    sources = current.store().sources(sorted(names)) if names else []
    return {source.id: source for source in sources}


def _sources() -> list[tuple[Source, int]]:
    """Return the sources that are cited, with how many entries cite them."""
    store = current.store()
    numbers = shared.tally("source")
    sources = {source.id: source for source in store.sources(sorted(numbers))}
    rows = [
        (sources.get(name, Source(name, {})), number)
        for name, number in numbers.items()
    ]
    return in_order(rows, lambda row: (row[0].title, row[0].id))


def _issuers() -> list[tuple[str, Mapping[str, str], int]]:
    """Return by what each issuer of a term is listed, its names, how many entries."""
    numbers, issuers = shared.tally("issuer"), current.store().issuers
    rows = [
        (issuer.id, issuer.names, number)
        for issuer, number in shared.counted(Issuer)
        if number
    ]
    names = [name for name in numbers if issuers.of(name) is None]
    tags = {name: "zh-Hans" if has_han(name) else "en" for name in names}
    unlisted = [(name, {tags[name]: name}, numbers[name]) for name in names]
    return in_order([*rows, *unlisted], lambda row: (row[1], row[0]))


def counted_subjects() -> list[tuple[Subject, int]]:
    """Return each subject with how many of its entries may be read, by its name."""
    every = current.store().subjects()
    if current.readable() is not None:
        numbers = shared.tally("subject")
        every = [(subject, numbers.get(subject.id, 0)) for subject, _ in every]
    return listed_subjects(every)


def _is_told_of(page: Listed | None) -> bool:
    """Say whether what entries are listed by is told of: an entry of them is shown."""
    return current.readable() is None or bool(page and page.entries)


def _documents(issuer: Issuer) -> list[Source]:
    """Return the documents of an issuer, the oldest first."""
    store = current.store()
    every, issuers = store.nouns.all(Source), store.issuers
    mine = [source for source in every if issuers.of(source.issuer) is issuer]
    if current.readable() is not None:
        number_of = shared.tally("source")
        mine = [source for source in mine if source.id in number_of]
    return sorted(mine, key=lambda source: (source.date or "", source.id))


def _source(name: str) -> Source:
    sources = current.store().sources([name])
    return sources[0] if sources else Source(name, {})
