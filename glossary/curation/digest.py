"""What people were told and have not seen, once a day by e-mail, in their language."""

import logging
import smtplib
import ssl
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from itertools import groupby
from typing import Final
from urllib.parse import unquote, urlsplit

from glossary.config import Settings
from glossary.curation.remarks import readable
from glossary.entry import ACTIVE, Notice, Person
from glossary.message import N_, Message, counted
from glossary.speech import negotiate, say
from glossary.store import Store

_LOG: Final = logging.getLogger(__name__)
_MARK: Final = "digest"
#: Seconds that a mail server may take for a step.
_PATIENCE: Final = 20.0
#: What each kind of notice says.
SAYINGS: Final[Mapping[str, str]] = {
    "assigned": N_("%(by)s asks you to work on %(about)s. %(text)s"),
    "mentioned": N_("%(by)s mentions you under %(about)s: %(text)s"),
    "remark": N_("%(by)s comments under %(about)s: %(text)s"),
    "changed": N_("%(by)s changed %(about)s (%(text)s)."),
    "decided": N_("%(by)s decided on your proposal: %(text)s"),
}


def is_due(store: Store, settings: Settings, *, now: datetime | None = None) -> bool:
    """Say whether today's mail is still to be sent, and there is a way to send it."""
    now = now or datetime.now(UTC)
    if not settings.smtp or now.hour < settings.digest_hour:
        return False
    return store.team.reached(_MARK) < now.date().isoformat()


def send(store: Store, settings: Settings, *, now: datetime | None = None) -> int:
    """Send everybody what they have not seen; return how many were written to.

    A day is claimed before anything is sent, so that several processes send it once;
    what cannot be sent goes with the next day's.
    """
    day = (now or datetime.now(UTC)).date().isoformat()
    with store.write(by="") as write:
        if write.team.reached(_MARK) >= day:
            return 0
        write.team.reach(_MARK, day)
    count = 0
    waiting = readable(store, store.team.unmailed(), by=None)
    for person_id, notices in groupby(waiting, key=lambda notice: notice.person):
        person, several = store.people.find(person_id), list(notices)
        if person is None or person.state != ACTIVE or not person.email:
            continue
        try:
            _post(written(person, several, settings), settings)
        except (OSError, smtplib.SMTPException, ValueError, LookupError) as error:
            _LOG.warning("no mail to %s: %s", person.id, error)
            continue
        with store.write(by="") as write:
            write.team.note_mailed([notice.n for notice in several])
        count += 1
    return count


def written(
    person: Person, notices: Sequence[Notice], settings: Settings
) -> EmailMessage:
    """Return the letter to a person, in their language."""
    locale = negotiate([person.lang or "en"])
    home = settings.url.rstrip("/")
    letter = EmailMessage()
    letter["To"] = person.email
    letter["From"] = settings.mail_from
    letter["Date"] = formatdate()
    letter["Message-ID"] = make_msgid(domain=settings.mail_from.rpartition("@")[2])
    letter["Auto-Submitted"] = "auto-generated"
    letter["Content-Language"] = locale
    count = len(notices)
    letter["Subject"] = say(
        counted(count, N_("Glossary: 1 notice"), N_("Glossary: %(count)s notices")),
        locale,
    )
    lines = []
    for notice in notices:
        lines.append(sentence(notice, locale))
        if notice.about and home:
            lines.append(f"  {home}/entries/{notice.about}")
    lines += ["", f"{home}/notices"] if home else []
    letter.set_content("\n".join(lines) + "\n")
    return letter


def sentence(notice: Notice, locale: str) -> str:
    """Return a notice as a sentence in a language."""
    text = Message(
        SAYINGS[notice.kind],
        by=notice.by,
        about=notice.about or "–",
        text=notice.text,
    )
    return say(text, locale).strip()


def _post(letter: EmailMessage, settings: Settings) -> None:
    """Hand a letter to the mail server; raise OSError or SMTPException."""
    parts = urlsplit(settings.smtp)
    host, context = parts.hostname or "localhost", ssl.create_default_context()
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            host, parts.port or 465, timeout=_PATIENCE, context=context
        )
    else:
        server = smtplib.SMTP(host, parts.port or 25, timeout=_PATIENCE)
    with server:
        if parts.scheme == "smtp+tls":
            server.starttls(context=context)
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(letter)
