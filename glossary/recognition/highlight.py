"""A text with its terms marked: cut into runs, or as HTML."""

from collections.abc import Iterable, Iterator
from html import escape

from glossary.entry import Match, is_draft
from glossary.text import dotted


def runs(text: str, matches: Iterable[Match]) -> Iterator[tuple[str, Match | None]]:
    """Yield a text from its start to its end, each run with the match it is.

    Where matches overlap, the first one has the run; `matches` count code points.
    """
    end = 0
    for match in sorted(matches, key=lambda m: (m.start, -m.end)):
        if match.start < end:
            continue
        if match.start > end:
            yield text[end : match.start], None
        yield text[match.start : match.end], match
        end = match.end
    if end < len(text):
        yield text[end:], None


def html(text: str, lang: str, matches: Iterable[Match], *, draft: str) -> str:
    """Return a page of the text, each term a `<mark>` with its equivalents to hover.

    `draft` is what the reader calls a term that nobody vouches for.
    """
    body = "".join(
        _marked(run, match, draft) if match else escape(run)
        for run, match in runs(text, matches)
    )
    return (
        f'<!doctype html>\n<html lang="{escape(lang)}"><meta charset="utf-8">\n'
        "<style>body{white-space:pre-wrap;max-width:45em;margin:2em auto;"
        "font:1em/1.7 sans-serif}mark.wrong{background:#fcc}"
        "mark[data-state=draft],mark[data-state=in-review]{outline:1px dashed}"
        "</style>\n"
        f"<body>{body}</body></html>\n"
    )


def _marked(run: str, match: Match, draft: str) -> str:
    texts = [dotted(term.text) for term in match.shown]
    title = " · ".join([*texts, draft] if is_draft(match.state) else texts)
    kind = ' class="wrong"' if match.banned else ""
    attributes = (
        f'title="{escape(title)}" data-entry="{match.entry}" data-state="{match.state}"'
    )
    return f"<mark{kind} {attributes}>{escape(run)}</mark>"
