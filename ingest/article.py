"""From a draft to an article: its blocks, its language, a title where none was given."""

from __future__ import annotations

import hashlib
import json

from ingest.clean import blocks
from ingest.language import detect
from ingest.sentences import sentences
from ingest.types import INDEXED, Article, Block, Draft, Kind

_LONGEST_TITLE = 100  # characters, of a title that is made from the text


def digest(draft: Draft) -> str:
    """sha256 (hex) of the text of record and of what was given with it; the rest follows from it.

    It tells whether an article changed, for the price of a hash. A source that is only the file's
    name is none that was given: `press/2022/a.txt` of one folder is `a.txt` of another.
    """
    return _hashed(draft, None if draft.source == draft.name else draft.source)


def earlier_digest(draft: Draft) -> str:
    """As `digest` was once, with the file's name for a source: libraries of then have it."""
    return _hashed(draft, draft.source)


def _hashed(draft: Draft, source: str | None) -> str:
    given = [draft.text, draft.title, draft.author, draft.published, source, draft.language]
    return hashlib.sha256(json.dumps(given).encode()).hexdigest()


def article(draft: Draft, article_id: str) -> Article:
    marked = blocks(draft.text)
    said = " ".join(draft.text[b.start : b.end] for b in marked if b.kind in INDEXED)
    return Article(
        id=article_id,
        source=draft.source or draft.name,
        title=draft.title or _title(draft.text, marked) or draft.name,
        author=draft.author,
        published=draft.published,
        language=(draft.language or detect(said or draft.text)).lower()[:2],
        text=draft.text,
        digest=digest(draft),
        blocks=marked,
    )


def _title(text: str, marked: tuple[Block, ...]) -> str:
    """The heading it opens with, else its first sentence, shortened at a word."""
    first = next((block for block in marked if block.kind in INDEXED), None)
    if first is None:
        return ""
    start, end = first.start, first.end
    if first.kind is Kind.BODY:
        start, end = sentences(text, start, end)[0]
    line = " ".join(text[start:end].lstrip("#").split())
    if len(line) <= _LONGEST_TITLE:
        return line
    return line[:_LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"
