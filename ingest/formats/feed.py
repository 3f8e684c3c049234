"""What a feed or a sitemap lists: addresses of pages. The one door to feedparser.

Only addresses and dates are taken: the articles are read from their own pages.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any, TypedDict
from urllib.parse import urljoin

import feedparser

from ingest.decode import decoded
from ingest.errors import Unreadable
from ingest.formats import markup
from ingest.formats.kinds import FEEDS, are_addresses, is_feed

_MOST = 50_000  # entries; a sitemap may have no more


class Listing(TypedDict):
    """`pages` are (address, when it was last changed, "" if not said), in the feed's order, each
    once; `lists` are the sitemaps of an index. Addresses are absolute, and not checked.
    """

    pages: list[tuple[str, str]]
    lists: list[str]


def listing(data: bytes, *, url: str, charset: str | None = None) -> Listing:
    """Raises Unreadable for what is no feed, and names the feeds of a page that has some."""
    found = _sitemap(data, url) if b"<urlset" in data or b"<sitemapindex" in data else None
    found = found or _feed(data, url, charset) or _lines(data)
    if found is None:
        raise Unreadable(_no_feed(data, url))
    entries = len(found["pages"]) + len(found["lists"])
    if entries > _MOST:
        raise Unreadable(f"lists {entries:,} pages; a feed may have {_MOST:,}")
    if not entries:
        raise Unreadable("a feed that lists no page")
    return found


def _listing(pages: Iterable[tuple[str, str]], lists: Iterable[str] = ()) -> Listing:
    first: dict[str, str] = {}
    for address, when in pages:
        if address:
            first.setdefault(address, when)
    return {"pages": list(first.items()), "lists": list(dict.fromkeys(lists))}


def _sitemap(data: bytes, url: str) -> Listing | None:
    root = markup.xml(data)
    if markup.local(root) == "sitemapindex":
        return _listing((), (one for one, _ in _places(root, "sitemap", url)))
    return _listing(_places(root, "url", url)) if markup.local(root) == "urlset" else None


def _places(root: Any, name: str, url: str) -> Iterator[tuple[str, str]]:
    for entry in markup.children(root, name):
        if place := markup.said(entry, "loc"):
            yield _absolute(url, place), markup.said(entry, "lastmod") or ""


def _feed(data: bytes, url: str, charset: str | None) -> Listing | None:
    kind = "application/xml" + (f"; charset={charset}" if charset else "")
    # A stream, because a string might be taken for the address or the file to read.
    said = feedparser.parse(
        io.BytesIO(data),
        response_headers={"content-location": url, "content-type": kind},
        sanitize_html=False,
    )
    if not said.version and not said.entries:
        return None
    return _listing((_absolute(url, str(one.get("link", ""))), _when(one)) for one in said.entries)


def _when(entry: Any) -> str:
    return str(entry["updated"] if "updated" in entry else entry.get("published", ""))


def _lines(data: bytes) -> Listing | None:
    """A sitemap may be a plain list of addresses."""
    if not are_addresses(data):
        return None
    return _listing((one.decode("utf-8", "replace"), "") for one in data.split())


def _absolute(base: str, place: str) -> str:
    try:
        return urljoin(base, place) if place else ""
    except ValueError:  # refused by name when it is to be fetched
        return place


def _no_feed(data: bytes, url: str) -> str:
    if is_feed(data):
        return "a feed that is damaged, or lists no page"
    promised = [
        _absolute(url, one.get("href") or "")
        for one in markup.children(markup.whole(decoded(data)), "link")
        if (one.get("type") or "").lower() in FEEDS
    ]
    if promised:
        return f"this is a page, not a feed; it names {', '.join(promised[:5])}"
    return "this is neither a feed nor a sitemap; a page is named with --url"
