"""How the API answers stands in one place, and what it reads is of one moment."""

import ast
from pathlib import Path
from typing import Final

import pytest
from flask import Flask
from flask.testing import FlaskClient

import glossary.web.api
from glossary.web.operations import OPERATIONS

HANDLERS: Final = sorted(Path(glossary.web.api.__file__).parent.glob("*.py"))
#: What only `web.reply` says.
ITS_OWN: Final = {
    *("ETag", "Cache-Control", "Link", "Location", "X-Content-Type-Options"),
    *("Content-Type", "Content-Disposition", "Content-Language", "Vary"),
}
#: What stands above a list of what else there is, not for where it goes on.
OTHERWISE: Final = {("transfers.py", "Link")}
#: Reads of what is no part of the store's moment: who asks, and the files of imports.
OF_NO_MOMENT: Final = {
    "people.get_me",
    "transfers.get_import",
    "transfers.get_problems",
    "transfers.get_warnings",
    "transfers.get_left_out",
    "transfers.get_records",
    "openapi.healthz",
    "openapi.readyz",
}


@pytest.mark.parametrize("module", HANDLERS, ids=lambda path: path.stem)
def test_no_handler_makes_an_answer_of_its_own(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    named = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and node.value in ITS_OWN
    }
    assert {name for name in named if (module.name, name) not in OTHERWISE} == set()
    calls = {ast.unparse(n.func) for n in ast.walk(tree) if isinstance(n, ast.Call)}
    assert calls.isdisjoint({"Response", "urlencode", "url_for", "jsonify"}) or (
        # The one-time link stands in the answer, not above it.
        module.name == "people.py" and calls & {"url_for"} == {"url_for"}
    )


def test_every_read_of_the_api_is_of_one_moment(app: Flask) -> None:
    reads = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint in OPERATIONS and "GET" in (rule.methods or ())
    }
    loose = {n for n in reads if not hasattr(app.view_functions[n], "__wrapped__")}
    assert loose == OF_NO_MOMENT


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("lookup?q=主权", "no-cache"),
        ("entries?limit=2", "no-cache"),
        ("entries/sovereignty", "no-cache"),
        ("entries/sovereignty/evidence", "no-cache"),
        ("entries/sovereignty/flaws", "no-store"),
        ("changes?limit=2", "no-cache"),
        ("changes/nouns?limit=2", "no-cache"),
        ("changesets/1?limit=2", "no-cache"),
        ("sources", "no-cache"),
        ("export?format=csv&entry=sovereignty", "no-cache"),
        ("proposals", "no-store"),
        ("missed", "no-store"),
        ("log", "no-store"),
    ],
)
def test_every_answer_says_how_it_may_be_kept(
    client: FlaskClient, admin: dict[str, str], address: str, kept: str
) -> None:
    answer = client.get(f"/api/v1/{address}", headers=admin)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == kept
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert ("ETag" in answer.headers) == (kept == "no-cache")
    if kept == "no-cache":
        known = {**admin, "If-None-Match": answer.headers["ETag"]}
        again = client.get(f"/api/v1/{address}", headers=known)
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == answer.headers["ETag"]


def test_a_list_says_in_one_way_where_it_goes_on(
    client: FlaskClient, admin: dict[str, str]
) -> None:
    for address in ("entries?limit=1", "changes?limit=1", "changes/nouns?limit=1"):
        answer = client.get(f"/api/v1/{address}", headers=admin)
        said = answer.get_json()["next"]
        assert answer.headers["Link"] == f'<{said}>; rel="next"'
        assert said.startswith(f"/api/v1/{address}&cursor=")
        assert client.get(said, headers=admin).status_code == 200
