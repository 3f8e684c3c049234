"""One request, and an end to everything about it. The one door to httpcore2.

It follows no redirect, keeps no cookie, uses no proxy; certificates are checked against the name
that was asked for, while the connection goes to an address that was checked (`ingest.net.guard`).
"""

from __future__ import annotations

import functools
import ssl
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpcore2

from ingest.errors import Unreadable
from ingest.going import PULSE, Going, on
from ingest.net.guard import Silent

Stream = httpcore2.NetworkStream
Dial = Callable[[str, int, float], Stream]  # numeric address, port, seconds -> a connection
Places = Callable[[str, int], list[str]]  # host, port -> checked numeric addresses

_CONNECT = 10.0  # seconds for one address of a host; it may have others
AGENT = "Saidso/0.1 (reads articles for its owner; robots.txt: saidso)"


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one answer. `size` counts bytes, as they come and unfolded alike."""

    size: int = 64_000_000
    seconds: float = 60.0


@dataclass(frozen=True, slots=True)
class Answer:
    """`headers` are by lower-case name; `body` is unfolded, and empty unless `status` is 200."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def dial(address: str, port: int, seconds: float) -> Stream:
    return httpcore2.SyncBackend().connect_tcp(address, port, timeout=seconds)


@functools.cache
def trusted() -> ssl.SSLContext:
    """The certificates that the system trusts."""
    return httpcore2.default_ssl_context()


def get(
    address: str,
    headers: Mapping[str, str],
    *,
    limits: Limits,
    places: Places,
    dial: Dial = dial,
    trust: Callable[[], ssl.SSLContext] = trusted,
    going: Going = on,
) -> Answer:
    """Raises Unreadable, whatever goes wrong; Silent where it is likely the host's fault. And what
    `going` raises.
    """
    parts = urlsplit(address)
    asked = {"Host": parts.netloc, "User-Agent": AGENT, "Accept": "*/*"}
    asked |= {"Accept-Encoding": "gzip", "Connection": "close", **headers}
    connection = httpcore2.HTTPConnection(
        httpcore2.URL(address).origin,
        ssl_context=trust() if parts.scheme == "https" else None,
        network_backend=_Checked(places, dial, time.monotonic() + limits.seconds, going),
    )
    try:
        with connection, connection.stream("GET", address, headers=[*asked.items()]) as response:
            said = {
                name.decode("latin-1").lower(): value.decode("latin-1").strip()
                for name, value in response.headers
            }
            whole = response.status == 200
            body = _unfolded(response.iter_stream(), said, limits.size) if whole else b""
            return Answer(response.status, said, body)
    except httpcore2.TimeoutException:
        raise Silent(f"no whole answer within {limits.seconds:.0f} s") from None
    except httpcore2.ConnectError as error:
        raise Silent(f"cannot connect: {_told(error)}") from None
    except httpcore2.NetworkError as error:
        raise Unreadable(f"the connection broke: {_told(error)}") from None
    except httpcore2.ProtocolError as error:
        raise Unreadable(f"not a whole answer: {_told(error)}") from None


def _told(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__


def _unfolded(chunks: Iterable[bytes], said: Mapping[str, str], most: int) -> bytes:
    """The body, as far as it goes; no more than `most` bytes of it are ever held."""
    announced = said.get("content-length", "")
    if announced.isdecimal() and int(announced) > most:
        raise Unreadable(f"{int(announced):,} bytes; a page may have {most:,}")
    counted = _counted(chunks, most)
    encoding = said.get("content-encoding", "").lower()
    if encoding in ("", "identity"):
        return b"".join(counted)
    if encoding in ("gzip", "x-gzip"):
        return gunzipped(counted, most)
    raise Unreadable(f"sent as {encoding[:40]!r}, which was not asked for")


def _counted(chunks: Iterable[bytes], most: int) -> Iterator[bytes]:
    total = 0
    for chunk in chunks:
        total += len(chunk)
        if total > most:
            raise Unreadable(f"longer than {most:,} bytes, or without end")
        yield chunk


def gunzipped(chunks: Iterable[bytes], most: int) -> bytes:
    """Raises Unreadable for what unfolds to more than `most` bytes, before it has."""
    unfolding, held = zlib.decompressobj(zlib.MAX_WBITS | 16), bytearray()
    try:
        for chunk in chunks:
            while chunk:
                held += unfolding.decompress(chunk, most - len(held) + 1)
                if len(held) > most:
                    raise Unreadable(f"unfolds to more than {most:,} bytes")
                if not unfolding.eof:
                    break
                chunk = unfolding.unused_data  # another member, or padding
                if not chunk.startswith(b"\x1f\x8b"):
                    return bytes(held)
                unfolding = zlib.decompressobj(zlib.MAX_WBITS | 16)
    except zlib.error as error:
        raise Unreadable(f"damaged on its way: {error}") from None
    if not unfolding.eof:
        raise Unreadable("not a whole answer: its gzip ends before its end")
    return bytes(held)


class _Checked(httpcore2.NetworkBackend):
    """Connects to checked addresses only, and not beyond the moment `until`."""

    def __init__(self, places: Places, dial: Dial, until: float, going: Going) -> None:
        self._places, self._dial, self._until, self._going = places, dial, until, going

    def connect_tcp(self, host: str, port: int, *_: Any, **__: Any) -> Stream:
        places, started = self._places(host, port), time.monotonic()
        failed: Exception = httpcore2.ConnectError("nothing answers")
        for place in places:
            self._going()
            try:
                stream = self._dial(place, port, min(_left(self._until), _CONNECT))
                return _Timed(stream, self._until, self._going)
            except httpcore2.ConnectError as error:
                failed = error
            except httpcore2.TimeoutException:  # all addresses together, as one waited for them
                failed = _unanswered(started)
        raise failed


class _Timed(Stream):
    """A connection whose every wait together ends at the moment `until`: a drip ends as well."""

    def __init__(self, stream: Stream, until: float, going: Going) -> None:
        self._stream, self._until, self._going = stream, until, going

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        while True:
            self._going()
            left = _left(self._until)
            try:
                return self._stream.read(max_bytes, min(left, PULSE))
            except httpcore2.ReadTimeout:
                if left <= PULSE:
                    raise

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._until))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> Stream:
        started = time.monotonic()
        try:
            left = _left(self._until)
            stream = self._stream.start_tls(ssl_context, server_hostname, min(left, _CONNECT))
            return _Timed(stream, self._until, self._going)
        except BaseException as error:  # nobody else has hold of it yet
            self.close()
            if isinstance(error, httpcore2.ConnectTimeout):
                raise _unanswered(started) from None
            raise

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _unanswered(since: float) -> Silent:
    return Silent(f"cannot connect: no answer within {time.monotonic() - since:.0f} s")


def _left(until: float) -> float:
    """Seconds; never 0, which would mean not to wait at all."""
    left = until - time.monotonic()
    if left <= 0:
        raise httpcore2.ReadTimeout("too late")
    return left
