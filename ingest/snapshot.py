"""One unmoving view of a library: everything that is ever read from it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.database import Connection, Row
from ingest.lexical import AMONG, Ranked, Term, holds, search, vocabulary
from ingest.reprints import like, originals
from ingest.types import Article, Block, Embedded, Kind, Passage, Vectors, Window

_CURRENT = "version.article = article.id AND version.digest = article.digest"
_GIVEN = "LEFT JOIN retitled ON retitled.article = version.article"


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
class Listed:
    """What a question can narrow the articles by, and a table shows: all but the text."""

    id: str
    source: str
    published: str | None
    title: str = ""
    language: str = ""
    ingested: str = ""  # when this version was taken in, ISO 8601


@dataclass(frozen=True, slots=True)
class Pending:
    """What the vector index has yet to be told, in order: (vector id, is it an addition)."""

    last: int
    entries: tuple[tuple[int, bool], ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """Vectors as they are stored: row i of `vectors` is `ids[i]`, of passage `passages[i]`, and
    stands for the characters `spans[i]` (start, end) of its article's text.
    """

    ids: NDArray[np.int64]
    passages: NDArray[np.int64]
    spans: NDArray[np.int64]
    vectors: Vectors

    def cosines(self, vector: Vectors) -> dict[int, float]:
        """Each passage's cosine with one unit vector: that of its nearest window."""
        if not len(self.ids):
            return {}
        owners, where = np.unique(self.passages, return_inverse=True)
        best = np.full(len(owners), -2.0, np.float32)
        np.maximum.at(best, where, self.vectors @ np.ravel(vector))
        return dict(zip(owners.tolist(), best.tolist(), strict=True))


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

    def listed(self) -> list[Listed]:
        rows = self._db.execute(
            "SELECT id, source, published, coalesce(retitled.title, version.title), language,"
            f" ingested FROM article JOIN version ON {_CURRENT} {_GIVEN} ORDER BY id"
        )
        return [Listed(*row) for row in rows]

    def sizes(self, articles: Collection[str]) -> dict[str, int]:
        """The characters of each of them; their texts are read for it."""
        rows = self._db.execute(
            f"SELECT id, length(text) FROM article JOIN version ON {_CURRENT}"
            f" WHERE version.{AMONG}",
            [json.dumps(sorted(articles))],
        )
        return {row[0]: row[1] for row in rows}

    def origin(self, article_id: str) -> str | None:
        """Where the article came from; None where there is none of that id."""
        row = self._db.execute("SELECT origin FROM article WHERE id = ?", [article_id]).fetchone()
        return str(row[0]) if row else None

    def embedded(self, article: Article) -> Embedded:
        """What the library holds of a current version: passages, windows and vectors."""
        rows = self._db.execute(
            'SELECT id, start, "end" FROM passage WHERE article = ? ORDER BY id', [article.id]
        ).fetchall()
        place = {row["id"]: number for number, row in enumerate(rows)}
        held = self.vectors(passages=list(place))
        return Embedded(
            article,
            tuple(Passage(article, row["start"], row["end"]) for row in rows),
            tuple(
                Window(article, place[owner], start, end)
                for owner, (start, end) in zip(
                    held.passages.tolist(), held.spans.tolist(), strict=True
                )
            ),
            held.vectors,
        )

    def count(self) -> tuple[int, int]:
        """(articles, passages)"""
        query = "SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM passage)"
        articles, passages = self._db.execute(query).fetchone()
        return articles, passages

    def articles(self) -> Iterator[Article]:
        """Every current version, by id."""
        for row in self._db.execute(
            "SELECT version.*, retitled.title AS given"
            f" FROM article JOIN version ON {_CURRENT} {_GIVEN} ORDER BY article.id"
        ):
            yield _article(row)

    def article(
        self, article_id: str, digest: str | None = None, *, own_title: bool = False
    ) -> Article | None:
        """The current version, or the one with that digest; None when it is not kept.

        Under the title it was given in this library, if any, unless its `own_title` is asked for.
        """
        row = self._db.execute(
            "SELECT version.*, retitled.title AS given FROM version"
            f" LEFT JOIN article ON article.id = version.article {_GIVEN}"
            " WHERE version.article = ? AND version.digest = coalesce(?, article.digest)",
            [article_id, digest],
        ).fetchone()
        return _article(row, own_title=own_title) if row else None

    def given_title(self, article_id: str) -> str | None:
        """What the article was renamed to in this library, if it was."""
        row = self._db.execute(
            "SELECT title FROM retitled WHERE article = ?", [article_id]
        ).fetchone()
        return str(row[0]) if row else None

    def reprints(self, article_id: str) -> list[str]:
        """The articles that are nearly the same as this one, the nearest first."""
        return like(self._db, article_id)

    def originals(self, articles: Collection[str] | None = None) -> dict[str, str]:
        """What each reprint is a reprint of; of all articles, or of these."""
        return originals(self._db, articles)

    def versions(self, article_id: str) -> list[tuple[str, str]]:
        """(when it was taken in, digest) of every version that is kept, oldest first."""
        rows = self._db.execute(
            "SELECT ingested, digest FROM version WHERE article = ? ORDER BY rowid",
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

    def languages(self) -> frozenset[str]:
        """Those that passages are in."""
        return frozenset(
            row[0] for row in self._db.execute("SELECT DISTINCT language FROM passage")
        )

    def passage_ids(self, articles: Collection[str]) -> list[int]:
        rows = self._db.execute(
            f"SELECT id FROM passage WHERE {AMONG} ORDER BY id", [json.dumps(sorted(articles))]
        )
        return [row[0] for row in rows]

    def articles_of(self, passages: Collection[int]) -> dict[int, str]:
        """The id of each passage's article, for those that are there."""
        query = f"SELECT id, article FROM passage WHERE id IN ({_listed(list(passages))})"
        return {row[0]: row[1] for row in self._db.execute(query)}

    def has_word(self, word: str, languages: Sequence[str]) -> bool:
        """Does any passage hold it, as it stands or in another form of one of `languages`?"""
        return holds(self._db, word, languages)

    def vocabulary(self, opening: str) -> dict[str, int]:
        """The words, folded, that begin with `opening`; and how many passages hold each."""
        return vocabulary(self._db, opening)

    def lexical(
        self,
        sought: Mapping[str, Sequence[Term]],
        k: int,
        articles: Collection[str] | None = None,
    ) -> Ranked:
        """The `k` passages that share most with what is sought in those of each language.

        Only passages of `articles`, where given.
        """
        return search(self._db, sought, k, articles)

    def vectors(
        self, ids: Sequence[int] | None = None, *, passages: Sequence[int] | None = None
    ) -> Rows:
        """All vectors, those of `ids` that are there, or those of `passages`; by id."""
        query = 'SELECT id, passage, start, "end", floats FROM vector'
        if ids is not None:
            query += f" WHERE id IN ({_listed(ids)})"
        if passages is not None:
            query += f" WHERE passage IN ({_listed(passages)})"
        rows = self._db.execute(query + " ORDER BY id").fetchall()
        numbers = np.array([tuple(row)[:4] for row in rows], np.int64).reshape(-1, 4)
        flat = np.frombuffer(b"".join(row["floats"] for row in rows), np.float32)
        shaped = flat.reshape(len(rows), -1) if rows else np.zeros((0, 0), np.float32)
        return Rows(numbers[:, 0], numbers[:, 1], numbers[:, 2:], shaped)

    def vector_count(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM vector").fetchone()[0])

    def owners(self, ids: Sequence[int]) -> dict[int, int]:
        """The passage of each of the vectors that are there."""
        query = f"SELECT id, passage FROM vector WHERE id IN ({_listed(ids)})"
        return {row[0]: row[1] for row in self._db.execute(query)}

    def ids_handed_out(self) -> int:
        """How many vectors came since the present generation of the vector index began."""
        return self.last_id() - int(self.noted("ids before this generation") or 0)

    def last_id(self) -> int:
        """Of all vectors there ever were; 0 before the first."""
        row = self._db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'vector'").fetchone()
        return int(row[0]) if row else 0

    def pending(self, limit: int) -> Pending:
        """The first `limit` entries of the outbox."""
        rows = self._db.execute(
            "SELECT seq, vector, op FROM outbox ORDER BY seq LIMIT ?", [limit]
        ).fetchall()
        entries = tuple((row["vector"], row["op"] == "add") for row in rows)
        return Pending(rows[-1]["seq"] if rows else 0, entries)


def _listed(ids: Sequence[int]) -> str:
    """Ids for an IN: there may be more of them than SQLite takes placeholders."""
    return ",".join(map(str, map(int, ids)))


def _article(row: Row, *, own_title: bool = False) -> Article:
    given = None if own_title else row["given"]
    return Article(
        id=row["article"],
        source=row["source"],
        title=row["title"] if given is None else given,
        author=row["author"],
        published=row["published"],
        language=row["language"],
        text=row["text"],
        digest=row["digest"],
        blocks=tuple(Block(Kind(kind), a, b) for kind, a, b in json.loads(row["blocks"])),
    )
