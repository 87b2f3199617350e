"""People come in by password, link and token; who guesses waits; who leaves is out."""

import re
from dataclasses import replace

import pytest

from glossary.config import Settings
from glossary.curation import changes
from glossary.entry import EVERY, LEFT, Entry, Person, Proposal, Term, Token
from glossary.errors import (
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    TooMany,
    Unauthorized,
)
from glossary.people import Actor, Doer, Visitor, access, members, visits
from glossary.store import Store

SETTINGS = Settings(max_sign_ins=2)
HERE = Visitor("192.0.2.7", "Firefox")
GOOD = "四海之内皆兄弟也 harmony"
ROOT = members.at_the_machine()


def made(store: Store, name: str, **roles: str) -> Person:
    everywhere = {where.replace("every", EVERY): role for where, role in roles.items()}
    person = Person(name, name.title(), f"{name}@example.org")
    return members.create(store, person, by=ROOT, roles=everywhere)


def signed_in(store: Store, name: str) -> Actor:
    code = members.reset(store, name, by=ROOT, hours=1)
    visit = visits.by_link(store, code, GOOD, visitor=HERE, settings=SETTINGS)
    return visits.actor(store, visit.secret)


def enter(store: Store, name: str, password: str) -> Actor:
    visit = visits.by_password(store, name, password, visitor=HERE, settings=SETTINGS)
    return visits.actor(store, visit.secret)


def test_a_link_works_once_and_a_password_by_name_or_address(store: Store) -> None:
    made(store, "mei", diplomatic="reviewer")
    code = members.reset(store, "mei", by=ROOT, hours=1)
    for weak in ("short", "aaaaaaaaaaaaa", "my name is mei@example.org", "x" * 257):
        with pytest.raises(Invalid):
            visits.by_link(store, code, weak, visitor=HERE, settings=SETTINGS)
    visit = visits.by_link(store, code, GOOD, visitor=HERE, settings=SETTINGS)
    assert visits.actor(store, visit.secret).may("approve", "diplomatic")
    with pytest.raises(Unauthorized):
        visits.by_link(store, code, GOOD, visitor=HERE, settings=SETTINGS)
    assert enter(store, "Mei@Example.org", GOOD).name == "mei"
    kept = str([*store.rows("select * from person"), *store.rows("select * from link")])
    assert GOOD not in kept
    assert code not in kept
    (row,) = store.rows("select secret from person")
    assert row[0].startswith("$argon2id$")


def test_who_guesses_waits_and_a_right_password_does_not_help_then(
    store: Store,
) -> None:
    made(store, "mei", diplomatic="editor")
    signed_in(store, "mei")
    for name in ("mei", "mei"):
        with pytest.raises(Unauthorized):
            enter(store, name, "not the password")
    with pytest.raises(TooMany):
        enter(store, "mei", GOOD)
    elsewhere = replace(HERE, address="192.0.2.8")
    visits.by_password(store, "mei", GOOD, visitor=elsewhere, settings=SETTINGS)
    refused = store.people.deeds(limit=9, action="sign-in.refused")
    assert [(deed.about, deed.address) for deed in refused] == [
        ("mei", HERE.address)
    ] * 2


def test_sessions_are_listed_and_ended_and_end_with_a_new_password(
    store: Store,
) -> None:
    made(store, "mei", diplomatic="editor")
    first = signed_in(store, "mei")
    second = visits.by_password(store, "mei", GOOD, visitor=HERE, settings=SETTINGS)
    assert {s.agent for s in store.people.sessions("mei")} == {"Firefox"}
    visits.end(store, first, first.session)
    assert len(store.people.sessions("mei")) == 1
    third = enter(store, "mei", GOOD)
    with pytest.raises(Forbidden):
        visits.change_password(store, third, "wrong", GOOD[::-1], visitor=HERE)
    visits.change_password(store, third, GOOD, GOOD[::-1], visitor=HERE)
    with pytest.raises(Unauthorized):
        visits.actor(store, second.secret)
    assert [s.id for s in store.people.sessions("mei")] == [third.session]


def test_a_session_that_nobody_used_for_long_has_ended(store: Store) -> None:
    made(store, "mei", diplomatic="editor")
    signed_in(store, "mei")
    visit = visits.by_password(store, "mei", GOOD, visitor=HERE, settings=SETTINGS)
    digest = access.digest(visit.secret)
    for ago, idle, ended in ((1.9, 2, False), (2.1, 2, True), (900, 0, False)):
        with store.write(by="") as write:
            write.people.note_used({digest: visits.later(hours=-ago)})
        if ended:
            with pytest.raises(Unauthorized, match="sign in again"):
                visits.actor(store, visit.secret, idle=idle)
        else:
            assert visits.actor(store, visit.secret, idle=idle).name == "mei"


def test_a_session_by_token_ends_with_the_token(store: Store) -> None:
    token = access.create(store, "weblate", scope="editor")
    visit = visits.by_token(store, token, visitor=HERE, settings=SETTINGS)
    assert visits.actor(store, visit.secret).role("trade") == "editor"
    members.revoke_token(store, "weblate", by=ROOT)
    with pytest.raises(Unauthorized):
        visits.actor(store, visit.secret)


def test_nobody_gives_more_than_they_have_and_an_admin_stays(store: Store) -> None:
    made(store, "root", every="admin")
    made(store, "ann", trade="owner")
    made(store, "mei", trade="reader")
    ann = Doer(Actor("ann", {"trade": "owner"}, person="ann"))
    members.give(store, "mei", "trade", "reviewer", by=ann)
    for glossary, role in (
        ("trade", "admin"),
        ("diplomatic", "reader"),
        ("*", "owner"),
    ):
        with pytest.raises((Forbidden, Conflict)):
            members.give(store, "mei", glossary, role, by=ann)
    with pytest.raises(Forbidden):
        members.create(store, Person("lee"), by=ann)
    for do in (
        lambda: members.give(store, "root", EVERY, "owner", by=ROOT),
        lambda: members.leave(store, "root", by=ROOT),
        lambda: members.forget(store, "root", by=ROOT),
    ):
        with pytest.raises(Conflict):
            do()
    roles = store.people.with_roles("root")[1]
    assert roles == {EVERY: "admin"}


def test_who_leaves_is_out_at_once_and_what_they_did_stays(store: Store) -> None:
    made(store, "mei", diplomatic="editor")
    mei = signed_in(store, "mei")
    token = members.make_token(
        store, Token("mei-omegat", "editor", "", person="mei"), by=Doer(mei)
    )
    assert members.leave(store, "mei", by=ROOT) == 1
    assert store.people.get("mei").state == LEFT
    assert store.people.sessions("mei") == []
    with pytest.raises(Unauthorized):
        access.of_token(store, token)
    with pytest.raises(Unauthorized):
        enter(store, "mei", GOOD)
    by_mei = [deed.action for deed in store.people.deeds(limit=9, by="mei")]
    assert by_mei == ["token.create", "sign-in", "password.set"]


def test_the_log_says_which_settings_a_server_began_with_and_no_secret(
    store: Store,
) -> None:
    for settings in (SETTINGS, SETTINGS, replace(SETTINGS, oidc_secret="hush")):
        members.note_settings(store, settings)
    new, old = store.people.deeds(limit=9, action="settings")
    assert old.details == {"max_sign_ins": "2"}
    assert new.details.keys() == {"max_sign_ins", "oidc_secret"}
    assert "hush" not in str(new)


def test_who_is_forgotten_is_a_number_that_still_counts(store: Store) -> None:
    made(store, "mei", diplomatic="reviewer")
    mei = signed_in(store, "mei")
    for at, zh in enumerate(("主权", "和平")):
        changes.create(store, numbered(at, zh), by=mei)
    changes.retire(store, "n-0", knows=None, by=mei)
    check = {"state": "approved", "checked": {"date": "2026-03-01", "by": "mei"}}
    changes.patch(store, "n-1", check, knows=None, by=mei)
    changes.patch(store, "n-1", {"note": "未变"}, knows=None, by=ROOT.actor)
    with store.write(by="mei") as write:
        write.add_proposal(Proposal(numbered(0, "独立"), entry="n-0", version=1))
    number = members.forget(store, "mei", by=ROOT)
    assert number.startswith("person-")
    by = [v.by for name in ("n-0", "n-1") for v in store.versions(name)]
    assert by.count(number) == 4
    checks = [v.entry.checked for v in store.versions("n-1") if v.entry]
    assert [check.by for check in checks if check] == [number, number]
    (proposal,) = store.proposals.listed(state=None, entry=None, after=0, limit=9)
    assert proposal.by == number
    assert store.people.deeds(limit=9, by=number)
    everything = [
        str(store.rows(f"select * from {table}"))  # noqa: S608 - our own tables.
        for table in (
            "entry",
            "version",
            "proposal",
            "deed",
            "person",
            "role",
            "token",
        )
    ]
    assert not re.search(r"\bmei\b", "".join(everything))
    with pytest.raises(NotFound):
        store.people.get("mei")


def numbered(at: int, zh: str) -> Entry:
    terms = (Term("zh-Hans", zh), Term("en", f"word {at}"))
    return Entry(f"n-{at}", "diplomatic", (), {}, "", (), terms)


def test_a_purge_is_in_the_log_with_who_and_from_where(store: Store) -> None:
    changes.create(store, numbered(1, "主权"), by="cli")
    root = Actor("root", {EVERY: "admin"}, address="192.0.2.1")
    changes.purge(store, "n-1", knows=None, by=root)
    (deed,) = store.people.deeds(limit=9, action="purge")
    assert (deed.by, deed.about, deed.address) == ("root", "n-1", "192.0.2.1")
