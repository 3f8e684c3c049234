"""The library's SQLite file: schema, connections, transactions. The one door to sqlite3.

Readers see one snapshot and never wait; writers take turns. Both hold for every process that opens
the file, because it is in WAL mode.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from ingest.errors import LibraryError

Connection = sqlite3.Connection
Row = sqlite3.Row

FILE = "library.sqlite"
SCHEMA = 4
_MARK = 0x5A1D50  # application_id: this file is a Saidso library
_PATIENCE = 60.0  # seconds to wait for another writer; each holds the file for one article

_ARTICLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE version (
    article TEXT NOT NULL, digest TEXT NOT NULL, source TEXT NOT NULL, title TEXT NOT NULL,
    author TEXT, published TEXT, language TEXT NOT NULL, text TEXT NOT NULL, blocks TEXT NOT NULL,
    ingested TEXT NOT NULL, PRIMARY KEY (article, digest));
CREATE TABLE article (
    id TEXT PRIMARY KEY, digest TEXT NOT NULL, origin TEXT NOT NULL,
    FOREIGN KEY (id, digest) REFERENCES version (article, digest));
CREATE INDEX article_origin ON article (origin);
"""

# Passages and vectors (one for each window of a passage) are only ever inserted and deleted, so an
# id names the same words and the same floats for ever. The outbox lists what the vector index has
# yet to be told. Each row of `lexical`, a passage, fills the column of its language and
# `folded`.
_PASSAGES = """
CREATE TABLE passage (
    id INTEGER PRIMARY KEY AUTOINCREMENT, article TEXT NOT NULL REFERENCES article (id),
    language TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL);
CREATE INDEX passage_article ON passage (article);
CREATE INDEX passage_language ON passage (language);
CREATE TABLE vector (
    id INTEGER PRIMARY KEY AUTOINCREMENT, passage INTEGER NOT NULL REFERENCES passage (id),
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, floats BLOB NOT NULL);
CREATE INDEX vector_passage ON vector (passage);
CREATE TABLE outbox (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, vector INTEGER NOT NULL,
    op TEXT NOT NULL CHECK (op IN ('add', 'drop')));
CREATE VIRTUAL TABLE lexical USING fts5 (
    en, fr, other, folded, tokenize = "unicode61 remove_diacritics 2");
"""

# Which articles are nearly the same (ingest/reprints.py): `band` leads to those worth comparing, a
# row of `reprint` stands for each direction. An article without a sketch has yet to be compared.
_REPRINTS = """
CREATE TABLE sketch (
    id INTEGER PRIMARY KEY, article TEXT NOT NULL UNIQUE REFERENCES article (id),
    bands BLOB NOT NULL);
CREATE TABLE band (
    bucket INTEGER NOT NULL, sketch INTEGER NOT NULL, PRIMARY KEY (bucket, sketch)) WITHOUT ROWID;
CREATE TABLE reprint (
    article TEXT NOT NULL, other TEXT NOT NULL, share REAL NOT NULL,
    PRIMARY KEY (article, other)) WITHOUT ROWID;
"""

# Titles that the owner gave (ingest/rename.py); `version` keeps those that the articles came with.
_TITLES = """
CREATE TABLE retitled (
    article TEXT PRIMARY KEY REFERENCES article (id), title TEXT NOT NULL) WITHOUT ROWID;
"""

# What schema 1 held of passages is dropped: the stamp refuses the library until `--rebuild` has
# made them again from the texts, which are all kept.
_FROM_1 = f"""
DROP TABLE passage;
DROP TABLE outbox;
DROP TABLE lexical;
DELETE FROM meta WHERE key IN ('generation', 'ids before this generation');
{_PASSAGES.strip()}
"""


def create(folder: Path) -> None:
    """Make the library file, unless it is there; several processes may try at once."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LibraryError(
            f"cannot make the library folder {folder}: {error.strerror};"
            " choose another one with --library"
        ) from None
    with _translated(folder), closing(_connect(folder, "rwc")) as db:
        if _version(db) == 0:
            _turn_on_wal(db)
            db.execute("BEGIN IMMEDIATE")
            if _version(db) == 0:
                _run(db, _ARTICLES + _PASSAGES + _REPRINTS + _TITLES)
            db.execute("COMMIT")
    check(folder)


def _run(db: Connection, statements: str) -> None:
    """Make the tables of the present schema, and say so in the file."""
    for statement in statements.split(";\n"):
        db.execute(statement)
    db.execute(f"PRAGMA application_id = {_MARK}")
    db.execute(f"PRAGMA user_version = {SCHEMA}")


def _upgrade(db: Connection) -> None:
    db.execute("BEGIN IMMEDIATE")
    version = _version(db)  # another process may have been quicker
    if version < 2:
        _run(db, _FROM_1)
    if version < 3:
        _run(db, _REPRINTS)
    if version < 4:
        _run(db, _TITLES)
    db.execute("COMMIT")


def _turn_on_wal(db: Connection) -> None:
    """SQLite does not wait for other connections here, so this does."""
    patience = time.monotonic() + _PATIENCE
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
            if not busy or time.monotonic() > patience:
                raise
            time.sleep(0.01)


def check(folder: Path) -> None:
    """Raises LibraryError unless `folder` holds a library that this version can read.

    One with an earlier schema is brought to this one.
    """
    version = 0
    try:
        there = (folder / FILE).is_file()
    except OSError as error:  # a folder that may not be entered, a name that is too long
        raise LibraryError(
            f"cannot look into the library folder {folder}: {error.strerror};"
            " choose another one with --library"
        ) from None
    if there:
        with _translated(folder), closing(_connect(folder, "rw")) as db:
            version = _version(db)
            if 0 < version < SCHEMA:
                _upgrade(db)
    if version == 0:  # nothing there, or the making of it was cut short
        raise LibraryError(f"no library at {folder}; make one: python -m ingest seeds")
    if version > SCHEMA:
        raise LibraryError(
            f"the library at {folder} was made by a newer Saidso (schema {version}; this one"
            f" reads {SCHEMA}); update Saidso, or choose another folder with --library"
        )


@contextmanager
def reading(folder: Path) -> Iterator[Connection]:
    """A connection that sees the library as it is now and goes on seeing it so."""
    with _translated(folder), closing(_connect(folder, "rw")) as db:
        db.execute("BEGIN")
        db.execute("SELECT count(*) FROM meta").fetchone()  # the snapshot is taken by a first read
        yield db


@contextmanager
def writing(folder: Path) -> Iterator[Connection]:
    """A transaction: all that is done in it happens at once, or not at all."""
    with _translated(folder), closing(_connect(folder, "rw")) as db:
        db.execute("BEGIN IMMEDIATE")
        try:
            yield db
            if db.in_transaction:
                db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:  # a full disk may have rolled back already
                db.execute("ROLLBACK")
            raise


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """The file is open, and nothing is in the way of anybody."""
    with _translated(folder), closing(_connect(folder, "rw")) as db:
        _version(db)  # it is opened by a first look
        yield


def checkpoint(folder: Path) -> None:
    """Empty the write-ahead log into the file; what readers still need of it stays."""
    with _translated(folder), closing(_connect(folder, "rw")) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _connect(folder: Path, mode: str) -> Connection:
    db = sqlite3.connect(
        f"file:{quote(str(folder / FILE))}?mode={mode}",
        uri=True,
        timeout=_PATIENCE,
        isolation_level=None,
        check_same_thread=False,
    )
    db.row_factory = sqlite3.Row
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA synchronous = NORMAL")  # with WAL: a power cut loses no consistency
    db.execute("PRAGMA secure_delete = ON")  # what an owner removes is gone from the disk
    return db


def _version(db: Connection) -> int:
    # In one statement: between two of them another process may make the library.
    mark, version, tables = db.execute(
        "SELECT application_id, user_version, (SELECT count(*) FROM sqlite_schema)"
        " FROM pragma_application_id, pragma_user_version"
    ).fetchone()
    if mark != _MARK and (mark or version or tables):
        raise sqlite3.DatabaseError("it is some other program's database")
    return int(version)


@contextmanager
def _translated(folder: Path) -> Iterator[None]:
    """SQLite's errors as ours, each with its remedy."""
    try:
        yield
    except sqlite3.OperationalError as error:
        text, code = str(error), error.sqlite_errorcode & 0xFF
        if code == sqlite3.SQLITE_FULL:
            why = "the disk is full; nothing half-written was kept: make room and try again"
        elif code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            why = (
                f"another process has been writing for {_PATIENCE:.0f} s; try again when it is done"
            )
        elif code == sqlite3.SQLITE_IOERR:
            why = f"the disk is full or failing ({text}); nothing half-written was kept"
        elif code == sqlite3.SQLITE_CANTOPEN and _gone(folder):
            why = "it is not there any more: was it moved, or its disk taken out?"
        elif code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
            why = (
                f"cannot be written to ({text}): no permission, or the disk is full;"
                " choose another folder with --library"
            )
        else:
            why = text
        raise LibraryError(f"the library at {folder}: {why}") from error
    except sqlite3.DatabaseError as error:
        raise LibraryError(
            f"{folder / FILE} is not a Saidso library or is damaged ({error});"
            " move it away and ingest again, or choose another folder with --library"
        ) from error


def _gone(folder: Path) -> bool:
    try:
        return not (folder / FILE).exists()
    except OSError:  # it may not be looked for
        return False
