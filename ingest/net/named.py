"""What somebody named, fetched: the one way from the rest of the program to the net."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ingest.going import Going, on
from ingest.library import Library
from ingest.net.crawl import Crawl
from ingest.net.fetch import Net
from ingest.net.manners import Manners
from ingest.net.visits import Visits
from ingest.types import Page, Rejection

__all__ = ["Manners", "pages"]


def pages(
    library: Library | None,
    *,
    addresses: Sequence[str] = (),
    feeds: Sequence[str] = (),
    either: Sequence[str] = (),
    allow_private: bool = False,
    noting: bool = True,
    at: Callable[[str], None] = lambda _: None,
    expect: Callable[[int], None] = lambda _: None,
    going: Going = on,
    manners: Manners | None = None,
) -> Iterator[Page | Rejection]:
    """Web pages, what feeds and sitemaps list, and what may be `either`, one as it is asked for.

    `library` says what is known already, and keeps what was found unless `noting` is off. `at` and
    `expect` as in Crawl, `going` and `manners` as in Net.
    """
    net = Net(allow_private=allow_private, going=going, manners=manners)
    crawl = Crawl(net, Visits(library, noting=noting), at=at, expect=expect, going=going)
    return crawl.pages(addresses, feeds, either)
