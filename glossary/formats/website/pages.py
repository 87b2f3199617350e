"""Writes the pages of a site: entries, subjects, lists of both languages, a search.

Everything is in the zip and nothing is asked of another host. The search is a script
over the words of the glossary; without scripts the lists do.
"""

import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from importlib.resources import files
from itertools import chain
from typing import Any, BinaryIO, Final

import orjson

from glossary.entry import USABLE, codec, is_draft
from glossary.formats.article import (
    BOTH,
    Article,
    Concept,
    by_direction,
    by_subject,
    concept_of,
    in_order,
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
_MARKUP: Final[Mapping[str, str]] = {
    name: f'{english} <span lang="zh-Hans">{chinese}</span>'
    for name, (english, chinese) in _SAID.items()
}
_DRAFT: Final = f' <span class="draft">✎ {_MARKUP["draft"]}</span>'
#: A site is long lists and thousands of small files: at level 4 of zip they are smaller
#: by a twentieth, and lists take half as much time again.
_LEVEL: Final = 1
#: A page of fewer characters stands in the zip as it is: to make thousands of them
#: smaller takes a fifth of the time of a site.
_SHORT: Final = 4_000
_LANGUAGES: Final = {"zh-Hans": "简体", "zh-Hant": "繁體", "en": "English"}


def write(
    entries: Iterable[Entry | str | bytes],
    stream: BinaryIO,
    drop: Drop,
    *,
    imprint: Imprint = NAMELESS,
) -> None:
    """Write the site as a zip; tell `drop` of wordings that no list has.

    They stand on the page of their entry all the same. What comes as its JSON is read
    when its page is made, so that few entries are there at a time.
    """
    nouns, rest = split(iter(entries))
    entries_there = list(rest)
    site = _Site(entries_there, nouns, imprint)
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in site.files(drop):
            file = member(name)
            if len(text) < _SHORT:
                file.compress_type = zipfile.ZIP_STORED
            package.writestr(file, text, compresslevel=_LEVEL)


class _Site:
    """The pages of some entries, which know each other."""

    def __init__(
        self,
        entries: Sequence[Entry | str | bytes],
        nouns: Sequence[Entry],
        imprint: Imprint,
    ) -> None:
        self.entries = entries
        self.labels = labels_of(nouns)
        self.sources = {item["id"]: item for item in nouns if item[KIND] == "source"}
        #: What leads each entry in Chinese and in English.
        self.names: dict[str, tuple[str, str]] = {}
        self.drafts: set[str] = set()
        #: Each wording: its entry, itself, and what leads in the other language.
        self.wordings: list[tuple[str, str, str]] = []
        self.title = _text(imprint.title)
        self.about = "".join(f"<p>{_text(line)}</p>\n" for line in imprint.lines)
        self.documents = {name: _document(item) for name, item in self.sources.items()}

    def _concept(self, entry: Entry | str | bytes) -> Concept:
        """Return what an entry says in articles; remember what pages ask of it."""
        concept = concept_of(entry)
        name = concept.id
        chinese, english = self.names[name] = _name(concept)
        if is_draft(concept.state or ""):
            self.drafts.add(name)
        for term in concept.terms:
            lead = english if primary(term.lang) == "zh" else chinese
            self.wordings.append((name, term.text, lead))
        return concept

    def files(self, drop: Drop) -> Iterator[tuple[str, str]]:
        """Yield each file of the site with its text."""
        lists = list(by_direction(map(self._concept, self.entries), drop).values())
        ours = files("glossary.formats.website")
        for name in ("site.css", "site.js"):
            yield name, (ours / name).read_text("utf-8")
        yield "words.js", f"globalThis.WORDS={self._words(lists)};\n"
        lists_in_order = [in_order(articles) for articles in lists]
        chapters = by_subject(lists_in_order[0], self.labels)
        yield "index.html", self._home(chapters)
        rows = {id(item): _row(item) for item in chain.from_iterable(lists)}
        for (source, _), articles in zip(BOTH, lists_in_order, strict=True):
            body = _list([rows[id(item)] for item in articles])
            yield f"{source}.html", self._page(_heading(source), body)
        for number, (label, articles) in enumerate(chapters, start=1):
            heading = f"<h1>{_text(label)}</h1>"
            body = _list([rows[id(item)] for item in articles], up="../")
            yield f"subjects/{number}.html", self._page(heading, body, up="../")
        for entry in map(_whole, self.entries):
            yield f"entries/{entry['id']}.html", self._entry(entry)

    def _words(self, lists: Iterable[list[Article]]) -> str:
        """Return what is searched: entry, wording, rendering, mark of a draft."""
        rows = {
            (item.entry, item.head): item.renderings[0]
            for item in chain.from_iterable(lists)
        }
        for entry, text, lead in self.wordings:
            rows.setdefault((entry, text), lead)
        rows_of_words = [
            [entry, head, lead, "✎" if entry in self.drafts else ""]
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

    def _entry(self, entry: Entry) -> str:
        chinese, english = self.names[entry["id"]]
        heading = (
            f'<h1><span lang="zh">{_text(chinese)}</span> · '
            f'<span lang="en">{_text(english)}</span>'
            f"{_DRAFT if entry['id'] in self.drafts else ''}</h1>"
        )
        parts = [
            f'<p lang="{lang}">{_text(text)}</p>\n'
            for lang, text in (entry.get("definition") or {}).items()
        ]
        rows: dict[str, list[str]] = {lang: [] for lang in _LANGUAGES}
        for term in entry["terms"]:
            rows.setdefault(term["lang"], []).append(_term(term))
        parts += [
            f'<h2 lang="{lang}">{_LANGUAGES.get(lang) or _text(lang)}</h2>\n'
            f"<ul>{''.join(some)}</ul>"
            for lang, some in rows.items()
            if some
        ]
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
            f'<li><q lang="{term["lang"]}">{_text(item.get("quote") or "")}</q> '
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


def _text(text: str) -> str:
    """Return text as it stands between tags; hardly any has what means something."""
    if "&" in text or "<" in text or ">" in text:
        return escape(text, quote=False)
    return text


def _document(source: Entry) -> str:
    """Return a document as it is cited, but for the place in it."""
    titles = source.get("title") or {}
    title = _text(" · ".join(titles.values()) or source["id"])
    url = source.get("url") or ""
    if url.startswith(("https://", "http://")):
        title = f'<a href="{escape(url)}" rel="noreferrer">{title}</a>'
    more = [source.get("issuer"), source.get("date")]
    return ", ".join([title, *(_text(item) for item in more if item)])


def _term(term: Entry) -> str:
    status = status_of_term(term)
    markup = f'<span lang="{term["lang"]}">{_text(term["text"])}</span>'
    if status not in USABLE:
        markup = f'<span class="avoid">{markup}</span>'
    since, until = term.get("since"), term.get("until")
    more = (
        None if term.get("reading_derived") else term.get("reading"),
        term.get("issuer"),
        f"{since or ''}–{until or ''}" if since or until else None,
        term.get("usage"),
    )
    facts = " · ".join([_text(item) for item in more if item])
    return f"<li>{markup} {_MARKUP[status]}{f' — {facts}' if facts else ''}\n"


def _whole(entry: Entry | str | bytes) -> Entry:
    """Return an entry as a dict; not every key is in it."""
    if isinstance(entry, str | bytes):
        whole: Entry = codec.read_plain(entry)
        return whole
    return entry


def _name(concept: Concept) -> tuple[str, str]:
    """Return what leads an entry in Chinese and in English."""
    leads: dict[str, str] = {}
    for term in concept.terms:
        lang = primary(term.lang)
        if term.status in USABLE or lang not in leads:
            leads.setdefault(lang, term.text)
    return leads.get("zh", ""), leads.get("en", "")


def _row(article: Article) -> str:
    """Return the row of a list that an article is, from the address of its entry on."""
    head, other = article.sides
    return (
        f'entries/{article.entry}.html" lang="{head}">{_text(article.head)}</a> '
        f'<span lang="{other}">{_text("; ".join(article.renderings))}</span>'
        f"{_DRAFT if article.is_draft else ''}\n"
    )


def _list(rows: Iterable[str], up: str = "") -> str:
    """Return a list of rows, whose links begin `up` from where it stands."""
    begin = f'<li><a href="{up}'
    return f"<ul>\n{''.join([begin + row for row in rows])}</ul>\n"


def _heading(name: str) -> str:
    return f"<h1>{_both(name)}</h1>"


def _both(name: str) -> str:
    return _MARKUP[name]


def _bare(markup: str) -> str:
    """Return the text of markup of ours, still escaped."""
    pieces = [piece.rpartition(">")[2] for piece in markup.split("<")]
    return "".join(pieces)
