"""Schemathesis reads the contract and asks by it: no answer is outside it.

`FUZZ=50000` makes 200 requests for each call; `make soak` does.
"""

import os
from collections import Counter
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from glossary.people import access
from glossary.web import create_app

#: Requests for each call; nobody in particular is let into few of them.
LONG = int(os.environ.get("FUZZ", "0")) > 1000
EXAMPLES = {"": 200 if LONG else 1, "admin": 200 if LONG else 2}
#: A 500 is in no contract; a 503 is, where the store cannot be used or is behind.
CHECKS = [
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.mark.parametrize("scope", EXAMPLES)
def test_what_the_contract_describes_is_answered_as_it_says(
    database: Path, scope: str
) -> None:
    app = create_app()
    store = app.extensions["glossary"].store
    # Its client does not unpack what comes packed.
    headers = {"Accept-Encoding": "identity"}
    if scope:
        key = access.create(store, scope, scope=scope)
        headers["Authorization"] = f"Bearer {key}"
    schema = schemathesis.openapi.from_wsgi("/openapi.json", app)
    met: Counter[str] = Counter()
    wrong: dict[str, str] = {}
    for result in schema.get_all_operations():
        operation = result.ok()

        @settings(
            max_examples=EXAMPLES[scope],
            deadline=None,
            database=None,
            derandomize=not LONG,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def ask(case: schemathesis.Case) -> None:
            answer = case.call(headers=headers)
            met[str(answer.status_code)] += 1
            try:
                case.validate_response(answer, checks=CHECKS)
            except (AssertionError, BaseExceptionGroup) as error:
                wrong.setdefault(f"{case.method} {case.operation.path}", f"{error!r}")

        ask()
    store.close()
    print(f"{met.total()} requests by the contract: {dict(sorted(met.items()))}")  # noqa: T201 - the counts are what it is run for.
    assert not wrong, "\n\n".join(f"{k}\n{v}" for k, v in wrong.items())
    assert met.total() > 50
