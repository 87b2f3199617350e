"""Who may describe a glossary by a file."""

import io

import orjson

from glossary.entry import Glossary, Source
from glossary.formats import by_name
from glossary.people import Actor
from glossary.query import Order
from glossary.store import Store
from glossary.transfer.records import bring_in
from glossary.transfer.report import Outcome


def test_an_editor_describes_sources_but_no_glossary(store: Store) -> None:
    editor = Actor("mei", {"*": "editor"})
    lines = (
        {"kind": "glossary", "id": "test", "title": {"en": "Mine"}},
        {"kind": "source", "id": "a-toast-2026", "title": {"en": "A toast"}},
    )
    file = io.BytesIO(b"\n".join(map(orjson.dumps, lines)))
    outcomes: list[Outcome] = []
    bring_in(store, by_name("ndjson"), file, Order(), by=editor, heed=outcomes.append)
    assert [each.action for each in outcomes] == ["unchanged", "create"]
    (warning,) = outcomes[0].warnings
    assert warning.code == "reviewer-needed"
    assert "test" not in {each.id for each in store.nouns.all(Glossary)}
    assert store.nouns.one(Source, "a-toast-2026").title == {"en": "A toast"}
