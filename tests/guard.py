"""The network, refused: for the tests themselves, and for the processes that they start.

As a `sitecustomize` on PYTHONPATH (see `tests.processes`) it holds in a child from its first line.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from typing import Any


class NetworkCall(BaseException):
    """No Exception, so that no `except Exception` on the way can hide it."""


def refuse_the_network(replace: Callable[[str, Any], None]) -> None:
    """`replace(name, value)` sets an attribute of socket.socket."""
    for name in ("connect", "connect_ex", "sendto"):
        replace(name, _guarded(getattr(socket.socket, name)))


def _guarded(original: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(self: socket.socket, *arguments: Any) -> Any:
        address = arguments[-1]
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _loopback(address[0]):
            raise NetworkCall(f"a call to {address}")
        return original(self, *arguments)

    return guarded


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.split("%")[0]).is_loopback
    except ValueError:
        return host == "localhost"
