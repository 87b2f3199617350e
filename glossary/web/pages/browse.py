"""Pages to wander by: subjects, first letters, issuers, sources, what changed last."""

from string import ascii_lowercase
from typing import Any, Final
from urllib.parse import urlencode

from flask import Response, render_template, request

from glossary.entry import Source
from glossary.schema import BrowseQuery, RecentQuery
from glossary.web import current
from glossary.web import request as asked
from glossary.web.pages.entry import title
from glossary.web.pages.frame import pages

_BROWSE: Final = BrowseQuery()
_RECENT: Final = RecentQuery()
_LETTERS: Final = (*ascii_lowercase, "#")
#: So many entries stand on one page, and so many changes in the feed.
_AT_ONCE: Final = 100


@pages.get("/browse")
def browse_page() -> str:
    """Show what entries can be listed by, or the entries of one list."""
    query = asked.query(_BROWSE)
    store = current.store()
    after = query.pop("after", "")
    kind, value = next(iter(query.items()), ("", ""))
    listed = None
    if kind:
        listed = store.browse.listed(kind, value, after=after, limit=_AT_ONCE)
    more = listed.next if listed else None
    return render_template(
        "browse.html",
        kind=kind,
        value=value,
        listed=listed,
        more=more and f"?{urlencode({kind: value, 'after': more})}",
        letters={
            each: [(letter, numbers.get(letter, 0)) for letter in _LETTERS]
            for each, numbers in (
                ("en", store.browse.tally("en")),
                ("zh", store.browse.tally("zh")),
            )
        },
        subjects=store.subjects(),
        labels={subject.id: subject.label for subject, _ in store.subjects()},
        issuers=store.browse.tally("issuer") if not kind else {},
        sources=_sources() if not kind else [],
        source=_source(value) if kind == "source" else None,
        title=title,
    )


@pages.get("/changes")
def changes_page() -> str:
    """Show what changed last, newest first."""
    changes, more = _changes()
    return render_template("changes.html", changes=changes, more=more, title=title)


@pages.get("/changes.atom")
def changes_feed() -> Response:
    """Return what changed last as an Atom feed (RFC 4287)."""
    changes, more = _changes()
    feed = render_template(
        "changes.atom",
        changes=changes,
        more=more,
        title=title,
        updated=changes[0].at if changes else "1970-01-01T00:00:00Z",
    )
    answer = Response(feed, mimetype="application/atom+xml")
    answer.set_etag(f"{current.store().revision()}-{current.locale()}")
    answer.vary.update(["Accept-Language", "Cookie"])
    return answer.make_conditional(request)  # type: ignore[return-value]


def _changes() -> tuple[list[Any], int | None]:
    """Return the changes of a page, and the revision that the next begins before."""
    before = asked.query(_RECENT).get("before")
    found = current.store().browse.recent(before=before, limit=_AT_ONCE)
    more = found[-1].revision if len(found) == _AT_ONCE else None
    return found, more


def _sources() -> list[tuple[Source, int]]:
    """Return the sources that are cited, with how many entries cite them."""
    store = current.store()
    numbers = store.browse.tally("source")
    known = {source.id: source for source in store.sources(sorted(numbers))}
    return [
        (known.get(name, Source(name, {})), number) for name, number in numbers.items()
    ]


def _source(name: str) -> Source:
    found = current.store().sources([name])
    return found[0] if found else Source(name, {})
