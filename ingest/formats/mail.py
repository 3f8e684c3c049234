"""E-mails (.eml), and web pages saved as one (.mhtml). What is attached is not read, other e-mails
that were forwarded so aside.
"""

from __future__ import annotations

import codecs
import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import parseaddr

from ingest.draft import leniently
from ingest.errors import Unreadable
from ingest.formats import html, markup
from ingest.formats.charset import labelled
from ingest.types import Draft

_STUB = 2  # times as long as the plain text: then that only says where the text is to be seen


def draft(data: bytes, *, origin: str, name: str) -> Draft:
    message = email.message_from_bytes(
        data.removeprefix(codecs.BOM_UTF8), policy=email.policy.default
    )
    assert isinstance(message, EmailMessage)
    if page := _saved_page(message):
        url = _header(message, "Snapshot-Content-Location") or _header(page, "Content-Location")
        return html.draft(
            _bytes(page),
            origin=origin,
            name=name,
            charset=_charset(page),
            url=url.strip() if url and url.strip().startswith("http") else None,
        )
    texts = [text for text in _texts(message, origin, name) if text.strip()]
    if not texts:
        raise Unreadable(
            "there is no text in this message; attachments are not read: save them apart"
        )
    fields = {
        "title": _header(message, "Subject"),
        "author": parseaddr(_header(message, "From") or "")[0] or _header(message, "From"),
        "published": _header(message, "Date"),
    }
    return leniently(fields, text=_one_below_the_other(texts), origin=origin, name=name)


def _saved_page(message: EmailMessage) -> EmailMessage | None:
    """The page that a browser saved. A letter is sent to someone, and is not found at an address;
    pictures among its words make it no page.
    """
    page = next((part for part in _parts(message) if _is(part, "text/html")), None)
    if page is None or "To" in message:
        return None
    marked = "Snapshot-Content-Location" in message or "Content-Location" in page
    return page if marked or "saved by" in (_header(message, "From") or "").lower() else None


def _texts(part: EmailMessage, origin: str, name: str) -> Iterator[str]:
    """What there is to read, in order."""
    if _is(part, "text/plain"):
        yield _decoded(part).replace("\r\n", "\n").replace("\0", "")
    elif _is(part, "text/html"):
        yield _of_page(part, origin, name)
    elif part.get_content_type() == "multipart/alternative":
        yield _alternative(part, origin, name)
    else:
        for one in _parts_below(part):
            yield from _texts(one, origin, name)


def _alternative(part: EmailMessage, origin: str, name: str) -> str:
    """The plain text, unless it is a stub; how a page is laid out is not what it says."""
    given = sorted(_parts_below(part), key=lambda one: not _is(one, "text/plain"))
    texts = [_one_below_the_other(list(_texts(one, origin, name))) for one in given]
    texts = [text for text in texts if text.strip()]
    longest = max(texts, key=len, default="")
    return longest if not texts or len(longest) > _STUB * len(texts[0]) else texts[0]


def _one_below_the_other(texts: list[str]) -> str:
    return texts[0] if len(texts) == 1 else "\n\n".join(text.strip() for text in texts)


def _of_page(part: EmailMessage, origin: str, name: str) -> str:
    try:  # a newsletter is a page with an article in it; a letter is only text
        return html.draft(_bytes(part), origin=origin, name=name, charset=_charset(part)).text
    except Unreadable:
        try:
            return markup.text_of(markup.page(_decoded(part)))
        except Unreadable:
            return ""


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    yield message
    for one in _parts_below(message):
        yield from _parts(one)


def _parts_below(part: EmailMessage) -> Iterator[EmailMessage]:
    if part.is_multipart() and part.get_content_type() != "message/delivery-status":
        for one in part.get_payload():
            assert isinstance(one, EmailMessage)
            yield one


def _is(part: EmailMessage, content_type: str) -> bool:
    """Whether it is text of that kind that stands in the message, not a file that came with it."""
    attached = part.get_content_disposition() == "attachment" or part.get_filename()
    return part.get_content_type() == content_type and not attached


def _bytes(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _charset(part: EmailMessage) -> str | None:
    charset = part.get_content_charset()
    return str(charset) if charset else None


def _decoded(part: EmailMessage) -> str:
    try:
        return labelled(_bytes(part), _charset(part) or "utf-8")
    except (LookupError, ValueError):
        return _bytes(part).decode("cp1252", "replace")


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        value = message.get(name)
    except (ValueError, LookupError, AttributeError, TypeError):  # its parser trips over some
        return None
    return str(value) if value else None
