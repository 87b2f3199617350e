"""The official client of DeepL, pointed at our server."""

import json
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import deepl
import pytest
from deepl.api_data import MultilingualGlossaryDictionaryEntries as Entries

from glossary.people import access
from glossary.store import open_store
from tests.running import Server

PAIRS = {"熊猫外交": "panda diplomacy", "朋友圈": "circle of friends"}
NAME = "weblate:外交:zh:en:1a2b"


@pytest.fixture
def token(database: Path) -> str:
    store = open_store(str(database))
    made = access.create(store, "weblate")
    store.close()
    return made


@pytest.fixture
def theirs(server: Server, token: str) -> Iterator[deepl.DeepLClient]:
    with closing(
        deepl.DeepLClient(token, server_url=server.address, send_platform_info=False)
    ) as made:
        yield made


def test_version_2_makes_lists_reads_and_deletes(theirs: deepl.DeepLClient) -> None:
    assert {p.source_lang for p in theirs.get_glossary_languages()} == {"zh", "en"}
    made = theirs.create_glossary(NAME, "ZH", "EN-US", PAIRS)
    assert (made.name, made.entry_count, made.ready) == (NAME, 2, True)
    assert (made.source_lang, made.target_lang) == ("ZH", "EN")
    listed = {each.glossary_id: each for each in theirs.list_glossaries()}
    assert listed[made.glossary_id].name == NAME
    assert listed[made.glossary_id].creation_time == made.creation_time
    assert theirs.get_glossary(made.glossary_id).entry_count == 2
    assert theirs.get_glossary_entries(made.glossary_id) == PAIRS
    second = theirs.create_glossary(NAME, "ZH", "EN", {"点赞": "thumbs up"})
    assert second.glossary_id != made.glossary_id
    assert theirs.get_glossary_entries(second) == {"点赞": "thumbs up"}
    theirs.delete_glossary(made)
    with pytest.raises(deepl.exceptions.GlossaryNotFoundException):
        theirs.get_glossary(made.glossary_id)


def test_version_2_takes_the_csv_of_deepls_own_pages(theirs: deepl.DeepLClient) -> None:
    rows = '"不冲突,不对抗","no conflict, no confrontation",ZH,EN\n点赞,gut,ZH,DE\n'
    made = theirs.create_glossary_from_csv("csv", "ZH", "EN", rows)
    held = {"不冲突,不对抗": "no conflict, no confrontation"}
    assert theirs.get_glossary_entries(made) == held


def test_version_3_makes_changes_and_deletes_dictionaries(
    theirs: deepl.DeepLClient,
) -> None:
    back = {"panda diplomacy": "熊猫外交", "bilateral": "双边的"}
    made = theirs.create_multilingual_glossary(
        NAME, [Entries("ZH", "EN-GB", PAIRS), Entries("EN", "ZH-HANS", back)]
    )
    assert made.glossary_id in {
        each.glossary_id for each in theirs.list_multilingual_glossaries()
    }

    def held(source: str, target: str) -> dict[str, str]:
        (found,) = theirs.get_multilingual_glossary_entries(
            made, source, target
        ).dictionaries
        return dict(line.split("\t") for line in found.entries.splitlines())

    assert held("ZH", "EN") == PAIRS
    assert held("EN", "ZH") == back
    alone = {each.glossary_id for each in theirs.list_glossaries()}
    assert {f"{made.glossary_id}.{pair}" for pair in ("zh-en", "en-zh")} <= alone
    theirs.update_multilingual_glossary_name(made, "新名")
    assert theirs.get_multilingual_glossary(made.glossary_id).name == "新名"
    more = {"朋友圈": "network of friends", "点赞": "thumbs up"}
    theirs.update_multilingual_glossary_dictionary(made, Entries("ZH", "EN", more))
    assert held("ZH", "EN") == {**PAIRS, **more}
    info = theirs.replace_multilingual_glossary_dictionary(
        made, Entries("ZH", "EN", {"点赞": "thumbs up"})
    )
    assert (info.source_lang.lower(), info.entry_count) == ("zh", 1)
    assert held("ZH", "EN") == {"点赞": "thumbs up"}
    theirs.delete_multilingual_glossary_dictionary(made, None, "EN", "ZH")
    left = theirs.get_multilingual_glossary(made.glossary_id).dictionaries
    assert [d.source_lang.lower() for d in left] == ["zh"]
    theirs.delete_multilingual_glossary(made)
    with pytest.raises(deepl.exceptions.GlossaryNotFoundException):
        theirs.get_multilingual_glossary(made.glossary_id)


def test_what_is_put_in_so_is_found_by_a_lookup_and_nothing_is_lost(
    theirs: deepl.DeepLClient, server: Server
) -> None:
    made = theirs.create_multilingual_glossary("圈", [Entries("ZH", "EN", PAIRS)])
    changed = {"朋友圈": "network of friends"}
    theirs.update_multilingual_glossary_dictionary(made, Entries("ZH", "EN", changed))
    query = f"/api/v1/lookup?q=circle%20of%20friends&glossary={made.glossary_id}"
    hit = server.call("GET", query)[1]["hits"][0]
    assert hit["term"]["status"] == "superseded"
    assert [term["text"] for term in hit["use"]] == ["network of friends"]
    history = server.call("GET", f"/api/v1/entries/{hit['entry']}/versions")[1]["items"]
    assert [(v["version"], v["by"]) for v in history] == [
        (2, "weblate"),
        (1, "weblate"),
    ]


def test_our_own_glossaries_can_be_read_but_not_overwritten(
    theirs: deepl.DeepLClient,
) -> None:
    held = theirs.get_glossary_entries("diplomatic.zh-en")
    assert held["新型大国关系"] == "new model of major-country relationship"
    assert len(held) == theirs.get_glossary("diplomatic.zh-en").entry_count > 250
    back = theirs.get_glossary_entries("diplomatic.en-zh")
    assert back["new model of major-country relationship"] == "新型大国关系"
    for refused in (
        lambda: theirs.delete_glossary("diplomatic.zh-en"),
        lambda: theirs.delete_multilingual_glossary("diplomatic"),
        lambda: theirs.update_multilingual_glossary_name("diplomatic", "x"),
        lambda: theirs.replace_multilingual_glossary_dictionary(
            "diplomatic", Entries("ZH", "EN", PAIRS)
        ),
    ):
        with pytest.raises(deepl.exceptions.AuthorizationException):
            refused()
    assert theirs.get_glossary_entries("diplomatic.zh-en") == held


def test_a_wrong_key_and_wrong_entries_are_refused_as_deepl_refuses_them(
    server: Server, token: str
) -> None:
    with closing(deepl.DeepLClient("gls_wrong", server_url=server.address)) as stranger:
        with pytest.raises(deepl.exceptions.AuthorizationException):
            stranger.list_glossaries()
        with pytest.raises(deepl.exceptions.AuthorizationException):
            stranger.create_glossary("x", "ZH", "EN", PAIRS)
    headers = {"Authorization": f"DeepL-Auth-Key {token}"}
    good = {"name": "x", "source_lang": "ZH", "target_lang": "EN", "entries": "甲\ta"}
    for bad in (
        {"entries": "甲\ta\n甲\tb"},
        {"entries": "甲"},
        {"entries": ""},
        {"source_lang": "?"},
        {"name": ""},
        {"entries": "甲\t\x07"},
    ):
        status, said = server.call("POST", "/v2/glossaries", {**good, **bad}, headers)
        assert status == 400, bad
        assert said["message"]
        assert said["detail"], bad
    assert server.call("POST", "/v2/glossaries", good, headers)[0] == 201


def test_pages_of_other_sites_may_read(server: Server) -> None:
    with urllib.request.urlopen(f"{server.address}/v2/glossaries") as answer:
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert len(json.load(answer)["glossaries"]) == 2
