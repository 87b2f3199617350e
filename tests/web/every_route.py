"""Every route of an application, with an address of it, over two glossaries."""

from flask import Flask
from werkzeug.routing import Rule

from glossary.entry import Entry, Term
from glossary.store import Store

PLACES = {
    "entry_id": "sovereignty",
    "glossary_id": "diplomatic",
    "version": "1",
    "number": "7",
    "revision": "7",
    "user_id": "nobody",
    "text": "主权",
    "source": "zh",
    "target": "en",
}


def entry(name: str, glossary: str, zh: str, en: str) -> Entry:
    terms = (
        Term(lang="zh-Hans", text=zh, status="preferred"),
        Term(lang="en", text=en, status="preferred"),
    )
    return Entry(name, glossary, (), {}, "", (), terms, state="approved")


def fill(store: Store) -> None:
    with store.write(by="cli") as write:
        write.create(entry("sovereignty", "diplomatic", "主权", "sovereignty"))
        write.create(entry("tariff", "trade", "关税", "tariff"))


def routes(app: Flask) -> list[tuple[Rule, str]]:
    return [
        (rule, method)
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static"
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


def address(rule: Rule) -> str:
    values = {name: PLACES.get(name, "nothing") for name in rule.arguments}
    _, path = rule.build(values, append_unknown=False) or ("", "")
    return path
