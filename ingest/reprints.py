"""Which articles of a library are nearly the same: wire copy, twins of a page, cuts of a text.

A new article is compared with the few that share a bucket with it, however many there are. Every
one stays in the library: all that is kept is that two are alike. Translations share no words, so
they are not found, and are not meant to be.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection

import numpy as np

from ingest.database import Connection
from ingest.lexical import AMONG
from ingest.shingles import Sketch, buckets, share, sketch
from ingest.types import Article

_CROWD = 30  # articles in a bucket; what more of them share is a form that is filled in
_COMPARED = 12  # those that share most buckets
_NAMED = 50  # others that are nearly the same as one article, as far as anybody asks


def link(
    db: Connection, article_id: str, made: Sketch, held: Callable[[str], Article | None]
) -> None:
    """Put in what there is to compare of an article's current version, and link it with its like.

    `held` gives the current version of an article that is in the library.
    """
    unlink(db, article_id)
    own = buckets(made)
    marks = ",".join("?" * len(own))
    near = db.execute(
        "SELECT sketch.article FROM band JOIN sketch ON sketch.id = band.sketch"
        f" WHERE bucket IN ({marks}) GROUP BY band.sketch"
        " ORDER BY count(*) DESC, band.sketch DESC LIMIT ?",
        [*own, _COMPARED],
    ).fetchall()
    for (other,) in near:
        theirs = held(other)
        if theirs is not None and (alike := share(made, sketch(theirs))):
            db.executemany(
                "INSERT INTO reprint VALUES (?, ?, ?)",
                [(article_id, other, alike), (other, article_id, alike)],
            )
    db.execute(
        "INSERT INTO sketch (article, bands) VALUES (?, ?)"
        " ON CONFLICT (article) DO UPDATE SET bands = excluded.bands",
        [article_id, np.array(own, np.int64).tobytes()],
    )
    (number,) = db.execute("SELECT id FROM sketch WHERE article = ?", [article_id]).fetchone()
    db.executemany(
        "INSERT OR IGNORE INTO band SELECT ?1, ?2"
        " WHERE (SELECT count(*) FROM band WHERE bucket = ?1) < ?3",
        [(one, number, _CROWD) for one in own],
    )


def unlink(db: Connection, article_id: str) -> None:
    """Nothing is like the article any more; it keeps its place among those that came."""
    row = db.execute("SELECT id, bands FROM sketch WHERE article = ?", [article_id]).fetchone()
    if row is None:
        return
    own = np.frombuffer(row["bands"], np.int64).tolist()
    db.executemany(
        "DELETE FROM band WHERE bucket = ? AND sketch = ?", [(one, row["id"]) for one in own]
    )
    others = db.execute("SELECT other FROM reprint WHERE article = ?", [article_id]).fetchall()
    db.executemany(
        "DELETE FROM reprint WHERE article = ? AND other = ?",
        [pair for (other,) in others for pair in ((article_id, other), (other, article_id))],
    )


def forget(db: Connection, article_id: str) -> None:
    """Keep nothing of it."""
    unlink(db, article_id)
    db.execute("DELETE FROM sketch WHERE article = ?", [article_id])


def forget_all(db: Connection) -> None:
    for table in ("band", "reprint", "sketch"):
        db.execute(f"DELETE FROM {table}")


def uncompared(db: Connection, after: str, most: int) -> list[str]:
    """The first ids behind `after` of articles that have not been compared, in order."""
    rows = db.execute(
        "SELECT id FROM article WHERE id > ? AND NOT EXISTS"
        " (SELECT 1 FROM sketch WHERE sketch.article = article.id) ORDER BY id LIMIT ?",
        [after, most],
    )
    return [row[0] for row in rows]


def like(db: Connection, article_id: str) -> list[str]:
    """The articles that are nearly the same as this one, or as one that is: the nearest first.

    Where a long text holds two short ones, these are among each other's: an answer that relies on
    it looks whether the words are there.
    """
    found = {article_id: None}
    for one in (queue := [article_id]):
        rows = db.execute(
            "SELECT other FROM reprint WHERE article = ? ORDER BY share DESC, other LIMIT ?",
            [one, _NAMED],
        ).fetchall()
        new = [other for (other,) in rows if other not in found]
        found |= dict.fromkeys(new)
        queue += new
        if len(found) > _NAMED:
            break
    return list(found)[1 : _NAMED + 1]


def originals(db: Connection, articles: Collection[str] | None = None) -> dict[str, str]:
    """Of each article that is a reprint, the one it is a reprint of.

    That is the first published of those it is linked with, and of these the first that came.
    All of the library, or those of `articles`.
    """
    among = f" WHERE {AMONG}" if articles is not None else ""
    given = [json.dumps(sorted(articles))] if articles is not None else []
    pairs = db.execute(f"SELECT article, other FROM reprint{among}", given).fetchall()
    known = json.dumps(sorted({one for pair in pairs for one in pair}))
    rows = db.execute(
        "SELECT article.id, published, sketch.id FROM article"
        " JOIN version ON version.article = article.id AND version.digest = article.digest"
        " JOIN sketch ON sketch.article = article.id"
        " WHERE article.id IN (SELECT value FROM json_each(?))",
        [known],
    )
    order = {row[0]: (row[1] or "9999", row[2]) for row in rows}
    first: dict[str, str] = {}
    for one, other in pairs:
        first[one] = min(first.get(one, one), other, key=order.__getitem__)
    return {one: of for one, of in sorted(first.items()) if of != one}
