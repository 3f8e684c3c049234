"""E-books: each document of the reading order is an article, so that a quote names its chapter."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote

from ingest.decode import decoded
from ingest.draft import leniently
from ingest.errors import Unreadable
from ingest.formats import markup
from ingest.formats.zipped import DAMAGED, opened
from ingest.types import Draft


def drafts(data: bytes, *, origin: str, name: str) -> list[Draft]:
    """One draft a chapter, in order; chapters without text (covers) are passed over."""
    with opened(data) as archive:
        found = list(_chapters(archive, origin, name))
    if not found:
        raise Unreadable("there is no text in it")
    return found


def _chapters(archive: zipfile.ZipFile, origin: str, name: str) -> Iterator[Draft]:
    root = next(
        markup.children(markup.xml(_read(archive, "META-INF/container.xml")), "rootfile"), None
    )
    if root is None or not root.get("full-path"):
        raise Unreadable("damaged: it does not say where its contents are; save it again")
    package_at = str(root.get("full-path"))
    package = markup.xml(_read(archive, package_at))
    book = markup.said(package, "title")
    common = {
        "author": markup.said(package, "creator"),
        "published": markup.said(package, "date"),
        "source": book,
        "language": (markup.said(package, "language") or "")[:2].lower() or None,
    }
    places = {one.get("id"): one.get("href") for one in markup.children(package, "item")}
    seen: set[str] = set()
    taken: set[str] = set()
    for reference in markup.children(package, "itemref"):
        href = unquote(places.get(reference.get("idref")) or "")
        at = posixpath.normpath(posixpath.join(posixpath.dirname(package_at), href))
        if not href or at in seen:
            continue
        seen.add(at)
        page = markup.page(decoded(_read(archive, at)))
        if text := markup.text_of(page):
            heading = markup.said(page, "h1", "h2", "h3")
            chapter = _told_apart(href, taken)
            taken.add(chapter)
            fields = {
                **common,
                "id": f"{PurePosixPath(name).stem}#{chapter}",
                "title": heading or book,
            }
            yield leniently(fields, text=text, origin=origin, name=name)


def _told_apart(href: str, taken: set[str]) -> str:
    """The file's name; with its folders where a chapter before has the same."""
    path = PurePosixPath(href)
    names = (path.stem, str(path.with_suffix("")), href)
    return next((name for name in names if name not in taken), f"{href} {len(taken)}")


def _read(archive: zipfile.ZipFile, member: str) -> bytes:
    try:
        return archive.read(member)
    except KeyError:
        raise Unreadable(f"damaged: {member} is missing; save it again") from None
    except DAMAGED as error:
        raise Unreadable(f"damaged: {member}: {error}; save it again") from None
    except RuntimeError:  # zipfile's word for an encrypted member
        raise Unreadable("protected against reading; save an open copy") from None
