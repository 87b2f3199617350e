"""Without a network: the last copy answers, and says that it is one."""

import json
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, expect

from glossary.entry.codec import plain
from glossary.entry.nouns import Term
from glossary.entry.pairing import pairing
from glossary.text import key
from tests.faults.running import until
from tests.nouns import curated_entries, entry
from tests.running import Server


class Gateway(BaseHTTPRequestHandler):
    """What a proxy says of a server that is away."""

    def do_GET(self) -> None:
        self.send_error(502)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def is_free(port: int) -> bool:
    with socket.socket() as end:
        return end.connect_ex(("127.0.0.1", port)) != 0


@contextmanager
def nobody_behind(port: int) -> Iterator[None]:
    """Have a proxy listen at a port that has no server."""
    until(lambda: is_free(port))
    with ThreadingHTTPServer(("127.0.0.1", port), Gateway) as proxy:
        thread = threading.Thread(target=proxy.serve_forever)
        thread.start()
        yield
        proxy.shutdown()
        thread.join()


@pytest.mark.parametrize("language", ["en-GB", "zh-CN"])
def test_look_ups_and_entries_work_offline(
    browser: Browser, server: Server, language: str
) -> None:
    """In Chinese a proxy answers that the server is away, in English nobody does."""
    context = browser.new_context(base_url=server.address, locale=language)
    page = context.new_page()
    page.goto("/browser")
    page.evaluate("navigator.serviceWorker.ready")
    page.goto("/browser")
    page.locator("#refresh").click()
    expect(page.locator("#copy-state")).to_contain_text(
        re.compile(r"\d{3}"), timeout=15_000
    )
    server.kill()
    away = ExitStack()
    if language == "zh-CN":
        away.enter_context(nobody_behind(server.port))

    page.goto("/")
    page.locator("#q").fill("new type of great power relations")
    expect(page.locator("#offline")).to_contain_text(
        {"en-GB": "You are offline", "zh-CN": "当前离线"}[language]
    )
    first = page.locator(".hit").first
    expect(first.locator(".use .text")).to_have_text(
        "new model of major-country relationship"
    )
    page.locator("#q").fill("新型大国")
    first.locator(".found").click()
    expect(page.locator("h1")).to_contain_text("新型大国关系")
    expect(page.locator("#offline")).to_contain_text(
        {"en-GB": "You are offline", "zh-CN": "当前离线"}[language]
    )
    page.goto("/?q=不衝突")
    expect(page.locator(".found").first).to_contain_text("不冲突、不对抗")
    page.goto("/?q=主权")
    expect(page.locator(".equivalents .text").first).to_have_text("sovereignty")
    # Like answers like without a network too.
    page.goto("/?q=中国")
    expect(page.locator(".equivalents .text").first).to_have_text("China")

    away.close()
    server.start()
    page.goto("/")
    page.locator("#q").fill("主权")
    expect(page.locator(".hit").first).to_be_visible()
    expect(page.locator("#offline")).to_be_hidden()
    context.close()


def test_the_copy_takes_for_one_what_the_server_takes_for_one(
    browser: Browser, client: FlaskClient
) -> None:
    written = [
        *("不冲突、不对抗", "不衝突、不對抗", "“不冲突不对抗”", "不衝突"),
        *("裏", "裡", "里", "软着陆", "軟著陸", "ＭＡＪＯＲ", "Démarche", "démarche"),
        *("东盟+3", "东盟3", "R&D", "RD", "5%", "5", "＋", "金砖＋", "金砖"),
    ]
    chinese = {
        term.text
        for each in curated_entries()
        for term in each.terms
        if not term.text.isascii()
    }
    texts = sorted(chinese.union(written))
    page = browser.new_page()
    page.add_script_tag(content=client.get("/sw.js").text)
    theirs = page.evaluate("texts => texts.map(key)", texts)
    page.close()
    assert groups(texts, theirs) == groups(texts, [key(text) for text in texts])


def groups(texts: list[str], keys: list[str]) -> set[frozenset[str]]:
    """Return the texts that have one key, together."""
    together: dict[str, set[str]] = {}
    for text, each in zip(texts, keys, strict=True):
        together.setdefault(each.replace(" ", ""), set()).add(text)
    return {frozenset(each) for each in together.values()}


def test_the_copy_pairs_wordings_as_the_server_does(
    browser: Browser, client: FlaskClient
) -> None:
    severing = [
        {"lang": "zh-Hans", "text": "脱钩", "reading": "tuōgōu"},
        {"lang": "zh-Hans", "text": "脱钩断链", "reading": "tuōgōu duànliàn"},
        {"lang": "zh-Hant", "text": "脫鉤斷鏈", "reading": "tuōgōu duànliàn"},
        {"lang": "en", "text": "decoupling", "status": "preferred"},
        {"lang": "en", "text": "severing supply chains", "renders": ["脱钩断链"]},
        {"lang": "en", "text": "cutting", "status": "forbidden"},
    ]
    entries = [*curated_entries(), entry(id="severing", terms=severing)]
    page = browser.new_page()
    page.add_script_tag(content=client.get("/sw.js").text)
    theirs = page.evaluate(
        """text => JSON.stringify(JSON.parse(text).map(terms => terms.map(term => {
          const other = term.lang.startsWith("zh") ? "en" : "zh";
          const script = other === "zh" ? "zh-Hans" : "en";
          return rendering(terms, term, other, script).map(t => t.text);
        })))""",
        json.dumps([plain(each.terms) for each in entries]),
    )
    ours = [
        [
            [t.text for t in pairing(each.terms, term, lang=facing(term)).terms]
            for term in each.terms
        ]
        for each in entries
    ]
    assert json.loads(theirs) == ours
    page.close()


def facing(term: Term) -> str:
    return "en" if term.lang.startswith("zh") else "zh-Hans"


def test_the_application_can_be_installed(browser: Browser, server: Server) -> None:
    context = browser.new_context(base_url=server.address, locale="zh-CN")
    page = context.new_page()
    page.goto("/")
    session = context.new_cdp_session(page)
    found = session.send("Page.getAppManifest")
    assert found["errors"] == []
    assert '"name":"术语库"' in found["data"]
    context.close()
