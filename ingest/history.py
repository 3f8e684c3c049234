"""What changed in an article: its versions, each told apart from the one before."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from itertools import islice

from ingest.errors import LibraryError
from ingest.library import Library
from ingest.sentences import sentences
from ingest.types import Article

_BESIDE = ("title", "author", "published", "source", "language")


def history(library: Library, article_id: str) -> str:
    """The versions of one article, oldest first, with the sentences that went and came."""
    with library.snapshot() as snapshot:
        kept = snapshot.versions(article_id)
        versions = [
            (when, snapshot.article(article_id, digest, own_title=True)) for when, digest in kept
        ]
        current, given = snapshot.article(article_id), snapshot.given_title(article_id)
    if current is None:
        raise LibraryError(f"no article has the id {article_id!r}; see --list")
    lines = [] if given is None else [f"renamed in this library: {given}"]
    before: Article | None = None
    for when, version in versions:
        assert version is not None, "all were read from one snapshot"
        now = "  (current)" if version.digest == current.digest else ""
        lines.append(f"{when}  version {version.digest[:12]}  {version.title}{now}")
        if before is not None:
            lines += [f"    {line}" for line in difference(before, version)]
        before = version
    return "\n".join(lines)


def difference(old: Article, new: Article) -> Iterator[str]:
    """Lines that begin with `-` (only in `old`) or `+` (only in `new`), in the order of reading."""
    for field, was, now in beside(old, new):
        yield f"{field}: {was or 'none'} -> {now or 'none'}"
    for sign, sentence in apart(old, new):
        yield f"{sign} {sentence}"


def beside(old: Article, new: Article) -> Iterator[tuple[str, str | None, str | None]]:
    """(field, what it was, what it is) of what stands beside the text and is another now."""
    for field in _BESIDE:
        was, now = getattr(old, field), getattr(new, field)
        if was != now:
            yield field, was, now


def apart(old: Article, new: Article) -> Iterator[tuple[str, str]]:
    """(`-`, sentence only in `old`) and (`+`, sentence only in `new`), in the order of reading."""
    lines = difflib.unified_diff(_said(old), _said(new), n=0, lineterm="")
    for line in islice(lines, 2, None):  # the first two would name files
        if line[0] != "@":
            yield line[0], line[1:]


def _said(article: Article) -> list[str]:
    """Every sentence, furniture included, without the line ends within it."""
    return [
        " ".join(article.text[a:b].split())
        for block in article.blocks
        for a, b in sentences(article.text, block.start, block.end)
    ]
