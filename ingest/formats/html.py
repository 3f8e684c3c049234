"""A web page to its article: main text, title, author, date, address. The one door to trafilatura.

What stands around the article (menus, comments, teasers) is left out here, because it is not the
article; the text that remains is the text of record, and furniture in it is marked later.
"""

from __future__ import annotations

import logging
import re

from trafilatura import bare_extraction

from ingest.decode import decoded
from ingest.draft import leniently
from ingest.errors import Unreadable
from ingest.formats import markup
from ingest.formats.charset import labelled
from ingest.formats.dated import below, published
from ingest.language import LANGUAGES
from ingest.types import Draft

_LARGEST = 20_000_000  # bytes of markup; the largest pages of news sites have three million
_CHARSET = re.compile(rb"<meta[^>]{1,200}?charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
_LANG = re.compile(r"<html\b[^>]{0,1000}?\blang\s*=\s*[\"']?([a-z]{2})\b", re.IGNORECASE)

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it thinks of a page is not news
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


def draft(
    data: bytes, *, origin: str, name: str, url: str | None = None, charset: str | None = None
) -> Draft:
    """The article of one page; `url` and `charset` are what was said where it came from."""
    if len(data) > _LARGEST:
        raise Unreadable(f"a page of {len(data):,} bytes; one may have {_LARGEST:,}")
    page = _page(data, charset)
    found = bare_extraction(
        page, url=url, include_comments=False, with_metadata=True,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )  # fmt: skip
    if found is None or isinstance(found, dict):
        raise Unreadable("no article was found in this page; save its text as .txt")
    text = markup.text_of(found.body) or (found.text or "").strip()
    if not text:
        raise Unreadable("no article was found in this page; save its text as .txt")
    language = _LANG.search(page[:5000])
    fields = {
        "title": found.title,
        "author": found.author,
        "published": _published(page, found.date, text, found.title, found.url or url),
        "url": found.url or url,
        "source": None if found.url or url else found.sitename,
        # Pages lie about their language; what can be told from the text is told from the text.
        "language": language[1].lower() if language and language[1] not in LANGUAGES else None,
    }
    return leniently(fields, text=text, origin=origin, name=name)


def _published(
    page: str, found: str | None, text: str, title: str | None, url: str | None
) -> str | None:
    body = markup.page(page)
    headlines = [title or "", *(markup.text_of(one) for one in markup.children(body, "h1"))]
    language = _LANG.search(page[:5000])
    day_first = language is not None and language[1].lower() != "en"
    return published(
        found,
        page,
        url=url or "",
        words="\n\n".join([title or "", text]),
        near=below(markup.text_of(body).split("\n\n"), headlines),
        day_first=day_first,
    )


def _page(data: bytes, charset: str | None) -> str:
    """Decoded as it says of itself where that is (nearly) true, else as what it is."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return decoded(data)
    data = data.replace(b"\0", b"")
    declared = _CHARSET.search(data[:4096])
    said = declared[1].decode("ascii").lower() if declared else "utf-8"
    for encoding in (charset or said, said, "utf-8"):
        try:
            return labelled(data, encoding)
        except (LookupError, ValueError):
            continue
    if said in ("utf-8", "utf8"):  # an advertisement in another encoding spoils nothing else
        page = data.decode("utf-8", "replace")
        if page.count("\ufffd") * 1000 < len(page):
            return page
    return decoded(data)
