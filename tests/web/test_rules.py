"""Every route has a rule, and every rule is an action or says that it needs none."""

import pytest
from flask import Flask

from glossary.people import PERMISSIONS
from glossary.web.rules import ANYONE, KNOWN, RULES


def test_a_route_without_a_rule_is_found(app: Flask) -> None:
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert endpoints - RULES.keys() == set()
    assert RULES.keys() - endpoints == set()
    assert set(RULES.values()) <= {*PERMISSIONS, ANYONE, KNOWN}


def test_a_route_without_a_rule_is_refused(
    app: Flask, admin: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(RULES, "api.get_stats")  # type: ignore[arg-type]
    answer = app.test_client().get("/api/v1/stats", headers=admin)
    assert answer.status_code == 403
