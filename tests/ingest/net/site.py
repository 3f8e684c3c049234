"""A web server on loopback that does as a test says, however bad, and counts what it is asked.

Names and public addresses lead to it by a resolver and a dial of its own: what is checked is the
real check, and nothing leaves this machine.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from ingest.net import http
from ingest.net.fetch import Net
from tests.documents import page

PUBLIC = "93.184.216.34"  # an address of the open internet; no connection is ever made to it
HOST = "http://news.example"

Handler = BaseHTTPRequestHandler
Does = Callable[[Handler], None]


class Afar(http.Stream):
    """A connection on loopback that passes for one from `own` to `peer`."""

    def __init__(self, stream: http.Stream, own: str, peer: str) -> None:
        self._stream = stream
        self._told: dict[str, Any] = {"client_addr": (own, 50_000), "server_addr": (peer, 80)}

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, timeout)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, timeout)

    def close(self) -> None:
        self._stream.close()

    def start_tls(self, *given: Any, **named: Any) -> http.Stream:
        return self._stream.start_tls(*given, **named)

    def get_extra_info(self, info: str) -> Any:
        return self._told.get(info) or self._stream.get_extra_info(info)


class Site:
    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.pages: dict[str, Does] = {}
        self.asked: list[str] = []  # targets, in order
        self.requests: list[dict[str, str]] = []  # their headers, by lower-case name
        self.names: dict[str, list[list[str]]] = {}  # host -> what it resolves to, time by time
        self.dialled: list[str] = []  # numeric addresses
        self.own = "192.168.1.7"  # where connections to public addresses come from
        self.over = threading.Event()  # whoever drips or streams without end stops at this
        site = self

        class Serving(Handler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.asked.append(self.path)
                site.requests.append({name.lower(): value for name, value in self.headers.items()})
                with suppress(OSError):  # the other side may have had enough
                    does = site.pages.get(self.path)
                    if does is None:
                        answer(self, b"", status=404)
                    else:
                        does(self)
                self.close_connection = True

            def log_message(self, *_: Any) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: Any) -> None:
                pass

        self.server = Server(("127.0.0.1", 0), Serving)
        if tls:
            self.server.socket = tls.wrap_socket(self.server.socket, server_side=True)
        self.port = int(self.server.server_address[1])
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self.over.set()
        self.server.shutdown()
        self.server.server_close()

    def put(self, path: str, body: bytes | None = None, **given: Any) -> None:
        """An honest page; with an `etag` it is sent only to whoever has another one."""
        self.pages[path] = lambda one: answer(one, page() if body is None else body, **given)

    def redirect(self, path: str, to: str, status: int = 302) -> None:
        self.put(path, b"", status=status, location=to)

    def raw(self, path: str, *parts: bytes, forever: bytes = b"", drip: float = 0.0) -> None:
        """These very bytes; then `forever` again and again, `drip` seconds apart."""

        def does(one: Handler) -> None:
            for part in parts:
                one.wfile.write(part)
            while forever and not self.over.wait(drip):
                one.wfile.write(forever)

        self.pages[path] = does

    def resolve(self, host: str, port: int) -> list[str]:
        if host in self.names:
            times = self.names[host]
            return times.pop(0) if len(times) > 1 else times[0]
        try:
            return [str(ipaddress.ip_address(host))]
        except ValueError:
            if host.endswith(".example"):
                return [PUBLIC]
            raise socket.gaierror(-2, "Name or service not known") from None

    def dial(self, address: str, port: int, seconds: float) -> http.Stream:
        self.dialled.append(address)
        return Afar(http.dial("127.0.0.1", self.port, seconds), self.own, address)

    def net(self, **given: Any) -> Net:
        return Net(**{"pause": 0.0, "resolver": self.resolve, "dial": self.dial, **given})

    def articles_asked(self) -> list[str]:
        return [one for one in self.asked if one != "/robots.txt"]


def answer(
    one: Handler,
    body: bytes,
    *,
    status: int = 200,
    kind: str | None = "text/html; charset=utf-8",
    etag: str = "",
    **headers: str,
) -> None:
    if etag and one.headers.get("If-None-Match") == etag:
        status, body = 304, b""
    one.send_response(status)
    if kind:
        one.send_header("Content-Type", kind)
    if etag:
        one.send_header("ETag", etag)
    for name, value in headers.items():
        one.send_header(name.replace("_", "-"), value)
    one.send_header("Content-Length", str(len(body)))
    one.end_headers()
    one.wfile.write(body)


def rss(*items: tuple[str, str]) -> bytes:
    """A feed of (link, date)."""
    said = "".join(
        f"<item><title>x</title><link>{link}</link>"
        + (f"<pubDate>{when}</pubDate>" if when else "")
        + "</item>"
        for link, when in items
    )
    return (
        "<?xml version='1.0'?><rss version='2.0'><channel><title>News</title>"
        f"<link>{HOST}/</link>{said}</channel></rss>"
    ).encode()


def sitemap(*places: tuple[str, str], index: bool = False) -> bytes:
    outer, inner = ("sitemapindex", "sitemap") if index else ("urlset", "url")
    said = "".join(
        f"<{inner}><loc>{place}</loc><lastmod>{when}</lastmod></{inner}>" for place, when in places
    )
    return (
        "<?xml version='1.0' encoding='UTF-8'?>"
        f"<{outer} xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{said}</{outer}>"
    ).encode()
