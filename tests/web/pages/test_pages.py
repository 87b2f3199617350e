import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import etree

from glossary.entry import Edition, Source
from tests.nouns import entry

ENTRY = "/entries/new-model-of-major-country-relationship"


def test_the_first_page_has_a_search_box(client: FlaskClient) -> None:
    page = client.get("/").text
    assert '<input id="q" name="q"' in page
    assert 'lang="en"' in page


def test_hits_stand_on_the_page_without_a_script(client: FlaskClient) -> None:
    page = client.get("/?q=new model of major country relationship").text
    assert page.index("新型大国关系") < page.index("中美新型大国关系")
    assert ENTRY in page


def test_a_superseded_wording_says_what_to_use(client: FlaskClient) -> None:
    page = client.get("/?q=new type of great power relations").text
    assert "Use instead:" in page
    assert "superseded" in page


def test_readers_of_traditional_chinese_get_it_first(client: FlaskClient) -> None:
    reads = {"Accept-Language": "zh-TW"}
    # A quotation before the renderings is in the script that it is in.
    page = client.get("/?q=major-country diplomacy", headers=reads).text
    renderings = page.partition('<ul class="equivalents">')[2]
    assert renderings.index("大國外交") < renderings.index("大国外交")
    page = client.get("/?q=大国", headers=reads).text
    assert "大國外交" in page
    assert page.index(">大國外交<") < page.index(">大国外交<")
    page = client.get("/?q=major-country diplomacy&to=zh-Hans", headers=reads).text
    renderings = page.partition('<ul class="equivalents">')[2]
    assert renderings.index("大国外交") < renderings.index("大國外交")


def test_nothing_found_is_said(client: FlaskClient) -> None:
    answer = client.get("/?q=qxwvqx")
    assert answer.status_code == 200
    assert "Nothing found for “qxwvqx”." in answer.text


def test_what_is_not_found_can_be_read_as_a_text(client: FlaskClient) -> None:
    page = client.get("/?q=红烧肉").text
    offer = page.partition('id="further"')[2].partition("</div>")[0]
    assert 'class="as-text" method="post" action="/read"><input' in offer
    assert 'name="text" value="红烧肉"' in offer
    known = client.get("/?q=求同存异与红烧肉").text
    assert known.count('action="/read" hidden>') == 1
    assert '<span class="tier">part of the query</span>' in known


def test_filters_that_left_something_out_are_named_as_readers_know_them(
    client: FlaskClient,
) -> None:
    page = client.get("/?q=主权&subject=climate").text
    assert "Nothing in Climate; 10 elsewhere" in page
    assert "Without the filters there are" in client.get("/?q=主权&state=retired").text


def test_a_query_that_is_too_long_is_explained(client: FlaskClient) -> None:
    answer = client.get("/", query_string={"q": "和" * 501})
    assert answer.status_code == 422
    assert "501 characters; 500 are allowed" in answer.text


def test_an_entry_page_shows_the_evidence(client: FlaskClient) -> None:
    page = client.get(ENTRY).text
    for text in (
        "新型大国关系",
        "xīnxíng dàguó guānxì",
        "MFA of China",
        "2013-06–",
        "para. 2",
        "Wang Yi Holds Talks with US Secretary of State John Kerry",
        "not to be confused with",
        "preferred",
        "approved",
    ):
        assert text in page, text


@pytest.mark.parametrize(
    ("wanted", "tag", "word"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans", "查询"),
        ("zh-TW", "zh-Hant", "查詢"),
        ("en-GB", "en", "Look up"),
        ("fr", "en", "Look up"),
    ],
)
def test_a_page_is_in_the_readers_language(
    client: FlaskClient, wanted: str, tag: str, word: str
) -> None:
    answer = client.get("/", headers={"Accept-Language": wanted})
    assert f'<html lang="{tag}">' in answer.text
    assert word in answer.text
    assert answer.headers["Content-Language"] == tag
    assert "Accept-Language" in answer.headers["Vary"]


def test_a_chosen_language_stays_chosen_and_keeps_the_page(client: FlaskClient) -> None:
    answer = client.get("/?q=主权&lang=zh-Hant", headers={"Accept-Language": "en"})
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/?q=%E4%B8%BB%E6%9D%83"
    assert '<html lang="zh-Hant">' in client.get(ENTRY).text


def test_an_unknown_language_is_not_chosen(client: FlaskClient) -> None:
    answer = client.get("/?lang=xx")
    assert (answer.status_code, "Set-Cookie" in answer.headers) == (303, False)


@pytest.mark.parametrize("path", ["/", "/?q=主权", ENTRY, "/docs", "/entries/nix"])
def test_a_page_may_load_only_what_is_ours(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"Accept": "text/html"})
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert not re.findall(
        r'(?:src|href)="(?:https?:)?//(?!www\.|.*</blockquote>)',
        re.sub(r"<blockquote>.*?</blockquote>", "", answer.text, flags=re.DOTALL),
    )
    assert not re.findall(r"<script(?![^>]*src=)|\son\w+=|style=", answer.text)


def test_text_of_any_content_is_inert(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    nasty = '<script>alert("和")</script>'
    document = {
        "id": "nasty",
        "terms": [{"lang": "zh", "text": nasty, "status": "preferred", "usage": nasty}],
        "definition": {"en": nasty},
        "note": nasty,
    }
    made = client.post("/api/v1/entries", json=document, headers=editor)
    assert made.status_code == 201
    query = {"q": nasty}
    for page in (client.get("/entries/nasty"), client.get("/", query_string=query)):
        assert "<script>alert" not in page.text
        assert "&lt;script&gt;alert" in page.text


def test_a_page_that_is_not_there_is_a_page(client: FlaskClient) -> None:
    headers = {"Accept": "text/html", "Accept-Language": "zh-CN"}
    answer = client.get("/entries/nix", headers=headers)
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert "没有条目“nix”" in answer.text


def test_every_language_on_an_entry_page_is_marked(client: FlaskClient) -> None:
    page = client.get(ENTRY, headers={"Accept-Language": "en"}).text
    body = re.sub(r"<header.*?</header>|<head>.*?</head>", "", page, flags=re.DOTALL)
    marked = re.sub(r'<(\w+)[^>]* lang="[^"]*"[^>]*>[^<]*</\1>', "", body)
    assert "新型大國關係" not in marked


def test_an_entry_as_text_is_text(client: FlaskClient) -> None:
    answer = client.get(f"{ENTRY}/text")
    assert answer.mimetype == "text/plain"
    first, *_, last = answer.text.strip().splitlines()
    assert first == "新型大国关系 · new model of major-country relationship"
    assert last.startswith("new type of relations between major countries (superseded")


def test_one_entry_goes_out_in_any_format(client: FlaskClient) -> None:
    query = {"format": "tbx3", "entry": "new-model-of-major-country-relationship"}
    answer = client.get("/api/v1/export", query_string=query)
    assert answer.text.count("<conceptEntry") == 1
    assert (
        "new-model-of-major-country-relationship.tbx"
        in (answer.headers["Content-Disposition"])
    )
    assert client.get("/api/v1/export?format=tbx3&entry=nix").status_code == 404


def test_the_history_shows_what_a_version_changed(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    address = f"/api/v1{ENTRY}"
    kept = client.get(address)
    headers = {**editor, "If-Match": kept.headers["ETag"]}
    definition = {"en": "The pattern of ties that China proposed."}
    changed = client.patch(address, json={"definition": definition}, headers=headers)
    assert changed.status_code == 200
    page = client.get(ENTRY).text
    assert "<del>relations</del><ins>ties</ins>" in page


def test_a_whole_is_drawn_with_its_parts_in_order(client: FlaskClient) -> None:
    page = client.get(
        "/entries/non-conflict-non-confrontation-mutual-respect-and-win-win-cooperation"
    ).text
    drawing = re.search(r'<svg class="map".*?</svg>', page, re.DOTALL)
    assert drawing
    texts = re.findall(r'lang="zh-Hans">([^<]+)</text>', drawing[0])
    assert texts[1:] == ["不冲突、不对抗", "相互尊重", "合作共赢"]


def test_homographs_stand_side_by_side(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    for english in ("dialogue", "conversation"):
        terms = [{"lang": "zh", "text": "对话录"}, {"lang": "en", "text": english}]
        client.post("/api/v1/entries", json={"terms": terms}, headers=editor)
    assert client.get("/?q=对话录").text.count('class="hit twin"') == 2


def test_empty_fields_of_a_form_ask_nothing(client: FlaskClient) -> None:
    answer = client.get("/?q=主权&as_of=&issuer=&subject=")
    assert answer.status_code == 200
    assert "sovereignty" in answer.text


def test_static_files_keep_for_good(client: FlaskClient) -> None:
    page = client.get("/").text
    address = re.search(r'href="(/static/\w{12}/style\.css)"', page)
    assert address
    with client.get(address[1]) as style:
        assert "max-age=31536000" in style.headers["Cache-Control"]
        assert style.headers["X-Content-Type-Options"] == "nosniff"


def test_a_text_is_read_without_a_script(client: FlaskClient) -> None:
    text = "构建新型大国关系\r\n不冲突、不对抗、相互尊重、合作共赢"
    page = client.post("/read", data={"text": text}).text
    mark = r"<mark id=\"m%d\"[^>]*>"
    powers = mark % 1 + mark % 2 + "大国</mark>关系</mark>"
    within = mark % 0 + "新型" + powers + "</mark>"
    assert re.search(f"<p>构建{within}</p>", page)
    assert re.search(mark % 3 + mark % 4 + "不冲突、不对抗</mark>", page)
    assert "new model of major-country relationship" in page


def test_a_translation_is_checked_without_a_script(client: FlaskClient) -> None:
    sent = {
        "text": "构建新型大国关系，坚持相互尊重",
        "target": "build a new type of great power relations with mutual respect",
    }
    page = client.post("/read", data=sent).text
    assert re.search(r'id="s0" class="bad"[^>]*>新型大国关系</mark>', page)
    assert re.search(
        r'id="t0" class="bad"[^>]*>new type of great power relations<', page
    )
    assert 'href="#t0"' in page
    assert " · 1 right" in page


def test_a_text_that_is_too_long_is_refused(client: FlaskClient) -> None:
    answer = client.post("/read", data={"text": "和" * 50_001})
    assert answer.status_code == 422
    assert "50000 characters are read at a time" in answer.text


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("en=s", "sovereignty"),
        ("zh=x", "新型大国关系"),
        ("subject=climate", "climate"),
        ("issuer=MFA+of+China", "新型大国关系"),
        ("source=wang-yi-kerry-2014", "新型大国关系"),
    ],
)
def test_entries_are_browsed(client: FlaskClient, query: str, first: str) -> None:
    assert any(first in page for page in listed(client, f"/browse?{query}"))


def listed(client: FlaskClient, address: str) -> Iterator[str]:
    """Give the pages of a list, one after the other."""
    following: str | None = address
    while following:
        page = client.get(following).text
        yield page
        link = re.search(r'href="(\?[^"]+)" rel="next"', page)
        following = link and "/browse" + link[1].replace("&amp;", "&")


def test_a_list_goes_on_until_its_end(client: FlaskClient) -> None:
    seen: list[str] = []
    for page in listed(client, "/browse?source=wang-yi-kerry-2014"):
        seen += re.findall(r'<tr><td><a href="/entries/([^"]+)"', page)
    assert len(seen) == len(set(seen)) > 0
    assert seen == sorted(seen)


def test_an_entry_leaves_the_lists_when_it_is_retired(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    headers = {**editor, "If-Match": '"1"'}
    assert "主权" in client.get("/browse?en=s").text
    gone = client.delete("/api/v1/entries/sovereignty", headers=headers)
    assert gone.status_code == 204
    assert '"/entries/sovereignty"' not in client.get("/browse?en=s").text


def test_what_changed_last_comes_first_in_the_feed(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    headers = {**editor, "If-Match": '"1"'}
    client.patch("/api/v1/entries/sovereignty", json={"note": "A & B"}, headers=headers)
    answer = client.get("/changes.atom")
    assert answer.mimetype == "application/atom+xml"
    feed = etree.fromstring(answer.data)
    space = {"a": "http://www.w3.org/2005/Atom"}
    links = feed.xpath("a:entry/a:link/@href", namespaces=space)
    assert links[0] == "http://localhost/entries/sovereignty"
    known = {"If-None-Match": answer.headers["ETag"]}
    assert client.get("/changes.atom", headers=known).status_code == 304


def test_statistics_are_drawn(client: FlaskClient, editor: dict[str, str]) -> None:
    client.get("/?q=qxwvqx")
    page = client.get("/statistics").text
    assert page.count('<table class="bars') == 3
    assert "qxwvqx" not in page
    token = editor["Authorization"].partition(" ")[2]
    page = client.post("/statistics", data={"token": token}).text
    assert page.count('<table class="bars') == 4
    assert "qxwvqx" in page


def test_a_change_is_proposed_and_accepted_without_a_script(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    form = client.get(f"{ENTRY}/propose").text
    sent = dict(re.findall(r'<input[^>]*name="([^"]+)" value="([^"]*)"', form))
    for number in re.findall(r'name="status-(\d+)"', form):
        chosen = re.search(
            rf'name="status-{number}">.*?value="(\w+)" selected', form, re.DOTALL
        )
        assert chosen
        sent[f"status-{number}"] = chosen[1]
    free = max(int(n) for n in re.findall(r'name="text-(\d+)"', form))
    sent |= {f"text-{free}": "new model of great-power ties", f"lang-{free}": "en"}
    sent |= {"comment": "一家之言", "by": "王芳"}
    made = client.post(f"{ENTRY}/propose", data=sent)
    assert made.status_code == 303, made.text
    page = client.get("/proposals").text
    assert "<ins>new model of great-power ties</ins>" in page
    assert "王芳" in page
    decision = {"decision": "accepted", "token": "gls_no"}
    assert client.post("/proposals/1", data=decision).status_code == 422
    decision["token"] = editor["Authorization"].removeprefix("Bearer ")
    assert client.post("/proposals/1", data=decision).status_code == 303
    assert "new model of great-power ties" in client.get(ENTRY).text


def test_what_is_not_found_is_proposed_by_anybody_without_a_script(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    empty = client.get("/?q=雪域牧草银行").text
    href = re.search(r'id="propose" href="([^"]+)"', empty)
    assert href
    form = client.get(href[1]).text
    assert 'name="zh" value="雪域牧草银行"' in form
    sent = {"zh": "雪域牧草银行", "en": "Snowland Fodder Bank"}
    sent |= {"document": "wang-yi-kerry-2014", "quote-zh": "共建雪域牧草银行"}
    sent |= {"quote-en": "build a Snowland Fodder Bank", "by": "王芳"}
    made = client.post("/propose", data=sent)
    assert made.status_code == 303, made.text
    mine = client.get(made.headers["Location"]).text
    assert "It is waiting for an editor." in mine
    assert "<ins>雪域牧草银行</ins>" in mine
    kept = client.get("/api/v1/proposals/1").json["document"]
    assert kept["state"] == "draft"
    cited = kept["terms"][0]["citations"][0]
    assert cited["counterpart"] == {
        "text": "Snowland Fodder Bank",
        "quote": "build a Snowland Fodder Bank",
        "locator": "",
        "source": None,
    }
    assert not client.get("/api/v1/lookup?q=雪域牧草银行").json["hits"]
    accepted = client.post("/api/v1/proposals/1/accept", headers=editor)
    assert accepted.status_code == 200, accepted.text
    assert "accepted" in client.get("/proposals/1").text
    (hit,) = client.get("/api/v1/lookup?q=雪域牧草银行").json["hits"]
    assert hit["equivalents"][0]["text"] == "Snowland Fodder Bank"


def test_a_document_that_is_not_known_is_told_to_the_editor(
    client: FlaskClient,
) -> None:
    sent = {"en": "corridor of small islands", "document": "Joint Communiqué, Apia"}
    sent |= {"quote-en": "a corridor of small islands", "why": "asked for twice"}
    assert client.post("/propose", data=sent).status_code == 303
    kept = client.get("/api/v1/proposals/1").json
    assert kept["comment"].splitlines() == [
        "asked for twice",
        "Joint Communiqué, Apia",
        "a corridor of small islands",
    ]
    assert kept["document"]["terms"][0]["citations"] == []


def test_what_is_there_already_is_shown_before_it_is_proposed_again(
    client: FlaskClient,
) -> None:
    sent = {"zh": "主權", "en": "sovereignty of the people"}
    shown = client.post("/propose", data=sent)
    assert shown.status_code == 200
    assert 'href="/entries/sovereignty"' in shown.text
    assert 'name="en" value="sovereignty of the people"' in shown.text
    assert client.post("/propose", data={**sent, "seen": "1"}).status_code == 303
    assert client.get("/api/v1/proposals/1").json["document"]["terms"][0]["lang"] == (
        "zh-Hant"
    )


@pytest.mark.parametrize("sent", [{}, {"zh": "主\x00权"}, {"en": "x" * 501}])
def test_a_phrase_that_cannot_be_is_shown_again_with_the_reason(
    client: FlaskClient, sent: dict[str, str]
) -> None:
    answer = client.post("/propose", data=sent)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert not client.get("/api/v1/proposals").json["items"]


def test_nobody_is_led_to_propose_where_nothing_is_taken(
    client: FlaskClient, app: Flask
) -> None:
    running = app.extensions["glossary"]
    running.settings = replace(running.settings, max_proposals=0)
    assert 'id="propose"' not in client.get("/?q=雪域牧草银行").text


def test_a_proposal_that_breaks_a_rule_is_shown_again(client: FlaskClient) -> None:
    sent = {"lang-0": "zh-Hans", "text-0": "主权", "status-0": "worst"}
    answer = client.post("/entries/sovereignty/propose", data=sent)
    assert answer.status_code == 422
    assert "Must be one of" in answer.text


@pytest.mark.parametrize("path", ["/statistics", "/?q=主权"])
def test_no_word_stays_in_the_language_of_who_came_first(
    client: FlaskClient, path: str
) -> None:
    client.get(path, headers={"Accept-Language": "en"})
    page = client.get(path, headers={"Accept-Language": "zh-CN"}).text
    assert "已审定" in page or "草稿" in page
    assert ">draft<" not in page


def test_an_issuer_is_shown_by_its_name_in_the_readers_language(
    client: FlaskClient,
) -> None:
    for tag, name in (
        ("en", "MFA of China"),
        ("zh-CN", "中国外交部"),
        ("zh-TW", "中國外交部"),
    ):
        headers = {"Accept-Language": tag}
        listed = client.get("/browse", headers=headers).text
        assert f'lang="{LANG[tag]}">{name}</span></a>' in listed
        for asked in ("外交部", "mfa-china", "MFA+of+China"):
            page = client.get(f"/browse?issuer={asked}", headers=headers).text
            assert f"{name}</span></h1>" in page
            assert "新型大国关系" in page or "新型大國關係" in page
            assert "Ministry of Foreign Affairs" in page
            assert 'source=wang-yi-kerry-2014"' in page
        entry = "/entries/new-model-of-major-country-relationship"
        assert f'">{name}</span>' in client.get(entry, headers=headers).text
        assert f", {name}," in client.get(f"{entry}/text", headers=headers).text


LANG = {"en": "en", "zh-CN": "zh-Hans", "zh-TW": "zh-Hant"}


def test_a_source_is_shown_with_its_edition_symbol_and_links(
    app: Flask, client: FlaskClient
) -> None:
    store = app.extensions["glossary"].store
    with store.write(by="me") as write:
        write.nouns.update(
            replace(
                write.nouns.one(Source, "wang-yi-kerry-2014"),
                symbol="FM/2014/17",
                url="https://example.org/readout",
                archived_url="https://archive.example.org/readout",
                edition={
                    "zh-Hans": Edition("authentic"),
                    "en": Edition("translated", "外交部"),
                },
            )
        )
    page = client.get("/browse?source=wang-yi-kerry-2014").text
    assert '<a href="/browse?issuer=MFA+of+China" lang="en">MFA of China</a>' in page
    assert "FM/2014/17" in page
    assert 'href="https://archive.example.org/readout"' in page
    assert "<dt>Simplified Chinese</dt><dd>authentic text</dd>" in page
    assert "<dt>English</dt><dd>translation, <a" in page
    entry = client.get("/entries/new-model-of-major-country-relationship").text
    assert "FM/2014/17" in entry
    assert 'href="https://archive.example.org/readout"' in entry


def test_pages_show_beside_each_wording_what_proves_it(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    def source(name: str, date: str) -> None:
        made = {"id": name, "title": {"en": f"Talks of {date}"}, "date": date}
        made["url"] = f"https://example.org/{name}"
        client.post("/api/v1/sources", json=made, headers=editor)

    source("talks-2017", "2017-04-07")
    source("talks-2023", "2023-11-15")
    quote = {"text": "互联互锁", "quote": "推进互联互锁"}
    citations = [
        {"source": "talks-2017", "quote": "mutual interlocking", "counterpart": quote},
        {"source": "talks-2023", "quote": "promote mutual interlocking"},
    ]
    terms = [
        {"lang": "zh-Hans", "text": "互联互锁", "status": "preferred"},
        {"lang": "en", "text": "mutual interlocking", "status": "preferred"}
        | {"citations": citations},
        {"lang": "en", "text": "interlock"},
    ]
    made = {"id": "a", "terms": terms, "state": "approved"}
    assert client.post("/api/v1/entries", json=made, headers=editor).status_code == 201
    for address in ("/entries/a", "/?q=互联互锁"):
        page = client.get(address).text
        assert page.count("● 2 documents 2017–2023") == 1
        assert page.count("● 1 document 2017") == 1
        assert page.count("<summary>● ") == 2
        assert page.count("○ no document yet</span>") == 1
        assert "推进互联互锁</p>" in page
        assert "promote mutual interlocking</p>" in page
        assert 'href="https://example.org/talks-2017"' in page
        assert 'href="/browse?source=talks-2023"' in page
    page = client.get("/browse?proof=pair").text
    assert "● 2 documents 2017–2023" in page
    assert "推进互联互锁</p>" in page
    for tag, words in (("zh-CN", "2 份文献"), ("zh-TW", "2 份文獻")):
        page = client.get("/entries/a", headers={"Accept-Language": tag}).text
        assert f"● {words} 2017–2023" in page


def test_an_answer_of_another_time_says_what_was_in_force_then(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    terms = [
        {"lang": "zh-Hans", "text": "互联互锁", "status": "preferred"},
        {"lang": "en", "text": "mutual interlocking", "status": "preferred"},
        {"lang": "en", "text": "mutual locking", "status": "superseded"}
        | {"since": "2012", "until": "2013-06"},
    ]
    made = {"id": "a", "terms": terms, "state": "approved"}
    assert client.post("/api/v1/entries", json=made, headers=editor).status_code == 201
    then = client.get("/?q=互联互锁&as_of=2013-01").text
    hits = then[then.index('<ol id="hits"') : then.index("</ol>")]
    assert "in force then, until 2013-06" in hits
    assert "superseded" not in hits
    now = client.get("/?q=互联互锁").text
    hits = now[now.index('<ol id="hits"') : now.index("</ol>")]
    assert "in force then" not in hits
    assert "superseded" in hits


def test_several_glossaries_are_named_and_can_be_chosen(
    app: Flask, client: FlaskClient, editor: dict[str, str]
) -> None:
    assert 'name="glossaries"' not in client.get("/?q=主权").text
    asked = {"id": "trade", "title": {"en": "Trade", "zh-Hans": "贸易"}}
    made = client.post("/api/v1/glossaries", json=asked, headers=editor)
    assert made.status_code == 201
    with app.extensions["glossary"].store.write(by="me") as write:
        terms = [
            {"lang": "zh-Hans", "text": "主权"},
            {"lang": "en", "text": "zeal of a seller"},
        ]
        write.create(entry(id="of-seller", glossary="trade", terms=terms))
    both = client.get("/?q=主权").text
    assert ">Trade</span>" in both
    assert "zeal of a seller" in both
    reads = {"Accept-Language": "zh-CN"}
    assert ">贸易</span>" in client.get("/?q=主权", headers=reads).text
    one = client.get("/?q=主权&glossaries=trade").text
    assert one.count('<a class="found text ') == 1
    assert 'value="trade" checked' in one
    ticked = client.get("/?q=主权&glossaries=trade&glossaries=diplomatic").text
    assert ticked.count('<a class="found text ') == both.count('<a class="found text ')
    text = {"text": "主权和国书"}
    assert client.post("/read", data=text).text.count("<mark ") == 2
    read = client.post("/read", data={**text, "glossaries": "trade"}).text
    assert read.count("<mark ") == 1
    assert "zeal of a seller" in read
    assert 'value="trade" checked' in read
    assert ">Trade</span>" in client.get("/entries/of-seller").text
    assert ">Trade</span>" in client.get("/browse?en=z").text


def test_what_changed_in_the_language_stands_year_by_year(client: FlaskClient) -> None:
    page = client.get("/what-changed?year=2013").text
    rows = re.findall(r"<tr><td>.*?</tr>", page, flags=re.DOTALL)
    (row,) = [row for row in rows if "新型大国关系" in row]
    old = "new type of relations between major countries"
    assert row.index(old) < row.index("new model of major-country relationship")
    assert 'href="/what-changed?year=2013" aria-current="page"' in page
    newest = client.get("/what-changed").text
    year = re.findall(r'year=(\d+)"', newest)[0]
    assert f'year={year}" aria-current="page"' in newest
    assert "There is nothing here." in client.get("/what-changed?year=1815").text
    assert client.get("/what-changed?year=二〇一三").status_code == 422
