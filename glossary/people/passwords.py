"""Passwords: kept as argon2id hashes, with what makes one too weak to be taken."""

import string
from functools import cache
from pathlib import Path
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from glossary.entry import Person
from glossary.errors import Invalid
from glossary.message import N_, Message, Problem

#: Characters; ASVS 5.0, 6.2.1, asks for eight at least.
SHORTEST: Final = 10
#: More is no safer, and lets nobody have us hash a book.
LONGEST: Final = 256
#: RFC 9106, the second choice: 64 MiB, three passes, four lanes.
_HASHER: Final = PasswordHasher()
_COMMON: Final = Path(__file__).with_name("common-passwords.txt")


def hashed(password: str, person: Person) -> str:
    """Return what is kept of a new password; raise Invalid for a weak one."""
    message: str = ""
    plain = password.casefold()
    own = (person.id, person.name, person.email, person.email.partition("@")[0])
    if len(password) < SHORTEST:
        message = Message(N_("Use at least %(least)s characters."), least=SHORTEST)
    elif len(password) > LONGEST:
        message = Message(N_("Use at most %(most)s characters."), most=LONGEST)
    elif len(set(plain)) < SHORTEST // 2:
        message = N_("Use more different characters.")
    elif plain in _common() or plain.strip(string.punctuation + " ") in _common():
        message = N_("Many people use this password: it would be guessed first.")
    elif any(len(word) > 3 and word.casefold() in plain for word in own):
        message = N_("A password that contains your name would be guessed first.")
    if message:
        raise Invalid([Problem("/password", message)])
    return _HASHER.hash(password)


def fits(secret: str, password: str) -> bool:
    """Say whether a password is the one that was kept; without one, take as long."""
    if len(password) > LONGEST:
        return False
    try:
        return _HASHER.verify(secret or _nobodys(), password) and bool(secret)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _common() -> frozenset[str]:
    """Return the passwords that are tried first, in lower case."""
    lines = _COMMON.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


@cache
def _nobodys() -> str:
    """Return a hash of nothing: an unknown name takes as long as a known one."""
    return _HASHER.hash("nobody has this password")
