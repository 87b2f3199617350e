"""The Python client against the real application and the real server."""

import io
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from flask import Flask

from glossary import errors
from glossary.client import Client, FreshFile, OfflineCopy, Unreachable
from glossary.entry import Glossary, Issuer, Source, Subject
from glossary.people import access
from glossary.query import Pair
from tests.nouns import major_country
from tests.running import Server

HERE = "http://glossary.test/"


class Lossy(httpx.BaseTransport):
    """The application behind a line that drops some answers, or says it is busy."""

    def __init__(self, app: Flask, faults: list[str]) -> None:
        self.real = httpx.WSGITransport(app)
        self.faults = faults
        self.requests: list[httpx.Request] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        fault = self.faults.pop(0) if self.faults else ""
        if fault == "busy":
            return httpx.Response(503, headers={"Retry-After": "0"})
        if fault == "refused":
            raise httpx.ConnectError("refused")
        answer = self.real.handle_request(request)
        if fault == "lost":
            answer.read()
            raise httpx.ReadError("the line was cut")
        return answer


@pytest.fixture
def token(app: Flask) -> str:
    return access.create(app.extensions["glossary"].store, "client", scope="admin")


@pytest.fixture
def terms(app: Flask, token: str) -> Client:
    return Client(HERE, token=token, transport=httpx.WSGITransport(app))


def test_a_change_is_proposed_from_the_version_that_was_read(terms: Client) -> None:
    read = terms.entry("new-model-of-major-country-relationship")
    terms.patch(read.id, {"note": "changed meanwhile"}, version=read.version)
    made = terms.propose(replace(read, note="proposed"), comment="见公报")
    assert (made.entry, made.version, made.by) == (read.id, read.version, "client")
    with pytest.raises(errors.NotFound):
        terms.propose(replace(read, id="nix"))
    with pytest.raises(errors.Invalid):
        terms.propose(read)
    new = terms.propose(major_country(id="another"))
    assert (new.entry, new.document.id) == ("", "another")


def test_it_needs_neither_flask_nor_sqlite() -> None:
    said = (
        "import sys, glossary.client; print(*sorted({'flask', 'werkzeug', 'sqlite3', "
        "'sqlite_utils', 'marshmallow', 'babel', 'granian'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", said], capture_output=True, text=True, check=True
    )
    assert done.stdout == "\n"


def test_reading_gives_the_nouns(terms: Client) -> None:
    found = terms.lookup("新型大国关系！", to="en", limit=1)
    assert found.query["from"] == "zh-Hans"
    (hit,) = found.hits
    assert (hit.tier, hit.via) == ("folded", ("punctuation",))
    assert hit.equivalents[0].text == "new model of major-country relationship"
    assert terms.suggest("新型大")[0].entry == hit.entry
    assert terms.entry(hit.entry).terms[0].text == "新型大国关系"
    assert terms.versions(hit.entry)[0].version == 1
    assert terms.stats()["revision"] == found.revision
    assert terms.glossaries()[0].id == "diplomatic"
    assert terms.subjects()[0].label["en"]
    assert any(source.id == "wang-yi-kerry-2014" for source in terms.sources())


def test_nouns_are_read_made_changed_restored_and_deleted(terms: Client) -> None:
    assert {issuer.id: issuer.entries for issuer in terms.issuers()}["mfa-china"] > 100
    since = terms.stats()["revision"]
    made = terms.nouns.create(Issuer("yonhap", {"en": "Yonhap"}, ("韩联社",)))
    assert made == terms.nouns.one(Issuer, "yonhap")
    terms.nouns.replace(replace(made, aliases=("韩联社", "韩国联合通讯社")))
    merge = {"names": {"zh-Hans": "韩联社"}}
    assert terms.nouns.patch(Issuer, "yonhap", merge, version=2).version == 3
    with pytest.raises(errors.Stale):
        terms.nouns.delete(Issuer, "yonhap", version=2)
    terms.nouns.delete(Issuer, "yonhap", version=3)
    assert [v.action for v in terms.nouns.versions(Issuer, "yonhap")] == [
        *("delete", "update", "update", "create")
    ]
    assert terms.nouns.restore(Issuer, "yonhap", 1) == replace(made, version=5)
    (change,) = terms.nouns.changes(since, limit=1)
    assert (change.kind, change.action, change.version) == ("issuer", "restore", 5)
    with pytest.raises(errors.InUse, match="principles"):
        terms.nouns.delete(Subject, "principles", version=1)
    assert terms.nouns.all(Glossary)[0].title["en"]
    cited = terms.nouns.one(Source, "wang-yi-kerry-2014")
    assert cited in terms.sources()


def test_texts_are_annotated_and_checked(terms: Client) -> None:
    text = "共同构建新型大国关系"
    (match,) = terms.annotate(text, from_="zh-CN").matches
    assert text[match.start : match.end] == match.text == "新型大国关系"
    old = "Build a new type of great power relations."
    checked = terms.check([Pair("1", text, old)])
    assert [f.verdict for f in checked.pairs[0].findings] == ["forbidden"]
    assert checked.summary["forbidden"] == 1


def test_pages_are_walked_through(terms: Client) -> None:
    ids = [entry.id for entry in terms.entries(limit=50)]
    assert ids == sorted(set(ids))
    assert len(ids) == terms.glossaries()[0].entries > 250
    assert len(list(terms.changes())) == len(ids)


def test_an_entry_is_made_changed_restored_and_removed(terms: Client) -> None:
    made = terms.create(major_country(id="major"))
    noted = terms.patch("major", {"note": "二〇一四年"}, version=made.version)
    assert noted.note == "二〇一四年"
    assert terms.replace(replace(noted, note="")).version == 3
    assert terms.restore("major", 2).note == "二〇一四年"
    terms.retire("major", version=4)
    assert terms.entry("major").state == "retired"
    terms.purge("major", version=5)
    with pytest.raises(errors.NotFound, match="major"):
        terms.entry("major")


def test_what_the_server_refuses_is_raised_as_what_it_is(
    terms: Client, app: Flask
) -> None:
    with pytest.raises(errors.Stale):
        terms.patch("sovereignty", {"note": "x"}, version=9)
    with pytest.raises(errors.Invalid) as invalid:
        terms.create({"terms": [{"lang": "en", "text": ""}]})
    assert [p.pointer for p in invalid.value.problems] == ["/terms/0/text"]
    with pytest.raises(errors.Conflict):
        terms.create(major_country())
    nobody = Client(HERE, language="zh-CN", transport=httpx.WSGITransport(app))
    with pytest.raises(errors.Unauthorized, match="令牌"):
        nobody.create(major_country(id="major"))
    with pytest.raises(errors.GlossaryError) as refused:
        terms.import_(b"")
    assert refused.value.code == "unreadable-file"
    failed = terms.import_(b"\0\1", format="xlsx")
    assert (failed.state, bool(failed.error)) == ("failed", True)


def test_a_file_goes_in_and_out(terms: Client, tmp_path: Path) -> None:
    table = tmp_path / "表.csv"
    table.write_text("中文,English\n大象外交,elephant diplomacy\n", "utf-8")
    planned = terms.import_(table, dry_run=True)
    assert (planned.state, planned.counts["created"]) == ("planned", 1)
    done = terms.wait(terms.apply(planned.id))
    assert (done.state, done.ended) == ("succeeded", True)
    out = io.BytesIO()
    etag = terms.export(out, "omegat")
    assert "大象外交\telephant diplomacy\t" in out.getvalue().decode()
    assert terms.export(out, "omegat", etag=etag) is None


@pytest.mark.parametrize("fault", ["lost", "busy", "refused"])
def test_a_write_is_done_once_over_a_bad_line(
    app: Flask, token: str, fault: str
) -> None:
    line = Lossy(app, [fault, fault])
    terms = Client(HERE, token=token, transport=line)
    made = terms.create({"terms": [{"lang": "zh-Hans", "text": "大象外交"}]})
    assert len(line.requests) == 3
    assert len({request.headers["Idempotency-Key"] for request in line.requests}) == 1
    assert [each.id for each in terms.entries() if each.id == made.id] == [made.id]
    hits = terms.lookup("大象外交", tier="exact").hits
    assert len(hits) == 1


def test_a_server_that_is_not_there_is_said_to_be(app: Flask) -> None:
    line = Lossy(app, ["refused"] * 9)
    with pytest.raises(Unreachable):
        Client(HERE, attempts=2, transport=line).stats()
    assert len(line.requests) == 2
    elsewhere = httpx.MockTransport(lambda _: httpx.Response(404, html="<p>nginx"))
    with pytest.raises(Unreachable, match="404"):
        Client(HERE, transport=elsewhere).stats()


def test_a_copy_is_kept_by_what_changed(terms: Client, tmp_path: Path) -> None:
    copy = OfflineCopy(tmp_path / "copy.ndjson")
    assert copy.update(terms) == len(copy.entries) > 250
    assert copy.lookup("不衝突不對抗")[0].terms[0].lang == "zh-Hans"
    made = terms.create(
        {"id": "new", "terms": [{"lang": "zh-Hans", "text": "大象外交"}]}
    )
    terms.retire("sovereignty", version=1)
    terms.purge("multilateralism", version=1)
    again = OfflineCopy(tmp_path / "copy.ndjson")
    assert again.update(terms) == 3
    assert again.entries == {entry.id: entry for entry in terms.entries()}
    assert [entry.id for entry in again.lookup("大象外交")] == [made.id]
    assert OfflineCopy(again.path).entries == again.entries
    assert again.update(terms) == 0


def test_a_copy_has_the_nouns_that_entries_name(terms: Client, tmp_path: Path) -> None:
    path = tmp_path / "copy.ndjson"
    copy = OfflineCopy(path)
    copy.update(terms)
    for kind in (Source, Subject, Issuer):
        there = {noun.id: noun for noun in terms.nouns.all(kind) if noun.version}
        assert copy.nouns(kind) == OfflineCopy(path).nouns(kind) == there
        assert there
    made = terms.nouns.create(Issuer("china-daily", {"en": "China Daily"}))
    terms.nouns.create(Issuer("cgtn", {"en": "CGTN"}))
    terms.nouns.delete(Issuer, "cgtn", version=1)
    again = OfflineCopy(path)
    assert "china-daily" not in again.nouns(Issuer)
    assert again.update(terms) == 0
    assert again.nouns(Issuer)["china-daily"] == made
    assert "cgtn" not in again.nouns(Issuer)
    assert len(OfflineCopy(path).entries) == len(copy.entries)


def test_a_copy_of_an_older_program_gets_its_nouns(
    terms: Client, tmp_path: Path
) -> None:
    path = tmp_path / "copy.ndjson"
    OfflineCopy(path).update(terms)
    head, *lines = path.read_bytes().splitlines(keepends=True)
    old = json.loads(head)
    del old["nouns"]
    entries = [line for line in lines if b'"terms"' in line]
    path.write_bytes(b"".join([json.dumps(old).encode() + b"\n", *entries]))
    copy = OfflineCopy(path)
    assert copy.nouns(Source) == {}
    assert copy.update(terms) == 0
    assert copy.nouns(Source)


def test_the_copy_of_another_store_is_made_anew(
    terms: Client, app: Flask, tmp_path: Path
) -> None:
    copy = OfflineCopy(tmp_path / "copy.ndjson")
    copy.update(terms)
    copy.revision += 100
    copy.update(terms)
    assert copy.revision == terms.stats()["revision"]
    copy.server = "http://elsewhere.test"
    assert copy.update(terms) == len(copy.entries)


def test_a_fresh_file_may_hold_a_part_in_either_direction(
    terms: Client, tmp_path: Path
) -> None:
    path = tmp_path / "glossary.txt"
    part = {"from": "en", "to": "zh-Hans", "state": "approved"}
    assert FreshFile(terms, path, "omegat", part=part).refresh()
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines
    assert all(line.split("\t")[0].isascii() for line in lines[:5])
    assert not any("draft;" in line for line in lines)


def test_a_fresh_file_is_replaced_only_when_entries_changed(
    terms: Client, tmp_path: Path
) -> None:
    path = tmp_path / "omegat" / "glossary.txt"
    path.parent.mkdir()
    fresh = FreshFile(terms, path, "omegat")
    assert fresh.refresh()
    first = path.stat().st_mtime_ns
    assert not fresh.refresh()
    assert not FreshFile(terms, path, "omegat").refresh()
    assert path.stat().st_mtime_ns == first
    terms.create(
        {
            "terms": [
                {"lang": "zh-Hans", "text": "大象外交"},
                {"lang": "en", "text": "elephant diplomacy"},
            ]
        }
    )
    assert fresh.refresh()
    assert "大象外交\telephant diplomacy" in path.read_text("utf-8")
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_the_command_keeps_a_file_while_the_server_comes_and_goes(
    server: Server, writer: dict[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "glossary" / "terms.txt"
    path.parent.mkdir()
    command = [sys.executable, "-m", "glossary.cli", "sync", str(path), "--watch"]
    options = ["--format", "omegat", "--every", "0.1", "--server", server.address]
    process = subprocess.Popen([*command, *options], stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    lines = iter(process.stderr.readline, "")
    try:
        assert str(path) in next(lines)
        before = path.read_text("utf-8")
        terms = [{"lang": "zh-Hans", "text": "大象外交"}, {"lang": "en", "text": "x"}]
        server.call("POST", "/api/v1/entries", {"terms": terms}, writer)
        assert str(path) in next(lines)
        assert path.read_text("utf-8") != before
        server.kill()
        assert "127.0.0.1" in next(lines)
        assert "大象外交\tx" in path.read_text("utf-8")
        assert [each.name for each in path.parent.iterdir()] == [path.name]
    finally:
        process.kill()
        process.wait()
        process.stderr.close()
