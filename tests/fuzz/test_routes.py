"""Whatever is asked of any address, the answer is one that the documentation names.

`FUZZ=100000 python -m pytest tests/fuzz` asks so many requests; `make soak` does.
"""

import gc
import json
import logging
import os
import re
import statistics
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from jsonschema import Draft202012Validator
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from glossary.people import access
from glossary.serving.worker import _COLLECTING
from glossary.web import create_app
from glossary.web.problems import codes
from tests.fuzz.asking import Asking, Known, drawn

#: Requests to each of two servers, one with open reads and one without.
EXAMPLES = int(os.environ.get("FUZZ", "180"))
#: Seconds of a processor that no read may take once the wordings are gathered, a file
#: of the whole glossary that is made once at a revision among them; and a write.
SLOW, SLOW_WRITE = 1.0, 2.5
READING = {"GET", "HEAD", "OPTIONS"}
ROOT = Path(__file__).parent.parent.parent
API = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")


def elsewhere() -> dict[str, set[int]]:
    """Return the statuses of what is no part of the contract, as documented."""
    rows = re.findall(r"^\| [^|]+ <!-- (\w+) --> \| ([0-9 ]+) \|$", API, re.MULTILINE)
    return {name: set(map(int, statuses.split())) for name, statuses in rows}


class Contract:
    """What the documentation allows an address to answer."""

    def __init__(self, app: Flask, authorization: str) -> None:
        self._app = app
        headers = {"Authorization": authorization}
        answer = app.test_client().get("/openapi.json", headers=headers)
        self._spec: dict[str, Any] = json.loads(answer.data)
        closed = json.loads(answer.data)["components"]
        for described in closed["schemas"].values():
            described["additionalProperties"] = False
        self._closed = closed
        self._others = elsewhere()
        self._codes = dict(codes())

    def hold(self, asking: Asking, answer: Response) -> None:
        """Fail when an answer is none that the documentation names."""
        status = answer.status_code
        urls = self._app.url_map.bind_to_environ(asking.environ())
        try:
            rule, _ = urls.match(return_rule=True)
        except HTTPException as error:
            refused = error.code or 0
        else:
            refused = 0
        if refused:
            assert status == refused or asking.method == "OPTIONS"
            assert status in {404, 405, 308}, f"{status} for no route"
            return
        if asking.method == "OPTIONS":
            assert status == 200
            return
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        operations = self._spec["paths"].get(path)
        if operations is None:
            door = rule.endpoint.partition(".")[0]
            assert status in self._others[door], f"{door} does not say {status}"
            return
        method = "get" if asking.method == "HEAD" else asking.method.lower()
        responses = operations[method]["responses"]
        assert str(status) in responses, f"{path} does not say {status}"
        if asking.method != "HEAD":
            self._shape(responses[str(status)], answer, status)

    def _shape(self, said: dict[str, Any], answer: Response, status: int) -> None:
        content = said.get("content", {})
        kind = answer.mimetype
        if status >= 400:
            assert kind == "application/problem+json"
            problem = json.loads(answer.data)
            assert problem["status"] == status
            assert self._codes[problem["code"]] == status
        if not answer.data:
            return
        if content:
            assert kind in content, f"{kind} is not among {[*content]}"
        if "json" in kind and "ndjson" not in kind and kind in content:
            schema = {**content[kind]["schema"], "components": self._closed}
            wrong = [*Draft202012Validator(schema).iter_errors(json.loads(answer.data))]
            assert wrong == [], wrong[:1]


def bound(asking: Asking) -> float:
    """Return the seconds that a request may take."""
    return SLOW if asking.method in READING else SLOW_WRITE


class Pace:
    """How fast a processor is that others use too: two that share one are slower."""

    def __init__(self) -> None:
        self._fastest = min(self._work() for _ in range(20))

    def alone(self, seconds: float) -> float:
        """Return the seconds that something would have taken at the fastest pace."""
        now = statistics.median(self._work() for _ in range(5))
        self._fastest = min(self._fastest, now)
        return seconds * self._fastest / now

    @staticmethod
    def _work() -> float:
        begin = time.thread_time()
        texts = {str(number): (number, f"{number} 主权") for number in range(20_000)}
        "".join(text for _, text in texts.values()).encode()
        return time.thread_time() - begin


@contextmanager
def collecting_as_a_worker() -> Iterator[None]:
    """Have the collector leave out what stands, as a server does."""
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECTING)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


class Unexpected(logging.Handler):
    """Keeps what the program logs of its own mistakes."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


def known(app: Flask) -> Known:
    """Return what can be asked for: entries, a proposal, an import, keys."""
    store = app.extensions["glossary"].store
    keys = {
        scope: access.create(store, scope, scope=scope)
        for scope in ("read", "write", "admin")
    }
    authorizations = [f"Bearer {key}" for key in keys.values()] * 2
    authorizations += [f"DeepL-Auth-Key {key}" for key in keys.values()]
    authorizations += [
        "Bearer gls_wrong",
        "Basic eDp5",
        "Basic ²",
        "Bearer",
        "Digest x",
    ]
    client, bearer = app.test_client(), {"Authorization": f"Bearer {keys['write']}"}
    terms = [{"lang": "en", "text": "fuzzy logic"}]
    client.post("/api/v1/proposals", json={"document": {"terms": terms}})
    planned = client.post(
        "/api/v1/imports?dry_run=true&format=csv",
        data="zh,en\n峰会,summit\n",
        headers=bearer,
    )
    made = client.post(
        "/v3/glossaries",
        json={
            "name": "fuzz",
            "dictionaries": [
                {"source_lang": "ZH", "target_lang": "EN", "entries": "甲\ta"}
            ],
        },
        headers={"Authorization": f"DeepL-Auth-Key {keys['write']}"},
    )
    assert (planned.status_code, made.status_code) == (200, 201)
    return Known(
        {
            "entry_id": ["sovereignty", "core-interests", "fuzzed", "nix"],
            "version": ["1", "2"],
            "number": ["1", "2"],
            "import_id": [json.loads(planned.data)["id"], "0" * 32, "f" * 300],
            "glossary_id": ["diplomatic", "diplomatic.zh-en", "fuzz", "fuzz.zh-en"],
            "source": ["zh_hans", "en", "zh", "?"],
            "target": ["en", "zh", "fr"],
            "text": ["主权", "a/b//c", "sovereignty"],
        },
        authorizations,
    )


@pytest.mark.parametrize("reads", ["1", "0"])
def test_every_answer_is_one_that_is_documented(
    database: Path, monkeypatch: pytest.MonkeyPatch, reads: str
) -> None:
    monkeypatch.setenv("GLOSSARY_OPEN_READS", reads)
    app = create_app()
    app.extensions["glossary"].recognition.snapshot()
    there = known(app)
    contract, unexpected = Contract(app, there.authorizations[0]), Unexpected()
    requests = drawn(app, there)
    met: Counter[str] = Counter()
    wrong: dict[str, str] = {}
    longest: dict[str, tuple[float, str]] = {}
    logging.getLogger("glossary").addHandler(unexpected)

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(requests)
    def ask(asking: Asking) -> None:
        unexpected.records.clear()
        begin = time.thread_time()
        answer = Response.from_app(app.wsgi_app, asking.environ(), buffered=True)
        took = time.thread_time() - begin
        met[f"{asking.method} {answer.status_code}"] += 1
        longest[asking.method] = max(
            longest.get(asking.method, (0.0, "")), (took, f"{asking.path!r}")
        )
        traces = [logging.Formatter().format(each) for each in unexpected.records]
        try:
            assert not traces, traces[0].splitlines()[-1]
            contract.hold(asking, answer)
            if took >= bound(asking):
                took = pace.alone(took)
            assert took < bound(asking), f"{asking.method} took {took:.1f} s"
        except AssertionError as error:
            wrong.setdefault(str(error), "\n".join([str(asking), *traces]))

    with collecting_as_a_worker():
        pace = Pace()
        ask()
    app.extensions["glossary"].store.close()
    print(f"{met.total()} requests: {dict(sorted(met.items()))}")  # noqa: T201 - the counts are what it is run for.
    for method, (took, path) in sorted(longest.items()):
        print(f"longest {method}: {took:.2f} s of a processor, {path}")  # noqa: T201 - as above.
    shown = (f"{kind}\n  {example}" for kind, example in wrong.items())
    assert not wrong, "\n\n".join([f"{len(wrong)} kinds of wrong answers", *shown])
    assert len(met) > 10
