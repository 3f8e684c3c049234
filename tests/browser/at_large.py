"""The app on a small internet of its own: every name ends in `.example` and leads to one server of
this machine, whose port is the first argument. What may be asked is the real check.
"""

import socket
import sys

import app
from ingest.net import http
from ingest.net.fetch import Net
from tests.ingest.net.site import Afar

PUBLIC = "93.184.216.34"  # an address of the open internet; no connection is ever made to it


def _resolve(host: str, port: int) -> list[str]:
    if host.endswith(".example"):
        return [PUBLIC]
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    return [str(found[0][4][0])]


def _dial(address: str, port: int, seconds: float) -> http.Stream:
    assert address == PUBLIC, f"{address} was to be asked"
    return Afar(http.dial("127.0.0.1", int(sys.argv[1]), seconds), "192.168.1.7", address)


if __name__ == "__main__":
    known = Net.__init__.__kwdefaults__
    assert known and {"resolver", "dial"} <= known.keys()
    known.update(resolver=_resolve, dial=_dial)
    sys.exit(app.main(sys.argv[2:]))
