"""From what was fetched to drafts: the readers of files, and the address as the article's name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ingest.errors import Unreadable
from ingest.formats import apart, plain
from ingest.formats.kinds import HEAD, Format, is_feed, kind_of
from ingest.going import Going, on
from ingest.net.address import canonical, last_part
from ingest.net.fetch import Fetched
from ingest.types import Draft

# What a server's label adds where the content leaves it open, as a file's suffix does.
_SUFFIXES = {"text/html": ".html", "application/xhtml+xml": ".xhtml", "message/rfc822": ".eml"}
_PLAIN = frozenset(("", "text/plain", "text/markdown", "text/x-markdown"))


def read(fetched: Fetched, going: Going = on) -> tuple[Draft, ...]:
    """The articles of one page, each with an id. Raises Unreadable when there is none, and what
    `going` raises.
    """
    data, address = fetched.body or b"", fetched.final
    name = last_part(address) + _SUFFIXES.get(fetched.media, "")
    if not data.strip():
        raise Unreadable("there is no text in it")
    if is_feed(data):
        raise Unreadable("this is a feed or a sitemap: name it with --feed")
    kind = kind_of(data[:HEAD], name)
    if kind in (Format.LINES, Format.TABLE):
        raise Unreadable("this is an export of articles: save it, and name the file")
    if kind is Format.TEXT:
        if fetched.media not in _PLAIN:
            raise Unreadable(f"this is {fetched.media}, and no article in it")
        return (_of(address, plain.draft(data, origin=address, name=name)),)
    about: dict[str, Any] = {}
    if kind is Format.HTML:
        about = {"url": address, "charset": fetched.charset}
    found = apart.drafts(kind, data, origin=address, name=name, going=going, **about)
    if kind is Format.EPUB:
        return tuple(
            replace(one, id=f"{address}#{(one.id or '').partition('#')[2]}") for one in found
        )
    if kind is Format.HTML:
        address = canonical(address, found[0].source)
    return (_of(address, found[0]),)


def _of(address: str, draft: Draft) -> Draft:
    return replace(draft, id=address, origin=address, source=address, name=address)
