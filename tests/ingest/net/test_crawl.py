"""Pages and feeds into a library: what is new is fetched, what is known is not, and no page passes
for another.
"""

from __future__ import annotations

import gzip
import os
import signal
import threading
from pathlib import Path
from typing import Any

import pytest

from ingest.formats import apart
from ingest.library import Library
from ingest.net.crawl import Crawl
from ingest.net.visits import Visits
from ingest.pipeline import Tally, ingest
from ingest.types import Change
from tests.documents import BODY, book, column, page, pdf, word_document
from tests.fakes import WordEncoder, contents
from tests.ingest.net.site import HOST, Handler, Site, answer, rss, sitemap

FEED = f"{HOST}/feed"
MONDAY, TUESDAY = "Mon, 05 Sep 2022 08:30:00 +0200", "Tue, 06 Sep 2022 08:30:00 +0200"


def crawl(
    library: Library,
    site: Site,
    *addresses: str,
    feeds: tuple[str, ...] = (),
    either: tuple[str, ...] = (),
    encoder: WordEncoder | None = None,
) -> Tally:
    """As the command line does it."""
    tally = Tally()
    pages = Crawl(site.net(), Visits(library)).pages(addresses, feeds, either)
    encoder = encoder or WordEncoder()
    ingest(library, encoder, pages, tally=tally, progress=lambda _: None, at_once=True)
    return tally


def read_feed(library: Library, site: Site, **given: Any) -> Tally:
    return crawl(library, site, feeds=(FEED,), **given)


def news(number: int, *, head: str = "") -> bytes:
    """One page of many: its own text in a frame that all share."""
    said = tuple(f"{one} That was report number {number} of the flood." for one in BODY)
    return page(title=f"Flood report {number}", paragraphs=said, head=head)


def reasons(tally: Tally) -> list[str]:
    return [one.reason for one in tally.rejected]


def test_a_page_is_the_article_of_its_address(library: Library, site: Site) -> None:
    site.put("/flood", page(head="<meta name='author' content='Jane Doe'>"))
    assert crawl(library, site, f"{HOST}/flood?utm_source=x#top").changes == {
        f"{HOST}/flood": Change.ADDED
    }
    with library.snapshot() as snapshot:
        article = snapshot.article(f"{HOST}/flood")
        assert article is not None
        assert (article.title, article.author) == ("Flood at Varnay", "Jane Doe")
        assert article.source == f"{HOST}/flood"
        assert BODY[0] in article.text and "Imprint" not in article.text


def test_read_again(library: Library, site: Site) -> None:
    """Unchanged as the server says, as the bytes say, as the text says; then a change."""
    site.put("/a", news(1), etag='"1"')
    crawl(library, site, f"{HOST}/a")
    encoder = WordEncoder()
    unchanged = {f"{HOST}/a": Change.UNCHANGED}
    assert crawl(library, site, f"{HOST}/a", encoder=encoder).changes == unchanged
    assert site.requests[-1]["if-none-match"] == '"1"'
    site.put("/a", news(1), etag='"2"')
    assert crawl(library, site, f"{HOST}/a", encoder=encoder).changes == unchanged
    site.put("/a", news(1, head="<!-- served at 10:31 -->"), etag='"3"')
    assert crawl(library, site, f"{HOST}/a", encoder=encoder).changes == unchanged
    assert encoder.encoded == []
    site.put("/a", news(2), etag='"4"')
    assert crawl(library, site, f"{HOST}/a").changes == {f"{HOST}/a": Change.CHANGED}
    assert "report number 2" in contents(library)[f"{HOST}/a"]
    assert site.articles_asked() == ["/a"] * 5


def test_what_was_removed_is_fetched_whole(library: Library, site: Site) -> None:
    site.put("/a", news(1), etag='"1"')
    crawl(library, site, f"{HOST}/a")
    library.remove(f"{HOST}/a")
    assert crawl(library, site, f"{HOST}/a").changes == {f"{HOST}/a": Change.ADDED}
    assert "if-none-match" not in site.requests[-1]


def test_a_page_that_is_gone_is_kept(library: Library, site: Site) -> None:
    site.put("/a", news(1))
    crawl(library, site, f"{HOST}/a")
    del site.pages["/a"]
    assert reasons(crawl(library, site, f"{HOST}/a")) == ["the server says 404 Not Found"]
    assert f"{HOST}/a" in contents(library)


def test_a_feed_fetches_only_what_is_new(library: Library, site: Site) -> None:
    for number in range(4):
        site.put(f"/{number}", news(number))
    items = [(f"{HOST}/{number}", MONDAY) for number in range(3)]
    site.put("/feed", rss(*items), kind="application/rss+xml", etag='"1"')
    assert len(read_feed(library, site).report().added) == 3
    assert site.asked == ["/robots.txt", "/feed", "/0", "/1", "/2"]

    site.asked.clear()
    tally = read_feed(library, site)
    assert len(tally.report().unchanged) == 3
    assert site.asked == ["/robots.txt", "/feed"]  # which answered 304

    site.asked.clear()
    site.put("/feed", rss((f"{HOST}/3", TUESDAY), *items), etag='"2"')
    tally = read_feed(library, site)
    assert tally.report().added == (f"{HOST}/3",)
    assert len(tally.report().unchanged) == 3
    assert site.asked == ["/robots.txt", "/feed", "/3"]

    site.asked.clear()
    site.put("/1", news(11))
    items[1] = (f"{HOST}/1", TUESDAY)
    site.put("/feed", rss((f"{HOST}/3", TUESDAY), *items), etag='"3"')
    assert read_feed(library, site).report().changed == (f"{HOST}/1",)
    assert site.asked == ["/robots.txt", "/feed", "/1"]


@pytest.mark.parametrize("after", [0, 1, 2])
def test_stopped_and_gone_on_with(library: Library, site: Site, after: int) -> None:
    """What was in is not fetched again, and a feed that has not changed hides nothing."""

    class Interrupted(WordEncoder):
        def encode(self, texts, role):  # type: ignore[no-untyped-def]
            if texts != ["."] and sum("report" in one for one in self.encoded) >= after * 2:
                raise KeyboardInterrupt
            return super().encode(texts, role)

    for number in range(4):
        site.put(f"/{number}", news(number))
    site.put("/feed", rss(*((f"{HOST}/{n}", MONDAY) for n in range(4))), etag='"1"')
    with pytest.raises(KeyboardInterrupt):
        read_feed(library, site, encoder=Interrupted())
    held = contents(library)
    assert len(held) < 4
    site.asked.clear()
    tally = read_feed(library, site)
    assert {*tally.report().unchanged} == {*held}
    assert len(contents(library)) == 4
    assert site.asked[:2] == ["/robots.txt", "/feed"]
    assert len(site.asked) == 2 + 4 - len(held)


def test_no_page_of_a_feed_is_asked_for_twice(library: Library, site: Site) -> None:
    site.put("/a", news(1))
    site.put("/feed", rss((f"{HOST}/a", ""), (f"{HOST}/a#x", ""), (f"{HOST}/a?utm_id=1", "")))
    crawl(library, site, f"{HOST}/a", feeds=(FEED, FEED))
    assert site.articles_asked() == ["/a", "/feed"]


def test_a_page_without_an_article_is_not_asked_for_again(library: Library, site: Site) -> None:
    site.put("/video", b"<!doctype html><title>Video</title><video></video>")
    site.put("/feed", rss((f"{HOST}/video", MONDAY)))
    first = reasons(read_feed(library, site))
    assert len(first) == 1
    assert reasons(read_feed(library, site)) == first
    assert site.articles_asked() == ["/feed", "/video", "/feed"]
    site.put("/video", news(1))
    site.put("/feed", rss((f"{HOST}/video", TUESDAY)))
    assert read_feed(library, site).report().added == (f"{HOST}/video",)


@pytest.mark.parametrize(
    ("ends", "reason", "again"),
    [
        ([signal.SIGKILL], "the process that read it was killed", True),
        ([signal.SIGTERM, signal.SIGCONT], "the process that read it was killed", True),
        ([], "not read within 1 s", True),
        ([signal.SIGSEGV, signal.SIGCONT], "reading it brought its reader down", False),
    ],
    ids=["killed", "ended", "too slow", "crashed"],
)
def test_a_page_whose_reader_dies(
    library: Library,
    site: Site,
    monkeypatch: pytest.MonkeyPatch,
    ends: list[signal.Signals],
    reason: str,
    again: bool,
) -> None:
    """What is not the page's own fault is not held against it."""

    def does(one: Handler) -> None:
        """The page; and what reads it stops in its tracks, then ends."""
        assert apart._reader._child, "it has read the feed"
        pid = apart._reader._child.pid
        os.kill(pid, signal.SIGSTOP)

        def end() -> None:
            for each in ends:
                os.kill(pid, each)

        threading.Timer(0.3, end).start()
        answer(one, news(1))

    site.put("/feed", rss((f"{HOST}/a", MONDAY)))
    site.pages["/a"] = does
    with monkeypatch.context() as patched:
        assert apart.drafts.__kwdefaults__
        patched.setitem(apart.drafts.__kwdefaults__, "patience", 60.0 if ends else 1.0)
        (said,) = reasons(read_feed(library, site))
    assert reason in said
    site.put("/a", news(1))
    assert reasons(read_feed(library, site)) == ([] if again else [said])
    assert contents(library).keys() == ({f"{HOST}/a"} if again else set())
    assert site.articles_asked() == ["/feed", "/a", "/feed", *(["/a"] if again else [])]


def test_a_page_whose_reader_does_not_start(
    library: Library, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.put("/feed", rss((f"{HOST}/a", MONDAY)))
    with monkeypatch.context() as patched:

        def does(one: Handler) -> None:
            apart.close()
            patched.setattr("sys.executable", "/nowhere/python")
            answer(one, news(1))

        site.pages["/a"] = does
        (said,) = reasons(read_feed(library, site))
    assert said.startswith("the process that would read it does not start (No such file")
    site.put("/a", news(1))
    assert read_feed(library, site).report().added == (f"{HOST}/a",)


def test_sitemaps(library: Library, site: Site) -> None:
    """An index, a packed sitemap, a plain list; and an index in an index, which could be a loop."""
    for number in range(3):
        site.put(f"/{number}", news(number))
    site.put(
        "/feed",
        sitemap(
            (f"{HOST}/one.xml.gz", ""), (f"{HOST}/two.txt", ""), (f"{HOST}/feed2", ""), index=True
        ),
        kind="text/xml",
    )
    one = sitemap((f"{HOST}/0", "2022-09-05"), (f"{HOST}/1", "2022-09-05"))
    site.put("/one.xml.gz", gzip.compress(one), kind="application/x-gzip")
    site.put("/two.txt", f"{HOST}/2\r\n{HOST}/1\r\n".encode(), kind="text/plain")
    site.put("/feed2", sitemap((FEED, ""), index=True))
    tally = read_feed(library, site)
    assert {*tally.report().added} == {f"{HOST}/{number}" for number in range(3)}
    assert reasons(tally) == ["an index of sitemaps within another: name its sitemaps"]


def test_what_is_named_may_be_a_page_a_feed_or_a_sitemap(library: Library, site: Site) -> None:
    """Each is asked for once, and again only with what it said of itself."""
    for number in range(5):
        site.put(f"/{number}", news(number), etag=f'"{number}"')
    site.put("/feed", rss((f"{HOST}/1", MONDAY), (f"{HOST}/2", MONDAY)), etag='"f"')
    index = sitemap((f"{HOST}/two.txt", ""), index=True)
    site.put("/map.xml.gz", gzip.compress(index), kind="application/x-gzip")
    site.put("/two.txt", f"{HOST}/3\n{HOST}/4\n".encode(), kind="text/plain")
    for one in ("0", "feed", "map.xml.gz"):
        assert reasons(crawl(library, site, either=(f"{HOST}/{one}",))) == []
    assert {*contents(library)} == {f"{HOST}/{number}" for number in range(5)}
    assert site.articles_asked() == [
        *("/0", "/feed", "/1", "/2", "/map.xml.gz", "/two.txt", "/3", "/4")
    ]

    site.asked.clear()
    site.put("/feed", rss(*((f"{HOST}/{n}", MONDAY) for n in (0, 1, 2))), etag='"g"')
    for one in ("0", "feed", "feed", "two.txt"):
        report = crawl(library, site, either=(f"{HOST}/{one}",)).report()
        assert report.unchanged and not (report.added or report.changed or report.rejected)
    assert site.articles_asked() == ["/0", "/feed", "/0", "/feed", "/two.txt"]
    conditions = [one["if-none-match"] for one in site.requests if "if-none-match" in one]
    assert conditions == ['"0"', '"f"', '"0"', '"g"']


def test_an_address_that_turns_into_something_else(library: Library, site: Site) -> None:
    address = f"{HOST}/a"
    site.put("/b", news(2))
    site.put("/a", news(1), etag='"page"')
    assert crawl(library, site, either=(address,)).report().added == (address,)
    site.put("/a", rss((f"{HOST}/b", MONDAY)), etag='"feed"')
    assert crawl(library, site, either=(address,)).report().added == (f"{HOST}/b",)
    site.put("/a", news(3), etag='"again"')
    assert crawl(library, site, either=(address,)).report().changed == (address,)
    site.put("/a", b"", status=404)
    assert reasons(crawl(library, site, either=(address,))) == ["the server says 404 Not Found"]
    assert {*contents(library)} == {address, f"{HOST}/b"}


@pytest.mark.parametrize("body", [b"\x1f\x8bno gzip", b"", b"\x89PNG", b"http://"])
def test_what_is_neither(library: Library, site: Site, body: bytes) -> None:
    site.put("/a", body, kind="application/octet-stream")
    assert len(reasons(crawl(library, site, either=(f"{HOST}/a",)))) == 1


@pytest.mark.parametrize(
    ("body", "links"),
    [
        (
            b"<feed xmlns='http://www.w3.org/2005/Atom'><title>n</title><entry><title>x</title>"
            b"<link rel='enclosure' href='/x.mp3'/><link href='/a'/></entry></feed>",
            ["/a"],
        ),
        (
            b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'"
            b" xmlns='http://purl.org/rss/1.0/'><item rdf:about='x'><link>/a</link></item>"
            b"</rdf:RDF>",
            ["/a"],
        ),
        (b"<rss version='2.0'><channel><item><link>/a</link><b>&nbsp;<item><link>/b", ["/a"]),
        (
            b'<?xml version="1.0"?>\n<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "x">'
            b"<rss version='0.91'><channel><item><link>/a</link></item></channel></rss>",
            ["/a"],
        ),
        (rss(("http://169.254.169.254/latest/", ""), ("/a", "")), ["/a"]),
        (
            b"<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss version='2.0'><channel>"
            b"<item><link>/a</link><title>&x;</title></item></channel></rss>",
            ["/a"],
        ),
    ],
    ids=["atom", "rdf", "damaged", "of 1999", "leads inside", "names a file"],
)
def test_feeds_of_every_kind(library: Library, site: Site, body: bytes, links: list[str]) -> None:
    for link in links:
        site.put(link, news(1))
    site.put("/feed", body, kind="text/plain")
    read_feed(library, site)
    assert [*contents(library)] == [HOST + link for link in links]
    site.put("/either", body, kind="application/rss+xml")
    report = crawl(library, site, either=(f"{HOST}/either",)).report()
    assert {HOST + link for link in links} == {*report.unchanged, *report.changed}


def test_what_is_no_feed(library: Library, site: Site) -> None:
    promise = "<link rel='alternate' type='application/rss+xml' href='/rss'>"
    site.put("/feed", page(head=promise))
    assert reasons(read_feed(library, site)) == [
        "this is a page, not a feed; it names http://news.example/rss"
    ]
    site.put("/feed", page())
    assert "neither a feed nor a sitemap" in reasons(read_feed(library, site))[0]
    site.put("/feed", rss())
    assert reasons(read_feed(library, site)) == ["a feed that lists no page"]
    laughs = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 50}'>" for n in range(1, 12))
    bomb = f"<!DOCTYPE r [<!ENTITY a0 'ha'>{laughs}]><rss version='2.0'><channel><item>"
    site.put("/feed", f"{bomb}<link>&a11;</link></item></channel></rss>".encode())
    assert len(reasons(read_feed(library, site))) == 1
    site.put("/a", rss((f"{HOST}/b", "")), kind="text/html")
    assert "name it with --feed" in reasons(crawl(library, site, f"{HOST}/a"))[0]


def test_content_decides_what_it_is(library: Library, site: Site) -> None:
    """Not its name, and not the label that the server puts on it."""
    lines = column(" ".join(BODY))
    site.put("/a.pdf", news(1), kind="application/pdf")
    site.put("/b", pdf([lines, lines]), kind="text/html")
    site.put("/c.html", word_document(), kind=None)
    site.put("/d", book("The river rose. " * 9, "It fell. " * 9), kind="application/epub+zip")
    site.put("/e", " ".join(BODY).encode(), kind="text/plain")
    addresses = [f"{HOST}/{one}" for one in ("a.pdf", "b", "c.html", "d", "e")]
    tally = crawl(library, site, *addresses)
    assert reasons(tally) == []
    assert {*contents(library)} == {
        *(f"{HOST}/{one}" for one in ("a.pdf", "b", "c.html", "d#c0", "d#c1", "e"))
    }
    assert BODY[0] in contents(library)[f"{HOST}/b"]


@pytest.mark.parametrize(
    ("body", "kind", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "text/html", "a picture"),
        (b'[{"text": "The river rose."}]', "application/json", "application/json"),
        (b"p { color: red } " * 9, "text/css", "text/css"),
        (b'{"id": "storm", "text": "Overwrites yours."}\n' * 2, "text/plain", "an export"),
        (b"", "text/html", "no text"),
        (b"\0\1\2" * 99, None, "binary"),
        (b"{\\rtf1 x}", "text/html", "Rich Text"),
    ],
)
def test_what_is_no_article(
    library: Library, site: Site, body: bytes, kind: str | None, reason: str
) -> None:
    site.put("/a.html", body, kind=kind)
    (said,) = reasons(crawl(library, site, f"{HOST}/a.html"))
    assert reason in said
    assert contents(library) == {}


def test_the_charset_that_the_server_names(library: Library, site: Site) -> None:
    said = ("L'été fut très sec, et le préfet ferma les écoles jusqu'à la rentrée. " * 3,)
    body = page(paragraphs=said).replace(b"<meta charset='utf-8'>", b"").decode()
    site.put("/a", body.encode("iso-8859-15"), kind="text/html; charset=iso-8859-15")
    crawl(library, site, f"{HOST}/a")
    assert "L'été fut très sec" in contents(library)[f"{HOST}/a"]


def named(address: str) -> str:
    return f"<link rel='canonical' href='{address}'>"


def test_two_addresses_of_one_article(library: Library, site: Site) -> None:
    site.put("/a?ref=1", news(1, head=named(f"{HOST}/a")))
    site.put("/a?ref=2", news(1, head=named(f"{HOST}/a")))
    tally = crawl(library, site, f"{HOST}/a?ref=1", f"{HOST}/a?ref=2")
    assert tally.changes == {f"{HOST}/a": Change.ADDED}
    assert reasons(tally) == []


def test_a_page_that_passes_for_another_of_its_site(library: Library, site: Site) -> None:
    """A site that names one address for all its pages would leave one of them."""
    for number in range(3):
        site.put(f"/{number}", news(number, head=named(f"{HOST}/news")))
    tally = crawl(library, site, f"{HOST}/0", f"{HOST}/1")
    assert reasons(tally) == [f"says that it is {HOST}/news, and so does {HOST}/0, in other words"]
    assert len(reasons(crawl(library, site, f"{HOST}/2"))) == 1  # in a later run as well
    assert "report number 0" in contents(library)[f"{HOST}/news"]
    site.put("/0", news(7, head=named(f"{HOST}/news")))  # it may still change itself
    assert crawl(library, site, f"{HOST}/0").changes == {f"{HOST}/news": Change.CHANGED}
    site.put("/news", news(8))  # and the address itself may always
    assert crawl(library, site, f"{HOST}/news").changes == {f"{HOST}/news": Change.CHANGED}


def test_a_page_that_passes_for_one_of_another_site(library: Library, site: Site) -> None:
    site.put("/flood", news(1))
    crawl(library, site, f"{HOST}/flood")
    site.put("/lie", news(2, head=named(f"{HOST}/flood")))
    crawl(library, site, "http://evil.example/lie")
    assert "report number 1" in contents(library)[f"{HOST}/flood"]
    assert "report number 2" in contents(library)["http://evil.example/lie"]


def test_what_a_stranger_wrote_steers_no_terminal(library: Library, site: Site) -> None:
    site.put("/feed", rss(("javascript:\x9b31m\u202etxt", "")))
    (refused,) = read_feed(library, site).rejected
    assert (refused.source + refused.reason).isprintable()


def test_a_library_from_before_and_one_that_is_not_there(tmp_path: Path, site: Site) -> None:
    """No note is taken where there is no library; an older library has no tables for them."""
    assert Visits(None).of(f"{HOST}/a") is None
    assert Visits(None).listing(f"{HOST}/a") is None
    site.put("/a", news(1))
    found = [*Crawl(site.net(), Visits(None)).pages([f"{HOST}/a"], [])]
    assert len(found) == 1
    library = Library(tmp_path / "library", create=True)
    [*Crawl(site.net(), Visits(library, noting=False)).pages([f"{HOST}/a"], [])]
    assert Visits(library).of(f"{HOST}/a") is None
