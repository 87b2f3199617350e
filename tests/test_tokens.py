from pathlib import Path

import pytest

from glossary import tokens
from glossary.errors import Conflict, Forbidden, NotFound, Unauthorized
from glossary.store import Store


def test_a_token_is_shown_once_and_only_its_digest_is_kept(store: Store) -> None:
    token = tokens.create(store, "editor")
    assert token.startswith("gls_")
    assert tokens.bearer(store, f"Bearer {token}", scope="write").name == "editor"
    (kept,) = store.rows("select * from token")
    assert "editor" in kept
    assert token not in kept
    store.close()
    for path in Path(store.path).parent.glob("*.db*"):
        assert token.encode() not in path.read_bytes()


def test_a_name_is_given_once(store: Store) -> None:
    tokens.create(store, "editor")
    with pytest.raises(Conflict):
        tokens.create(store, "editor")


def test_a_scope_covers_those_before_it(store: Store) -> None:
    token = f"Bearer {tokens.create(store, 'reader', scope='read')}"
    assert tokens.bearer(store, token, scope="read").scope == "read"
    with pytest.raises(Forbidden):
        tokens.bearer(store, token, scope="write")


def test_a_revoked_token_is_unknown(store: Store) -> None:
    token = tokens.create(store, "editor")
    with store.write(by="cli") as write:
        write.remove_token("editor")
    with pytest.raises(Unauthorized):
        tokens.bearer(store, f"Bearer {token}", scope="read")
    with pytest.raises(NotFound), store.write(by="cli") as write:
        write.remove_token("editor")
