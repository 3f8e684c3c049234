"""From what a file says of an article to a draft of it: every field checked, none interpreted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ingest.dates import publication_date
from ingest.decode import check_text
from ingest.errors import Unreadable
from ingest.types import Draft

LARGEST = 8_000_000  # bytes of one article, about four long novels; beyond it is some other thing
FIELDS = ("id", "title", "author", "published", "source", "url", "language")


def made(fields: Mapping[str, Any], *, text: str, origin: str, name: str) -> Draft:
    """A draft of `fields` (unknown ones are passed over). Raises Unreadable for what is no text."""
    check_text(text)
    given: dict[str, str] = {}
    for key in FIELDS:
        value = fields.get(key)
        if value is not None and not isinstance(value, str):
            raise Unreadable(f'"{key}" must be text, not {type(value).__name__}')
        if value and value.strip():
            given[key] = " ".join(check_text(value).split())
    if "published" in given:
        try:
            given["published"] = publication_date(given["published"])
        except ValueError as error:
            raise Unreadable(f'"published": {error}') from None
    url = given.pop("url", None)
    given.setdefault("source", url or name)
    return Draft(origin=origin, name=name, text=text, **given)


def leniently(fields: Mapping[str, str | None], *, text: str, origin: str, name: str) -> Draft:
    """The same for what a page or a document says of itself: a field that is nonsense is dropped,
    because its reader cannot mend it.
    """
    sound: dict[str, str] = {}
    for key, value in fields.items():
        try:
            if value and made({key: value}, text="x", origin=origin, name=name):
                sound[key] = value[:_LONGEST_FIELD]
        except Unreadable:
            continue
    if len(text.encode("utf-8", "surrogatepass")) > LARGEST:
        raise Unreadable(f"more than {LARGEST:,} bytes of text; an article has less: split it")
    return made(sound, text=text, origin=origin, name=name)


_LONGEST_FIELD = 500  # characters; a longer title is a page that went wrong
