"""What clients of LanguageTool and DeepL ask beside their first call."""

from contextlib import closing

import deepl
from flask.testing import FlaskClient

from glossary import config
from tests.answers import API, json_of
from tests.running import Server


def test_a_client_learns_what_answers_and_how_much_it_takes(
    client: FlaskClient,
) -> None:
    software = json_of(client.get("/v2/info"))["software"]
    assert (software["name"], software["apiVersion"]) == ("Glossary", 1)
    longest = client.get("/v2/maxtextlength")
    assert (longest.mimetype, int(longest.text)) == (
        "text/plain",
        config.settings().max_text,
    )
    told = json_of(client.get("/v2/configinfo?language=en-US"))
    assert told["parameter"]["maxTextLength"] == config.settings().max_text
    rules = {each["ruleId"]: each for each in told["rules"]}
    assert rules["GLOSSARY_MISSING"]["isDefaultOff"]
    assert rules["GLOSSARY_SUPERSEDED"]["categoryId"] == "TERMINOLOGY"
    missing = client.get("/v2/configinfo")
    assert (missing.status_code, missing.text[:7]) == (400, "Error: ")


def test_a_word_that_is_added_is_proposed_once_and_never_taken_back(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    token = editor["Authorization"].removeprefix("Bearer ")
    who = {"username": "a@example.org", "apiKey": token}
    known = client.post("/v2/words/add", data={**who, "word": "新型大国关系"})
    assert json_of(known) == {"added": False}
    new = client.post("/v2/words/add", data={**who, "word": "暖心早茶"})
    assert json_of(new) == {"added": True}
    listed = client.get("/v2/words", query_string=who)
    assert json_of(listed) == {"words": ["暖心早茶"]}
    assert json_of(client.get("/v2/words")) == {"words": []}
    assert json_of(client.get("/v2/words?offset=1", headers=editor)) == {"words": []}
    gone = client.post("/v2/words/delete", data={**who, "word": "暖心早茶"})
    assert json_of(gone) == {"deleted": False}
    (waiting,) = json_of(client.get(f"{API}/proposals?state=open"))["items"]
    assert waiting["document"]["terms"][0]["text"] == "暖心早茶"
    assert waiting["document"]["terms"][0]["lang"] == "zh-Hans"
    assert client.post("/v2/words/add", data=who).status_code == 400
    too_long = client.post("/v2/words/add", data={**who, "word": "茶" * 3000})
    assert (too_long.status_code, too_long.text[:7]) == (400, "Error: ")
    assert client.get("/v2/words?limit=x").status_code == 400


def test_the_client_of_deepl_lists_languages_and_usage(
    server: Server, token: str
) -> None:
    with closing(
        deepl.DeepLClient(token, server_url=server.address, send_platform_info=False)
    ) as theirs:
        sources = theirs.get_source_languages()
        assert {each.code for each in sources} == {"ZH", "EN"}
        targets = {each.code for each in theirs.get_target_languages()}
        assert {"EN-GB", "ZH-HANT"} <= {code.upper() for code in targets}
        assert not theirs.get_usage().any_limit_reached


def test_both_lists_of_languages_stand_under_one_address(client: FlaskClient) -> None:
    ours = json_of(client.get("/v2/languages"))
    assert {"longCode", "code", "name"} <= ours[0].keys()
    theirs = json_of(client.get("/v2/languages?type=source"))
    assert {each["language"] for each in theirs} == {"ZH", "EN"}
    newer = json_of(client.get("/v3/languages?resource=glossary"))
    assert [each["lang"] for each in newer] == ["zh", "en"]
    assert json_of(client.get("/v3/languages?resource=voice")) == []
    assert client.get("/v3/languages").status_code == 400
