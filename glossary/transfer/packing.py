"""What one process of ours hands another: nouns as msgpack, messages among them."""

from typing import Any, TypeVar

import msgspec

from glossary.message import Message

T = TypeVar("T")


def packer() -> msgspec.msgpack.Encoder:
    """Return what makes bytes of nouns.

    It raises NotImplementedError for a message that was filled with another one.
    """
    return msgspec.msgpack.Encoder(enc_hook=_plain)


def unpacker(kind: type[T]) -> "msgspec.msgpack.Decoder[T]":
    """Return what makes nouns of a kind of such bytes."""
    return msgspec.msgpack.Decoder(kind, dec_hook=_noun)


def _plain(value: Any) -> Any:
    """Return a message as it is sent; what it was filled with must be plain itself."""
    if type(value) is not Message:
        raise NotImplementedError
    if any(isinstance(one, Message) for one in value.values.values()):
        raise NotImplementedError
    return [value.template, value.values]


def _noun(kind: type, plain: Any) -> Any:
    if kind is not Message:
        raise NotImplementedError
    template, values = plain
    return Message(template, **values)
