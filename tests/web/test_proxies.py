"""Behind a proxy, addresses have the scheme, host and prefix that readers know."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, expect

from glossary import config
from glossary.people import access
from glossary.store import open_store
from glossary.web import create_app
from tests import browsing, sharing
from tests.answers import API
from tests.door import PREFIX, Door
from tests.running import Server

SEEN = "https://words.example/terms"


def answers(
    database: Path, monkeypatch: pytest.MonkeyPatch, **settings: str
) -> Iterator[Any]:
    """Yield a client of an application with these settings."""
    for name, value in settings.items():
        monkeypatch.setenv(f"GLOSSARY_{name.upper()}", value)
    config.settings.cache_clear()
    app = create_app()
    yield app.test_client()
    app.extensions["glossary"].store.close()
    config.settings.cache_clear()


@pytest.mark.parametrize("handed_on", ["", PREFIX])
def test_every_absolute_address_obeys_the_address_of_the_site(
    curated_file: Path, monkeypatch: pytest.MonkeyPatch, handed_on: str
) -> None:
    monkeypatch.setenv("GLOSSARY_DATABASE", str(curated_file))
    for client in answers(curated_file, monkeypatch, url=SEEN):

        def text(path: str, asked: Any = client) -> str:
            answer = asked.get(handed_on + path)
            assert answer.status_code == 200, answer.text
            return str(answer.text)

        for page in ("/", "/browse", "/read", "/changes", "/statistics", "/browser"):
            links = re.findall(r'(?:href|src|action)="(/[^"]*)"', text(page))
            assert links
            assert [link for link in links if not link.startswith(PREFIX)] == []
        addresses = re.findall(r'template="([^"?]*)', text("/opensearch.xml"))
        assert all(address.startswith(SEEN + "/") for address in addresses)
        manifest = json.loads(text("/manifest.webmanifest"))
        assert manifest["start_url"] == manifest["scope"] == PREFIX + "/"
        for path in ("/entries?limit=1", "/changes?limit=1"):
            following = json.loads(text(API + path))["next"]
            assert following.startswith(PREFIX + API)
        language = client.get(f"{handed_on}/browse?lang=zh-Hant")
        assert language.headers["Location"] == f"{PREFIX}/browse"


@pytest.mark.parametrize(("proxies", "host"), [("0", "localhost"), ("1", "b.example")])
def test_as_many_proxies_are_believed_as_there_are(
    curated_file: Path, monkeypatch: pytest.MonkeyPatch, proxies: str, host: str
) -> None:
    monkeypatch.setenv("GLOSSARY_DATABASE", str(curated_file))
    for client in answers(curated_file, monkeypatch, proxies=proxies):
        headers = {"X-Forwarded-Host": "a.example, b.example"}
        page = client.get("/opensearch.xml", headers=headers).text
        assert f"http://{host}/" in page
        assert "a.example" not in page


@dataclass(frozen=True)
class Site:
    """A site behind a proxy, over TLS and under a prefix."""

    address: str
    token: str


@pytest.fixture(scope="module")
def behind(
    curated_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Server, str]]:
    path = tmp_path_factory.mktemp("behind") / "glossary.db"
    sharing.copied(curated_file, path)
    store = open_store(str(path))
    token = access.create(store, "editor")
    store.close()
    server = Server(path, GLOSSARY_PROXIES="1")
    yield server, token
    server.kill()


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def door(
    behind: tuple[Server, str],
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Site]:
    server, token = behind
    kind: str = request.param
    made = Door(kind, tmp_path_factory.mktemp("door") / kind, server.port)
    yield Site(made.address, token)
    made.close()


def test_the_pages_work_over_tls_and_under_a_prefix(
    door: Site, browser: Browser
) -> None:
    wrong: list[str] = []
    context = browser.new_context(ignore_https_errors=True, locale="en-GB")
    page = context.new_page()
    # A worker may not be registered where the certificate is nobody's.
    page.add_init_script("delete Navigator.prototype.serviceWorker")
    browsing.watch(page, wrong)
    page.goto(door.address + "/")
    page.locator("#q").press_sequentially("新型大国关系")
    hit = page.locator("#hits a[href*='/entries/']").first
    expect(hit).to_have_attribute("href", re.compile(f"^{PREFIX}/entries/"))
    hit.click()
    expect(page.locator("h1")).to_contain_text("新型大国关系")
    page.goto(door.address + "/read")
    page.locator("#text").fill("构建新型大国关系。")
    expect(page.locator("#source mark").first).to_have_text("新型大国关系")
    page.get_by_role("link", name="繁體中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hant")
    page.goto(door.address + "/browse?en=c")
    page.locator("main a[href*='/entries/']").first.click()
    assert page.url.startswith(door.address + "/entries/")
    context.close()
    assert wrong == []


def test_a_client_of_the_interface_follows_what_answers_say(door: Site) -> None:
    headers = {"Authorization": f"Bearer {door.token}"}
    with httpx.Client(verify=False, headers=headers) as client:  # noqa: S501
        name = f"behind-the-door-{httpx.URL(door.address).port}"
        document = {
            "id": name,
            "terms": [
                {"lang": "zh-Hans", "text": "门后会谈"},
                {"lang": "en", "text": "talks behind a door"},
            ],
        }
        made = client.post(f"{door.address}{API}/entries", json=document)
        assert made.status_code == 201
        there = httpx.URL(door.address).join(made.headers["Location"])
        assert client.get(there).json()["id"] == name
        first = client.get(f"{door.address}{API}/entries?limit=2").json()
        second = client.get(httpx.URL(door.address).join(first["next"])).json()
        assert len(second["items"]) == 2
