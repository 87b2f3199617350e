"""Nouns as JSON text and back: what the store keeps and what the API answers."""

from typing import Any, Final

import msgspec

from glossary.entry import Entry, Source, Subject

_ENTRY: Final = msgspec.json.Decoder(Entry)
_SOURCE: Final = msgspec.json.Decoder(Source)
_SUBJECT: Final = msgspec.json.Decoder(Subject)
_ENCODER: Final = msgspec.json.Encoder()


def read_entry(text: str | bytes) -> Entry:
    """Return the entry that the store wrote; it was validated before it was kept."""
    return _ENTRY.decode(text)


def read_source(text: str | bytes) -> Source:
    """Return the source that the store wrote."""
    return _SOURCE.decode(text)


def read_subject(text: str | bytes) -> Subject:
    """Return the subject field that the store wrote."""
    return _SUBJECT.decode(text)


def write(noun: object) -> bytes:
    """Return a noun, or plain data with nouns in it, as JSON in UTF-8."""
    return _ENCODER.encode(noun)


def plain(noun: object) -> Any:
    """Return a noun as dicts, lists and strings."""
    return msgspec.to_builtins(noun)
