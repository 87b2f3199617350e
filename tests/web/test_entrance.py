"""The matrix: every route × role × other glossary × bad tokens × sessions.

It is made from the routes of the application, so a new one is in it from the start.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from glossary import config
from glossary.entry import EVERY, Person, Token
from glossary.people import (
    ADMIN,
    PERMISSIONS,
    RANKS,
    Visitor,
    access,
    members,
    visits,
)
from glossary.store import Store, open_store
from glossary.web import create_app
from glossary.web.rules import ANYONE, KNOWN, NARROWED, RULES
from glossary.web.tools import NAMES as TOOLS
from tests.web.every_route import CANARY, address, fill, routes

API = "/api/v1"
ROOT = members.at_the_machine()
#: What a handler may refuse to whom the table lets in, for what it knows by then.
MORE: Final = {
    "transfers.post_imports",  # it must say into which glossary
    "people.get_user",  # somebody else
    "people.put_user",
    "people.get_log",  # owners of every glossary
    "people.put_role",
    "people.delete_role",
    "pages.log_page",
    "pages.account_page",  # a token has no account
    "pages.change_account",
    "pages.change_password",
    "pages.end_session",
    "pages.make_token",
    "pages.revoke_token",
    "people.post_tokens",  # a token looks after no account
    "people.delete_token",
    "people.delete_session",
    "pages.merge_page",  # an entry of another glossary
    "pages.split_page",
    "mine.get_mine",  # a machine keeps nothing
    "mine.put_mine",
    "mine.delete_mine",
    "pages.own_table",
    "pages.keep_own",
    "talk.get_watches",  # machines are told nothing
    "talk.post_watches",
    "talk.delete_watch",
    "talk.get_notices",
    "talk.post_seen",
    "pages.notices_page",
    "pages.see_notices",
    "pages.change_watch",
    "deepl.delete_glossary",  # it was not made by such a tool
    "deepl.patch_group",
    "deepl.delete_group",
    "deepl.put_dictionary",
    "deepl.delete_dictionary",
}
#: What shows entries of one place only, and so is open to who may read that one.
OF_ONE = frozenset({"entry_id"})


class Sender(NamedTuple):
    """Who asks: what they send, and their role in each glossary."""

    headers: dict[str, str]
    roles: dict[str, str]
    is_known: bool = True
    cookie: str = ""


@pytest.fixture(params=[True, False], ids=["open", "closed"])
def door(
    request: pytest.FixtureRequest,
    fresh: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Flask]:
    """An application over two glossaries, with reads open or closed."""
    monkeypatch.setenv("GLOSSARY_DATABASE", fresh)
    monkeypatch.setenv("GLOSSARY_IMPORTS", str(tmp_path / "imports"))
    monkeypatch.setenv("GLOSSARY_OPEN_READS", "1" if request.param else "0")
    config.settings.cache_clear()
    store = open_store(fresh)
    fill(store)
    store.close()
    app = create_app()
    yield app
    app.extensions["glossary"].store.close()
    config.settings.cache_clear()


def senders(store: Store, engine: str) -> dict[str, Sender]:
    """Everybody who may stand before a route.

    Where reads are open, everybody is a proposer already. What a role may do is asked
    of no store: over the second engine a few are enough.
    """
    made: dict[str, Sender] = {}
    is_open, is_first = config.settings().open_reads, engine == "sqlite"
    here = RANKS[1:-1] if is_first else RANKS[2:3]
    for role in here if is_open else RANKS[:1]:
        made[f"{role} here"] = person(store, role, "diplomatic")
    gone = access.create(store, "gone", scope="admin")
    members.revoke_token(store, "gone", by=ROOT)
    made["revoked"] = Sender(bearer(gone), {}, is_known=False)
    made["nobody"] = Sender({}, {}, is_known=False)
    for role in ("owner",) if is_open else ("reader", "owner"):
        made[f"{role} elsewhere"] = person(store, role, "trade")
    if not is_first:
        return made
    made[ADMIN] = person(store, ADMIN, EVERY)
    made["machine"] = Sender(
        bearer(access.create(store, "weblate", scope="editor", glossaries=["trade"])),
        {"trade": "editor"},
    )
    made["bad"] = Sender(bearer("gls_wrong"), {}, is_known=False)
    made["empty"] = Sender({"Authorization": "Bearer"}, {}, is_known=False)
    old = access.create(store, "old", scope="admin", expires="2020-01-01T00:00:00.000Z")
    made["expired"] = Sender(bearer(old), {}, is_known=False)
    return made


def person(store: Store, role: str, where: str) -> Sender:
    name = f"{role}-{'all' if where == EVERY else where}"
    members.create(store, Person(name), by=ROOT, roles={where: role})
    token = members.make_token(
        store, Token(f"{name}-token", "admin", "", person=name), by=ROOT
    )
    return Sender(bearer(token), {where: role})


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def session(store: Store, name: str) -> str:
    visit = visits.by_provider(
        store,
        store.people.get(name),
        "",
        visitor=Visitor("127.0.0.1", ""),
        settings=config.settings(),
    )
    return visit.secret


def ask(
    app: Flask, rule: Rule, method: str, sender: Sender, entry_id: str = "sovereignty"
) -> TestResponse:
    client = app.test_client()
    if sender.cookie:
        client.set_cookie("glossary-session", sender.cookie)
    path = address(rule, entry_id)
    if path.endswith("/lookup") or rule.endpoint == "pages.lookup_page":
        path += "?q=主权"
    answer = client.open(path, method=method, headers=sender.headers)
    answer.get_data()
    answer.close()
    return answer


def expected(app: Flask, rule: Rule, sender: Sender) -> bool:
    """Say, from the tables alone, whether a route lets somebody in at all."""
    action = RULES[rule.endpoint]
    is_open = config.settings().open_reads
    if action == ANYONE:
        return True
    if action == KNOWN:
        return sender.is_known
    roles = dict(sender.roles)
    is_api = rule.endpoint.partition(".")[0] not in {*TOOLS, "pages", "openapi"}
    shown = "Authorization" in sender.headers and not sender.is_known
    if is_open and not (shown and (is_api or action != "read")):
        roles[EVERY] = max(roles.get(EVERY, ""), "proposer", key=(("", *RANKS)).index)
    may = {
        where
        for where, role in roles.items()
        if RANKS.index(role) >= RANKS.index(PERMISSIONS[action])
    }
    if action != "read" or EVERY in may or not may:
        return bool(may)
    if OF_ONE & rule.arguments or (
        "glossary_id" in rule.arguments
        and rule.endpoint.startswith(("nouns.", "deepl."))
    ):
        return "diplomatic" in may
    return rule.endpoint in NARROWED


def test_every_route_lets_in_whom_the_tables_let_in(door: Flask, engine: str) -> None:
    store = door.extensions["glossary"].store
    wrong = []
    for name, sender in senders(store, engine).items():
        for rule, method in routes(door):
            answer = ask(door, rule, method, sender)
            is_in = answer.status_code not in {401, 403}
            wanted = expected(door, rule, sender)
            if is_in and not wanted:
                wrong.append((name, method, rule.rule, answer.status_code, "let in"))
            if not is_in and wanted and not _by_the_handler(rule, method, sender):
                wrong.append((name, method, rule.rule, answer.status_code, answer.text))
            if not _reads_all(sender) and CANARY in answer.text:
                wrong.append((name, method, rule.rule, answer.status_code, "told"))
    assert wrong == []


def _reads_all(sender: Sender) -> bool:
    """Say whether somebody may read the glossary with the word that others hear not."""
    return config.settings().open_reads or bool({EVERY, "diplomatic"} & {*sender.roles})


def test_no_address_of_one_glossary_tells_of_another(door: Flask) -> None:
    if config.settings().open_reads:
        pytest.skip("everybody reads everything")
    owner = person(door.extensions["glossary"].store, "owner", "trade")
    form = {
        "zh": "关税",
        "en": "tariff",
        "text": "关税",
        "do": "look",
        "version": "1",
        "lang-0": "zh-Hans",
        "text-0": "关税",
        "lang-1": "en",
        "text-1": "tariff",
    }
    site = {**owner.headers, "Sec-Fetch-Site": "same-origin"}
    statuses = {}
    for rule, method in routes(door):
        answer = ask(door, rule, method, owner, "tariff")
        assert CANARY not in answer.text, (method, rule.rule)
        if method == "POST" and rule.endpoint.startswith("pages."):
            for name in ("tariff", "tariff-rate"):
                place = address(rule, name)
                sent = door.test_client().post(place, data=form, headers=site)
                assert CANARY not in sent.text, (place, sent.status_code)
                statuses[place] = sent.status_code
    # The forms were read, and shown again with what is like them.
    assert statuses["/edit"] == statuses["/entries/tariff/edit"] == 200
    assert statuses["/entries/tariff-rate/propose"] == 403


def _by_the_handler(rule: Rule, method: str, sender: Sender) -> bool:
    """Say whether a handler, knowing the glossary, rightly refuses this sender."""
    is_everywhere = EVERY in sender.roles
    of_other = method != "GET" and "diplomatic" not in sender.roles
    # Who only reads is told of what all glossaries share where an entry names it.
    is_reader = {*sender.roles.values()} <= {"reader"}
    unnamed = is_reader and {"source_id", "subject_id", "issuer_id"} & rule.arguments
    return rule.endpoint in MORE or ((of_other or bool(unnamed)) and not is_everywhere)


def test_a_session_needs_proof_of_where_a_request_comes_from(
    door: Flask, engine: str
) -> None:
    if engine == "postgres" or config.settings().open_reads:
        pytest.skip("it is asked before any store")
    store = door.extensions["glossary"].store
    person(store, ADMIN, EVERY)
    for rule, method in routes(door):
        if rule.endpoint.startswith("pages.sign_in") or method == "GET":
            continue
        secret = session(store, "admin-all")
        for headers, is_in in (
            ({}, False),
            ({"Sec-Fetch-Site": "cross-site"}, False),
            ({"Origin": "https://evil.example"}, False),
            ({"Sec-Fetch-Site": "same-origin"}, True),
        ):
            if RULES[rule.endpoint] == ANYONE and not headers:
                continue
            sender = Sender(headers, {EVERY: ADMIN}, cookie=secret)
            status = ask(door, rule, method, sender).status_code
            if not is_in:
                assert status == 403, (method, rule.rule, headers, status)
            elif rule.endpoint not in MORE:
                assert status != 403, (method, rule.rule, headers, status)


WRITES: dict[str, Callable[[Any, dict[str, str]], TestResponse]] = {
    "make": lambda c, h: c.post(
        f"{API}/entries",
        json={"glossary": "diplomatic", "terms": [{"lang": "en", "text": "x"}]},
        headers=h,
    ),
    "change": lambda c, h: c.patch(
        f"{API}/entries/sovereignty", json={"note": "x"}, headers={**h, "If-Match": "*"}
    ),
    "move here": lambda c, h: c.patch(
        f"{API}/entries/tariff",
        json={"glossary": "diplomatic"},
        headers={**h, "If-Match": "*"},
    ),
    "move away": lambda c, h: c.patch(
        f"{API}/entries/sovereignty",
        json={"glossary": "trade"},
        headers={**h, "If-Match": "*"},
    ),
    "retire": lambda c, h: c.delete(
        f"{API}/entries/sovereignty", headers={**h, "If-Match": "*"}
    ),
    "restore": lambda c, h: c.post(
        f"{API}/entries/sovereignty/versions/1/restore", headers=h
    ),
    "load": lambda c, h: c.post(
        f"{API}/imports?glossary=diplomatic&format=csv",
        data="zh,en\n主权,sovereignty\n",
        headers={**h, "Content-Type": "text/csv"},
    ),
    "load anywhere": lambda c, h: c.post(
        f"{API}/imports?format=ndjson",
        data='{"glossary":"diplomatic","terms":[{"lang":"en","text":"y"}]}\n',
        headers={**h, "Content-Type": "application/x-ndjson"},
    ),
    "describe": lambda c, h: c.put(
        f"{API}/glossaries/diplomatic",
        json={"label": {"en": "Ours"}},
        headers={**h, "If-Match": "*"},
    ),
    "give a role": lambda c, h: c.put(
        f"{API}/roles/diplomatic/owner-trade", json={"role": "editor"}, headers=h
    ),
}


@pytest.mark.parametrize("write", WRITES)
def test_an_owner_of_another_glossary_changes_nothing_here(
    door: Flask, write: str
) -> None:
    store = door.extensions["glossary"].store
    other = person(store, "owner", "trade")
    before = store.revision(), store.people.roles()
    answer = WRITES[write](door.test_client(), other.headers)
    assert answer.status_code == 403, answer.text
    assert (store.revision(), store.people.roles()) == before
