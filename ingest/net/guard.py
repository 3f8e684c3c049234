"""Which machines may be asked: those of the open internet, and none of this machine's own network.

A name is resolved once, every address it has is checked, and the connection goes to a checked
address, so that a name that leads elsewhere a moment later (DNS rebinding) gains nothing. Which
addresses are this machine's own is known once a connection is there, before a word is said. The
system's resolver knows no time limit and cannot be interrupted: it is waited for, but not for long.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, wait

from ingest.errors import Hindered, Unreadable
from ingest.going import PULSE, Going, on


class Silent(Unreadable):
    """A host that cannot or must not be asked: others of its pages need not be tried."""


Resolver = Callable[[str, int], Sequence[str]]  # host, port -> numeric addresses; raises OSError

PATIENCE = 10.0  # seconds for one name; most are found in a tenth of one
_AT_ONCE = 8  # names that are being looked up; each may keep a thread for minutes
_slots = threading.BoundedSemaphore(_AT_ONCE)

_GLOBAL = ipaddress.IPv6Network("2000::/3")  # all that is handed out for the open internet
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # IPv4, seen from a network that has none
_HOST_BITS = 64  # of an IPv6 address; those before them name the network
_NOT_FOR_PAGES = tuple(
    ipaddress.ip_network(one)
    for one in ("192.0.0.0/24", "192.88.99.0/24", "2001::/23", "3fff::/20")
)


def resolve(host: str, port: int) -> list[str]:
    """As the system resolves it. Spellings such as 0x7f.1 come out as what they are."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def checked(
    host: str,
    port: int,
    resolver: Resolver,
    *,
    allow_private: bool,
    patience: float = PATIENCE,
    going: Going = on,
) -> list[str]:
    """The numeric addresses of `host`. Raises Silent if one of them is not to be asked, or if they
    are not known within `patience` seconds; Hindered if it was not even asked for them, because
    for as long other names had no answer.
    """
    try:
        found = _looked_up(host, port, resolver, patience, going)
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


def _looked_up(
    host: str, port: int, resolver: Resolver, patience: float, going: Going
) -> list[str]:
    """What `resolver` finds or raises. Raises Silent where it takes longer, and Hindered.

    It goes on in a thread that nothing waits for, not even the end of the program, and that gives
    its slot back when the resolver is done.
    """
    if not _waited(lambda seconds: _slots.acquire(timeout=seconds), patience, going):
        raise Hindered(f"{host} is not looked up: {_AT_ONCE} other names have had no answer yet")
    found: Future[list[str]] = Future()

    def look() -> None:
        try:
            try:
                addresses = list(resolver(host, port))
            finally:
                _slots.release()
            found.set_result(addresses)
        except BaseException as error:  # whatever it is, it is for who asked
            found.set_exception(error)

    try:
        threading.Thread(target=look, name="saidso-dns", daemon=True).start()
    except RuntimeError:  # no more threads are to be had
        _slots.release()
        raise Hindered(f"{host} cannot be looked up: this machine is too busy") from None
    if not _waited(lambda seconds: bool(wait([found], seconds).done), patience, going):
        raise Silent(f"no address of {host} was found within {patience:g} s; is the network there?")
    return found.result()


def _waited(ready: Callable[[float], bool], patience: float, going: Going) -> bool:
    """Whether `ready`, which is given seconds to wait, was so within `patience`."""
    until = time.monotonic() + patience
    while True:
        going()
        left = until - time.monotonic()
        if ready(max(min(left, PULSE), 0.0)):
            return True
        if left <= PULSE:
            return False


def kin(own: str, peer: str) -> str:
    """What the machine at `peer` is to this one, at the other end of a connection from `own`;
    empty where it is nothing of ours, or where one of the two is no address.

    A service that is not for the world may listen on a public address all the same.

    >>> kin("8.8.4.4", "::ffff:8.8.4.4"), kin("8.8.4.4", "8.8.8.8")
    ('this machine itself', '')
    """
    try:
        ours, theirs = (
            getattr(one, "ipv4_mapped", None) or one
            for one in (ipaddress.ip_address(own), ipaddress.ip_address(peer))
        )
    except ValueError:
        return ""
    if ours == theirs:
        return "this machine itself"
    both = (ours.version, theirs.version) == (6, 6)
    near = both and int(ours) >> _HOST_BITS == int(theirs) >> _HOST_BITS
    return "on this machine's own network" if near else ""


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
