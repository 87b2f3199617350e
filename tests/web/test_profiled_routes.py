"""Every route below `/p/NAME`: what asks for terms asks by the profile."""

from collections.abc import Iterator
from typing import Any, Final

import pytest
from flask import Flask
from flask.testing import FlaskClient

from glossary import config
from glossary.entry import EVERY, Profile
from glossary.people import Actor, Doer, access, profiles
from glossary.store import open_store
from glossary.web import create_app
from glossary.web.rules import ANYONE, PROFILED, RULES
from tests.web.every_route import address, fill, routes

#: What is about one entry, one document, one revision, by its name in the address.
BY_NAME: Final = {
    *("api.get_entry", "api.get_versions", "curation.get_evidence"),
    *("curation.get_flaws", "talk.get_comments", "changesets.get_changeset"),
    *("proposals.get_proposal", "reconcile.preview", "profiles.get_profile"),
    *("pages.entry_page", "pages.entry_text", "pages.edit_entry_page"),
    *("pages.edit_entry", "pages.changeset_page", "pages.undo_changeset"),
    *("pages.propose_page", "pages.proposal_page", "pages.decide"),
    *("nouns.get_source", "nouns.get_source_versions"),
    *("nouns.get_subject", "nouns.get_subject_versions"),
    *("nouns.get_issuer", "nouns.get_issuer_versions"),
    *("nouns.get_glossary", "nouns.get_glossary_versions"),
}
#: What tells of the store as a whole: how it moves, what it holds, what it lacks.
OF_ALL: Final = {
    *("api.get_changes", "api.get_events", "api.get_stats", "api.get_missed"),
    *("nouns.get_sources", "nouns.get_subjects", "nouns.get_issuers"),
    *("nouns.get_glossaries", "nouns.get_noun_changes", "profiles.get_profiles"),
    *("proposals.get_proposals", "pages.proposals_page", "pages.browse_page"),
    *("pages.changes_page", "pages.changes_feed", "pages.drift_page"),
    *("pages.statistics_page", "pages.statistics_for_editors", "openapi.metrics"),
}
#: What shows no entry: forms, descriptions of a protocol, what a browser loads.
OF_NONE: Final = {
    *("openapi.get_index", "openapi.document", "openapi.docs", "pages.own_page"),
    *("pages.new_entry_page", "pages.make_entry", "pages.browser_page"),
    *("pages.opensearch", "pages.manifest", "pages.service_worker"),
    *("pages.offline_page", "pages.propose_phrase_page", "pages.transfers_page"),
    *("pages.export_part", "deepl.get_language_pairs", "deepl.usage"),
    *("deepl.get_languages", "languagetool.languages", "languagetool.get_info"),
    *("languagetool.get_maxtextlength", "languagetool.get_configinfo"),
    *("languagetool.words", "languagetool.delete_word", "omegat.get_finder"),
    *("reconcile.suggest_property", "reconcile.suggest_type"),
    *("reconcile.propose_properties", "tmserver.get_languages"),
    *("pages.word_pane", "pages.word_manifest"),
}
#: What each route that asks by a profile is asked, about terms of two glossaries.
ASKED: Final[dict[str, list[dict[str, Any]]]] = {
    "api.get_lookup": [{"query_string": {"q": q}} for q in ("主权", "关税")],
    "api.post_lookup": [{"json": {"queries": ["主权", "关税"]}}],
    "api.get_suggest": [{"query_string": {"q": q}} for q in ("sov", "tar")],
    "api.get_entries": [{}],
    "texts.post_annotate": [{"json": {"text": "主权与关税"}}],
    "texts.post_check": [
        {"json": {"pairs": [{"source": "主权与关税", "target": "Nothing of it."}]}}
    ],
    "transfers.get_export": [{"query_string": {"format": "ndjson"}}],
    "pages.lookup_page": [{"query_string": {"q": q}} for q in ("主权", "关税")],
    "pages.read_page": [{}],
    "pages.read_text": [{"data": {"text": "主权与关税"}}],
    "pages.opensearch_suggestions": [
        {"query_string": {"q": q}} for q in ("sov", "tar")
    ],
    "deepl.get_glossaries": [{}],
    "deepl.get_groups": [{}],
    "languagetool.checked": [
        {
            "data": {
                "text": "Nothing of it.",
                "srctext": "主权与关税",
                "language": "en",
                "level": "picky",
            }
        }
    ],
    "languagetool.add_word": [{"data": {"word": "关税"}}],
    "reconcile.service": [
        {
            "data": {
                "queries": '{"a": {"query": "主权"}, "b": {"query": "关税"}}',
            }
        }
    ],
    "reconcile.suggest_entity": [
        {"query_string": {"prefix": prefix}} for prefix in ("sov", "tar")
    ],
    "tmserver.get_unit": [{"path": t} for t in ("主权", "关税")],
    "tmserver.get_unit_asked": [
        {"query_string": {"source": t}} for t in ("主权", "关税")
    ],
    # Whose dictionary is meant stands in the address.
    "deepl.get_glossary": [],
    "deepl.get_glossary_entries": [],
    "deepl.get_group": [],
    "deepl.get_entries": [],
}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An application over two glossaries, and a profile of one of them."""
    path = str(tmp_path_factory.mktemp("profiled") / "glossary.db")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GLOSSARY_DATABASE", path)
        config.settings.cache_clear()
        store = open_store(path)
        fill(store)
        by = Doer(Actor("root", {EVERY: "admin"}))
        profiles.put(store, Profile("traders", {}, ("trade",)), by=by)
        store.close()
        made = create_app()
        yield made
        made.extensions["glossary"].store.close()
    config.settings.cache_clear()


def test_every_route_is_told_to_heed_profiles_or_why_it_need_not() -> None:
    reads = {endpoint for endpoint, action in RULES.items() if action == "read"}
    told = [PROFILED, BY_NAME, OF_ALL, OF_NONE]
    assert reads - set().union(*told) == set(), "say what a profile means there"
    assert sum(map(len, told)) == len(set().union(*told)), "each is said once"
    assert set().union(*told) - reads == {"languagetool.add_word"}
    assert ASKED.keys() == PROFILED


def test_no_route_answers_by_a_profile_that_is_none(app: Flask) -> None:
    client = app.test_client()
    store = app.extensions["glossary"].store
    headers = {"Authorization": f"Bearer {access.create(store, 'root', scope='admin')}"}
    for rule, method in routes(app):
        if RULES[rule.endpoint] == ANYONE:
            continue
        paths = [f"/p/nobody{address(rule)}"]
        if rule.endpoint in PROFILED:
            paths += [f"{address(rule)}?profile={n}" for n in ("nobody", "%00", "A b")]
        for path in paths:
            answer = client.open(path, method=method, headers=headers)
            assert answer.status_code == 404, (method, path, answer.text)


@pytest.mark.parametrize("way", ["/p/traders{}", "{}?profile=traders"])
def test_every_route_that_asks_for_terms_asks_by_its_profile(
    app: Flask, way: str
) -> None:
    client = app.test_client()
    asked = 0
    for rule, method in routes(app):
        for order in ASKED.get(rule.endpoint, ()):
            if method == "GET" and ("data" in order or "json" in order):
                continue
            shown = _asked(client, way.format(_address(rule, order)), method, order)
            if rule.endpoint == "languagetool.add_word":
                assert shown == '{"added":false}'
                continue
            assert "sovereignty" not in shown, (way, rule.rule, shown)
            plain = _asked(client, _address(rule, order), method, order)
            asked += "sovereignty" in plain
    assert asked >= 12, "without it, they show the other glossary"


def _address(rule: Any, order: dict[str, Any]) -> str:
    path = address(rule)
    return (
        path.replace("%E4%B8%BB%E6%9D%83", order["path"]) if "path" in order else path
    )


def _asked(client: FlaskClient, path: str, method: str, order: dict[str, Any]) -> str:
    how = {name: value for name, value in order.items() if name != "path"}
    if "query_string" in how and "?" in path:
        path, _, more = path.partition("?")
        how["query_string"] = {**how["query_string"], "profile": more.partition("=")[2]}
    site = {"Sec-Fetch-Site": "same-origin"}
    answer = client.open(path, method=method, headers=site, **how)
    assert answer.status_code == 200, (method, path, answer.text)
    return answer.text
