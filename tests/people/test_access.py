from pathlib import Path

import pytest

from glossary.entry import LEFT, Person
from glossary.errors import Conflict, Forbidden, NotFound, Unauthorized
from glossary.people import (
    ADMIN,
    NOBODY,
    PERMISSIONS,
    RANKS,
    Actor,
    access,
    at_the_machine,
    may,
)
from glossary.store import Store


def test_a_token_is_shown_once_and_only_its_digest_is_kept(store: Store) -> None:
    token = access.create(store, "editor")
    assert token.startswith("gls_")
    assert access.bearer(store, f"Bearer {token}", action="edit").name == "editor"
    (kept,) = store.rows("select * from token")
    assert "editor" in kept
    assert token not in kept
    store.close()
    for path in Path(store.path).parent.glob("*.db*"):
        assert token.encode() not in path.read_bytes()


def test_a_name_is_given_once_to_a_token_or_a_person(store: Store) -> None:
    access.create(store, "mei")
    with pytest.raises(Conflict):
        access.create(store, "mei")
    with pytest.raises(Conflict), store.write(by="cli") as write:
        write.people.create(Person("mei"))
    with store.write(by="cli") as write:
        write.people.create(Person("陈梅"))
    with pytest.raises(Conflict):
        access.create(store, "陈梅")


@pytest.mark.parametrize(
    ("scope", "role"),
    [("read", "reader"), ("write", "reviewer"), ("admin", "admin"), ("editor",) * 2],
)
def test_a_scope_of_an_older_token_is_a_role_in_all_glossaries(
    store: Store, scope: str, role: str
) -> None:
    token = f"Bearer {access.create(store, 'somebody', scope=scope)}"
    actor = access.bearer(store, token)
    assert actor.role("diplomatic") == actor.role("trade") == actor.role() == role


def test_a_scope_covers_those_before_it(store: Store) -> None:
    token = f"Bearer {access.create(store, 'reader', scope='read')}"
    access.bearer(store, token, action="read")
    with pytest.raises(Forbidden):
        access.bearer(store, token, action="edit")


def test_a_revoked_token_is_unknown(store: Store) -> None:
    token = access.create(store, "editor")
    with store.write(by="cli") as write:
        write.people.remove_token("editor")
    with pytest.raises(Unauthorized):
        access.bearer(store, f"Bearer {token}")
    with pytest.raises(NotFound), store.write(by="cli") as write:
        write.people.remove_token("editor")


def test_an_expired_token_says_until_when_it_was_good(store: Store) -> None:
    token = access.create(store, "weblate", expires="2020-01-01T00:00:00.000Z")
    with pytest.raises(Unauthorized, match=r"weblate.*2020"):
        access.bearer(store, f"Bearer {token}")


def test_a_token_of_a_person_may_do_no_more_than_they_may(store: Store) -> None:
    with store.write(by="cli") as write:
        write.people.create(Person("mei", "陈梅", "Mei@example.org"))
        write.people.set_role("mei", "diplomatic", "reviewer")
        write.people.set_role("mei", "trade", "reader")
    wide = access.create(store, "mei-all", scope="admin", person="mei")
    narrow = access.create(
        store, "mei-trade", scope="editor", person="mei", glossaries=["trade"]
    )
    actor = access.of_token(store, wide)
    assert (actor.name, actor.token) == ("mei", "mei-all")
    assert actor.may("approve", "diplomatic")
    assert not actor.may("edit", "trade")
    assert not actor.may("read", "military")
    limited = access.of_token(store, narrow)
    assert limited.role("trade") == "reader"
    assert not limited.may("read", "diplomatic")
    with store.write(by="cli") as write:
        write.people.update(Person("mei", state=LEFT))
    for token in (wide, narrow):
        with pytest.raises(Unauthorized):
            access.of_token(store, token)


def test_each_rank_may_do_all_that_the_ranks_below_may() -> None:
    for action in PERMISSIONS:
        allowed = [may(Actor("mei", {"trade": r}), action, "trade") for r in RANKS]
        assert allowed == sorted(allowed)
        assert allowed[-1]
        assert not NOBODY.may(action)
        assert at_the_machine("cli").may(action, "trade")


def test_who_may_not_is_told_what_role_they_lack_and_where() -> None:
    mei = Actor("mei", {"diplomatic": "reviewer", "trade": "reader"})
    mei.must("approve", "diplomatic")
    with pytest.raises(Forbidden, match=r"editor.*trade.*mei.*reader"):
        mei.must("edit", "trade")
    with pytest.raises(Unauthorized):
        NOBODY.must("read", "trade")
    assert mei.readable() == {"diplomatic", "trade"}
    assert Actor("root", {"*": ADMIN}).readable() is None
