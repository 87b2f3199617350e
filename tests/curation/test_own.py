"""*My glossary* is a person's own: nobody else sees it, and it goes with them."""

import pytest

from glossary.curation import changes, own
from glossary.entry import Person, Starred
from glossary.errors import Forbidden, NotFound, Unauthorized
from glossary.people import NOBODY, Actor, members
from glossary.store import Store
from tests.nouns import entry, numbered

ROOT = members.at_the_machine()
MEI = Actor("mei", {"*": "reader"}, person="mei")
TOM = Actor("tom", {"trade": "reader"}, person="tom")


def test_what_a_person_keeps_is_theirs_alone(store: Store) -> None:
    for name in ("mei", "tom"):
        members.create(store, Person(name), by=ROOT)
    for number in (1, 2):
        changes.create(store, entry(**numbered(number)), by="cli")
    kept = Starred("road-1", "常用于讲话", "=the silk road")
    own.keep(store, kept, by=MEI)
    own.keep(store, Starred("road-2"), by=MEI)
    own.keep(store, Starred("road-1", "改过", "=the silk road"), by=MEI)
    found = own.listed(store, by=MEI)
    assert {(k.entry, k.note) for k, _ in found} == {("road-1", "改过"), ("road-2", "")}
    assert own.listed(store, by=TOM) == []
    table = own.as_csv(found)
    assert "'=the silk road" in table
    assert "第1条丝绸之路,silk road number 1" in table
    with pytest.raises(Forbidden):
        own.keep(store, Starred("road-1"), by=TOM)
    with pytest.raises(Unauthorized):
        own.keep(store, Starred("road-1"), by=NOBODY)
    with pytest.raises(NotFound):
        own.keep(store, Starred("nowhere"), by=MEI)
    # The entry itself is what it was.
    assert store.entry("road-1").version == 1
    own.let_go(store, "road-2", by=MEI)
    with pytest.raises(NotFound):
        own.let_go(store, "road-2", by=MEI)
    members.forget(store, "mei", by=ROOT)
    assert store.rows("select * from own") == []
