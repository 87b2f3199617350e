"""`glossary push deepl`, by the official client, to a server of DeepL's interface."""

import json
from pathlib import Path
from typing import Any

import pytest

from glossary.errors import Invalid
from glossary.query import Part
from glossary.schema import load_entry
from glossary.store import Store, open_store
from glossary.transfer import pairs_for
from tests.running import Server, run


def _entry(chinese: str, english: str, **more: Any) -> dict[str, Any]:
    terms = [
        {"lang": "zh-Hans", "text": chinese, "status": "preferred"},
        {"lang": "en", "text": english, "status": "preferred"},
    ]
    return {"glossary": "send", "state": "approved", "terms": terms, **more}


def _write(database: Path, *entries: dict[str, Any]) -> None:
    store = open_store(str(database))
    with store.write(by="test") as write:
        for each in map(load_entry, entries):
            (write.update if write.find(each.id) else write.create)(each)
    store.close()


def test_only_what_changed_is_sent_and_only_when_it_is_said(
    server: Server, token: str, database: Path
) -> None:
    some = [
        _entry("熊猫外交", "panda diplomacy", id="panda"),
        _entry("朋友圈", "circle of friends", id="circle"),
        _entry("未定", "undecided", id="undecided", state="draft"),
    ]
    _write(database, *some)

    def push(*more: str) -> Any:
        command = ("push", "deepl", "--glossary", "send", "--name", "送出", "--json")
        there = ("--url", server.address, *more)
        done = run(*command, *there, database=database, DEEPL_AUTH_KEY=token)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    known = {"Authorization": f"DeepL-Auth-Key {token}"}

    def held() -> dict[str, str]:
        listed = server.call("GET", "/v3/glossaries", headers=known)[1]["glossaries"]
        (found,) = [each for each in listed if each["name"] == "送出"]
        place = f"/v3/glossaries/{found['glossary_id']}/entries"
        query = "?source_lang=zh&target_lang=en"
        answer = server.call("GET", place + query, headers=known)[1]
        lines = answer["dictionaries"][0]["entries"].splitlines()
        return dict(line.split("\t") for line in lines)

    first = {"熊猫外交": "panda diplomacy", "朋友圈": "circle of friends"}
    tried = push()
    assert (tried["added"], tried["done"]) == (first, False)
    assert tried["dropped"] == 1
    assert push("--yes")["done"]
    assert held() == first
    again = push("--yes")
    assert (again["added"], again["changed"], again["done"]) == ({}, {}, False)
    _write(database, _entry("朋友圈", "network of friends", id="circle"))
    assert push("--yes")["changed"] == {"朋友圈": "network of friends"}
    assert held() == {**first, "朋友圈": "network of friends"}
    _write(database, {**some[0], "state": "draft"})
    assert push("--yes")["removed"] == ["熊猫外交"]
    assert held() == {"朋友圈": "network of friends"}


def test_what_is_too_large_for_deepl_is_not_sent(store: Store) -> None:
    with store.write(by="test") as write:
        write.create(load_entry(_entry("熊猫外交", "panda diplomacy", id="panda")))
    part = Part(glossary="send")
    how: dict[str, Any] = {"part": part, "sides": ("zh-Hans", "en"), "most": 20}
    with pytest.raises(Invalid, match="bytes"):
        pairs_for(store, "deepl", drop=lambda _: None, **how)
    how["most"] = 1024
    found = pairs_for(store, "deepl", drop=lambda _: None, **how)
    assert found == {"熊猫外交": "panda diplomacy"}
