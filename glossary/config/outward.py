"""Which addresses the service may call: none that somebody else could choose.

Settings name a host outright; it may then be a private one. What another server says of
itself is asked at public addresses, or on the host that a setting names. Link-local
addresses, where clouds keep secrets, are never asked.
"""

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final
from urllib.parse import urlsplit

#: Networks whose addresses end with the one of IPv4 that is meant (RFC 6052, 8215).
_TRANSLATED: Final = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))


def must_be_allowed(address: str, *, setting: str) -> None:
    """Raise what `allowed_numbers` does."""
    allowed_numbers(address, setting=setting)


def allowed_numbers(address: str, *, setting: str) -> list[str]:
    """Return the numbers of an address that may be called, or raise.

    Raise ValueError for an address that the service is not to call.
    `setting` is the address that a setting names, if one does. Raise OSError for a host
    that has no address.
    """
    parts, own = urlsplit(address), urlsplit(setting)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("no address of the web")
    is_own = parts.hostname == own.hostname
    if own.scheme == "https" != parts.scheme:
        raise ValueError(f"{parts.hostname} is not asked over TLS")
    numbers = _numbers(parts.hostname, parts.port or 0)
    for number in numbers:
        place = _meant(number)
        if place.is_link_local or place.is_multicast or place.is_unspecified:
            raise ValueError(f"{parts.hostname} ({number}) is never called")
        if not is_own and not _is_public(place):
            raise ValueError(
                f"{parts.hostname} ({number}) is private, and no setting names it"
            )
    return [str(number) for number in numbers]


def _numbers(host: str, port: int) -> list[IPv4Address | IPv6Address]:
    infos = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    numbers = [ip_address(str(info[4][0]).partition("%")[0]) for info in infos]
    return [getattr(address, "ipv4_mapped", None) or address for address in numbers]


def _meant(number: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return where an address leads: to that of IPv4 which another one stands for."""
    if isinstance(number, IPv4Address):
        return number
    if any(number in network for network in _TRANSLATED):
        return IPv4Address(int(number) & 0xFFFF_FFFF)
    return number.sixtofour or number


def _is_public(number: IPv4Address | IPv6Address) -> bool:
    is_local = isinstance(number, IPv6Address) and number.is_site_local
    return number.is_global and not number.is_reserved and not is_local
