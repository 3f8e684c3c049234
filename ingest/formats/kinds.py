"""What a file is, by what stands in it; its name decides only where the content leaves it open."""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
from enum import StrEnum
from pathlib import PurePosixPath

from ingest.errors import Unreadable
from ingest.formats.zipped import DAMAGED

HEAD = 65_536  # bytes that are looked at


class Format(StrEnum):
    TEXT = "text"
    LINES = "jsonl"
    TABLE = "table"
    HTML = "html"
    MAIL = "mail"  # .mhtml too: a saved page in the clothes of a message
    PDF = "pdf"
    DOCX = "docx"
    EPUB = "epub"
    FEED = "feed"  # only from the net: it has no article in it, it lists some


# What is taken from a folder. A file that is named itself is read whatever it is called.
SUFFIXES = tuple(
    ".txt .md .markdown .jsonl .csv .tsv .html .htm .xhtml .mhtml .mht .eml .pdf .docx"
    " .epub".split()
)

_OTHERS = (
    (b"\xd0\xcf\x11\xe0", "an old Office file; save it as .docx"),
    (b"{\\rtf", "a Rich Text file; save it as .docx or .txt"),
    (b"\x1f\x8b", "a gzip file; unpack it"),
    (b"BZh", "a bzip2 file; unpack it"),
    (b"7z\xbc\xaf", "a 7-zip file; unpack it"),
    (b"Rar!", "a RAR file; unpack it"),
    (b"\x89PNG", "a picture; nothing can be read from it"),
    (b"\xff\xd8\xff", "a picture; nothing can be read from it"),
    (b"SQLite format 3", "a database; export its articles as .jsonl or .csv"),
)
FEEDS = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")  # media types
_LONGEST_LIST = 200_000_000  # bytes
_PROLOG = rb"(?>\s+|<\?xml[^>]*>|<!--(?>.*?-->))*+"  # atomic: comments may be thousands
_BEGINS_AS_HTML = re.compile(
    _PROLOG + rb"<(?:!doctype\s+html|html|head|body|meta|title|article|main)\b",
    re.IGNORECASE | re.DOTALL,
)
_SOME_HTML = re.compile(rb"\s*<|<(?:p|div|br|h[1-6]|article|section|table)\b[^>]*>", re.IGNORECASE)
_FEED = re.compile(
    _PROLOG + rb"(?:<!DOCTYPE\s+(?:rss|rdf:RDF)\b[^>\[]*>\s*+)?"  # as RSS 0.91 begins
    rb"<(?:rss|feed|rdf:RDF|urlset|sitemapindex)\b",
    re.DOTALL,
)
_OBJECT = re.compile(
    rb'\s*\{[ \t]*"(?:[^"\\\n]|\\.)*"[ \t]*:(?:[^\n]*\}[ \t\r]*(?:\n|\Z)|[^\n]*\Z)'
)
_HEADER = re.compile(rb"[!-9;-~]+:[ \t]?[^\r\n]*\r?\n(?:[ \t]+[^\r\n]*\r?\n)*")
_OF_MAIL = re.compile(
    rb"^(?:from|subject|mime-version|message-id|received|content-type|return-path|snapshot-content"
    rb"-location)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
_TEXT_COLUMNS = frozenset(
    "text body content article fulltext full_text texte contenu corps".split()
)


def kind_of(data: bytes, name: str) -> Format:
    """The format of a file whose first bytes (HEAD of them are enough) are `data`.

    Raises Unreadable for what is known and cannot be an article.
    """
    suffix = PurePosixPath(name).suffix.lower()
    for magic, what in _OTHERS:
        if data.startswith(magic):
            raise Unreadable(f"this is {what}")
    if b"%PDF-" in data[:1024]:
        return Format.PDF
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _in_zip(data)
    start = _without_mark(data)
    if is_feed(data):
        raise Unreadable("this is a feed or a sitemap, not an article; save the articles it lists")
    if _BEGINS_AS_HTML.match(start[:8192]):
        return Format.HTML
    if _is_mail(start, suffix):
        return Format.MAIL
    if suffix in (".html", ".htm", ".xhtml") and _SOME_HTML.search(start):
        return Format.HTML
    if suffix == ".jsonl" or _OBJECT.match(start):
        return Format.LINES
    if suffix in (".csv", ".tsv") or (suffix not in (".txt", ".md", ".markdown") and _table(start)):
        return Format.TABLE
    return Format.TEXT


def is_feed(data: bytes) -> bool:
    """Whether data begins as a feed or a sitemap does."""
    return bool(_FEED.match(_without_mark(data[:HEAD])))


def are_addresses(data: bytes) -> bool:
    """Whether data is a plain list of web addresses, as a sitemap may be."""
    schemes = (b"http://", b"https://")
    begins = data[:HEAD].lstrip().startswith(schemes)
    return begins and all(one.startswith(schemes) for one in data[:_LONGEST_LIST].split())


def _without_mark(data: bytes) -> bytes:
    """UTF-8 of what begins with a UTF-16 mark, as far as it goes; else without a UTF-8 mark."""
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(mark):
            return data[2:].decode(encoding, "ignore").encode("utf-8", "ignore")
    return data.removeprefix(codecs.BOM_UTF8)


def _in_zip(data: bytes) -> Format:
    """By the names of the first members; both formats put theirs at the front."""
    if b"mimetypeapplication/epub+zip" in data[:200] or b"META-INF/container.xml" in data:
        return Format.EPUB
    if b"word/" in data or b"[Content_Types].xml" in data[:2000]:
        return Format.DOCX
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:  # a small one is here in full
            names = set(archive.namelist())
    except DAMAGED:
        names = set()
    if "word/document.xml" in names:
        return Format.DOCX
    raise Unreadable("this is a zip file, and neither .docx nor .epub; unpack it")


def _is_mail(start: bytes, suffix: str) -> bool:
    headers = re.match(rb"(?:" + _HEADER.pattern + rb"){1,400}", start[:HEAD])
    if headers is None:
        return False
    named = {one.lower() for one in _OF_MAIL.findall(headers[0])}
    return len(named) >= (1 if suffix in (".eml", ".mhtml", ".mht") else 3)


def _table(start: bytes) -> bool:
    first = re.split(rb"[\r\n]", start, maxsplit=1)[0].decode("utf-8", "replace")
    for separator in ",;\t":
        try:
            row = next(csv.reader([first], delimiter=separator), [])
        except csv.Error:  # a line longer than any field may be
            return False
        cells = {one.strip().lower() for one in row}
        if len(cells) > 1 and cells & _TEXT_COLUMNS:
            return True
    return False
