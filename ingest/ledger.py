"""Which files have been read whole, so that reading them again costs a hash and no parser.

A page or a PDF takes a hundred times longer to read than to hash. What is noted is only ever a
shortcut: a note that does not fit the library as it is now counts for nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable

from ingest import database
from ingest.identify import Shelf
from ingest.library import Library
from ingest.read import File
from ingest.snapshot import Shelved

READERS = 3  # to be raised when the same bytes are read to another text: all is then read again

_TABLE = (
    "CREATE TABLE IF NOT EXISTS file"
    " (origin TEXT PRIMARY KEY, digest TEXT NOT NULL, articles TEXT NOT NULL)"
)


class Ledger:
    """What was noted of the files of `library`; `shelf` says what the library holds."""

    def __init__(self, library: Library, shelf: Shelf) -> None:
        self._library, self._shelf = library, shelf
        with database.reading(library.folder) as db:
            there = db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'file'").fetchone()
            rows = db.execute("SELECT origin, digest, articles FROM file") if there else ()
            self._known: dict[str, tuple[str, str]] = {row[0]: (row[1], row[2]) for row in rows}

    def unchanged(self, origin: str, digest: str) -> list[Shelved] | None:
        """The articles of a file that is as it was, when the library has them all as they were."""
        held = self._shelf.from_origin(origin)
        if held and self._known.get(origin) == (digest, _all_of(held)):
            return held
        return None

    def note(self, files: Iterable[tuple[str, str, list[str]]]) -> None:
        """(origin, digest, ids of its articles) of files whose articles are all in the library."""
        rows = []
        for origin, digest, ids in files:
            articles = _all_of([self._shelf.by_id[one] for one in ids])
            if self._known.get(origin) != (digest, articles):
                self._known[origin] = (digest, articles)
                rows.append((origin, digest, articles))
        if rows:
            with database.writing(self._library.folder) as db:
                db.execute(_TABLE)
                db.executemany("INSERT OR REPLACE INTO file VALUES (?, ?, ?)", rows)


def fingerprint(file: File) -> str | None:
    """sha256 of a file's bytes and of all that decides how they are read; None if it has none."""
    if not file.path.is_file():
        return None
    try:
        with file.path.open("rb") as stream:
            made = hashlib.file_digest(stream, "sha256")
    except OSError:
        return None
    name = os.path.basename(file.name)  # the same file may lie in a folder or in one above it
    made.update(json.dumps([READERS, name, sorted(file.columns.items())]).encode())
    return made.hexdigest()


def _all_of(articles: Iterable[Shelved]) -> str:
    made = hashlib.sha256()
    for one in sorted(articles, key=lambda article: article.id):
        made.update(json.dumps([one.id, one.digest]).encode())
    return made.hexdigest()
