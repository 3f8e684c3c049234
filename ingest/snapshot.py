"""One unmoving view of a library: everything that is ever read from it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.database import Connection, Row
from ingest.types import Article, Block, Kind, Passage, Vectors
from ingest.words import fold, stem

_CURRENT = "version.article = article.id AND version.digest = article.digest"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a library's vectors and passages were made with; another one must not be mixed in."""

    encoder: str
    digest: str
    dimension: int
    splitter: str


@dataclass(frozen=True, slots=True)
class Shelved:
    """What is known of an article without reading it."""

    id: str
    digest: str
    origin: str


@dataclass(frozen=True, slots=True)
class Pending:
    """What the vector index has yet to be told, in order: (passage id, is it an addition)."""

    last: int
    entries: tuple[tuple[int, bool], ...]


class Snapshot:
    """One unmoving view of a library. Use it within its `with`, from one thread."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def stamp(self) -> Stamp | None:
        text = self.noted("stamp")
        return Stamp(**json.loads(text)) if text else None

    def noted(self, key: str) -> str | None:
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", [key]).fetchone()
        return str(row[0]) if row else None

    def shelved(self) -> list[Shelved]:
        rows = self._db.execute("SELECT id, digest, origin FROM article ORDER BY id")
        return [Shelved(*row) for row in rows]

    def count(self) -> tuple[int, int]:
        """(articles, passages)"""
        query = "SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM passage)"
        articles, passages = self._db.execute(query).fetchone()
        return articles, passages

    def articles(self) -> Iterator[Article]:
        """Every current version, by id."""
        for row in self._db.execute(
            f"SELECT version.* FROM article JOIN version ON {_CURRENT} ORDER BY article.id"
        ):
            yield _article(row)

    def article(self, article_id: str, digest: str | None = None) -> Article | None:
        """The current version, or the one with that digest; None when it is not kept."""
        row = self._db.execute(
            "SELECT version.* FROM version LEFT JOIN article ON article.id = version.article"
            " WHERE version.article = ? AND version.digest = coalesce(?, article.digest)",
            [article_id, digest],
        ).fetchone()
        return _article(row) if row else None

    def versions(self, article_id: str) -> list[tuple[str, str]]:
        """(when it was taken in, digest) of every version that is kept, oldest first."""
        rows = self._db.execute(
            "SELECT ingested, digest FROM version WHERE article = ? ORDER BY ingested, rowid",
            [article_id],
        )
        return [(row[0], row[1]) for row in rows]

    def passages(self, ids: Sequence[int]) -> dict[int, Passage]:
        """Those of the passages that are there, by id."""
        marks = ",".join("?" * len(ids))
        rows = self._db.execute(
            f'SELECT id, article, start, "end" FROM passage WHERE id IN ({marks})', list(ids)
        ).fetchall()
        needed = {row["article"] for row in rows}
        articles = {name: article for name in needed if (article := self.article(name))}
        return {
            row["id"]: Passage(articles[row["article"]], row["start"], row["end"]) for row in rows
        }

    def lexical(
        self, asked: Sequence[str], languages: Sequence[str], k: int
    ) -> list[tuple[int, float]]:
        """(passage id, bm25 score, higher is better) of the `k` passages that share most words.

        Each word of `asked` counts folded as it stands and stemmed as of each of `languages`.
        """
        terms = []
        for word in asked:
            stems = {stem(word, language) for language in languages}
            terms += [f'folded : "{fold(word)}"', *(f'stems : "{one}"' for one in sorted(stems))]
        if not terms:
            return []
        rows = self._db.execute(
            "SELECT rowid, -bm25(lexical) FROM lexical WHERE lexical MATCH ?"
            " ORDER BY rank, rowid LIMIT ?",
            [" OR ".join(terms), k],
        )
        return [(row[0], row[1]) for row in rows]

    def vectors(self, ids: Sequence[int] | None = None) -> tuple[NDArray[np.int64], Vectors]:
        """(passage ids, their unit rows), all of them or those of `ids` that are there."""
        query = "SELECT id, vector FROM passage"
        if ids is not None:
            query += f" WHERE id IN ({','.join(map(str, map(int, ids)))})"
        rows = self._db.execute(query + " ORDER BY id").fetchall()
        found = np.fromiter((row[0] for row in rows), np.int64, len(rows))
        flat = np.frombuffer(b"".join(row[1] for row in rows), np.float32)
        return found, flat.reshape(len(rows), -1) if rows else np.zeros((0, 0), np.float32)

    def ids_handed_out(self) -> int:
        """How many passages the present generation of the vector index was ever told of."""
        row = self._db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'passage'").fetchone()
        return (row[0] if row else 0) - int(self.noted("ids before this generation") or 0)

    def pending(self, limit: int) -> Pending:
        """The first `limit` entries of the outbox."""
        rows = self._db.execute(
            "SELECT seq, passage, op FROM outbox ORDER BY seq LIMIT ?", [limit]
        ).fetchall()
        entries = tuple((row["passage"], row["op"] == "add") for row in rows)
        return Pending(rows[-1]["seq"] if rows else 0, entries)


def _article(row: Row) -> Article:
    return Article(
        id=row["article"],
        source=row["source"],
        title=row["title"],
        author=row["author"],
        published=row["published"],
        language=row["language"],
        text=row["text"],
        digest=row["digest"],
        blocks=tuple(Block(Kind(kind), a, b) for kind, a, b in json.loads(row["blocks"])),
    )
