"""The library: the system of record. Articles with their versions, passages, vectors, words.

A change of one article is one transaction: a reader sees the whole old version or the whole new
one. What the vector index is yet to learn of it stands in the outbox, written by the same
transaction; `ingest.dense` reads both. Nothing here knows Chroma.
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from ingest import database, reprints
from ingest.errors import LibraryError, RenamedError
from ingest.lexical import FOLDED, column, indexed
from ingest.shingles import sketch
from ingest.snapshot import Snapshot, Stamp
from ingest.types import Article, Block, Change, Embedded

_COMPARED = 50  # articles at a time, so that no other writer waits long


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """An article that was taken out of a library, whole: its passages and all its versions."""

    embedded: Embedded
    origin: str
    versions: tuple[tuple[object, ...], ...]  # rows, oldest first
    stamp: Stamp | None
    given_title: str | None


class Library:
    """A folder with one library in it. Safe to use from many threads and many processes."""

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        self.folder = folder
        if create:
            database.create(folder)
        else:
            database.check(folder)

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """The library as it is now, unmoved by what others write meanwhile."""
        with database.reading(self.folder) as db:
            yield Snapshot(db)

    def put(self, embedded: Embedded, *, origin: str, own_title: str | None = None) -> Change:
        """Make this version of the article the current one, with exactly these passages.

        Raises RenamedError where the library shows the article under another title: embedded under
        that, it is put with the `own_title` that it came with.
        """
        article, sketched = embedded.article, sketch(embedded.article)
        with database.writing(self.folder) as db:
            before = db.execute("SELECT digest FROM article WHERE id = ?", [article.id]).fetchone()
            if before and before["digest"] == article.digest:
                return Change.UNCHANGED  # another process was quicker
            given = Snapshot(db).given_title(article.id)
            if given is not None and given != article.title:
                raise RenamedError(given)
            _drop_passages(db, article.id)
            _insert_version(db, replace(article, title=own_title or article.title))
            db.execute(
                "INSERT INTO article VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
                " digest = excluded.digest, origin = excluded.origin",
                [article.id, article.digest, origin],
            )
            _insert_passages(db, embedded)
            reprints.link(db, article.id, sketched, Snapshot(db).article)
            return Change.CHANGED if before else Change.ADDED

    def compare(self) -> None:
        """Look for reprints among articles that were not compared yet: an earlier schema's, or all
        after a rebuild. A stop costs nothing; the next call goes on from there.
        """
        last = ""
        while True:
            with database.reading(self.folder) as db:
                ids = reprints.uncompared(db, last, _COMPARED)
            if not ids:
                return
            with database.writing(self.folder) as db:
                held = Snapshot(db).article
                for one in ids:
                    if (article := held(one)) is not None:  # it may have gone meanwhile
                        reprints.link(db, one, sketch(article), held)
            last = ids[-1]

    def moved(self, article_id: str, origin: str) -> None:
        """The same article now comes from elsewhere."""
        with database.writing(self.folder) as db:
            db.execute("UPDATE article SET origin = ? WHERE id = ?", [origin, article_id])

    def rename(self, embedded: Embedded, title: str | None, stamp: Stamp | None) -> bool:
        """Show a current version under `title`, with these passages, embedded so; None: its own.

        False, and nothing done, when it is not current any more. Raises LibraryError when the
        library has been made anew with another encoder than `stamp` says.
        """
        article = embedded.article
        with database.writing(self.folder) as db:
            snapshot = Snapshot(db)
            current = snapshot.article(article.id)
            if current is None or current.digest != article.digest:
                return False
            if snapshot.stamp() != stamp:
                raise LibraryError("the library was made anew meanwhile; try again")
            _retitle(db, article.id, title)
            _drop_passages(db, article.id)
            _insert_passages(db, embedded)
        return True

    def remove(self, article_id: str) -> bool:
        """Forget an article, its earlier versions too. False when it was not there."""
        with database.writing(self.folder) as db:
            return _forget(db, article_id)

    def withdraw(self, article_id: str) -> Withdrawn | None:
        """`remove`, and all that `put_back` needs to undo it; None when it was not there."""
        with database.writing(self.folder) as db:
            snapshot = Snapshot(db)
            article, origin = snapshot.article(article_id), snapshot.origin(article_id)
            if article is None or origin is None:
                return None
            rows = db.execute(
                "SELECT * FROM version WHERE article = ? ORDER BY rowid", [article_id]
            )
            versions = tuple(tuple(row) for row in rows)
            kept = Withdrawn(
                snapshot.embedded(article),
                origin,
                versions,
                snapshot.stamp(),
                snapshot.given_title(article_id),
            )
            _forget(db, article_id)
        return kept

    def put_back(self, one: Withdrawn) -> bool:
        """As if it had never been withdrawn. False when the article has come in again meanwhile.

        Raises LibraryError when the library has been made anew with another encoder.
        """
        article = one.embedded.article
        with database.writing(self.folder) as db:
            snapshot = Snapshot(db)
            if snapshot.origin(article.id) is not None:
                return False
            if snapshot.stamp() != one.stamp:
                raise LibraryError(
                    "the library was made anew meanwhile; take the article in again from its file"
                )
            for row in one.versions:
                marks = ", ".join("?" * len(row))
                db.execute(f"INSERT OR REPLACE INTO version VALUES ({marks})", row)
            db.execute(
                "INSERT INTO article VALUES (?, ?, ?)", [article.id, article.digest, one.origin]
            )
            _retitle(db, article.id, one.given_title)
            _insert_passages(db, one.embedded)
            reprints.link(db, article.id, sketch(article), Snapshot(db).article)
        return True

    def scrub(self) -> None:
        """Leave no trace on the disk of what was removed: not in the words, not in the log."""
        with database.writing(self.folder) as db:
            db.execute("INSERT INTO lexical (lexical) VALUES ('optimize')")
        database.checkpoint(self.folder)

    def stamp(self, stamp: Stamp) -> None:
        """Set the stamp of a library that holds no passages yet; keep an equal one."""
        with database.writing(self.folder) as db:
            current = Snapshot(db).stamp()
            if current is None:
                _set_stamp(db, stamp)
            elif current != stamp:
                raise LibraryError(
                    "the library was stamped by another process meanwhile; try again"
                )

    def replace_all(self, stamp: Stamp, fresh: Iterable[Embedded]) -> bool:
        """Swap every passage for `fresh` ones, made with `stamp`, in one transaction.

        False, and nothing done, when articles have changed since `fresh` was made.
        """
        with database.writing(self.folder) as db:
            _drop_passages(db, None)
            digests = {row["id"]: row["digest"] for row in db.execute("SELECT * FROM article")}
            titles = {one.id: one.title for one in Snapshot(db).listed()}
            current = {one: (digest, titles[one]) for one, digest in digests.items()}
            for one in fresh:
                article = one.article
                if current.pop(article.id, None) != (article.digest, article.title):
                    db.execute("ROLLBACK")
                    return False
                _insert_passages(db, one)
                db.execute(
                    "UPDATE version SET blocks = ? WHERE article = ? AND digest = ?",
                    [_blocks_json(article.blocks), article.id, article.digest],
                )
            if current:
                db.execute("ROLLBACK")
                return False
            reprints.forget_all(db)  # what is body may have changed
            _set_stamp(db, stamp)
            _new_generation(db)
            return True

    def restart_index(self) -> str:
        """A new, empty generation of the vector index: all vectors wait in the outbox."""
        with database.writing(self.folder) as db:
            return _new_generation(db)

    def delivered(self, up_to: int) -> None:
        """The vector index has taken in the outbox as far as `up_to`."""
        with database.writing(self.folder) as db:
            db.execute("DELETE FROM outbox WHERE seq <= ?", [up_to])

    def note(self, key: str, value: str) -> None:
        """Remember one fact about the library as a whole."""
        with database.writing(self.folder) as db:
            _set_meta(db, key, value)


def _forget(db: database.Connection, article_id: str) -> bool:
    _drop_passages(db, article_id)
    reprints.forget(db, article_id)
    _retitle(db, article_id, None)
    gone = db.execute("DELETE FROM article WHERE id = ?", [article_id]).rowcount > 0
    db.execute("DELETE FROM version WHERE article = ?", [article_id])
    return gone


def _retitle(db: database.Connection, article_id: str, title: str | None) -> None:
    """Remember the title that an article was given here, or that it has none but its own."""
    db.execute("DELETE FROM retitled WHERE article = ?", [article_id])
    if title is not None:
        db.execute("INSERT INTO retitled VALUES (?, ?)", [article_id, title])


def _drop_passages(db: database.Connection, article_id: str | None) -> None:
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


def _insert_version(db: database.Connection, article: Article) -> None:
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
            _blocks_json(article.blocks),
            dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        ],
    )


def _insert_passages(db: database.Connection, embedded: Embedded) -> None:
    article = embedded.article
    rows = []
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
        rows.append(row)
    for window, vector in zip(embedded.windows, embedded.vectors, strict=True):
        floats = np.asarray(vector, np.float32).tobytes()
        row = db.execute(
            'INSERT INTO vector (passage, start, "end", floats) VALUES (?, ?, ?, ?)',
            [rows[window.passage], window.start, window.end, floats],
        ).lastrowid
        db.execute("INSERT INTO outbox (vector, op) VALUES (?, 'add')", [row])


def _new_generation(db: database.Connection) -> str:
    db.execute("DELETE FROM outbox")
    db.execute("INSERT INTO outbox (vector, op) SELECT id, 'add' FROM vector ORDER BY id")
    handed_out = Snapshot(db).ids_handed_out()
    _set_meta(db, "ids before this generation", str(handed_out))
    generation = uuid.uuid4().hex
    _set_meta(db, "generation", generation)
    return generation


def _blocks_json(blocks: Sequence[Block]) -> str:
    return json.dumps([[block.kind, block.start, block.end] for block in blocks])


def _set_stamp(db: database.Connection, stamp: Stamp) -> None:
    _set_meta(db, "stamp", json.dumps(asdict(stamp)))


def _set_meta(db: database.Connection, key: str, value: str) -> None:
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [key, value])
