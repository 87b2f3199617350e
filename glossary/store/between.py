"""Messages as they go through a pipe from one process to another: a length, the bytes.

What is made ready to be stored may be made by another process than the one that writes.
"""

from collections.abc import Iterator
from typing import IO, Final

#: In so many bytes stands how long a message is.
_LENGTH_BYTES: Final = 8


def framed(message: bytes) -> bytes:
    """Return a message as it is sent.

    >>> import io
    >>> list(messages(io.BytesIO(framed(b"ab") + framed(b"") + framed(b"broken")[:-1])))
    [b'ab', b'']
    """
    return len(message).to_bytes(_LENGTH_BYTES, "big") + message


def messages(pipe: IO[bytes]) -> Iterator[bytes]:
    """Yield the messages that come through a pipe, but for one that was broken off."""
    while len(head := pipe.read(_LENGTH_BYTES)) == _LENGTH_BYTES:
        length = int.from_bytes(head, "big")
        message = pipe.read(length)
        if len(message) < length:
            return
        yield message
