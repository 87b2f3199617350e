from pathlib import Path

import pytest

from glossary.curation import access
from glossary.errors import Conflict, Forbidden, NotFound, Unauthorized
from glossary.store import Store


def test_a_token_is_shown_once_and_only_its_digest_is_kept(store: Store) -> None:
    token = access.create(store, "editor")
    assert token.startswith("gls_")
    assert access.bearer(store, f"Bearer {token}", scope="write").name == "editor"
    (kept,) = store.rows("select * from token")
    assert "editor" in kept
    assert token not in kept
    store.close()
    for path in Path(store.path).parent.glob("*.db*"):
        assert token.encode() not in path.read_bytes()


def test_a_name_is_given_once(store: Store) -> None:
    access.create(store, "editor")
    with pytest.raises(Conflict):
        access.create(store, "editor")


def test_a_scope_covers_those_before_it(store: Store) -> None:
    token = f"Bearer {access.create(store, 'reader', scope='read')}"
    assert access.bearer(store, token, scope="read").scope == "read"
    with pytest.raises(Forbidden):
        access.bearer(store, token, scope="write")


def test_a_revoked_token_is_unknown(store: Store) -> None:
    token = access.create(store, "editor")
    with store.write(by="cli") as write:
        write.remove_token("editor")
    with pytest.raises(Unauthorized):
        access.bearer(store, f"Bearer {token}", scope="read")
    with pytest.raises(NotFound), store.write(by="cli") as write:
        write.remove_token("editor")
