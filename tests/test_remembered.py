"""What a process remembers is the same for everybody, however often it is asked for."""

import ast
import importlib
import inspect
import json
import re
import types
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import numpy as np
import pytest
from flask import Flask
from flask.testing import FlaskClient
from marshmallow import Schema
from werkzeug.routing import Rule

import glossary
from glossary import schema
from glossary.entry import Delivery, Hook, Notice, Person, Token
from glossary.people import members
from glossary.schema import load, quick
from glossary.text.characters import TABLES
from glossary.text.fold import fold
from tests.fuzz.asking import asked_by
from tests.nouns import entry

HOUSE = Path(glossary.__file__).parent
MODULES = sorted(HOUSE.rglob("*.py"))
MEMORIES = {"cache", "lru_cache", "cached_property"}
#: What is remembered although its type could be changed, and why nobody does.
TRUSTED = {
    "quick": "a function, whose tables nobody else can reach",
    "translations": "gettext's own class; a catalogue is only asked",
    "_converter": "OpenCC's own class; it is only asked",
    "recognition_of": "it follows the store, and locks what it changes",
    "upstream": "a connection is there to be used",
    "_deeper_than": "a compiled XPath, which has no state",
    "_parameters": "made by a schema; all of them are tested below",
    "_folded": "a folded text of a tuple or a range; tested below",
    "letters": "an array that is locked; tested below",
    "kinds": "an array that is locked; tested below",
    "_built": "arrays that are locked; tested below",
    "args": "werkzeug's class that cannot be changed",
    "english": "a count of one check's own, only asked",
    "chinese": "a count of one check's own, only asked",
    "in_english": "a count of one check's own, only asked",
    "_places": "places of one check's own, only asked",
    "_provider_of": "a client of the provider who signs people in, only asked",
    "_times": "a rate of the package limits, only asked",
    "_table": "a file that is mapped to be read only",
}


def remembered() -> Iterator[tuple[str, ast.expr | None, str]]:
    """Yield name, return annotation and module of all that is memoised."""
    for path in MODULES:
        name = path.relative_to(HOUSE.parent).with_suffix("").as_posix()
        module = name.replace("/", ".").removesuffix(".__init__")
        source = path.read_text(encoding="utf-8")
        if not any(memory in source for memory in MEMORIES):
            continue
        tree = ast.parse(source)
        functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]
        for node in functions:
            if any(_memory(each) for each in node.decorator_list):
                yield node.name, node.returns, module
        named = {n.name: n for n in tree.body if isinstance(n, ast.FunctionDef)}
        for call in ast.walk(tree):
            # `known = lru_cache(maxsize=9)(unknown)`
            if isinstance(call, ast.Call) and _memory(call.func):
                for argument in call.args:
                    if isinstance(argument, ast.Name) and argument.id in named:
                        yield argument.id, named[argument.id].returns, module


def _memory(node: ast.expr) -> bool:
    called = node.func if isinstance(node, ast.Call) else node
    return ast.unparse(called).removeprefix("functools.") in MEMORIES


REMEMBERED = list(remembered())


#: Types whose values never change.
LASTING = {
    *(str, bytes, int, float, bool, complex, None, type(None)),
    *(range, date, re.Pattern[str]),
}


def is_lasting(kind: Any) -> bool:
    """Say whether values of a type, and all that they hold, never change."""
    if kind in LASTING:
        return True
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Literal or kind is inspect.Parameter.empty:
        return origin is Literal
    if origin in {tuple, frozenset, Union, types.UnionType, types.MappingProxyType}:
        return all(each is Ellipsis or is_lasting(each) for each in inner)
    if is_dataclass(kind) and isinstance(kind, type):
        frozen = kind.__dataclass_params__.frozen  # type: ignore[attr-defined]
        hints = get_type_hints(kind)
        return frozen and all(is_lasting(hints[f.name]) for f in fields(kind))
    if isinstance(kind, type) and issubclass(kind, tuple) and hasattr(kind, "_fields"):
        return all(map(is_lasting, get_type_hints(kind).values()))
    return isinstance(kind, type) and issubclass(kind, str)


@pytest.mark.parametrize(
    ("name", "returns", "module"),
    REMEMBERED,
    ids=[f"{module}.{name}" for name, _, module in REMEMBERED],
)
def test_what_is_remembered_cannot_be_changed(
    name: str, returns: ast.expr | None, module: str
) -> None:
    assert returns is not None
    if name in TRUSTED:
        return
    names = vars(importlib.import_module(module))
    kind = eval(ast.unparse(returns), names)  # noqa: S307 - our own source.
    assert is_lasting(kind), f"{name} remembers {ast.unparse(returns)}"


def test_every_memory_of_the_house_is_looked_at() -> None:
    assert len(REMEMBERED) >= 40
    assert {name for name, _, _ in REMEMBERED} >= set(TRUSTED)


def test_the_tables_of_folding_are_locked() -> None:
    for table in (TABLES.letters, TABLES.kinds):
        with pytest.raises(ValueError, match="read-only"):
            table[0] = np.uint8(1)


@pytest.mark.parametrize(
    "text",
    [
        "主权",
        "sovereign equality",
        "Ｍajor‑Country",
        "不衝突、不對抗",
        "ﬁnal",
        "re organise",
    ],
)
def test_the_way_back_of_a_folded_text_is_locked(text: str) -> None:
    assert isinstance(fold(text).origin, tuple | range)
    assert fold(text) is fold(text)


def queries() -> list[type[Schema]]:
    return [
        kind
        for name in schema.__all__
        if name.endswith("Query")
        and isinstance(kind := getattr(schema, name), type)
        and issubclass(kind, Schema)
    ]


#: What a query must have to be sound.
NEEDED: dict[str, dict[str, str]] = {
    "LookupQuery": {"q": "主权"},
    "SuggestQuery": {"q": "主"},
    "ExportQuery": {"format": "csv"},
}


@pytest.mark.parametrize("kind", queries())
def test_every_query_is_a_frozen_noun(kind: type[Schema]) -> None:
    said: Any = get_type_hints(kind.make)["return"]  # type: ignore[attr-defined]
    assert is_lasting(said), said
    asked = NEEDED.get(kind.__name__, {})
    noun = load(kind(), asked)
    assert type(noun) is said
    assert quick(kind())(asked) == noun
    hash(noun)


def test_all_queries_are_tested() -> None:
    assert len(queries()) >= 13


PLACES = {"cursor", "after", "before", "since", "page", "offset", "start"}
#: How an address is asked so that there is more than one page of it; `None` says that
#: it has one page whatever is asked.
SAMPLES: dict[str, list[str]] = {
    "api.get_entries": [
        *("limit=2", "limit=3&subject=climate", "limit=1&state=approved"),
        "limit=2&sort=-modified&fields=state",
    ],
    "api.get_versions": ["limit=1"],
    "nouns.get_sources": ["limit=1"],
    "nouns.get_subjects": ["limit=1"],
    "nouns.get_issuers": ["limit=1"],
    "nouns.get_glossaries": ["limit=1"],
    "nouns.get_source_versions": ["limit=1"],
    "nouns.get_subject_versions": ["limit=1"],
    "nouns.get_issuer_versions": ["limit=1"],
    "nouns.get_glossary_versions": ["limit=1"],
    "api.get_changes": ["limit=2", "limit=5&since=0"],
    "nouns.get_noun_changes": ["limit=2", "limit=3&since=0"],
    "proposals.get_proposals": ["limit=1", "limit=1&state=open"],
    "pages.browse_page": [
        *("en=c", "zh=z", "subject=bilateral-relations"),
        *("issuer=MFA of China", "source=many"),
    ],
    "team.get_queue": ["list=half-proved&limit=40"],
    "pages.queue_page": ["list=half-proved&limit=40"],
    "talk.get_notices": ["limit=2", "limit=1&unseen=true"],
    "talk.get_deliveries": ["limit=2"],
    "pages.changes_page": [""],
    "pages.drift_page": ["year=1999"],
    "changesets.get_changeset": ["limit=2", "limit=7"],
    "people.get_log": ["limit=1"],
    "pages.log_page": ["limit=1"],
    "pages.changes_feed": [""],
}


def paged(app: Flask) -> Iterator[Rule]:
    """Yield the routes that ask where a list goes on."""
    for rule in app.url_map.iter_rules():
        # A stream of events has no next page: who follows it asks by the last one.
        if "GET" in (rule.methods or ()) and rule.endpoint != "api.get_events":
            names = {
                name
                for s in asked_by(app.view_functions[rule.endpoint])
                for name in s.fields
            }
            if names & PLACES:
                yield rule


@pytest.fixture
def long(app: Flask) -> None:
    """Fills every list with more than a page."""
    store = app.extensions["glossary"].store
    with store.write(by="me") as write:
        for number in range(250):
            text = f"condominium clause {number}"
            terms = [
                {
                    "lang": "en",
                    "text": text,
                    "status": "preferred",
                    "issuer": "MFA of China",
                    "citations": [{"source": "many"}],
                },
                {"lang": "zh-Hans", "text": f"主权条款{number}", "status": "preferred"},
                {
                    "lang": "en",
                    "text": f"joint rule {number}",
                    "status": "superseded",
                    "until": "1999",
                },
            ]
            document = {"id": f"c{number}", "terms": terms}
            write.create(entry(**document, subjects=["bilateral-relations", "climate"]))
    for number in range(3):
        terms = [{"lang": "en", "text": f"new wording {number}"}]
        body = {"document": {"terms": terms}, "by": "a reader"}
        assert app.test_client().post("/api/v1/proposals", json=body).status_code == 201


def told(app: Flask) -> dict[str, str]:
    """Tell a person and a webhook several things; return the headers of the person."""
    store, root = app.extensions["glossary"].store, members.at_the_machine()
    members.create(store, Person("reader"), by=root, roles={"*": "reader"})
    token = Token("reader-token", "reader", "", person="reader")
    secret = members.make_token(store, token, by=root)
    with store.write(by="me") as write:
        write.team.put_hook(Hook("weblate", "https://weblate.example/"))
        for number in range(5):
            write.team.tell(Notice(0, "reader", "changed", f"c{number}", text="update"))
            body = f'{{"n": {number}}}'
            write.team.deliver(Delivery(0, "weblate", "delivered", "", body))
    return {"Authorization": f"Bearer {secret}"}


def twice(client: FlaskClient, admin: dict[str, str]) -> None:
    """Give an entry, and a noun of every kind, two versions, both called `c0`."""
    named = {
        "sources": "title",
        "subjects": "label",
        "issuers": "names",
        "glossaries": "title",
    }
    for kind, name in named.items():
        noun = {"id": "c0", name: {"en": "Condominium"}}
        made = client.post(f"/api/v1/{kind}", json=noun, headers=admin)
        assert made.status_code == 201, made.text
    for kind, name in {"entries": "definition", **named}.items():
        place = f"/api/v1/{kind}/c0"
        how = {**admin, "If-Match": client.get(place).headers["ETag"]}
        change = {name: {"en": "Rule by several"}}
        done = client.patch(place, json=change, headers=how)
        assert done.status_code == 200, done.text


def further(app: Flask, path: str, text: str, link: str | None) -> str | None:
    """Return the address of the next page, from whatever says it."""
    if link is not None:
        found = re.match(r"<([^>]+)>; rel=\"next\"", link)
        assert found
        return found[1]
    if found := re.search(r'href="([^"]+)" rel="next"|rel="next" href="([^"]+)"', text):
        address = (found[1] or found[2]).replace("&amp;", "&")
        address = re.sub("^https?://[^/]+", "", address)
        return address if address.startswith("/") else path + address
    return None


@pytest.mark.usefixtures("long")
def test_every_paged_address_stays_where_it_is(
    app: Flask, client: FlaskClient, admin: dict[str, str]
) -> None:
    rules = list(paged(app))
    assert {rule.endpoint for rule in rules} == set(SAMPLES)
    made = app.extensions["glossary"].store.versions("c0")[-1].revision
    reader = told(app)
    twice(client, admin)
    with app.extensions["glossary"].store.write(by="me") as write:
        for number in range(4):
            write.people.note("sign-in", f"reader {number}")

    def asked(address: str) -> tuple[str, str | None]:
        headers = reader if "/notices" in address else admin
        answer = client.get(address, headers=headers)
        assert answer.status_code == 200, (address, answer.text)
        path = address.partition("?")[0]
        return answer.text, further(app, path, answer.text, answer.headers.get("Link"))

    for rule in rules:
        for sample in SAMPLES[rule.endpoint]:
            path = rule.rule.replace("<int:revision>", str(made))
            path = path.replace("<hook_id>", "weblate")
            path = re.sub("<[a-z]+_id>", "c0", path)
            pages = [f"{path}?{sample}"]
            first = {}
            while len(pages) < 4 and pages[-1] not in first:
                first[pages[-1]] = asked(pages[-1])
                if first[pages[-1]][1] is None:
                    break
                pages.append(str(first[pages[-1]][1]))
            assert len(first) > 1, f"{pages[0]} has one page; give a sample with two"
            assert len({text for text, _ in first.values()}) == len(first)
            for _ in range(3):
                for address, answer in first.items():
                    assert asked(address) == answer, address


def test_pages_of_a_list_share_nothing_and_lose_nothing(
    app: Flask, client: FlaskClient, long: None
) -> None:
    met: list[str] = []
    address: str | None = "/browse?en=c"
    while address and len(met) < 2_000:
        text = client.get(address).text
        met += re.findall(r'<td><a href="/entries/([a-z0-9-]+)"', text)
        address = further(app, "/browse", text, None)
    assert len(met) == len(set(met))
    tally = app.extensions["glossary"].store.browse.tally("en")
    assert len(met) == tally["c"] > 250


def test_a_place_in_a_list_that_is_none_is_refused(client: FlaskClient) -> None:
    for after in ("", "x", "x~", "~²", "x~" + "9" * 19, "x~-1", "x~１"):
        answer = client.get("/browse", query_string={"en": "c", "after": after})
        assert answer.status_code == 422, after
    answer = client.get("/browse", query_string={"en": "c", "zh": "z"})
    assert answer.status_code == 422
    assert json.loads(answer.text)["errors"][0]["detail"].startswith(
        "Entries are listed"
    )
