"""What a draft calls wrong is banned at no entrance; an approved entry bans at each.

What is in review is a draft too. All three entries say the same: one wording of each
language is right, one is forbidden.
"""

import asyncio
import io
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from flask.testing import FlaskClient
from lsprotocol import types
from mcp import Client as Assistant
from mcp import StdioServerParameters
from mcp.client.stdio import stdio_client
from pygls.lsp.client import LanguageClient

from glossary.curation.attest import RENDERING, attest
from glossary.entry.register import Source
from glossary.formats import by_name
from glossary.formats.record import Dropped
from glossary.query import Pair, Part, Wanted
from glossary.recognition.check import check
from glossary.recognition.snapshot import Recognition
from glossary.store import SqliteStore
from glossary.transfer.taking import take_out
from tests.nouns import entry
from tests.running import Server, apart, run

#: Wrong wherever it stands, so that it is told of without a translation too.
_BAN = {"ban": "anywhere"}


class Wordings(NamedTuple):
    """The four wordings of an entry: right and forbidden, in either language."""

    state: str
    zh: str
    zh_bad: str
    en: str
    en_bad: str

    @property
    def bans(self) -> bool:
        """Whether the forbidden wordings are to be avoided."""
        return self.state == "approved"

    @property
    def document(self) -> dict[str, Any]:
        """The entry as it is sent."""
        terms = [
            {"lang": "zh-Hans", "text": self.zh, "status": "preferred"},
            {"lang": "zh-Hans", "text": self.zh_bad, "status": "deprecated"} | _BAN,
            {"lang": "en", "text": self.en, "status": "preferred"},
            {"lang": "en", "text": self.en_bad, "status": "forbidden"} | _BAN,
        ]
        name = f"{self.state}-talk"
        return {"id": name, "glossary": "talks", "state": self.state, "terms": terms}


DRAFT = Wordings(
    "draft", "首脑私晤", "首脑密会", "leaders' private talk", "summit of whispers"
)
APPROVED = Wordings(
    "approved", "首脑公晤", "首脑明会", "leaders' public talk", "summit of shouting"
)
IN_REVIEW = Wordings(
    "in-review", "首脑夜晤", "首脑暗会", "leaders' evening talk", "summit of murmurs"
)
ALL = (APPROVED, DRAFT, IN_REVIEW)
BOTH = pytest.mark.parametrize("words", ALL, ids=[words.state for words in ALL])


@pytest.fixture
def both(client: FlaskClient, editor: dict[str, str]) -> FlaskClient:
    for words in ALL:
        answer = client.post("/api/v1/entries", json=words.document, headers=editor)
        assert answer.status_code == 201, answer.text
    return client


@pytest.fixture
def talks(store: SqliteStore) -> SqliteStore:
    with store.write(by="test") as write:
        for words in ALL:
            write.create(entry(**words.document))
    return store


def posted(client: FlaskClient, path: str, body: dict[str, Any]) -> Any:
    answer = client.post(f"/api/v1/{path}", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json


@BOTH
def test_a_check_accuses_of_what_is_vouched_for(
    both: FlaskClient, words: Wordings
) -> None:
    pairs = [
        {"id": "asked", "source": f"举行{words.zh}。", "target": words.en_bad},
        {"id": "alone", "source": "举行会议。", "target": f"A {words.en_bad}."},
        {"id": "chinese", "source": f"A {words.en}.", "target": f"{words.zh_bad}。"},
    ]
    body = {"pairs": pairs, "glossaries": ["talks"]}
    asked, alone, chinese = posted(both, "check", body)["pairs"]
    verdicts = [
        [(f["verdict"], f["advice"]) for f in pair["findings"]]
        for pair in (asked, alone, chinese)
    ]
    accused = [("forbidden", False)]
    doubtful = [("missing", True)]
    assert verdicts == (
        [accused, accused, accused] if words.bans else [doubtful, [], doubtful]
    )


@BOTH
def test_a_match_and_a_hit_lead_to_another_wording_where_one_is_banned(
    both: FlaskClient, words: Wordings
) -> None:
    for bad, right in ((words.zh_bad, words.zh), (words.en_bad, words.en)):
        body = {"text": bad, "glossaries": ["talks"]}
        (match,) = posted(both, "annotate", body)["matches"]
        answer = both.get("/api/v1/lookup", query_string={"q": bad})
        hit = answer.get_json()["hits"][0]
        instead = [right] if words.bans else []
        for found in (match, hit):
            assert found["term"]["text"] == bad
            assert [term["text"] for term in found["use"]] == instead


@BOTH
def test_the_page_to_read_a_text_by_marks_as_wrong_what_is_banned(
    both: FlaskClient, words: Wordings
) -> None:
    for text in (words.zh_bad, words.en_bad):
        page = both.post("/read", data={"text": text}).text
        assert ('class="bad"' in page) is words.bans
    page = both.get("/", query_string={"q": words.en_bad}).text.partition("<template")
    assert ("Use instead:" in page[0]) is words.bans


@BOTH
@pytest.mark.parametrize("level", ["default", "picky"])
@pytest.mark.parametrize("drafts", [False, True])
def test_languagetool_marks_what_is_banned(
    both: FlaskClient,
    words: Wordings,
    level: str,
    drafts: bool,  # noqa: FBT001 - it is a parameter of the test.
) -> None:
    running = both.application.extensions["glossary"]
    running.settings = replace(running.settings, lt_drafts=drafts)

    def rules(**fields: str) -> list[str]:
        answer = both.post("/v2/check", data={"level": level, **fields})
        return [match["rule"]["id"] for match in json.loads(answer.data)["matches"]]

    banned = ["GLOSSARY_FORBIDDEN"] if words.bans else []
    assert rules(text=f"A {words.en_bad}.", language="en-GB") == banned
    again = f"A {words.en_bad}, a {words.en}."
    assert rules(text=again, language="en-GB") == banned
    against = rules(text=f"A {words.en_bad}.", language="en-GB", srctext=words.zh)
    told = level == "picky" and drafts and not words.bans
    doubtful = ["GLOSSARY_MISSING"] if told else []
    assert against == banned + doubtful


@BOTH
def test_commands_mark_as_wrong_what_is_banned(
    both: FlaskClient, words: Wordings, database: Path, tmp_path: Path
) -> None:
    text, target = tmp_path / "zh.txt", tmp_path / "en.txt"
    text.write_text(f"{words.zh}\n", encoding="utf-8")
    target.write_text(f"{words.en_bad}\n", encoding="utf-8")
    page = run("annotate", str(target), "--html", database=database)
    assert ('class="wrong"' in page.stdout) is words.bans
    pair = ("check", str(text), "--with", str(target), "--fail-on", "forbidden")
    assert run(*pair, database=database).returncode == int(words.bans)
    log = json.loads(run(*pair, "--sarif", database=database).stdout)
    levels = [result["level"] for result in log["runs"][0]["results"]]
    assert levels == (["error"] if words.bans else ["note"])
    shown = run("lookup", words.en_bad, database=database)
    assert ("use instead" in shown.stdout) is words.bans


@BOTH
def test_lists_of_wordings_to_be_avoided_hold_what_is_banned(
    both: FlaskClient, words: Wordings
) -> None:
    name = f"{words.state}-talk"
    asked = {"ids": [name], "properties": [{"id": "avoid"}]}
    answer = both.post("/reconcile", data={"extend": json.dumps(asked)})
    cells = json.loads(answer.data)["rows"][name]["avoid"]
    banned = [words.zh_bad, words.en_bad] if words.bans else []
    assert [cell["str"] for cell in cells] == banned


def test_utx_forbids_what_is_banned_and_says_what_it_leaves_out(
    talks: SqliteStore,
) -> None:
    stream, dropped = io.BytesIO(), list[Dropped]()
    drop = dropped.append
    take_out(talks, by_name("utx"), stream, part=Part(), drop=drop)
    lines = stream.getvalue().decode().splitlines()
    forbidden = [line.split("\t")[1] for line in lines if "\tforbidden\t" in line]
    assert forbidden == [APPROVED.en_bad]
    assert (DRAFT.en_bad, "/terms/3") in {(d.value, d.pointer) for d in dropped}


def test_deepl_gets_no_wording_that_either_forbids(both: FlaskClient) -> None:
    lists = both.get("/v3/glossaries/talks/entries").get_json()["dictionaries"]
    pairs = {line for each in lists for line in each["entries"].splitlines()}
    assert pairs == {
        *(f"{words.zh}\t{words.en}" for words in ALL),
        *(f"{words.en}\t{words.zh}" for words in ALL),
    }


def test_a_document_may_prove_what_resembles_the_wrong_wording_of_a_draft(
    talks: SqliteStore,
) -> None:
    """To a draft's eyes all of its wordings are only known ones."""
    snapshot = Recognition(talks).snapshot()
    for words, proposed in ((APPROVED, []), (DRAFT, ["summits of some whispers"])):
        target = words.en_bad.replace("summit of", "summits of some")
        pair = Pair("1", f"They held {target}.", f"举行{words.zh}。")
        found = attest(snapshot, Source("s", {"en": "A communiqué"}), [pair])
        renderings = [a.text for a in found.attestations if a.kind == RENDERING]
        assert renderings == proposed


def diagnosed(server: Server, folder: Path, texts: dict[str, str]) -> dict[str, Any]:
    """Return what the language server says of documents, by their names."""

    async def talk() -> dict[str, Any]:
        said: dict[str, Any] = {}
        editor = LanguageClient("an editor", "1")
        uris = {(folder / name).as_uri(): name for name in texts}
        ready = asyncio.Event()

        @editor.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def told(params: types.PublishDiagnosticsParams) -> None:
            said[uris[params.uri]] = [each.message for each in params.diagnostics]
            if len(said) == len(texts):
                ready.set()

        command = ["-m", "glossary.cli", "lsp", "--server", server.address]
        await editor.start_io(sys.executable, *command)
        here = types.InitializeParams(capabilities=types.ClientCapabilities())
        await editor.initialize_async(here)
        editor.initialized(types.InitializedParams())
        for uri, name in uris.items():
            item = types.TextDocumentItem(uri, "plaintext", 1, texts[name])
            editor.text_document_did_open(types.DidOpenTextDocumentParams(item))
        await asyncio.wait_for(ready.wait(), 30)
        await editor.shutdown_async(None)
        editor.exit(None)
        return said

    return apart(talk())


def test_the_language_server_warns_of_what_is_banned(
    both: FlaskClient, server: Server, tmp_path: Path
) -> None:
    po = 'msgid ""\nmsgstr "Language: en\\n"\n\nmsgid "{}"\nmsgstr "{}"\n'
    texts = {
        f"{words.state}{ending}": text
        for words in ALL
        for ending, text in (
            (".md", f"A {words.en_bad}; {words.zh_bad}。"),
            (".po", po.format(words.zh, words.en_bad)),
        )
    }
    said = diagnosed(server, tmp_path, texts)
    assert {name: len(messages) for name, messages in said.items()} == {
        "approved.md": 2,
        "approved.po": 1,
        "draft.md": 0,
        "draft.po": 0,
        "in-review.md": 0,
        "in-review.po": 0,
    }


def test_an_assistant_is_told_to_avoid_what_is_banned(
    both: FlaskClient, server: Server
) -> None:
    command = ["-m", "glossary.cli", "mcp", "--server", server.address]
    process = StdioServerParameters(command=sys.executable, args=command)

    async def talk() -> list[tuple[list[str], list[str], list[str]]]:
        told = []
        async with Assistant(stdio_client(process)) as client:
            for words in ALL:
                bad = words.en_bad
                pair = {"source": words.zh, "target": bad}
                asked = {"lookup": {"q": bad}, "annotate": {"text": bad}, "check": pair}
                answers = [await client.call_tool(*each) for each in asked.items()]
                hits, matches, checked = (a.structured_content for a in answers)
                assert None not in (hits, matches, checked)
                told.append(
                    (
                        [term["text"] for term in hits["hits"][0].get("use", [])],
                        [matches["terms"][0]["note"]],
                        [f["verdict"] for f in checked["pairs"][0]["findings"]],
                    )
                )
        return told

    approved, *drafts = apart(talk())
    assert approved == ([APPROVED.en], [f"forbidden: {APPROVED.en}"], ["forbidden"])
    assert drafts == [
        ([], ["draft"], ["missing"]),
        ([], ["in-review"], ["missing"]),
    ]


def test_what_an_approved_entry_bans_is_banned_though_a_draft_says_so_too(
    talks: SqliteStore,
) -> None:
    twin = APPROVED._replace(state="draft").document | {"id": "twin"}
    with talks.write(by="test") as write:
        write.create(entry(**twin))

    snapshot = Recognition(talks).snapshot()
    findings = check(snapshot, "举行会议。", f"A {APPROVED.en_bad}.", Wanted())
    assert [(f.verdict, f.entry) for f in findings] == [("forbidden", "approved-talk")]
