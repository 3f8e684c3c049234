"""Web addresses and feeds to pages for the pipeline, in the order given; what is known to be as it
was is not fetched again. Nothing here runs unless somebody named an address.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from ingest.article import digest
from ingest.errors import Hindered, Unreadable
from ingest.formats import apart
from ingest.formats.kinds import FEEDS, are_addresses, is_feed
from ingest.going import Going, on
from ingest.ledger import READERS
from ingest.net.address import normal
from ingest.net.fetch import Fetched, Net
from ingest.net.http import gunzipped
from ingest.net.page import read
from ingest.net.visits import Listing, Visit, Visits
from ingest.types import Page, Rejection

_DEPTH = 2  # a sitemap, or an index of sitemaps; a further index is a loop
_LISTS = 1000  # sitemaps of one index

Claim = tuple[tuple[str, ...], str]  # digests of what was read for an origin, and where


class Crawl:
    """One run over the net. `at` is told each address before it is looked at, `expect` how many
    more addresses have come to light; `going` is asked whether to go on, as in Net, while one is
    read.
    """

    def __init__(
        self,
        net: Net,
        visits: Visits,
        *,
        at: Callable[[str], None] = lambda _: None,
        expect: Callable[[int], None] = lambda _: None,
        going: Going = on,
    ) -> None:
        self._net, self._visits, self._at, self._expect = net, visits, at, expect
        self._going = going
        self._done: set[str] = set()
        self._taken: dict[str, Claim] = {}  # by origin

    def pages(
        self, addresses: Sequence[str], feeds: Sequence[str], either: Sequence[str] = ()
    ) -> Iterator[Page | Rejection]:
        """`either`: each is a page, a feed or a sitemap; what comes says which."""
        for address in addresses:
            yield from self._page(address, None)
        for address in feeds:
            yield from self._feed(address, 1)
        for address in either:
            yield from self._either(address)

    def _page(self, given: str, stamp: str | None) -> Iterator[Page | Rejection]:
        """`stamp` is the feed's date of the page; None where the page was named by itself, and is
        looked at again in any case.
        """
        try:
            address = self._anew(given)
            if address is None:
                return
            known = self._visits.of(address)
            if known and stamp is not None and known.stamp == stamp:
                if known.refused:
                    raise Unreadable(known.refused)
                yield Page(known.origin, known.seal, ())
                return
            was = known if known and not known.refused else None
            fetched = self._net.fetch(address, was.seen if was else None)
            yield self._read(address, fetched, was, stamp or "")
        except Unreadable as refusal:
            yield _rejection(given, refusal)

    def _anew(self, given: str) -> str | None:
        """The normal address; None where this run has been there. Raises Unreadable for none."""
        self._at(given)
        address = normal(given)
        if address in self._done:
            return None
        self._done.add(address)
        return address

    def _read(self, address: str, fetched: Fetched, was: Visit | None, stamp: str) -> Page:
        """`was`: the visit before, where it brought articles. Raises Unreadable where there are
        none now.
        """
        if was and fetched.body is None:
            now = Visit(was.final, was.etag, was.modified, stamp, was.origin, was.seal)
            self._visits.note(address, now)
            return Page(was.origin, was.seal, ())
        seal = _seal(fetched)
        if was and seal == was.seal:
            page = Page(was.origin, seal, ())
        else:
            try:
                drafts = read(fetched, self._going)
            except Hindered:  # nothing is wrong with it
                raise
            except Unreadable as refusal:
                if was is None:  # what the library has of it is worth another try
                    refused = Visit(fetched.final, None, None, stamp, refused=str(refusal))
                    self._visits.note(address, refused)
                raise
            self._claim(drafts[0].origin, (tuple(map(digest, drafts)), address), fetched.final)
            page = Page(drafts[0].origin, seal, drafts)
        now = Visit(fetched.final, fetched.etag, fetched.modified, stamp, page.origin, seal)
        self._visits.note(address, now)
        return page

    def _claim(self, origin: str, claim: Claim, final: str) -> None:
        """Two addresses of one text are one article. A page with another text may not pass for it,
        as all pages do where a site names one canonical address for many; the address itself may.
        """
        said, address = claim
        before, first = self._taken.get(origin) or self._visits.holder(origin) or claim
        if final != origin and before != said and first != address:
            raise Unreadable(f"says that it is {origin}, and so does {first}, in other words")
        self._taken[origin] = claim

    def _feed(self, given: str, depth: int) -> Iterator[Page | Rejection]:
        try:
            address = self._anew(given)
            if address is None:
                return
            known = self._visits.listing(address)
            fetched = self._net.fetch(address, known[0] if known else None)
            if known and fetched.body is None:
                listing = known[1]
            else:
                listing = self._listing(address, _unpacked(fetched))
            _bounded(listing, depth)
        except Unreadable as refusal:
            yield _rejection(given, refusal)
            return
        yield from self._listed(listing, depth)

    def _listed(self, listing: Listing, depth: int) -> Iterator[Page | Rejection]:
        self._expect(len(listing.pages) + len(listing.lists))
        for page, stamp in listing.pages:
            yield from self._page(page, stamp)
        for further in listing.lists:
            yield from self._feed(further, depth + 1)

    def _either(self, given: str) -> Iterator[Page | Rejection]:
        try:
            address = self._anew(given)
            if address is None:
                return
            known, visit = self._visits.listing(address), self._visits.of(address)
            was = visit if visit and not visit.refused else None
            fetched = self._net.fetch(address, known[0] if known else was.seen if was else None)
            if known and fetched.body is None:
                listing = known[1]
            elif _is_listing(unpacked := _unpacked(fetched)):
                listing = self._listing(address, unpacked)
            else:
                yield self._read(address, fetched, was, "")
                return
            _bounded(listing, 1)
        except Unreadable as refusal:
            yield _rejection(given, refusal)
            return
        yield from self._listed(listing, 1)

    def _listing(self, address: str, fetched: Fetched) -> Listing:
        data = fetched.body or b""
        pages, lists = apart.listing(
            data, url=fetched.final, charset=fetched.charset, going=self._going
        )
        listing = Listing(pages, lists)
        self._visits.note_listing(address, fetched, listing)
        return listing


def _unpacked(fetched: Fetched) -> Fetched:
    """Sitemaps lie about as .xml.gz. Raises Unreadable for one that is damaged or a bomb."""
    data = fetched.body or b""
    if not data.startswith(b"\x1f\x8b"):
        return fetched
    return replace(fetched, body=gunzipped([data], apart.LARGEST))


def _is_listing(fetched: Fetched) -> bool:
    """Whether it is a feed or a sitemap."""
    data = fetched.body
    return data is not None and (is_feed(data) or fetched.media in FEEDS or are_addresses(data))


def _bounded(listing: Listing, depth: int) -> None:
    """Raises Unreadable for an index without end."""
    if listing.lists and depth == _DEPTH:
        raise Unreadable("an index of sitemaps within another: name its sitemaps")
    if len(listing.lists) > _LISTS:
        raise Unreadable(f"an index of more than {_LISTS:,} sitemaps: name some of them")


def _rejection(given: str, refusal: Unreadable) -> Rejection:
    """What a stranger wrote is shown without what could steer a terminal."""
    source, reason = (
        "".join(one if one.isprintable() else "\ufffd" for one in said[:1000])
        for said in (given, str(refusal))
    )
    return Rejection(source, reason)


def _seal(fetched: Fetched) -> str:
    """Stands for the bytes of a page and for all that decides how they are read."""
    made = hashlib.sha256(f"{READERS} {fetched.final} {fetched.charset}\n".encode())
    made.update(fetched.body or b"")
    return made.hexdigest()
