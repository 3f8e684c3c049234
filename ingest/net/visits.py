"""What was found at each web address when it was last read, so that only what is new is fetched.

As with the ledger of files, a note is only ever a shortcut: it counts while the library holds the
articles that the page brought, as they were, and for nothing after that.
"""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass

from ingest import database
from ingest.identify import Shelf
from ingest.ledger import READERS, Ledger
from ingest.library import Library
from ingest.net.fetch import Fetched, Seen

_COLUMNS = "address, readers, final, etag, modified, stamp, origin, seal, refused"
_TABLES = (
    "CREATE TABLE IF NOT EXISTS visit (address TEXT PRIMARY KEY, readers INTEGER NOT NULL,"
    " final TEXT NOT NULL, etag TEXT, modified TEXT, stamp TEXT NOT NULL, origin TEXT NOT NULL,"
    " seal TEXT NOT NULL, refused TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS feed (address TEXT PRIMARY KEY, readers INTEGER NOT NULL,"
    " final TEXT NOT NULL, etag TEXT, modified TEXT, listing TEXT NOT NULL)",
)


@dataclass(frozen=True, slots=True)
class Visit:
    """`stamp` is what the feed said of the page's date. `refused` is why no article was found."""

    final: str
    etag: str | None
    modified: str | None
    stamp: str
    origin: str = ""
    seal: str = ""
    refused: str = ""

    @property
    def seen(self) -> Seen:
        return Seen(self.final, self.etag, self.modified)


@dataclass(frozen=True, slots=True)
class Listing:
    """What a feed listed: pages with their stamps, and further lists."""

    pages: list[tuple[str, str]]
    lists: list[str]


class Visits:
    """The notes of `library`; without one there are none. With `noting` off, none are made."""

    def __init__(self, library: Library | None, *, noting: bool = True) -> None:
        self._library, self._noting = library, noting and library is not None
        self._known: dict[str, Visit] = {}
        self._holders: dict[str, str] = {}  # origin -> the address it was read at
        self._shelf = Shelf(())
        self._ledger: Ledger | None = None
        if library is None:
            return
        with library.snapshot() as snapshot:
            self._shelf = Shelf(snapshot.shelved())
        self._ledger = Ledger(library, self._shelf)
        if self._there("visit"):
            with database.reading(library.folder) as db:
                rows = db.execute(f"SELECT {_COLUMNS} FROM visit WHERE readers = ?", [READERS])
                self._known = {row["address"]: Visit(*tuple(row)[2:]) for row in rows}
        self._holders = {one.origin: at for at, one in self._known.items() if one.origin}

    def of(self, address: str) -> Visit | None:
        """What is known of a page, if that still counts."""
        known = self._known.get(address)
        if known is None or known.refused:
            return known
        assert self._ledger is not None, "notes are a library's"
        return known if self._ledger.unchanged(known.origin, known.seal) else None

    def holder(self, origin: str) -> tuple[tuple[str, ...], str] | None:
        """(digests of the articles, the address they were read at) of what the library holds from
        `origin`; None where it holds nothing, or not from the net.
        """
        held = tuple(one.digest for one in self._shelf.from_origin(origin))
        return (held, self._holders[origin]) if held and origin in self._holders else None

    def note(self, address: str, visit: Visit) -> None:
        self._write("visit", [address, READERS, *astuple(visit)])

    def listing(self, address: str) -> tuple[Seen, Listing] | None:
        """What a feed listed when it was last read."""
        if self._library is None or not self._there("feed"):
            return None
        with database.reading(self._library.folder) as db:
            row = db.execute(
                "SELECT final, etag, modified, listing FROM feed WHERE address = ? AND readers = ?",
                [address, READERS],
            ).fetchone()
        if row is None:
            return None
        said = json.loads(row["listing"])
        pages = [(page, stamp) for page, stamp in said["pages"]]
        return Seen(*tuple(row)[:3]), Listing(pages, said["lists"])

    def note_listing(self, address: str, fetched: Fetched, listing: Listing) -> None:
        said = json.dumps({"pages": listing.pages, "lists": listing.lists})
        row: list[str | int | None]
        row = [address, READERS, fetched.final, fetched.etag, fetched.modified, said]
        self._write("feed", row)

    def _there(self, table: str) -> bool:
        assert self._library is not None
        with database.reading(self._library.folder) as db:
            query = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?"
            return db.execute(query, [table]).fetchone() is not None

    def _write(self, table: str, row: list[str | int | None]) -> None:
        if self._noting and self._library is not None:
            marks = ", ".join("?" * len(row))
            with database.writing(self._library.folder) as db:
                for statement in _TABLES:
                    db.execute(statement)
                db.execute(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", row)
