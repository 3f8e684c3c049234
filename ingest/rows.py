"""A change in the library's tables, row by row, within the caller's transaction."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Sequence
from dataclasses import asdict

import numpy as np

from ingest import reprints
from ingest.database import Connection
from ingest.lexical import FOLDED, column, indexed
from ingest.snapshot import Snapshot, Stamp
from ingest.types import Article, Block, Embedded

_READINGS = ("file", "visit")  # tables that note what was read where; not every library has them


def forget(db: Connection, article_id: str) -> bool:
    origin = Snapshot(db).origin(article_id)
    drop_passages(db, article_id)
    reprints.forget(db, article_id)
    retitle(db, article_id, None)
    db.execute("DELETE FROM article WHERE id = ?", [article_id])
    db.execute("DELETE FROM version WHERE article = ?", [article_id])
    if origin is not None:
        _forget_readings(db, origin)
    return origin is not None


def _forget_readings(db: Connection, origin: str) -> None:
    """Where it was read is a trace of it too, unless other articles came from there."""
    if db.execute("SELECT 1 FROM article WHERE origin = ?", [origin]).fetchone():
        return
    for table in _READINGS:
        if db.execute("SELECT 1 FROM sqlite_schema WHERE name = ?", [table]).fetchone():
            db.execute(f"DELETE FROM {table} WHERE origin = ?", [origin])


def retitle(db: Connection, article_id: str, title: str | None) -> None:
    """Remember the title that an article was given here, or that it has none but its own."""
    db.execute("DELETE FROM retitled WHERE article = ?", [article_id])
    if title is not None:
        db.execute("INSERT INTO retitled VALUES (?, ?)", [article_id, title])


def drop_passages(db: Connection, article_id: str | None) -> None:
    """Take the passages of one article, or of all, out of the tables and into the outbox."""
    which, of = ("WHERE article = ?", [article_id]) if article_id else ("", [])
    these = f"IN (SELECT id FROM passage {which})"
    db.execute(
        "INSERT INTO outbox (vector, op)"
        f" SELECT id, 'drop' FROM vector WHERE passage {these} ORDER BY id",
        of,
    )
    db.execute(f"DELETE FROM vector WHERE passage {these}", of)
    db.execute(f"DELETE FROM lexical WHERE rowid {these}", of)
    db.execute(f"DELETE FROM passage {which}", of)


def insert_version(db: Connection, article: Article) -> None:
    db.execute(
        "INSERT OR REPLACE INTO version VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            article.id,
            article.digest,
            article.source,
            article.title,
            article.author,
            article.published,
            article.language,
            article.text,
            blocks_json(article.blocks),
            dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        ],
    )


def insert_passages(db: Connection, embedded: Embedded) -> None:
    article = embedded.article
    placed = []
    for passage in embedded.passages:
        row = db.execute(
            'INSERT INTO passage (article, language, start, "end") VALUES (?, ?, ?, ?)',
            [article.id, article.language, passage.start, passage.end],
        ).lastrowid
        text = f"{article.title} {passage.text}"
        db.execute(
            f"INSERT INTO lexical (rowid, {column(article.language)}, folded) VALUES (?, ?, ?)",
            [row, indexed(text, article.language), indexed(text, FOLDED)],
        )
        placed.append(row)
    for window, vector in zip(embedded.windows, embedded.vectors, strict=True):
        floats = np.asarray(vector, np.float32).tobytes()
        row = db.execute(
            'INSERT INTO vector (passage, start, "end", floats) VALUES (?, ?, ?, ?)',
            [placed[window.passage], window.start, window.end, floats],
        ).lastrowid
        db.execute("INSERT INTO outbox (vector, op) VALUES (?, 'add')", [row])


def new_generation(db: Connection) -> str:
    db.execute("DELETE FROM outbox")
    db.execute("INSERT INTO outbox (vector, op) SELECT id, 'add' FROM vector ORDER BY id")
    set_meta(db, "ids before this generation", str(Snapshot(db).last_id()))
    generation = uuid.uuid4().hex
    set_meta(db, "generation", generation)
    return generation


def blocks_json(blocks: Sequence[Block]) -> str:
    return json.dumps([[block.kind, block.start, block.end] for block in blocks])


def set_stamp(db: Connection, stamp: Stamp) -> None:
    set_meta(db, "stamp", json.dumps(asdict(stamp)))


def set_meta(db: Connection, key: str, value: str) -> None:
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [key, value])
