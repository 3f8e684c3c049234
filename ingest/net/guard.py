"""Which machines may be asked: those of the open internet, and none of this machine's own network.

A name is resolved once, every address it has is checked, and the connection goes to a checked
address, so that a name that leads elsewhere a moment later (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence

from ingest.errors import Unreadable


class Silent(Unreadable):
    """A host that cannot or must not be asked: others of its pages need not be tried."""


Resolver = Callable[[str, int], Sequence[str]]  # host, port -> numeric addresses; raises OSError

_GLOBAL = ipaddress.IPv6Network("2000::/3")  # all that is handed out for the open internet
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # IPv4, seen from a network that has none
_NOT_FOR_PAGES = tuple(
    ipaddress.ip_network(one)
    for one in ("192.0.0.0/24", "192.88.99.0/24", "2001::/23", "3fff::/20")
)


def resolve(host: str, port: int) -> list[str]:
    """As the system resolves it. Spellings such as 0x7f.1 come out as what they are."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def checked(host: str, port: int, resolver: Resolver, *, allow_private: bool) -> list[str]:
    """The numeric addresses of `host`. Raises Silent if one of them is not to be asked."""
    try:
        found = list(resolver(host, port))
    except (OSError, UnicodeError) as error:
        why = getattr(error, "strerror", None) or error
        raise Silent(f"no such host as {host} ({why}); is the network there?") from None
    if not found:
        raise Silent(f"no such host as {host}")
    for address in found:
        if not allow_private and not public(address):
            raise Silent(
                f"{host} is {address}, which is not on the open internet; if it is meant:"
                " --allow-private"
            )
    return found


def public(address: str) -> bool:
    """Whether a numeric address is one of the open internet.

    >>> public("93.184.216.34"), public("169.254.169.254"), public("::ffff:127.0.0.1")
    (True, False, False)
    """
    try:
        one = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(one, ipaddress.IPv6Address):
        if one.scope_id is not None:
            return False
        inner = one.ipv4_mapped or one.sixtofour
        if one in _NAT64:
            inner = ipaddress.IPv4Address(int(one) & 0xFFFFFFFF)
        if inner is not None:
            return public(str(inner))
        if one not in _GLOBAL:
            return False
    if any(one in network for network in _NOT_FOR_PAGES if network.version == one.version):
        return False
    return one.is_global and not one.is_multicast and not one.is_reserved
