"""Writes the pages of a site: entries, subjects, lists of both languages, a search.

Everything is in the zip and nothing is asked of another host. The search is a script
over the words of the glossary; without scripts the lists do.
"""

import html
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from itertools import chain
from typing import Any, BinaryIO, Final

import orjson

from glossary.entry import USABLE, is_draft
from glossary.formats.article import (
    BOTH,
    Article,
    by_direction,
    by_subject,
    labels_of,
)
from glossary.formats.folder import member
from glossary.formats.imprint import NAMELESS, Imprint
from glossary.formats.noun import KIND, split
from glossary.formats.pairs import status_of_term
from glossary.formats.record import Drop
from glossary.text import primary

Entry = Mapping[str, Any]

#: What the pages say themselves, in English and in Chinese.
_SAID: Final[Mapping[str, tuple[str, str]]] = {
    "home": ("All entries", "全部条目"),
    "search": ("Search", "查找"),
    "subjects": ("By subject", "按主题"),
    "lists": ("Lists", "列表"),
    "zh-Hans": ("Chinese–English", "中文—英文"),
    "en": ("English–Chinese", "英文—中文"),
    "related": ("Related", "相关条目"),
    "sources": ("Where it stands", "出处"),
    "draft": ("draft", "草稿"),
    "preferred": ("✓ preferred", "首选"),
    "admitted": ("○ admitted", "许用"),
    "deprecated": ("△ deprecated", "拒用"),
    "superseded": ("△ superseded", "已被取代"),
    "forbidden": ("✕ forbidden", "禁用"),
}
_LANGUAGES: Final = {"zh-Hans": "简体", "zh-Hant": "繁體", "en": "English"}


def write(
    entries: Iterable[Entry],
    stream: BinaryIO,
    drop: Drop,
    *,
    imprint: Imprint = NAMELESS,
) -> None:
    """Write the site as a zip; tell `drop` of wordings that no list has.

    They stand on the page of their entry all the same.
    """
    nouns, rest = split(iter(entries))
    entries_there = list(rest)
    site = _Site(entries_there, nouns, imprint)
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in site.files(drop):
            package.writestr(member(name), text)


class _Site:
    """The pages of some entries, which know each other."""

    def __init__(
        self, entries: Sequence[Entry], nouns: Sequence[Entry], imprint: Imprint
    ) -> None:
        self.entries = entries
        self.labels = labels_of(nouns)
        self.sources = {item["id"]: item for item in nouns if item[KIND] == "source"}
        self.names = {item["id"]: _name(item) for item in entries}
        self.title = _text(imprint.title)
        self.about = "".join(f"<p>{_text(line)}</p>\n" for line in imprint.lines)
        self.documents = {name: _document(item) for name, item in self.sources.items()}

    def files(self, drop: Drop) -> Iterator[tuple[str, str]]:
        """Yield each file of the site with its text."""
        lists = list(by_direction(self.entries, drop).values())
        ours = files("glossary.formats.website")
        for name in ("site.css", "site.js"):
            yield name, (ours / name).read_text("utf-8")
        yield "words.js", f"globalThis.WORDS={self._words(lists)};\n"
        chapters = by_subject(lists[0], self.labels)
        yield "index.html", self._home(chapters)
        for (source, _), articles in zip(BOTH, lists, strict=True):
            body = self._list(sorted(articles, key=lambda item: item.place))
            yield f"{source}.html", self._page(_heading(source), body)
        for number, (label, articles) in enumerate(chapters, start=1):
            heading = f"<h1>{_text(label)}</h1>"
            body = self._list(articles, up="../")
            yield f"subjects/{number}.html", self._page(heading, body, up="../")
        for entry in self.entries:
            yield f"entries/{entry['id']}.html", self._entry(entry)

    def _words(self, lists: Iterable[list[Article]]) -> str:
        """Return what is searched: entry, wording, rendering, mark of a draft."""
        rows = {
            (item.entry, item.head): item.renderings[0]
            for item in chain.from_iterable(lists)
        }
        drafts = {item["id"] for item in self.entries if _is_draft(item)}
        for entry in self.entries:
            for term in entry["terms"]:
                chinese, english = self.names[entry["id"]]
                lead = english if primary(term["lang"]) == "zh" else chinese
                rows.setdefault((entry["id"], term["text"]), lead)
        rows_of_words = [
            [entry, head, lead, "✎" if entry in drafts else ""]
            for (entry, head), lead in rows.items()
        ]
        return orjson.dumps(rows_of_words).decode()

    def _home(self, chapters: Sequence[tuple[str, Sequence[Article]]]) -> str:
        subjects = "".join(
            f'<li><a href="subjects/{number}.html">{_text(label)}</a> ({len(some)})\n'
            for number, (label, some) in enumerate(chapters, start=1)
        )
        lists = "".join(
            f'<li><a href="{source}.html">{_both(source)}</a>\n' for source, _ in BOTH
        )
        body = (
            '<form id="search" role="search" hidden><label for="q">'
            f'{_both("search")}</label> <input id="q" type="search" '
            'autocomplete="off"></form>\n<p id="count" role="status"></p>\n'
            f'<ul id="hits"></ul>\n<h2>{_both("lists")}</h2>\n<ul>{lists}</ul>\n'
            f"<h2>{_both('subjects')}</h2>\n<ul>{subjects}</ul>\n"
            '<script src="words.js"></script><script src="site.js"></script>\n'
        )
        return self._page(f"<h1>{self.title}</h1>", body, home=False)

    def _list(self, articles: Iterable[Article], up: str = "") -> str:
        rows = "".join(
            f'<li><a href="{up}entries/{item.entry}.html" lang="{item.sides[0]}">'
            f'{_text(item.head)}</a> <span lang="{item.sides[1]}">'
            f"{_text('; '.join(item.renderings))}</span>"
            f"{_draft() if item.is_draft else ''}\n"
            for item in articles
        )
        return f"<ul>\n{rows}</ul>\n"

    def _entry(self, entry: Entry) -> str:
        chinese, english = self.names[entry["id"]]
        heading = (
            f'<h1><span lang="zh">{_text(chinese)}</span> · '
            f'<span lang="en">{_text(english)}</span>'
            f"{_draft() if _is_draft(entry) else ''}</h1>"
        )
        parts = [
            f'<p lang="{lang}">{_text(text)}</p>\n'
            for lang, text in (entry.get("definition") or {}).items()
        ]
        for lang in dict.fromkeys([*_LANGUAGES, *(t["lang"] for t in entry["terms"])]):
            rows = [_term(term) for term in entry["terms"] if term["lang"] == lang]
            if rows:
                label = _text(_LANGUAGES.get(lang, lang))
                parts.append(
                    f'<h2 lang="{lang}">{label}</h2>\n<ul>{"".join(rows)}</ul>'
                )
        if entry.get("note"):
            parts.append(f"<p>{_text(entry['note'])}</p>\n")
        parts += [
            f'<p lang="{lang}">{_text(text)}</p>\n'
            for lang, text in (entry.get("notes") or {}).items()
        ]
        parts += self._proofs(entry)
        related = "".join(
            f'<li><a href="{item["entry"]}.html">'
            f"{_text(' · '.join(self.names[item['entry']]))}</a>\n"
            for item in entry.get("relations") or ()
            if item["entry"] in self.names
        )
        if related:
            parts.append(f"<h2>{_both('related')}</h2>\n<ul>{related}</ul>\n")
        return self._page(heading, "".join(parts), up="../")

    def _proofs(self, entry: Entry) -> Iterator[str]:
        rows = "".join(
            f'<li><q lang="{term["lang"]}">{_text(item["quote"])}</q> '
            f"{self._cited(item)}\n"
            for term in entry["terms"]
            for item in term.get("citations") or ()
        )
        if rows:
            yield f"<h2>{_both('sources')}</h2>\n<ul>{rows}</ul>\n"

    def _cited(self, citation: Entry) -> str:
        name, locator = citation["source"], citation.get("locator")
        document = self.documents.get(name) or _text(name)
        return f"{document}, {_text(locator)}" if locator else document

    def _page(self, heading: str, body: str, *, up: str = "", home: bool = True) -> str:
        way = f'<nav><a href="{up}index.html">{_both("home")}</a></nav>\n'
        name = _bare(heading)
        title = f"{name} · {self.title}" if home else self.title
        return (
            '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f'<title>{title}</title>\n<link rel="stylesheet" href="{up}site.css">\n'
            f"{way if home else ''}<main>\n{heading}\n{body}</main>\n"
            f"<footer>\n{self.about}</footer>\n</html>\n"
        )


def _document(source: Entry) -> str:
    """Return a document as it is cited, but for the place in it."""
    titles = source.get("title") or {}
    title = _text(" · ".join(titles.values()) or source["id"])
    url = source.get("url") or ""
    if url.startswith(("https://", "http://")):
        title = f'<a href="{_text(url)}" rel="noreferrer">{title}</a>'
    more = [source.get("issuer"), source.get("date")]
    return ", ".join([title, *(_text(item) for item in more if item)])


def _term(term: Entry) -> str:
    status = status_of_term(term)
    markup = f'<span lang="{term["lang"]}">{_text(term["text"])}</span>'
    if status not in USABLE:
        markup = f'<span class="avoid">{markup}</span>'
    period = "–".join((term.get("since") or "", term.get("until") or ""))
    more = [term.get("reading"), term.get("issuer"), period.strip("–") and period]
    facts = " · ".join(_text(item) for item in [*more, term.get("usage")] if item)
    return f"<li>{markup} {_both(status)}{f' — {facts}' if facts else ''}\n"


def _name(entry: Entry) -> tuple[str, str]:
    """Return what leads an entry in Chinese and in English."""
    leads: dict[str, str] = {}
    for term in entry["terms"]:
        lang = primary(term["lang"])
        if status_of_term(term) in USABLE or lang not in leads:
            leads.setdefault(lang, term["text"])
    return leads.get("zh", ""), leads.get("en", "")


def _is_draft(entry: Entry) -> bool:
    return is_draft(str(entry.get("state") or ""))


def _draft() -> str:
    return f' <span class="draft">✎ {_both("draft")}</span>'


def _heading(name: str) -> str:
    return f"<h1>{_both(name)}</h1>"


def _both(name: str) -> str:
    english, chinese = _SAID[name]
    return f'{english} <span lang="zh-Hans">{chinese}</span>'


def _text(text: str) -> str:
    return html.escape(text)


def _bare(markup: str) -> str:
    """Return the text of markup of ours, still escaped."""
    pieces = [piece.rpartition(">")[2] for piece in markup.split("<")]
    return "".join(pieces)
