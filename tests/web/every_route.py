"""Every route of an application, with an address of it, over two glossaries."""

from dataclasses import replace

from flask import Flask
from werkzeug.routing import Rule

from glossary.entry import Entry, Relation, Term
from glossary.store import Store
from tests.nouns import of_terms

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


#: What stands in one of two glossaries alone, in an entry that the other names.
CANARY = "金丝雀"


def entry(name: str, glossary: str, zh: str, en: str) -> Entry:
    terms = (
        Term(lang="zh-Hans", text=zh, status="preferred"),
        Term(lang="en", text=en, status="preferred"),
    )
    return of_terms(name, glossary, *terms)


def fill(store: Store) -> None:
    with store.write(by="cli") as write:
        ours = entry("sovereignty", "diplomatic", "主权", "sovereignty")
        write.create(replace(ours, note=CANARY))
        write.create(entry("tariff-rate", "diplomatic", f"关税{CANARY}", "tariff"))
        kinds = ("related", "whole", "weaker")
        named = tuple(Relation(kind, "tariff-rate") for kind in kinds)
        theirs = entry("tariff", "trade", "关税", "tariff")
        write.create(replace(theirs, relations=named))


def routes(app: Flask) -> list[tuple[Rule, str]]:
    return [
        (rule, method)
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static"
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


def address(rule: Rule, entry_id: str = PLACES["entry_id"]) -> str:
    places = {**PLACES, "entry_id": entry_id}
    values = {name: places.get(name, "nothing") for name in rule.arguments}
    _, path = rule.build(values, append_unknown=False) or ("", "")
    return path
