"""A server that misbehaves is refused or bounded, with the reason; a good one is treated well."""

from __future__ import annotations

import contextlib
import datetime as dt
import gzip
import socket
import ssl
import subprocess
import sys
import threading
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from ingest.errors import Unreadable
from ingest.going import PULSE
from ingest.net import guard, http
from ingest.net.fetch import Net, Seen
from ingest.net.guard import public, resolve
from ingest.net.http import Limits
from ingest.net.manners import Manners, Recent
from ingest.net.robots import rules
from tests.ingest.net.site import HOST, PUBLIC, Afar, Handler, Site, answer

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def refusal(net: Net, address: str) -> str:
    with pytest.raises(Unreadable) as refused:
        net.fetch(address)
    return str(refused.value)


@pytest.mark.parametrize(
    "address",
    "127.0.0.1 127.9.9.9 10.0.0.1 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0"
    " 224.0.0.1 240.0.0.1 255.255.255.255 192.0.0.8 192.0.2.1 198.18.0.1 203.0.113.5 ::1 :: fe80::1"
    " fe80::1%eth0 fc00::1 fd00:ec2::254 fec0::1 ff02::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1"
    " ::127.0.0.1 64:ff9b::7f00:1 64:ff9b:1::1 2002:7f00:1:: 2001:0:53aa:64c:: 2001:db8::1 100::1"
    " 3fff::1 5f00::1 nonsense".split(),
)
def test_not_on_the_open_internet(address: str) -> None:
    assert not public(address)


@pytest.mark.parametrize(
    "address", [PUBLIC, "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_on_the_open_internet(address: str) -> None:
    assert public(address)


@pytest.mark.parametrize("host", ["127.1", "0x7f.1", "2130706433", "0177.0.0.1", "localhost"])
def test_other_spellings_of_this_machine(host: str, site: Site) -> None:
    assert not any(map(public, resolve(host, 80)))
    reason = refusal(site.net(resolver=resolve), f"http://{host}:{site.port}/")
    assert "not on the open internet" in reason
    assert "--allow-private" in reason
    assert site.asked == []


def test_a_page(site: Site) -> None:
    site.put("/a", b"hello", kind="text/plain; charset=iso-8859-1", etag='"1"', last_modified="x")
    got = site.net().fetch(f"{HOST}/a")
    assert (got.final, got.body, got.etag, got.modified) == (f"{HOST}/a", b"hello", '"1"', "x")
    assert (got.media, got.charset) == ("text/plain", "iso-8859-1")
    assert site.asked == ["/robots.txt", "/a"]
    assert site.dialled == [PUBLIC, PUBLIC]
    for request in site.requests:
        assert request["host"] == "news.example"
        assert request["user-agent"].startswith("Saidso/")
        assert "cookie" not in request and "authorization" not in request


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:{port}/secret",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]:{port}/secret",
        "http://10.0.0.1/secret",
        "//192.168.1.1/secret",
        "http://inside.example/secret",
        "file:///etc/passwd",
        "gopher://news.example/",
    ],
)
@pytest.mark.parametrize("hops", [1, 2])
def test_a_redirect_to_where_nobody_may_lead_us(site: Site, target: str, hops: int) -> None:
    site.names["inside.example"] = [[PUBLIC, "10.0.0.1"]]
    site.put("/secret", b"secret")
    site.redirect("/a", "/b" if hops == 2 else target.format(port=site.port))
    site.redirect("/b", target.format(port=site.port))
    reason = refusal(site.net(), f"{HOST}/a")
    assert "not on the open internet" in reason or "http://" in reason
    assert "/secret" not in site.asked
    assert set(site.dialled) == {PUBLIC}


def test_the_same_redirect_where_it_is_allowed(site: Site) -> None:
    """What the test above relies on: it is the check that stops it, and nothing else."""
    site.put("/secret", b"secret")
    site.redirect("/a", f"http://127.0.0.1:{site.port}/secret")
    assert site.net(allow_private=True).fetch(f"{HOST}/a").body == b"secret"


OURS = "2606:4700:1:2::1"


@pytest.mark.parametrize(
    ("own", "peer", "what"),
    [
        (PUBLIC, PUBLIC, "this machine itself"),
        (f"::ffff:{PUBLIC}", f"::ffff:{PUBLIC}", "this machine itself"),
        (OURS, OURS, "this machine itself"),
        (OURS, "2606:4700:1:2:ffff::9", "on this machine's own network"),
        (OURS, "2606:4700:1:3::1", ""),
        (PUBLIC, "93.184.216.35", ""),
        (f"::ffff:{PUBLIC}", "::ffff:93.184.216.35", ""),  # all of IPv4 is one /64 of IPv6
        (PUBLIC, OURS, ""),
    ],
)
def test_a_public_address_that_is_our_own(site: Site, own: str, peer: str, what: str) -> None:
    """A server on this machine may listen there, and serve what is for this machine only."""
    site.put("/a", b"secret")
    site.own, site.names["news.example"] = own, [[peer]]
    if not what:
        assert site.net().fetch(f"{HOST}/a").body == b"secret"
        return
    assert refusal(site.net(), f"{HOST}/a") == (
        f"news.example is {peer}, which is {what}; if it is meant: --allow-private"
    )
    assert site.asked == [] and site.dialled == [peer]
    assert site.net(allow_private=True).fetch(f"{HOST}/a").body == b"secret"


def test_what_a_connection_says_of_its_ends(site: Site) -> None:
    """A real one, which leads back here; and one that says nothing."""

    def plain(_: str, port: int, seconds: float) -> http.Stream:
        return http.dial("127.0.0.1", site.port, seconds)

    class Mute(Afar):
        def get_extra_info(self, info: str) -> Any:
            return None

    site.put("/a", b"x")
    assert "which is this machine itself" in refusal(site.net(dial=plain), f"{HOST}/a")
    assert site.asked == []
    mute = site.net(dial=lambda *given: Mute(plain(*given), "", ""))
    assert mute.fetch(f"{HOST}/a").body == b"x"


def test_a_name_that_leads_elsewhere_a_moment_later(site: Site) -> None:
    site.put("/a", b"first")
    site.put("/b", b"second")
    site.names["news.example"] = [[PUBLIC], [PUBLIC], ["127.0.0.1"]]
    net = site.net()
    assert net.fetch(f"{HOST}/a").body == b"first"  # asked once for robots.txt, once for the page
    assert "127.0.0.1, which is not on the open internet" in refusal(net, f"{HOST}/b")
    assert site.dialled == [PUBLIC, PUBLIC]
    assert site.articles_asked() == ["/a"]


def test_it_is_resolved_once_a_connection(site: Site) -> None:
    site.put("/a")
    asked: list[str] = []

    def resolver(host: str, port: int) -> list[str]:
        asked.append(host)
        return [PUBLIC]

    site.net(resolver=resolver).fetch(f"{HOST}/a")
    assert len(asked) == len(site.dialled) == 2


def test_another_address_where_the_first_is_dead(site: Site) -> None:
    import httpcore2

    def dial(address: str, port: int, seconds: float) -> Any:
        if address == PUBLIC:
            raise httpcore2.ConnectError("nobody there")
        return site.dial(address, port, seconds)

    site.put("/a", b"x")
    site.names["news.example"] = [[PUBLIC, "8.8.8.8"]]
    assert site.net(dial=dial).fetch(f"{HOST}/a").body == b"x"
    site.names["news.example"] = [[PUBLIC]]
    assert "cannot connect: nobody there" in refusal(site.net(dial=dial), f"{HOST}/a")


def test_no_such_host(site: Site) -> None:
    assert "no such host as nowhere.test" in refusal(site.net(), "http://nowhere.test/")


@pytest.fixture
def silence(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """What lets go all that wait for a resolver; and slots of the test's own, three of them."""
    monkeypatch.setattr(guard, "_AT_ONCE", 3)
    monkeypatch.setattr(guard, "_slots", threading.BoundedSemaphore(3))
    over = threading.Event()
    yield over
    over.set()


def test_a_resolver_that_hangs(site: Site, silence: threading.Event) -> None:
    """It holds up its own host for a moment, and nobody else."""
    site.put("/a", b"x")

    def resolver(host: str, port: int) -> list[str]:
        if host.startswith("silent"):
            silence.wait()
        return site.resolve(host, port)

    net, started = site.net(resolver=resolver, limits=Limits(seconds=0.4)), time.monotonic()
    assert refusal(net, "http://silent.example/a") == (
        "no address of silent.example was found within 0.4 s; is the network there?"
    )
    assert "silent.example was not asked again" in refusal(net, "http://silent.example/b")
    assert time.monotonic() - started < 3
    assert net.fetch(f"{HOST}/a").body == b"x"


def test_names_that_nothing_answers_for_are_not_piled_up(
    site: Site, silence: threading.Event
) -> None:
    """A slot is waited for, but not for long, and given back when the resolver is done, however
    late, and whatever it says. Whoever got none suffers from it for that page only.
    """
    site.put("/a", b"x")
    asked: list[str] = []

    def resolver(host: str, port: int) -> list[str]:
        asked.append(host)
        if silence.wait(0 if host == "news.example" else None) and host == "1.example":
            raise OSError("no")
        return site.resolve(host, port)

    net = site.net(resolver=resolver, limits=Limits(seconds=0.2))
    for number in range(3):
        assert "within 0.2 s" in refusal(net, f"http://{number}.example/a")
    for _ in range(2):
        started = time.monotonic()
        assert refusal(net, f"{HOST}/a") == (
            "news.example is not looked up: 3 other names have had no answer yet"
        )
        assert 0.2 <= time.monotonic() - started < 2
    assert asked == ["0.example", "1.example", "2.example"]
    silence.set()
    until = time.monotonic() + 10
    while guard._slots._value < 3 and time.monotonic() < until:
        time.sleep(0.01)
    assert guard._slots._value == 3, "each gave its slot back"
    assert net.fetch(f"{HOST}/a").body == b"x"


def test_a_name_waits_until_another_has_its_answer(site: Site, silence: threading.Event) -> None:
    site.put("/a", b"x")

    def resolver(host: str, port: int) -> list[str]:
        if host != "news.example":
            silence.wait()
        return site.resolve(host, port)

    for number in range(3):
        refusal(site.net(resolver=resolver, limits=Limits(seconds=0.1)), f"http://{number}.example")
    threading.Timer(0.5, silence.set).start()
    assert site.net(resolver=resolver).fetch(f"{HOST}/a").body == b"x"


@pytest.mark.parametrize("others", [0, 3], ids=["for its answer", "for its turn"])
def test_a_stop_while_a_name_is_waited_for(
    site: Site, silence: threading.Event, others: int
) -> None:
    def resolver(host: str, port: int) -> list[str]:
        silence.wait()
        return []

    brief = site.net(resolver=resolver, limits=Limits(seconds=0.1))
    for number in range(others):
        refusal(brief, f"http://{number}.example/")
    started = time.monotonic()

    def going() -> None:
        if time.monotonic() - started > 0.5:
            raise EOFError

    with pytest.raises(EOFError):
        site.net(resolver=resolver, going=going).fetch(f"{HOST}/a")
    assert time.monotonic() - started < 3


def test_a_program_ends_though_a_resolver_hangs() -> None:
    script = (
        "import threading; from ingest.net.guard import checked\n"
        "hang = lambda host, port: threading.Event().wait()\n"
        "checked('a.example', 80, hang, allow_private=False, patience=0.1)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False
    )
    assert "Silent: no address of a.example was found within 0.1 s" in done.stderr


def test_it_ends_when_nobody_waits_any_more(site: Site) -> None:
    """In the middle of an answer that comes drop by drop, and in a pause between two."""
    site.raw("/drip", OK + b"\r\n", forever=b"X", drip=0.1)
    site.put("/a", b"x")
    until = time.monotonic() + 1.0

    def going() -> None:
        if time.monotonic() > until:
            raise EOFError

    with pytest.raises(EOFError):
        site.net(going=going).fetch(f"{HOST}/drip")
    assert time.monotonic() - until < 3
    until = time.monotonic() + 1.0
    with pytest.raises(EOFError):
        site.net(going=going, pause=30).fetch(f"{HOST}/a")
    assert time.monotonic() - until < 3
    assert "/a" not in site.asked


def test_an_answer_that_takes_its_time_is_waited_for(site: Site) -> None:
    """Longer than the looks at whether to go on are apart."""

    def slow(one: Handler) -> None:
        time.sleep(3 * PULSE)
        answer(one, b"x")

    site.pages["/a"] = slow
    assert site.net().fetch(f"{HOST}/a").body == b"x"


@pytest.mark.parametrize(
    "parts",
    [
        (OK + b"\r\n",),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n",),
        (OK + b"Content-Length: 999999999999\r\n\r\n",),
    ],
    ids=["to the end of the connection", "chunked", "announced"],
)
def test_a_body_without_end(site: Site, parts: tuple[bytes, ...]) -> None:
    chunk = b"x" * 65_536
    framed = b"10000\r\n" + chunk + b"\r\n" if b"chunked" in parts[0] else chunk
    site.raw("/a", *parts, forever=framed)
    reason = refusal(site.net(limits=Limits(size=1_000_000)), f"{HOST}/a")
    assert "without end" in reason or "999,999,999,999 bytes" in reason


def test_headers_without_end(site: Site) -> None:
    site.raw("/a", b"HTTP/1.1 200 OK\r\n", forever=b"X-More: " + b"x" * 1000 + b"\r\n")
    assert "not a whole answer" in refusal(site.net(), f"{HOST}/a")


def test_a_bomb(site: Site) -> None:
    bomb = gzip.compress(bytes(100_000_000))
    assert len(bomb) < 200_000
    site.put("/a", bomb, content_encoding="gzip")
    site.put("/twice", gzip.compress(bomb), content_encoding="gzip, gzip")
    net = site.net(limits=Limits(size=1_000_000))
    refusal(net, f"{HOST}/nothing")  # what is imported and cached is not the bomb's
    tracemalloc.start()
    assert refusal(net, f"{HOST}/a") == "unfolds to more than 1,000,000 bytes"
    assert tracemalloc.get_traced_memory()[1] < 8_000_000
    tracemalloc.stop()
    assert "'gzip, gzip', which was not asked for" in refusal(net, f"{HOST}/twice")


def test_gzip(site: Site) -> None:
    site.put("/a", gzip.compress(b"one ") + gzip.compress(b"two"), content_encoding="gzip")
    assert site.net().fetch(f"{HOST}/a").body == b"one two"
    site.put("/b", gzip.compress(b"hello" * 99)[:-9], content_encoding="gzip")
    assert "ends before its end" in refusal(site.net(), f"{HOST}/b")
    site.put("/c", b"no gzip at all", content_encoding="gzip")
    assert "damaged on its way" in refusal(site.net(), f"{HOST}/c")
    site.put("/d", b"x", content_encoding="br")
    assert "'br', which was not asked for" in refusal(site.net(), f"{HOST}/d")


@pytest.mark.parametrize("begins", [OK + b"\r\n", OK, b""], ids=["body", "headers", "status"])
def test_a_drip(site: Site, begins: bytes) -> None:
    """Each byte comes in good time; all of them never do."""
    site.raw("/a", begins, forever=b"X", drip=0.1)
    site.put("/b")
    net, started = site.net(limits=Limits(seconds=1.0)), time.monotonic()
    assert refusal(net, f"{HOST}/a") == "no whole answer within 1 s"
    assert time.monotonic() - started < 5
    assert "news.example was not asked again" in refusal(net, f"{HOST}/b")
    assert "/b" not in site.asked


def test_one_who_never_speaks(site: Site) -> None:
    site.raw("/robots.txt", forever=b" ", drip=30)
    started = time.monotonic()
    assert "no whole answer" in refusal(site.net(limits=Limits(seconds=0.5)), f"{HOST}/a")
    assert time.monotonic() - started < 5


def test_a_wrong_length(site: Site) -> None:
    site.raw("/long", OK + b"Content-Length: 1000\r\n\r\nshort")
    site.raw("/short", OK + b"Content-Length: 5\r\n\r\nhello, world")
    site.raw("/both", OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello, world")
    site.raw("/minus", OK + b"Content-Length: -5\r\n\r\nhello")
    net = site.net()
    assert "not a whole answer" in refusal(net, f"{HOST}/long")
    assert net.fetch(f"{HOST}/short").body == b"hello"
    assert "not a whole answer" in refusal(net, f"{HOST}/both")
    assert "not a whole answer" in refusal(net, f"{HOST}/minus")


@pytest.mark.parametrize("said", [b"", b"hello", b"HTTP/9.9 what\r\n\r\n", b"\0" * 5000])
def test_no_http_at_all(site: Site, said: bytes) -> None:
    site.raw("/a", said)
    assert "not a whole answer" in refusal(site.net(), f"{HOST}/a")


def test_redirects(site: Site) -> None:
    site.redirect("/a", "b?x=1#y", 301)
    site.redirect("/b?x=1", "/caf\u00c3\u00a9", 308)
    site.put("/caf%C3%A9", b"there")
    got = site.net().fetch(f"{HOST}/a")
    assert (got.final, got.body) == (f"{HOST}/caf%C3%A9", b"there")
    site.redirect("/loop", "/loop")
    assert refusal(site.net(), f"{HOST}/loop") == "more than 6 redirects"
    assert site.asked.count("/loop") == 7
    site.put("/nowhere", b"", status=302)
    assert "302 Found" in refusal(site.net(), f"{HOST}/nowhere")


@pytest.mark.parametrize(
    ("status", "reason"),
    [(404, "404 Not Found"), (500, "500 Internal"), (403, "403"), (204, "204"), (299, "says 299")],
)
def test_no_page(site: Site, status: int, reason: str) -> None:
    site.put("/a", b"an error page", status=status)
    assert reason in refusal(site.net(), f"{HOST}/a")


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_has_had_enough(site: Site, status: int) -> None:
    site.put("/a", b"", status=status, retry_after="100")
    site.put("/b")
    net = site.net()
    assert "try again later" in refusal(net, f"{HOST}/a")
    assert "was not asked again" in refusal(net, f"{HOST}/b")
    assert site.articles_asked() == ["/a"]


def test_as_it_was(site: Site) -> None:
    site.put("/a", b"x", etag='"1"')
    site.redirect("/old", "/a")
    net = site.net()
    assert net.fetch(f"{HOST}/a", Seen(f"{HOST}/a", '"1"', None)).body is None
    assert net.fetch(f"{HOST}/old", Seen(f"{HOST}/a", '"1"', None)).body is None
    assert net.fetch(f"{HOST}/a", Seen(f"{HOST}/a", '"2"', "Mon")).body == b"x"
    assert site.requests[-1]["if-modified-since"] == "Mon"
    site.put("/b", b"", status=304)
    assert "304" in refusal(net, f"{HOST}/b")  # nothing was asked of it that 304 could answer


ROBOTS = b"User-agent: *\nDisallow: /no\nAllow: /no/but\nDisallow: /*.pdf$\nCrawl-delay: 0.3\n"


def test_robots(site: Site) -> None:
    site.put("/robots.txt", ROBOTS, kind="text/plain")
    for path in ("/yes", "/no", "/no/but", "/x.pdf", "/x.pdf?y"):
        site.put(path, b"x")
    site.redirect("/leads-there", "/no")
    net = site.net()
    for path in ("/yes", "/no/but", "/x.pdf?y"):
        assert net.fetch(HOST + path).body == b"x"
    for path in ("/no", "/no/thing", "/x.pdf", "/leads-there"):
        assert refusal(net, HOST + path) == (
            "http://news.example/robots.txt asks programs not to read this page"
        )
    assert site.asked == ["/robots.txt", "/yes", "/no/but", "/x.pdf?y", "/leads-there"]


def test_robots_that_names_us(site: Site) -> None:
    site.put("/robots.txt", b"User-agent: Saidso\nDisallow: /\nUser-agent: *\nAllow: /\n")
    assert "asks programs not to read" in refusal(site.net(), f"{HOST}/a")


@pytest.mark.parametrize("status", [500, 503, 429])
def test_robots_that_cannot_be_read(site: Site, status: int) -> None:
    site.put("/robots.txt", b"", status=status)
    site.put("/a")
    assert "robots.txt cannot be read" in refusal(site.net(), f"{HOST}/a")
    assert site.asked == ["/robots.txt"]


@pytest.mark.parametrize("target", ["http://169.254.169.254/", "http://127.0.0.1:{port}/secret"])
def test_robots_that_leads_inside(site: Site, target: str) -> None:
    site.redirect("/robots.txt", target.format(port=site.port))
    assert "not on the open internet" in refusal(site.net(), f"{HOST}/a")
    assert site.asked == ["/robots.txt"]


def test_robots_without_end(site: Site) -> None:
    site.raw("/robots.txt", OK + b"\r\n", forever=b"Disallow: /x\n" * 5000)
    assert "robots.txt cannot be read" in refusal(site.net(), f"{HOST}/a")


def test_a_pause_between_two_requests(site: Site) -> None:
    times: list[float] = []

    def timed(one: Handler) -> None:
        times.append(time.monotonic())
        answer(one, b"x")

    for path in ("/a", "/b"):
        site.pages[path] = timed
    net = site.net(pause=0.5)
    for path in ("/a", "/b"):
        net.fetch(HOST + path)
    assert times[1] - times[0] >= 0.49
    started = time.monotonic()
    net._leave("http://other.example/b")  # another host need not wait for this one
    assert time.monotonic() - started < 0.4


def test_the_next_run_is_as_polite_as_the_same_one(site: Site) -> None:
    """What a host asked for holds; what went wrong on the way to it may be over."""
    site.put("/robots.txt", b"User-agent: *\nDisallow: /no\nCrawl-delay: 0.6")
    for path in ("/a", "/b"):
        site.put(path, b"x")
    manners = Manners()

    def net() -> Net:
        return site.net(manners=manners)

    net().fetch(f"{HOST}/a")
    started = time.monotonic()
    net().fetch(f"{HOST}/b")
    assert time.monotonic() - started >= 0.55
    assert "asks programs not to read" in refusal(net(), f"{HOST}/no")
    assert site.asked == ["/robots.txt", "/a", "/b"]

    site.put("/b", b"", status=429)
    refusal(net(), f"{HOST}/b")
    assert refusal(net(), f"{HOST}/a") == (
        "the server says 429 Too Many Requests: try again later; news.example was not asked again"
    )
    assert site.asked == ["/robots.txt", "/a", "/b", "/b"]

    site.names["other.example"] = [["10.0.0.1"], [PUBLIC]]
    assert "not on the open internet" in refusal(net(), "http://other.example/a")
    assert net().fetch("http://other.example/a").body == b"x"
    site.put("/robots.txt", b"", status=503)
    assert "cannot be read now" in refusal(net(), "http://third.example/a")
    site.put("/robots.txt", b"", status=404)
    assert net().fetch("http://third.example/a").body == b"x"


def test_what_is_remembered_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """With time, and where it becomes much."""
    now = [1000.0]
    clock = SimpleNamespace(monotonic=lambda: now[0])
    monkeypatch.setattr("ingest.net.manners.time", clock)
    some = Recent[int](60.0, 10)
    some.put("a", 1, 4)
    now[0] += 50
    some.put("b", 2, 4)
    assert (some.get("a"), some.get("b")) == (1, 2)
    now[0] += 10
    assert (some.get("a"), some.get("b")) == (None, 2)
    some.put("b", 3, 5)  # anew
    some.put("c", 4, 5)
    now[0] += 55
    assert (some.get("b"), some.get("c")) == (3, 4)
    some.put("d", 5, 1)
    assert (some.get("b"), some.get("c"), some.get("d")) == (None, 4, 5)
    some.put("e", 6, 11)  # by itself too much
    assert [some.get(one) for one in "bcde"] == [None] * 4 and some._weight == 0


def test_many_hosts_are_not_remembered_for_ever() -> None:
    manners = Manners()
    for number in range(3000):
        manners.asked.put(f"{number}.example", 1.0)
        manners.enough.put(f"{number}.example", "later")
        manners.keep(f"http://{number}.example", rules(404, b""))
    assert manners.rules("http://2999.example") and manners.enough.get("2999.example")
    assert max(len(one._held) for one in (manners.asked, manners.enough, manners._rules)) <= 1000
    long = b"User-agent: *\nDisallow: /\n" + b"#" * 400_000
    for number in range(9):
        manners.keep(f"http://{number}.test", rules(200, long))
    kept = [number for number in range(9) if manners.rules(f"http://{number}.test")]
    assert kept == [7, 8]


def test_the_pause_that_the_host_asks_for(site: Site) -> None:
    site.put("/robots.txt", b"User-agent: *\nCrawl-delay: 0.5")
    site.put("/a", b"x")
    started = time.monotonic()
    site.net().fetch(f"{HOST}/a")
    assert time.monotonic() - started >= 0.49


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for news.example, and its key, in one file."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "news.example")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("news.example")]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.fixture
def secure(certificate: Path) -> Iterator[tuple[Site, list[str | None], ssl.SSLContext]]:
    """A site with TLS, the names it was greeted with, and a trust in its certificate."""
    greeted: list[str | None] = []
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(certificate)
    serving.sni_callback = lambda _, name, __: greeted.append(name)
    site = Site(serving)
    yield site, greeted, ssl.create_default_context(cafile=str(certificate))
    site.close()


def test_the_name_is_verified_though_the_address_is_pinned(
    secure: tuple[Site, list[str | None], ssl.SSLContext],
) -> None:
    site, greeted, trust = secure
    site.put("/a", b"x")
    assert site.net(trust=lambda: trust).fetch("https://news.example/a").body == b"x"
    assert set(greeted) == {"news.example"}
    assert site.dialled == [PUBLIC, PUBLIC]
    reason = refusal(site.net(trust=lambda: trust), "https://other.example/a")
    assert "cannot connect" in reason and "other.example" in reason
    reason = refusal(site.net(), "https://news.example/a")  # nobody the system trusts
    assert "CERTIFICATE_VERIFY_FAILED" in reason
    assert site.articles_asked() == ["/a"]


def test_no_tls_at_all(site: Site) -> None:
    assert "cannot connect: [SSL" in refusal(site.net(), "https://news.example/a")


@pytest.mark.parametrize(
    ("address", "room", "addresses", "seconds"),
    [(HOST, 0, 1, 1), (HOST, 0, 2, 2), ("https://news.example", 9, 1, 1)],
    ids=["no call is taken", "at none of two addresses", "no greeting is answered"],
)
def test_nobody_there_in_good_time(
    monkeypatch: pytest.MonkeyPatch, address: str, room: int, addresses: int, seconds: int
) -> None:
    """It is told apart from an answer that takes too long, with the time it was waited for."""
    monkeypatch.setattr(http, "_CONNECT", 1.0)
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=room))
        where = server.getsockname()
        stack.enter_context(socket.create_connection(where))  # fills what has no room
        net = Net(
            pause=0.0,
            resolver=lambda *_: ["127.0.0.1"] * addresses,
            dial=lambda one, _, limit: http.dial(one, where[1], limit),
            allow_private=True,
        )
        assert refusal(net, f"{address}/a") == f"cannot connect: no answer within {seconds} s"
        assert "was not asked again" in refusal(net, f"{address}/b")
