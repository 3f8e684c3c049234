"""The library: the system of record. Articles with their versions, passages, vectors, words.

A change of one article is one transaction: a reader sees the whole old version or the whole new
one. What the vector index is yet to learn of it stands in the outbox, written by the same
transaction; `ingest.dense` reads both. Nothing here knows Chroma.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from ingest import database, reprints, rows
from ingest.errors import LibraryError, RenamedError, TakenError
from ingest.shingles import sketch
from ingest.snapshot import Snapshot, Stamp
from ingest.types import Change, Embedded

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

    def kept_open(self) -> AbstractContextManager[None]:
        """For many changes in a row: whoever closes the file last folds its whole log into it, and
        otherwise that is done after every one of them.
        """
        return database.held(self.folder)

    def put(
        self,
        embedded: Embedded,
        *,
        origin: str,
        own_title: str | None = None,
        known: Collection[str] | None = None,
        stamp: Stamp | None = None,
    ) -> Change:
        """Make this version of the article the current one, with exactly these passages.

        `stamp`, where given, is what it was embedded with: as `stamp` has it, in one go.
        `known`: where the article may have come from before, its `origin` besides; any place if
        not given. Raises TakenError where the library has it from another.
        Raises RenamedError where the library shows the article under another title: embedded under
        that, it is put with the `own_title` that it came with.
        """
        article, sketched = embedded.article, sketch(embedded.article)
        with database.writing(self.folder) as db:
            if stamp is not None:
                _stamped(db, stamp)
            before = db.execute("SELECT * FROM article WHERE id = ?", [article.id]).fetchone()
            if before and before["digest"] == article.digest:
                return Change.UNCHANGED  # another process was quicker
            if before and known is not None and before["origin"] not in {origin, *known}:
                raise TakenError(before["origin"])
            given = Snapshot(db).given_title(article.id)
            if given is not None and given != article.title:
                raise RenamedError(given)
            rows.drop_passages(db, article.id)
            rows.insert_version(db, replace(article, title=own_title or article.title))
            db.execute(
                "INSERT INTO article VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
                " digest = excluded.digest, origin = excluded.origin",
                [article.id, article.digest, origin],
            )
            rows.insert_passages(db, embedded)
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
            rows.retitle(db, article.id, title)
            rows.drop_passages(db, article.id)
            rows.insert_passages(db, embedded)
        return True

    def remove(self, article_id: str) -> bool:
        """Forget an article, its earlier versions too. False when it was not there."""
        with database.writing(self.folder) as db:
            return rows.forget(db, article_id)

    def withdraw(self, article_id: str) -> Withdrawn | None:
        """`remove`, and all that `put_back` needs to undo it; None when it was not there."""
        with database.writing(self.folder) as db:
            snapshot = Snapshot(db)
            article, origin = snapshot.article(article_id), snapshot.origin(article_id)
            if article is None or origin is None:
                return None
            held = db.execute(
                "SELECT * FROM version WHERE article = ? ORDER BY rowid", [article_id]
            )
            versions = tuple(tuple(row) for row in held)
            kept = Withdrawn(
                snapshot.embedded(article),
                origin,
                versions,
                snapshot.stamp(),
                snapshot.given_title(article_id),
            )
            rows.forget(db, article_id)
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
            rows.retitle(db, article.id, one.given_title)
            rows.insert_passages(db, one.embedded)
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
            _stamped(db, stamp)

    def replace_all(self, stamp: Stamp, fresh: Iterable[Embedded]) -> bool:
        """Swap every passage for `fresh` ones, made with `stamp`, in one transaction.

        False, and nothing done, when articles have changed since `fresh` was made.
        """
        with database.writing(self.folder) as db:
            rows.drop_passages(db, None)
            digests = {row["id"]: row["digest"] for row in db.execute("SELECT * FROM article")}
            titles = {one.id: one.title for one in Snapshot(db).listed()}
            current = {one: (digest, titles[one]) for one, digest in digests.items()}
            for one in fresh:
                article = one.article
                if current.pop(article.id, None) != (article.digest, article.title):
                    db.execute("ROLLBACK")
                    return False
                rows.insert_passages(db, one)
                db.execute(
                    "UPDATE version SET blocks = ? WHERE article = ? AND digest = ?",
                    [rows.blocks_json(article.blocks), article.id, article.digest],
                )
            if current:
                db.execute("ROLLBACK")
                return False
            reprints.forget_all(db)  # what is body may have changed
            rows.set_stamp(db, stamp)
            rows.new_generation(db)
            return True

    def restart_index(self) -> str:
        """A new, empty generation of the vector index: all vectors wait in the outbox."""
        with database.writing(self.folder) as db:
            return rows.new_generation(db)

    def delivered(self, up_to: int) -> None:
        """The vector index has taken in the outbox as far as `up_to`."""
        with database.writing(self.folder) as db:
            db.execute("DELETE FROM outbox WHERE seq <= ?", [up_to])

    def note(self, key: str, value: str) -> None:
        """Remember one fact about the library as a whole."""
        with database.writing(self.folder) as db:
            rows.set_meta(db, key, value)


def _stamped(db: database.Connection, stamp: Stamp) -> None:
    current = Snapshot(db).stamp()
    if current is None:
        rows.set_stamp(db, stamp)
    elif current != stamp:
        raise LibraryError("the library was stamped by another process meanwhile; try again")
