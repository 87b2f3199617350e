"""The address that a server listens on, which no other server may have.

All workers accept from one socket, so that what waits in its line when a worker ends is
taken by another one. Sockets with SO_REUSEPORT would each have a line of their own, and
let a second server, over another store, listen beside this one in silence.
"""

import errno
import socket
import time
from typing import Final, Self

from glossary.errors import DoorTaken
from glossary.message import N_

#: Connections that wait until a worker takes them.
LINE: Final = 4096
#: Seconds in which an address that is still taken may come free: workers whose main
#: process was killed need a moment to notice.
_PATIENCE: Final = 2.0


class Door:
    """A socket that listens, and bound ones that keep the name's other addresses."""

    def __init__(self, listening: socket.socket, others: list[socket.socket]) -> None:
        self._listening = listening
        self._others = others

    @classmethod
    def inherited(cls, numbers: list[int]) -> Self:
        """Return the door whose sockets this process has had before it was renewed."""
        first, *rest = (socket.socket(fileno=number) for number in numbers)
        return cls(first, rest)

    @property
    def numbers(self) -> list[int]:
        """The descriptors of the sockets, the listening one first."""
        return [listener.fileno() for listener in (self._listening, *self._others)]

    @property
    def address(self) -> str:
        """The address as it stands in a URL."""
        host, port = self._listening.getsockname()[:2]
        return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"

    def give_up_after(self, seconds: float) -> None:
        """Have the system end connections whose other end has gone, or reads nothing.

        What is set here holds for every connection that is taken, on Linux.
        """
        self._listening.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        if seconds and hasattr(socket, "TCP_USER_TIMEOUT"):
            self._listening.setsockopt(
                socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(seconds * 1000)
            )

    def hand_over(self) -> int:
        """Return the descriptor of the listening socket, to be closed by the taker."""
        while self._others:
            self._others.pop().close()
        return self._listening.detach()

    @staticmethod
    def replacement() -> int:
        """Return the descriptor of a socket at which nobody ever knocks.

        In the place of the listening one, it keeps a worker from taking connections
        that others are to take, while it still reads what has come by those it has.
        """
        probe = socket.socket(socket.AF_UNIX)
        probe.bind("")
        probe.listen(1)
        probe.settimeout(0.0)
        return probe.detach()

    def keep_open(self) -> None:
        """Keep the sockets when this process runs another program."""
        for listener in (self._listening, *self._others):
            listener.set_inheritable(True)

    def close(self) -> None:
        """Take no more connections."""
        for listener in (self._listening, *self._others):
            listener.close()


def opened(host: str, port: int) -> Door:
    """Listen on an address, by number or by name; the first IPv4 one of a name.

    Raise DoorTaken when it does not exist here, may not be had, or is in use: also when
    only another address of the same name is.
    """
    until = time.monotonic() + _PATIENCE
    places = _places(host.strip("[]"), port)
    while True:
        sockets: list[socket.socket] = []
        try:
            for number, (family, place) in enumerate(places):
                sockets += _bound(family, place, only=number == 0)
        except OSError as error:
            for listener in sockets:
                listener.close()
            if error.errno == errno.EADDRINUSE and time.monotonic() < until:
                time.sleep(0.05)
                continue
            raise _refusal(error, host, port) from error
        return Door(sockets[0], sockets[1:])


def _places(host: str, port: int) -> list[tuple[int, tuple[object, ...]]]:
    """Return the addresses of a name, those of IPv4 first."""
    try:
        addresses = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise DoorTaken(
            N_("“%(host)s” is neither an address nor the name of one: %(reason)s"),
            host=host,
            reason=error,
        ) from error
    places = sorted((family, place) for family, _, _, _, place in addresses)
    return list(dict.fromkeys(places))


def _bound(
    family: int, place: tuple[object, ...], *, only: bool
) -> list[socket.socket]:
    """Bind the address to listen on, or another one of the same name, if it exists."""
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if only:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(place)
        if only:
            listener.listen(LINE)
            listener.settimeout(0.0)
    except OSError as error:
        listener.close()
        if not only and error.errno != errno.EADDRINUSE:
            return []
        raise
    return [listener]


def _refusal(error: OSError, host: str, port: int) -> DoorTaken:
    at = {"at": f"{host}:{port}"}
    if error.errno == errno.EADDRINUSE:
        return DoorTaken(
            N_(
                "Another program already listens on %(at)s, perhaps a server of yours; "
                "end it or choose another port (--port or GLOSSARY_PORT)."
            ),
            **at,
        )
    if error.errno == errno.EADDRNOTAVAIL:
        return DoorTaken(N_("This machine has no address %(at)s."), **at)
    if error.errno in {errno.EACCES, errno.EPERM}:
        return DoorTaken(
            N_("This user may not listen on %(at)s; choose a port above 1023."), **at
        )
    return DoorTaken(N_("Cannot listen on %(at)s: %(reason)s"), **at, reason=error)
