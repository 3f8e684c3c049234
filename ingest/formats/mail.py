"""E-mails (.eml), and web pages saved as one (.mhtml). What is attached is not read."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage
from email.utils import parseaddr

from ingest.draft import leniently
from ingest.errors import Unreadable
from ingest.formats import html, markup
from ingest.types import Draft


def draft(data: bytes, *, origin: str, name: str) -> Draft:
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    saved = message.get("Snapshot-Content-Location")
    is_page = bool(saved) or message.get_content_type() == "multipart/related"
    if is_page and (page := _first(message, "text/html")):
        url = str(saved or page.get("Content-Location") or "").strip()
        return html.draft(
            _bytes(page),
            origin=origin,
            name=name,
            charset=_charset(page),
            url=url if url.startswith("http") else None,
        )
    fields = {
        "title": _header(message, "Subject"),
        "author": parseaddr(_header(message, "From") or "")[0] or _header(message, "From"),
        "published": _header(message, "Date"),
    }
    return leniently(fields, text=_text(message, origin, name), origin=origin, name=name)


def _text(message: EmailMessage, origin: str, name: str) -> str:
    if (plain := _first(message, "text/plain")) and (text := _decoded(plain)).strip():
        return text.replace("\r\n", "\n").replace("\0", "")
    if page := _first(message, "text/html"):
        try:  # a newsletter is a page with an article in it; a letter is only text
            return html.draft(_bytes(page), origin=origin, name=name, charset=_charset(page)).text
        except Unreadable:
            return markup.text_of(markup.page(_decoded(page)))
    raise Unreadable("there is no text in this message; attachments are not read: save them apart")


def _first(message: EmailMessage, content_type: str) -> EmailMessage | None:
    for part in message.walk():
        if part.get_content_type() == content_type and not part.get_filename():
            assert isinstance(part, EmailMessage)
            return part
    return None


def _bytes(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _charset(part: EmailMessage) -> str | None:
    charset = part.get_content_charset()
    return str(charset) if charset else None


def _decoded(part: EmailMessage) -> str:
    try:
        return _bytes(part).decode(_charset(part) or "utf-8")
    except (LookupError, ValueError):
        return _bytes(part).decode("cp1252", "replace")


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        value = message.get(name)
    except (ValueError, LookupError, AttributeError, TypeError):  # its parser trips over some
        return None
    return str(value) if value else None
