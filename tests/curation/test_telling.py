"""People and programs are told of what they asked for, once, and of nothing else."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as Handler

from glossary import config
from glossary.config import Settings
from glossary.curation import changes, digest, hooks, remarks, teller, watching
from glossary.entry import EVERY, Delivery, Hook, Person, Saying, Watch
from glossary.errors import Forbidden, Invalid, NotFound, Unauthorized
from glossary.people import NOBODY, Actor, access, members
from glossary.store import Store
from tests.nouns import entry, numbered
from tests.postgresql import free_port

ROOT = members.at_the_machine()
MEI = Actor("mei", {"diplomatic": "editor"}, person="mei")
CHEN = Actor("chen", {"diplomatic": "reviewer"}, person="chen")
OWNER = Actor("li", {EVERY: "owner"}, person="li")


@pytest.fixture
def peopled(store: Store) -> Store:
    for name, lang in (("mei", "zh-Hans"), ("chen", "en"), ("ann", "en")):
        person = Person(name, email=f"{name}@example.org", lang=lang)
        members.create(store, person, by=ROOT, roles={"diplomatic": "editor"})
    members.create(store, Person("li"), by=ROOT, roles={EVERY: "owner"})
    return store


def made(store: Store, number: int, by: str = "cli", **more: object) -> None:
    changes.create(store, entry(**{**numbered(number), **more}), by=by)


def heard(store: Store, person: str) -> list[tuple[str, str, str]]:
    notices = store.team.notices(person, before=None, limit=99)
    return [(n.kind, n.about, n.by) for n in reversed(notices)]


def test_whom_a_comment_names_is_told_and_it_is_settled(peopled: Store) -> None:
    store = peopled
    made(store, 1)
    watching.watch(store, Watch("", "entry", "road-1"), by=MEI)
    text = "@chen 请核对出处，@ann. Not @nobody, nor mail@chen."
    said = remarks.say(store, Saying(0, "road-1", text, "zh-Hans"), by=MEI)
    assert said.mentions == ("chen", "ann")
    assert heard(store, "chen") == [("mentioned", "road-1", "mei")]
    assert heard(store, "mei") == []
    remarks.say(store, Saying(0, "road-1", "出处已补"), by=CHEN)
    assert heard(store, "mei") == [("remark", "road-1", "chen")]
    with pytest.raises(Unauthorized):
        remarks.say(store, Saying(0, "road-1", "x"), by=NOBODY)
    proposer = Actor("ann", {"diplomatic": "proposer"}, person="ann")
    with pytest.raises(Forbidden):
        remarks.settle(store, said.id, by=proposer)
    settled = remarks.settle(store, said.id, by=CHEN)
    assert (bool(settled.resolved), settled.resolved_by) == (True, "chen")
    assert not remarks.settle(store, said.id, by=MEI, is_resolved=False).resolved
    members.forget(store, "ann", by=ROOT)
    kept, _ = store.team.remarks("road-1")
    assert "@ann" not in kept.text
    assert "@person-" in kept.text
    with pytest.raises(Forbidden):
        remarks.take_back(store, said.id, by=proposer)
    remarks.take_back(store, said.id, by=MEI)
    with pytest.raises(NotFound):
        store.team.remark(said.id)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("entry", "road-2"),
        ("subject", "caravans"),
        ("glossary", "diplomatic"),
        ("query", "Silk Roads"),
    ],
)
def test_what_is_watched_is_told_once_and_not_to_who_did_it(
    peopled: Store, kind: str, value: str
) -> None:
    store = peopled
    made(store, 1, glossary="other", terms=[{"lang": "en", "text": "caravan"}])
    made(store, 2, subjects=["caravans"])
    watching.watch(store, Watch("", kind, value), by=MEI)
    assert watching.follow(store) == 0
    changes.patch(store, "road-2", {"note": "甲"}, knows=None, by="chen")
    changes.patch(store, "road-1", {"note": "甲"}, knows=None, by="chen")
    assert watching.follow(store) == 2
    assert watching.follow(store) == 0
    assert heard(store, "mei") == [("changed", "road-2", "chen")]
    changes.patch(store, "road-2", {"note": "乙"}, knows=None, by="mei")
    watching.follow(store)
    assert len(heard(store, "mei")) == 1
    watching.unwatch(store, Watch("", kind, value), by=MEI)
    changes.patch(store, "road-2", {"note": "丙"}, knows=None, by="chen")
    watching.follow(store)
    assert len(heard(store, "mei")) == 1


def test_many_entries_of_one_revision_make_one_notice(peopled: Store) -> None:
    store = peopled
    watching.watch(store, Watch("", "glossary", "diplomatic"), by=MEI)
    with store.write(by="chen") as write:
        for number in range(30):
            write.create(entry(**numbered(number)))
    assert watching.follow(store) == 30
    (notice,) = store.team.notices("mei", before=None, limit=9)
    assert (notice.about, notice.text.split()[0]) == ("", "30")


def test_nobody_is_told_of_what_they_may_not_read(
    peopled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = peopled
    watching.watch(store, Watch("", "query", "silk road"), by=MEI)
    with pytest.raises(Forbidden):
        watching.watch(store, Watch("", "glossary", "secret"), by=MEI)
    monkeypatch.setenv("GLOSSARY_OPEN_READS", "0")
    config.settings.cache_clear()
    config.go_by(config.settings)
    made(store, 1, by="chen", glossary="secret")
    made(store, 2, by="chen")
    watching.follow(store)
    # Whom a comment names is told nothing of a glossary that they may not read.
    said = remarks.say(store, Saying(0, "road-1", "@mei 请看"), by=OWNER)
    assert said.mentions == ()
    notices = store.team.notices("mei", before=None, limit=9)
    assert remarks.readable(store, notices, by=MEI) == notices
    # Nor, by page or by mail, is who might read it once and may no more.
    members.give(store, "mei", "diplomatic", None, by=ROOT)
    assert remarks.readable(store, notices, by=None) == []
    settings = Settings(smtp="smtp://127.0.0.1:9", mail_from="terms@example.org")
    assert digest.send(store, settings) == 0
    monkeypatch.undo()
    config.settings.cache_clear()
    assert heard(store, "mei") == [("changed", "road-2", "chen")]


class Mailbox(Handler):
    """Keeps the letters that come."""

    def __init__(self) -> None:
        super().__init__()
        self.letters: list[tuple[str, str, str]] = []

    def handle_message(self, message: object) -> None:
        """Keep to whom a letter is, its subject in the clear, and its text."""
        text = message.get_payload(decode=True).decode()  # type: ignore[attr-defined]
        self.letters.append((message["To"], message["Subject"], text))  # type: ignore[index]


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, str]]:
    box = Mailbox()
    port = free_port()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    yield box, f"smtp://127.0.0.1:{port}"
    server.stop()


def test_no_letter_is_written_to_an_address_with_a_line_break() -> None:
    settings = Settings(mail_from="terms@example.org")
    for address in ("ann@example.org\r\nBcc: eve@example.org", "ann@example.org\nX: 1"):
        with pytest.raises(ValueError, match="linefeed or carriage return"):
            digest.written(Person("ann", email=address), [], settings)


def test_a_digest_goes_out_once_a_day_in_the_language_of_its_reader(
    peopled: Store, mailbox: tuple[Mailbox, str]
) -> None:
    store, (box, smtp) = peopled, mailbox
    settings = Settings(
        smtp=smtp, mail_from="terms@example.org", url="https://terms.example"
    )
    made(store, 1)
    text = "@mei 请看 @chen see"
    remarks.say(store, Saying(0, "road-1", text), by=Actor("ann", {EVERY: "editor"}))
    morning = datetime(2026, 12, 1, 7, tzinfo=UTC)
    assert not digest.is_due(store, settings, now=morning.replace(hour=5))
    assert digest.is_due(store, settings, now=morning)
    assert digest.send(store, settings, now=morning) == 2
    assert not digest.is_due(store, settings, now=morning)
    assert digest.send(store, settings, now=morning) == 0
    told = {to: text for to, _, text in box.letters}
    assert set(told) == {"mei@example.org", "chen@example.org"}
    assert "ann 在 road-1 的评论中提到您" in told["mei@example.org"]
    assert "ann mentions you under road-1" in told["chen@example.org"]
    assert "https://terms.example/entries/road-1" in told["chen@example.org"]
    # The next day there is nothing new.
    assert digest.send(store, settings, now=morning.replace(day=2)) == 0
    # What cannot be sent waits for the next day.
    remarks.say(store, Saying(0, "road-1", "@mei 再看"), by=CHEN)
    away = Settings(smtp="smtp://127.0.0.1:9", mail_from="terms@example.org")
    assert digest.send(store, away, now=morning.replace(day=3)) == 0
    assert digest.send(store, settings, now=morning.replace(day=4)) == 1


class Listener(ThreadingHTTPServer):
    """Answers as it is told, and keeps what it was sent."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Hearing)
        self.answers = [500]
        self.drips = 0.0
        self.heard: list[tuple[dict[str, str], str]] = []


class Hearing(BaseHTTPRequestHandler):
    """Hears what a listener is sent."""

    def do_POST(self) -> None:
        """Keep what came, and answer."""
        server = self.server
        assert isinstance(server, Listener)
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        server.heard.append((dict(self.headers), body))
        with suppress(OSError):
            while server.drips:
                self.wfile.write(b"HTTP/1.1 200 OK\r\nSlow: yes\r\n")
                time.sleep(server.drips)
        self.send_response(server.answers.pop(0) if server.answers else 204)
        self.send_header("Location", "http://169.254.169.254/")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def listener() -> Iterator[Listener]:
    server = Listener()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def private(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("GLOSSARY_PRIVATE_HOOKS", "1")
    config.settings.cache_clear()
    config.go_by(config.settings)
    yield
    monkeypatch.undo()
    config.settings.cache_clear()


@pytest.mark.usefixtures("private")
def test_a_webhook_is_signed_and_tried_again_until_it_is_heard(
    peopled: Store, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, port = peopled, listener.server_address[1]
    monkeypatch.setattr(hooks, "BACK_OFF", (0, 0))
    asked = Hook("weblate", f"http://127.0.0.1:{port}/in?x=1", ("diplomatic",))
    with pytest.raises(Forbidden):
        hooks.create(store, asked, by=CHEN)
    hook = hooks.create(store, asked, by=OWNER)
    assert hooks.hooks_of(store, by=OWNER)[0].secret == ""
    made(store, 1, by="mei")
    made(store, 2, glossary="other")
    settings = Settings()
    assert teller.round_(store, settings)[:2] == (2, 1)
    (waiting,) = store.team.deliveries("weblate", before=None, limit=9)
    assert (waiting.state, waiting.outcome, waiting.tries) == ("waiting", "500", 1)
    assert hooks.deliver(store) == 1
    assert hooks.deliver(store) == 0
    (delivery,) = store.team.deliveries("weblate", before=None, limit=9)
    assert (delivery.state, delivery.outcome, delivery.tries) == ("delivered", "204", 2)
    (_, first), (headers, body) = listener.heard
    assert first == body
    moment = headers["Glossary-Timestamp"]
    assert headers["Glossary-Signature"] == hooks.signature(hook.secret, moment, body)
    told = [(c["entry"], c["by"], c["action"]) for c in json.loads(body)["changes"]]
    assert told == [("road-1", "mei", "create")]
    # A redirect is no answer and leads nowhere; in the end it is given up.
    listener.answers = [302, 302, 302]
    changes.patch(store, "road-1", {"note": "甲"}, knows=None, by="mei")
    watching.follow(store)
    assert [hooks.deliver(store) for _ in range(4)] == [1, 1, 1, 0]
    newest, _ = store.team.deliveries("weblate", before=None, limit=9)
    assert (newest.state, newest.tries) == ("failed", 3)
    hooks.remove(store, "weblate", by=OWNER)
    with pytest.raises(NotFound):
        store.team.hook("weblate")


@pytest.mark.usefixtures("private")
@pytest.mark.parametrize("ends", ["leave", "forget", "role", "token", "expiry"])
def test_a_webhook_is_sent_nothing_once_its_maker_may_not_have_it_told(
    peopled: Store, listener: Listener, ends: str
) -> None:
    store, address = peopled, f"http://127.0.0.1:{listener.server_address[1]}/"
    root = members.at_the_machine("root")
    members.create(store, Person("lin"), by=root, roles={"diplomatic": "owner"})
    token = access.create(store, "robot", scope="owner", glossaries=["diplomatic"])
    maker = access.person(store, "lin")
    if ends in {"token", "expiry"}:
        maker = access.of_token(store, token)
    for name, by in (("theirs", maker), ("ours", OWNER)):
        hooks.create(store, Hook(name, address, ("diplomatic",)), by=by)
    made(store, 1, by=maker.name)
    watching.follow(store)
    if ends == "leave":
        members.leave(store, "lin", by=root)
    elif ends == "forget":
        members.forget(store, "lin", by=root)
    elif ends == "role":
        members.give(store, "lin", "diplomatic", "reviewer", by=root)
    elif ends == "token":
        members.revoke_token(store, "robot", by=root)
    else:
        with store.write(by="") as write:
            ticket = next(t for t in write.people.tokens() if t.name == "robot")
            write.people.remove_token("robot")
            past = replace(ticket, expires="2020-01-01T00:00:00.000Z")
            write.people.add_token("another", past)
    assert hooks.deliver(store) == 1
    made(store, 2)
    watching.follow(store)
    assert hooks.deliver(store) == 1
    assert len(listener.heard) == 2
    (given_up,) = store.team.deliveries("theirs", before=None, limit=9)
    assert (given_up.state, given_up.outcome) == ("failed", "disabled")
    assert store.team.hook("theirs").disabled
    assert not store.team.hook("ours").disabled
    (deed,) = store.people.deeds(limit=9, action="hook.disable")
    assert deed.about == "theirs"
    if ends == "forget":
        assert "lin" not in {store.team.hook("theirs").by, dict(deed.details)["made"]}
        assert '"by":"lin"' not in given_up.body
        assert '"by":"person-' in given_up.body


@pytest.mark.usefixtures("private")
def test_a_webhook_is_given_up_when_its_answer_drips(
    listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hooks, "_PATIENCE", 0.3)
    listener.drips = 0.05
    hook = Hook("slow", f"http://127.0.0.1:{listener.server_address[1]}/")
    begun = time.monotonic()
    outcome = hooks.call(hook, Delivery(1, "slow", "waiting", "", "{}"))
    assert outcome == ("too late", False)
    assert time.monotonic() - begun < 5


def test_a_webhooks_name_that_leads_elsewhere_meanwhile_leads_nowhere(
    peopled: Store, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = listener.server_address[1]
    numbers: list[str] = []

    def asked(
        host: str, port: int, *_: object, **__: object
    ) -> list[tuple[object, ...]]:
        number = numbers.pop(0) if host == "rebinding.example" else host
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, port))]

    monkeypatch.setattr("glossary.config.outward.socket.getaddrinfo", asked)
    numbers[:] = ["93.184.216.34"]
    wanted = Hook("h", f"http://rebinding.example:{port}/")
    hook = hooks.create(peopled, wanted, by=OWNER)
    delivery = Delivery(1, "h", "waiting", "", "{}")
    # Public when it was named, ours when it is called.
    numbers[:] = ["127.0.0.1"]
    outcome, is_heard = hooks.call(hook, delivery)
    assert "is private" in outcome
    assert not is_heard
    assert listener.heard == []
    # Asked once: the number that was looked at is the one that is called.
    monkeypatch.setattr("glossary.config.outward._is_public", lambda _: True)
    numbers[:] = ["127.0.0.1", "169.254.169.254"]
    assert hooks.call(hook, delivery) == ("500", False)
    assert numbers == ["169.254.169.254"]
    assert len(listener.heard) == 1


def test_a_webhook_leads_to_no_private_address(peopled: Store) -> None:
    for url in (
        "http://127.0.0.1/x",
        "http://10.0.0.7/",
        "http://[::1]/",
        "http://169.254.169.254/latest",
        "ftp://example.org/",
        "file:///etc/passwd",
    ):
        with pytest.raises(Invalid):
            hooks.create(peopled, Hook("h", url), by=OWNER)
