"""Nouns as JSON text and back: what the store keeps and what the API answers."""

import hashlib
from dataclasses import fields
from typing import Any, Final, TypeVar

import msgspec

from glossary.entry.nouns import Entry, Proposal, Proposed, Source, Subject

_Noun = TypeVar("_Noun")
_ENTRY: Final = msgspec.json.Decoder(Entry)
_SOURCE: Final = msgspec.json.Decoder(Source)
_SUBJECT: Final = msgspec.json.Decoder(Subject)
_PROPOSAL: Final = msgspec.json.Decoder(Proposal)
_PROPOSED: Final = msgspec.json.Decoder(Proposed)
_ENCODER: Final = msgspec.json.Encoder()
_FIELDS: Final = tuple(field.name for field in fields(Entry))


def read_entry(text: str | bytes) -> Entry:
    """Return the entry that the store wrote; it was validated before it was kept."""
    return _ENTRY.decode(text)


def read_source(text: str | bytes) -> Source:
    """Return the source that the store wrote."""
    return _SOURCE.decode(text)


def read_subject(text: str | bytes) -> Subject:
    """Return the subject field that the store wrote."""
    return _SUBJECT.decode(text)


def read(text: str | bytes, kind: type[_Noun]) -> _Noun:
    """Return the noun of a kind that a text of JSON says; it is not validated."""
    return msgspec.json.decode(text, type=kind)


def read_plain(text: str | bytes) -> Any:
    """Return a text of JSON as dicts, lists and strings."""
    return msgspec.json.decode(text)


def read_proposal(text: str | bytes) -> Proposal:
    """Return the proposal that the store wrote."""
    return _PROPOSAL.decode(text)


def read_proposed(text: str | bytes | None) -> Proposed | None:
    """Return what the store wrote of where a version comes from; None for nothing."""
    return None if text is None else _PROPOSED.decode(text)


def write(noun: object) -> bytes:
    """Return a noun, or plain data with nouns in it, as JSON in UTF-8."""
    return _ENCODER.encode(noun)


def digest(noun: object) -> str:
    """Return eight hexadecimal digits that tell nouns apart."""
    return hashlib.sha256(write(noun)).hexdigest()[:8]


def plain(noun: object) -> Any:
    """Return a noun as dicts, lists and strings."""
    return msgspec.json.decode(write(noun))


def apart(old: Entry, new: Entry) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what two entries say differently, field by field, as plain data.

    `changed` gives the same places for this as for the whole entries, much sooner.
    """
    names = [name for name in _FIELDS if getattr(old, name) != getattr(new, name)]
    before, after = ({n: getattr(each, n) for n in names} for each in (old, new))
    return plain(before), plain(after)


def changed(old: object, new: object, pointer: str = "") -> tuple[str, ...]:
    """Return RFC 6901 pointers to what differs between two plain documents."""
    if old == new:
        return ()
    if isinstance(old, dict) and isinstance(new, dict):
        return tuple(
            place
            for name in {**old, **new}
            for place in changed(
                old.get(name),
                new.get(name),
                f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}",
            )
        )
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return tuple(
            place
            for at, pair in enumerate(zip(old, new, strict=True))
            for place in changed(*pair, f"{pointer}/{at}")
        )
    return (pointer,)
