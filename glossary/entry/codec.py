"""Nouns as JSON text and back: what the store keeps and what the API answers."""

import hashlib
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final, TypeVar

import msgspec

from glossary.entry.nouns import Entry, Proposal, Proposed
from glossary.entry.register import KINDS, Noun, NounVersion

_Noun = TypeVar("_Noun")
_ENTRY: Final = msgspec.json.Decoder(Entry)
_OF_KIND: Final[Mapping[type, Any]] = {
    kind: msgspec.json.Decoder(kind) for kind in KINDS
}
_NAMED: Final[Mapping[str, type[Noun]]] = {name: kind for kind, name in KINDS.items()}
_PROPOSAL: Final = msgspec.json.Decoder(Proposal)
_PROPOSED: Final = msgspec.json.Decoder(Proposed)
_ENCODER: Final = msgspec.json.Encoder()


class Garbled(ValueError):
    """What was kept is not what was written."""


def read_entry(text: str | bytes) -> Entry:
    """Return the entry that the store wrote; it was validated before it was kept.

    Raise Garbled, as the next ones do, when it cannot have been written so.
    """
    return _decoded(_ENTRY, text)


def read_noun(text: str | bytes, kind: type[_Noun]) -> _Noun:
    """Return the source, subject, issuer or glossary that the store wrote."""
    noun: _Noun = _decoded(_OF_KIND[kind], text)
    return noun


def as_noun(plain: object, kind: type[_Noun]) -> _Noun:
    """Return the noun of a kind that dicts, lists and strings say."""
    return msgspec.convert(plain, kind)


def as_noun_version(plain: Mapping[str, Any]) -> NounVersion:
    """Return the version of a noun that dicts, lists and strings say."""
    kind = _NAMED[plain["kind"]]
    document = plain["document"]
    noun = None if document is None else as_noun(document, kind)
    pointers = tuple(plain["changed"])
    return NounVersion(**{**plain, "changed": pointers, "document": noun})


def _decoded(decoder: "msgspec.json.Decoder[_Noun]", text: str | bytes) -> _Noun:
    try:
        return decoder.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Garbled(str(error)) from error


def reader(kind: type[_Noun]) -> Callable[[str | bytes], _Noun]:
    """Return what reads texts that the store wrote as a kind; it raises Garbled."""
    return partial(_decoded, msgspec.json.Decoder(kind))


def read(text: str | bytes, kind: type[_Noun]) -> _Noun:
    """Return the noun of a kind that a text of JSON says; it is not validated."""
    return msgspec.json.decode(text, type=kind)


def read_plain(text: str | bytes) -> Any:
    """Return a text of JSON as dicts, lists and strings."""
    return msgspec.json.decode(text)


def read_proposal(text: str | bytes) -> Proposal:
    """Return the proposal that the store wrote."""
    return _decoded(_PROPOSAL, text)


def read_proposed(text: str | bytes | None) -> Proposed | None:
    """Return what the store wrote of where a version comes from; None for nothing."""
    return None if text is None else _decoded(_PROPOSED, text)


def write(noun: object) -> bytes:
    """Return a noun, or plain data with nouns in it, as JSON in UTF-8."""
    return _ENCODER.encode(noun)


def digest(noun: object) -> str:
    """Return eight hexadecimal digits that tell nouns apart."""
    return hashlib.sha256(write(noun)).hexdigest()[:8]


def plain(noun: object) -> Any:
    """Return a noun as dicts, lists and strings."""
    return msgspec.json.decode(write(noun))


def bare(noun: object) -> Any:
    """Return a noun as `plain` does, in less time: its sequences stay tuples."""
    return msgspec.to_builtins(noun)


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
