"""Webhooks: programs that are told of changes, signed, and again until they have heard.

A delivery is kept with its outcome. It is called at public addresses only, unless a
setting allows others, and at the very number that was looked at: a name that changes
its number between the look and the call leads nowhere else.
"""

import hashlib
import hmac
import http.client
import secrets
import socket
import ssl
import threading
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from glossary.config import allowed_numbers, settings_in_force
from glossary.entry import DELIVERIES, Change, Delivery, Hook, write
from glossary.errors import Conflict, Invalid
from glossary.message import N_, Message, Problem
from glossary.people import Actor, access
from glossary.store import People, Store, Write

#: How far changes have been told.
MARK: Final = "told"
WAITING, DELIVERED, FAILED = DELIVERIES
#: Seconds after which a delivery that failed is tried again; then it is given up.
BACK_OFF: Final = (10, 60, 300, 1_800, 7_200, 43_200)
#: Seconds for which a process that calls keeps others from it.
_LEASE: Final = 60
#: Seconds that the other side may take.
_PATIENCE: Final = 10.0
_LATE: Final = "too late"
#: What came of what was still to be sent when a maker was one no more.
_LOST: Final = "disabled"
#: So many changes stand in one delivery, and so many deliveries are made in a round.
_AT_ONCE: Final = 100
_ROUND: Final = 20
_MOST_HOOKS: Final = 50
_EVERY: Final = "*"


def create(store: Store, hook: Hook, *, by: Actor) -> Hook:
    """Have an address told of changes; return it with the secret, this once.

    Owners of the glossaries may, or of all. Raise Forbidden, Invalid for an address
    that may not be called, and Conflict for a name that is taken, or too many.
    """
    for glossary in hook.glossaries or (_EVERY,):
        by.must("manage-hooks", glossary)
    _must_be_callable(hook.url)
    now = _moment()
    new = replace(hook, by=by.name, at=now, secret=f"whs_{secrets.token_urlsafe(32)}")
    with store.write(by=by.name) as write_:
        hooks_there = write_.team.hooks()
        if hook.id in {hook_there.id for hook_there in hooks_there}:
            template = N_("The webhook “%(id)s” already exists.")
            raise Conflict(template, id=hook.id)
        if len(hooks_there) >= _MOST_HOOKS:
            raise Conflict(
                N_("There are already %(most)s webhooks; delete one first."),
                most=_MOST_HOOKS,
            )
        begin(write_)
        write_.team.put_hook(new)
        write_.people.note("hook.create", hook.id, address=by.address, url=hook.url)
    return new


def begin(write_: Write) -> None:
    """Have what is told begin here, if nobody was told anything so far."""
    if not write_.team.watches() and not write_.team.hooks():
        write_.team.reach(MARK, str(write_.must_be_at(None)))


def remove(store: Store, hook_id: str, *, by: Actor) -> None:
    """Tell an address no more; raise Forbidden or NotFound."""
    with store.write(by=by.name) as write_:
        must_see(write_.team.hook(hook_id), by)
        write_.team.drop_hook(hook_id)
        write_.people.note("hook.remove", hook_id, address=by.address)


def must_see(hook: Hook, by: Actor) -> None:
    """Raise Forbidden for who does not own all that a hook tells of."""
    for glossary in hook.glossaries or (_EVERY,):
        by.must("manage-hooks", glossary)


def hooks_of(store: Store, *, by: Actor) -> list[Hook]:
    """Return the hooks that somebody looks after, without their secrets."""
    return [
        replace(hook, secret="")  # nosec B106 - it is taken out
        for hook in store.team.hooks()
        if _looks_after(by, hook)
    ]


def queue_up(write_: Write, changes: Sequence[Change], *, epoch: str) -> None:
    """Keep what hooks are to be told of changes, a hundred to a delivery."""
    for hook in write_.team.hooks():
        if hook.disabled:
            continue
        ours = [change for change in changes if _concerns(hook, change)]
        for at in range(0, len(ours), _AT_ONCE):
            body = {
                "hook": hook.id,
                "epoch": epoch,
                "changes": [_plain(change) for change in ours[at : at + _AT_ONCE]],
            }
            due = _moment()
            text = write(body).decode()
            write_.team.deliver(Delivery(0, hook.id, WAITING, due, text))


def deliver(store: Store) -> int:
    """Call what is due; return how many calls were made.

    Nothing goes out that its maker may not look after any more.
    """
    if any(_is_lost(hook, store.people) for hook in store.team.hooks()):
        _disable(store)
    calls = 0
    for delivery in store.team.due(_moment(), limit=_ROUND):
        leased = replace(delivery, due=_moment(_LEASE), tries=delivery.tries + 1)
        with store.write(by="") as write_:
            now = {d.n: d for d in write_.team.due(_moment(), limit=_ROUND)}
            if now.get(delivery.n) != delivery:
                continue
            write_.team.retry(leased)
            hook = write_.team.hook(delivery.hook)
        outcome, is_delivered = call(hook, leased)
        calls += 1
        with store.write(by="") as write_:
            write_.team.retry(_after(leased, outcome, is_delivered=is_delivered))
    return calls


def _is_lost(hook: Hook, people: People) -> bool:
    """Say whether a hook is told though its maker may not have it told any more."""
    if hook.disabled:
        return False
    maker = access.going_by(people, hook.by)
    return maker is None or not _looks_after(maker, hook)


def _disable(store: Store) -> None:
    """Tell those addresses no more whose makers have left or lost their role."""
    with store.write(by="") as write_:
        for hook in write_.team.hooks():
            if _is_lost(hook, write_.people):
                write_.team.put_hook(replace(hook, disabled=_moment()))
                write_.team.give_up(hook.id, _LOST)
                write_.people.note("hook.disable", hook.id, url=hook.url, made=hook.by)


def _looks_after(actor: Actor, hook: Hook) -> bool:
    return all(actor.may("manage-hooks", name) for name in hook.glossaries or (_EVERY,))


def call(hook: Hook, delivery: Delivery) -> tuple[str, bool]:
    """Send a delivery; return what came of it, and whether it was heard."""
    parts = urlsplit(hook.url)
    try:
        number, *_ = allowed_numbers(hook.url, setting=_named(hook.url))
        connection = _Pinned(parts.hostname or "", parts.port, number, parts.scheme)
        with closing(connection):
            try:
                path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
                body = delivery.body.encode()
                connection.request("POST", path, body, _headers(hook, delivery))
                status = connection.getresponse().status
                outcome = str(status), 200 <= status < 300
            except (OSError, http.client.HTTPException) as error:
                outcome = _reason(error), False
            return (_LATE, False) if connection.is_late else outcome
    except (OSError, ValueError, http.client.HTTPException) as error:
        return _reason(error), False


def _reason(error: Exception) -> str:
    return (str(error) or type(error).__name__)[:200]


def signature(secret: str, moment: str, body: str) -> str:
    """Return what proves that a body comes from here, and when it was sent.

    >>> signature("whs_x", "2026-01-01T00:00:00Z", "{}")[:20]
    'sha256=47b570b4a1bbe'
    """
    seal = hmac.new(secret.encode(), f"{moment}.{body}".encode(), hashlib.sha256)
    return f"sha256={seal.hexdigest()}"


class _Pinned(http.client.HTTPConnection):
    """A connection to one number, whatever the name stands for by then.

    It ends after a time, however the other side spreads what it says.
    """

    def __init__(self, host: str, port: int | None, number: str, scheme: str) -> None:
        super().__init__(host, port or (443 if scheme == "https" else 80))
        self._number, self._scheme = number, scheme
        self.is_late = False
        self._end = threading.Timer(_PATIENCE, self._give_up)
        self._end.daemon = True
        self._end.start()

    def connect(self) -> None:
        """Connect to the number; TLS asks for the name."""
        self.sock: Any = socket.create_connection(
            (self._number, self.port), timeout=_PATIENCE
        )
        if self._scheme == "https":
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(
                self.sock, server_hostname=self.host, do_handshake_on_connect=False
            )
            self.sock.do_handshake()

    def close(self) -> None:
        """Close the connection."""
        self._end.cancel()
        super().close()

    def _give_up(self) -> None:
        self.is_late = True
        with suppress(OSError, AttributeError):
            self.sock.shutdown(socket.SHUT_RDWR)


def _headers(hook: Hook, delivery: Delivery) -> dict[str, str]:
    moment = _moment()
    return {
        "Content-Type": "application/json",
        "User-Agent": "glossary-webhook",
        "Glossary-Delivery": str(delivery.n),
        "Glossary-Timestamp": moment,
        "Glossary-Signature": signature(hook.secret, moment, delivery.body),
    }


def _after(delivery: Delivery, outcome: str, *, is_delivered: bool) -> Delivery:
    if is_delivered:
        return replace(delivery, state=DELIVERED, outcome=outcome)
    if delivery.tries > len(BACK_OFF):
        return replace(delivery, state=FAILED, outcome=outcome)
    due = _moment(BACK_OFF[delivery.tries - 1])
    return replace(delivery, due=due, outcome=outcome)


def _must_be_callable(url: str) -> None:
    try:
        allowed_numbers(url, setting=_named(url))
    except (OSError, ValueError) as error:
        message = Message(N_("This address is not called: %(reason)s."), reason=error)
        raise Invalid([Problem("/url", message)]) from None


def _named(url: str) -> str:
    """Return the address that a setting lets be called though it is private."""
    return url if settings_in_force().private_hooks else ""


def _concerns(hook: Hook, change: Change) -> bool:
    if not hook.glossaries:
        return True
    return change.document is not None and change.document.glossary in hook.glossaries


def _plain(change: Change) -> dict[str, Any]:
    entry = change.document
    return {
        "revision": change.revision,
        "entry": change.entry,
        "version": change.version,
        "action": change.action,
        "at": change.at,
        "by": change.by,
        "glossary": entry.glossary if entry else None,
        "state": entry.state if entry else None,
    }


def _moment(later: float = 0) -> str:
    now = datetime.now(UTC) + timedelta(seconds=later)
    return now.isoformat(timespec="milliseconds")[:-6] + "Z"
