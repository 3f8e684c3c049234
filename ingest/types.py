"""The values that flow through ingest. Every `.text` is a slice of an article's text of record."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]  # (n, dim), unit rows


class Kind(StrEnum):
    """What a block of an article is; only BODY and HEADING are indexed, only BODY is quoted."""

    BODY = "body"
    HEADING = "heading"
    DATE = "date"
    BYLINE = "byline"
    CAPTION = "caption"
    PROMO = "promo"
    META = "meta"  # front matter


INDEXED = frozenset({Kind.BODY, Kind.HEADING})


@dataclass(frozen=True, slots=True)
class Block:
    """`text[start:end]` is of this kind. Offsets are code points into the text of record."""

    kind: Kind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as it was read, before it has an identity in a library.

    `origin` is where it came from (a real path, `upload:NAME` or a web address), `name` what people
    call it.
    """

    origin: str
    name: str
    text: str
    id: str | None = None
    title: str | None = None
    author: str | None = None
    published: str | None = None
    source: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What was read at a web address, or, without drafts, is known to be there as it was.

    `origin` is the address its articles are known to come from, `seal` stands for its bytes.
    """

    origin: str
    seal: str
    drafts: tuple[Draft, ...]


@dataclass(frozen=True, slots=True)
class Rejection:
    """Something that was offered and not taken, and why, in words for its owner."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Article:
    """One version of an article.

    `digest` (sha256, hex) covers the text of record and all that came beside it; `title` may have
    been given in the library since (ingest/rename.py).
    `published` is `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, as precise as it was given and no more.
    `blocks` are in order and do not overlap; between them lies only white space.
    """

    id: str
    source: str
    title: str
    author: str | None
    published: str | None
    language: str
    text: str
    digest: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences of one article: what is retrieved, and searched for words."""

    article: Article
    start: int
    end: int

    @property
    def id(self) -> str:
        return f"{self.article.id}:{self.start}"

    @property
    def text(self) -> str:
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Window:
    """Whole sentences of one passage: what one vector stands for.

    `passage` says which of the article's passages, in order, from 0.
    """

    article: Article
    passage: int
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Embedded:
    """An article ready for the library; row i of `vectors` stands for window i."""

    article: Article
    passages: tuple[Passage, ...]
    windows: tuple[Window, ...]
    vectors: Vectors


class Change(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Report:
    """What one ingest did: article ids by what became of them, and what was turned away.

    `reprints`: of the added and changed, those that are nearly the same as an earlier one: its id.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    rejected: tuple[Rejection, ...] = ()
    passages: int = 0
    seconds: float = 0.0
    reprints: dict[str, str] = field(default_factory=dict)
