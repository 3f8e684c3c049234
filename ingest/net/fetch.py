"""Pages one after the other, with manners: robots.txt, pauses, no page twice if it is as it was.

Every hop of a redirect is treated as an address of its own: checked, asked for leave, waited for.
"""

from __future__ import annotations

import functools
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from email.message import Message
from http import HTTPStatus

from ingest.errors import Hindered, Unreadable
from ingest.going import PULSE, Going, on
from ingest.net import guard, http, robots
from ingest.net.address import host_of, joined, root_of
from ingest.net.manners import Manners

PAUSE = 1.0  # seconds between two requests to one host
_REDIRECTS = 6  # hops; consent and log-in loops never end
_ROBOTS = 1_000_000  # bytes of a robots.txt; RFC 9309 asks for half of that
_LATER = (429, 503)
_LIMITS = http.Limits()


@dataclass(frozen=True, slots=True)
class Seen:
    """What a page said of itself when it was last fetched, to ask whether it has changed."""

    final: str
    etag: str | None
    modified: str | None


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page; `body` is None where it is as it was. `final` is where the redirects ended."""

    final: str
    body: bytes | None
    etag: str | None = None
    modified: str | None = None
    media: str = ""  # "text/html", as the server says
    charset: str | None = None


class Net:
    """The net as one run sees it. Nothing is asked of it before `fetch`; use it in one thread.

    `manners` are what earlier runs left and later ones go by: this run's own, unless given.
    `going` is asked a few times a second whether to go on; what it raises ends the fetch.
    """

    def __init__(
        self,
        *,
        allow_private: bool = False,
        pause: float | None = None,
        limits: http.Limits = _LIMITS,
        resolver: guard.Resolver = guard.resolve,
        dial: http.Dial = http.dial,
        trust: Callable[[], ssl.SSLContext] = http.trusted,
        going: Going = on,
        manners: Manners | None = None,
    ) -> None:
        self._allow_private, self._pause, self._limits = allow_private, pause, limits
        self._resolver, self._dial, self._trust, self._going = resolver, dial, trust, going
        self._manners = manners or Manners()
        self._closed: dict[str, str] = {}  # hosts not to be asked again in this run, and why
        self._rules: dict[str, robots.Rules] = {}  # by scheme, host and port

    def fetch(self, address: str, seen: Seen | None = None) -> Fetched:
        """The page at a normal address. Raises Unreadable with the reason it is not to be had."""
        for _ in range(_REDIRECTS + 1):
            rules = self._leave(address)
            conditions = {}
            if seen and seen.final == address:
                said = {"If-None-Match": seen.etag, "If-Modified-Since": seen.modified}
                conditions = {name: value for name, value in said.items() if value}
            answer = self._get(address, conditions, self._limits, delay=rules.delay)
            if answer.status == 200:
                return _fetched(address, answer)
            if answer.status == 304 and conditions:
                return Fetched(address, None)
            address = self._next(address, answer)
        raise Unreadable(f"more than {_REDIRECTS} redirects")

    def _next(self, address: str, answer: http.Answer) -> str:
        """Where a redirect leads. Raises Unreadable when it is none."""
        to = answer.headers.get("location")
        if answer.status in (301, 302, 303, 307, 308) and to:
            try:
                return joined(address, to.encode("latin-1").decode("utf-8", "replace"))
            except Unreadable as refusal:
                raise Unreadable(f"redirects to {to[:200]!r}: {refusal}") from None
        if answer.status in _LATER:
            reason = f"{_named(answer.status)}: try again later"
            self._manners.enough.put(host_of(address), reason)
            self._closed[host_of(address)] = reason
            raise Unreadable(reason)
        raise Unreadable(_named(answer.status))

    def _leave(self, address: str) -> robots.Rules:
        """Ask the host's robots.txt, once. Raises Unreadable where it says no."""
        root = root_of(address)
        rules = self._rules.get(root) or self._manners.rules(root)
        if rules is None:
            rules = self._read_rules(f"{root}/robots.txt")
            self._manners.keep(root, rules)
        self._rules[root] = rules
        if rules.trouble:
            raise Unreadable(rules.trouble)
        if not rules.allow(address):
            raise Unreadable(f"{root}/robots.txt asks programs not to read this page")
        return rules

    def _read_rules(self, address: str) -> robots.Rules:
        limits = replace(self._limits, size=min(self._limits.size, _ROBOTS))
        for _ in range(_REDIRECTS + 1):
            try:
                answer = self._get(address, {}, limits)
            except (guard.Silent, Hindered):
                raise
            except Unreadable as refusal:
                return robots.Rules(trouble=f"its robots.txt cannot be read: {refusal}")
            if not (300 <= answer.status < 400):
                return robots.rules(answer.status, answer.body)
            try:
                address = self._next(address, answer)
            except Unreadable as refusal:
                return robots.Rules(trouble=f"its robots.txt cannot be read: {refusal}")
        return robots.Rules()  # as RFC 9309 has it

    def _get(
        self, address: str, headers: Mapping[str, str], limits: http.Limits, *, delay: float = 0.0
    ) -> http.Answer:
        host = host_of(address)
        if reason := self._closed.get(host) or self._manners.enough.get(host):
            raise Unreadable(f"{reason}; {host} was not asked again")
        pause = max(PAUSE if self._pause is None else self._pause, delay)
        self._going()
        asked = self._manners.asked.get(host)
        while asked is not None and (due := asked + pause - time.monotonic()) > 0:
            time.sleep(min(due, PULSE))
            self._going()
        try:
            return http.get(
                address,
                headers,
                limits=limits,
                places=self._places,
                dial=functools.partial(self._connect, host),
                trust=self._trust,
                going=self._going,
            )
        except guard.Silent as silent:
            self._closed[host] = str(silent)
            raise
        finally:
            self._manners.asked.put(host, time.monotonic())

    def _connect(self, host: str, address: str, port: int, seconds: float) -> http.Stream:
        """Raises Silent where it leads back to this machine."""
        stream = self._dial(address, port, seconds)
        if self._allow_private:
            return stream
        try:
            own, peer = (stream.get_extra_info(f"{end}_addr") for end in ("client", "server"))
        except OSError:  # it broke; what is asked of it says so
            return stream
        if own and peer and (kin := guard.kin(own[0], peer[0])):
            stream.close()
            raise guard.Silent(
                f"{host} is {address}, which is {kin}; if it is meant: --allow-private"
            )
        return stream

    def _places(self, host: str, port: int) -> list[str]:
        return guard.checked(
            host,
            port,
            self._resolver,
            allow_private=self._allow_private,
            patience=min(guard.PATIENCE, self._limits.seconds),
            going=self._going,
        )


def _fetched(address: str, answer: http.Answer) -> Fetched:
    message = Message()
    message["content-type"] = answer.headers.get("content-type", "")
    charset = message.get_content_charset()
    media = message.get_content_type() if answer.headers.get("content-type") else ""
    told = {name: answer.headers.get(name) for name in ("etag", "last-modified")}
    etag, modified = (one if one and len(one) < 1000 else None for one in told.values())
    return Fetched(address, answer.body, etag, modified, media, charset)


def _named(status: int) -> str:
    try:
        return f"the server says {status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"the server says {status}"
