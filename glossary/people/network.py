"""What tells one user whom nobody knows from another: their place in the network."""

from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

#: Bits of an address of IPv6 that a provider gives one customer (RFC 6177).
_OWN: Final = 64


@lru_cache(4096)
def network(address: str) -> str:
    """Return an address, of IPv6 its network; nothing for what is no address.

    >>> network("2001:db8:0:1:2:3:4:5")
    '2001:db8:0:1::/64'
    >>> network("::ffff:192.0.2.7")
    '192.0.2.7'
    """
    try:
        number = ip_address(address)
    except ValueError:
        return ""
    if not isinstance(number, IPv6Address):
        return address
    if number.ipv4_mapped is not None:
        return str(number.ipv4_mapped)
    return str(ip_network((int(number), _OWN), strict=False))
