"""Rules that stand in Python and in JavaScript: one file of cases runs through both.

A case is what is given and what is right. What each side makes of a case stands in the
tables `OURS` and `THEIRS` under the name of the rule.
"""

import json
import urllib.request
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

import pytest
from flask import Flask
from playwright.sync_api import Page

from glossary.entry import USABLE, Term, is_draft, label
from glossary.lookup import lookup
from glossary.query import Query
from glossary.speech import locator
from glossary.store import Store
from glossary.text import dotted, has_han, key, tags_apart
from glossary.web.pages import frame
from glossary.web.pages.lookup import for_reader, twins
from glossary.web.pages.passage import MarkedPiece, Place, paragraphs
from tests.nouns import entry
from tests.running import Server

RULES: Final[dict[str, list[tuple[Any, Any]]]] = json.loads(
    Path(__file__).with_name("both_sides.json").read_text(encoding="utf-8")
)


def drawn(piece: "str | MarkedPiece") -> str:
    if isinstance(piece, str):
        return piece
    inner = "".join(map(drawn, piece.inside))
    return f"[{inner}]" if piece.place else inner


def passage(given: dict[str, Any]) -> list[str]:
    places = [Place(start, end, "m", "term", "") for start, end in given["places"]]
    return [drawn(line) for line in paragraphs(given["text"], places)]


def homographs(rows: list[list[str]]) -> list[str]:
    hits: Any = [
        SimpleNamespace(entry=e, block=b, tier=t, term=SimpleNamespace(text=text))
        for e, b, t, text in rows
    ]
    return sorted(twins(hits))


def lines(terms: list[dict[str, Any]]) -> list[list[str]]:
    made = tuple(Term(status="preferred", **term) for term in terms)
    return [[term.text for term in line] for line in frame.lines_of(made)]


OURS: Final[dict[str, Callable[[Any], Any]]] = {
    "usable": lambda status: status in USABLE,
    "draft": is_draft,
    "tongue": lambda text: "zh" if has_han(text) else "en",
    "dotted": dotted,
    "period": lambda of: label(of["since"], of["until"]),
    "twins": homographs,
    "lines": lines,
    "passage": passage,
    "apart": lambda tags: tags_apart(*tags),
    "locator": lambda of: list(locator(of["text"], of["reader"])),
    "folding": lambda texts: len({key(t).replace(" ", "") for t in texts}) == 1,
}
#: What a page of ours makes of a case, with its modules in `m` and a case in `c`.
THEIRS: Final = {
    "usable": "m.words.USABLE.includes(c)",
    "draft": "m.words.isDraft(c)",
    "tongue": "m.words.tongue(c)",
    "dotted": "m.words.dotted(c)",
    "locator": """import(style.replace("style", `words.${c.reader}`)
        .replace(".css", ".js")).then(() => {
        document.documentElement.lang = c.reader;
        return m.words.located(c.text, globalThis.wording.locators);
    })""",
    "period": "m.words.period(c)",
    "standing": "m.hit.standing(c)",
    "best": "(document.documentElement.lang = c.reader, m.words.best(c.texts))",
    "reader": """(document.documentElement.lang = c.reader,
        ["from", "to"].map((name) => m.words.forReader(c.query).get(name)))""",
    "lines": """m.hit.lines(c.map((term) => (
        {reading: null, issuer: null, status: "preferred", ...term})))
        .map((line) => line.map((term) => term.text))""",
    "twins": """[...m.hit.twins(c.map(([entry, block, tier, text]) => (
        {entry, block, tier, term: {text}})))].sort()""",
    "passage": """[...m.passage.paragraphs(c.text, c.places.map(([start, end]) => (
        {start, end, name: "m", kind: "term"}))).children].map((line) => {
          for (const mark of line.querySelectorAll("mark")) {
            mark.prepend("["); mark.append("]");
          }
          return line.textContent;
        })""",
    "folding": "new Set(c.map(key)).size === 1",
    "apart": "tagsApart(...c)",
    "hit": """(index = [{entry: c.entry, keys: c.entry.terms.map((t) => key(t.text))}],
        looked(c.q, c.from, c.to).then(([hit]) => [hit.tier, hit.term.text,
          hit.equivalents.map((t) => t.text), hit.use.map((t) => t.text)]))""",
}

#: Rules of the script that answers without a network.
OF_THE_COPY: Final = {"apart", "folding", "hit"}


@pytest.mark.parametrize("rule", OURS)
def test_the_program_keeps_a_rule(rule: str) -> None:
    assert [OURS[rule](given) for given, _ in RULES[rule]] == [
        r for _, r in RULES[rule]
    ]


def test_the_program_reads_the_best_label(app: Flask) -> None:
    for given, right in RULES["best"]:
        with app.test_request_context(
            "/", headers={"Cookie": f"lang={given['reader']}"}
        ):
            assert frame.best(given["texts"]) == tuple(right)


def test_the_program_asks_for_the_script_of_its_reader(app: Flask) -> None:
    for given, right in RULES["reader"]:
        sides = [given["query"].get(name) for name in ("from", "to")]
        headers = {"Cookie": f"lang={given['reader']}"}
        with app.test_request_context("/", headers=headers):
            query = for_reader(Query(given["query"]["q"], from_=sides[0], to=sides[1]))
        assert [query.from_, query.to] == right, given


def test_the_program_says_how_a_wording_stands(app: Flask) -> None:
    template = app.jinja_env.get_template("_term.html")
    for given, right in RULES["standing"]:
        assert str(template.module.standing(given)) == right  # type: ignore[attr-defined]


def test_the_program_makes_a_hit(store: Store) -> None:
    with store.write(by="somebody") as write:
        for each in {c["entry"]["id"]: c["entry"] for c, _ in RULES["hit"]}.values():
            write.create(entry(**each))
    for given, right in RULES["hit"]:
        query = Query(given["q"], from_=given["from"], to=given.get("to"))
        hit = lookup(store, query, candidates=400).hits[0]
        told = [t.text for t in hit.equivalents], [t.text for t in hit.use]
        assert [hit.tier, hit.term.text, *told] == right, given["q"]


@pytest.mark.parametrize("rule", THEIRS)
def test_the_page_keeps_a_rule(page: Page, reading_server: Server, rule: str) -> None:
    modules = [] if rule in OF_THE_COPY else ["words", "hit", "passage"]
    if modules:
        page.goto("/")
    else:
        with urllib.request.urlopen(f"{reading_server.address}/sw.js") as answer:
            page.add_script_tag(content=answer.read().decode())
    made = page.evaluate(
        f"""async ([cases, files]) => {{
          const m = {{}};
          const style = document.querySelector("link[rel=stylesheet]")?.href;
          for (const name of files) {{
            m[name] = await import(style.replace("style.css", `${{name}}.js`));
          }}
          const made = [];
          for (const [c] of JSON.parse(cases)) made.push(await ({THEIRS[rule]}));
          return JSON.stringify(made);
        }}""",
        [json.dumps(RULES[rule]), modules],
    )
    assert json.loads(made) == [right for _, right in RULES[rule]]


def test_every_rule_is_tried_on_both_sides() -> None:
    assert set(THEIRS) == set(RULES) == {*OURS, "best", "reader", "standing", "hit"}
