"""What was removed or renamed in the chat, for as long as it can be undone. In memory only.

What was removed stays on no disk for the sake of it: who stops the chat has removed it for good.
"""

from __future__ import annotations

import threading
import time

from ingest.encoder import Encoder
from ingest.library import Library, Withdrawn
from ingest.rename import Renamed, rename

LONG = 15 * 60.0  # seconds
MOST = 100  # articles; the one that was removed first goes first


class Undo:
    """Safe to use from many threads."""

    def __init__(self, library: Library, encoder: Encoder) -> None:
        self._library, self._encoder = library, encoder
        self._kept: dict[str, tuple[float, Withdrawn]] = {}
        self._titles: dict[str, tuple[float, str | None]] = {}  # given before, if any was
        self._traces = False
        self._guard = threading.Lock()

    def remove(self, article_id: str) -> str | None:
        """The title of what was removed; None where it was not there."""
        with self._guard:
            withdrawn = self._library.withdraw(article_id)
            if withdrawn is None:
                return None
            self._kept.pop(article_id, None)
            self._kept[article_id] = time.monotonic(), withdrawn
            self._traces = True
            while len(self._kept) > MOST:
                del self._kept[next(iter(self._kept))]
        return withdrawn.embedded.article.title

    def put_back(self, article_id: str) -> tuple[str, bool] | None:
        """Its title, and whether it is back: an article of its id may be there again; None where
        it is too late. Raises LibraryError where the library does not take it any more.
        """
        self.lapse()
        with self._guard:
            if article_id not in self._kept:
                return None
            _, withdrawn = self._kept[article_id]
            back = self._library.put_back(withdrawn)
            del self._kept[article_id]
        return withdrawn.embedded.article.title, back

    def rename(self, article_id: str, title: str) -> Renamed | None:
        """As `ingest.rename`. The last one of an article can be undone."""
        with self._guard:
            done = rename(self._library, self._encoder, article_id, title)
            if done and done.before != done.now:
                self._titles.pop(article_id, None)
                self._titles[article_id] = time.monotonic(), done.given
                while len(self._titles) > MOST:
                    del self._titles[next(iter(self._titles))]
        return done

    def rename_back(self, article_id: str) -> Renamed | None:
        """None where it is too late, or the article has gone."""
        self.lapse()
        with self._guard:
            if article_id not in self._titles:
                return None
            _, given = self._titles[article_id]
            done = rename(self._library, self._encoder, article_id, given)
            del self._titles[article_id]
        return done

    def lapse(self) -> None:
        """Forget what has been here for too long; with the last of it go its traces on the disk."""
        with self._guard:
            oldest = time.monotonic() - LONG
            self._kept = {key: one for key, one in self._kept.items() if one[0] >= oldest}
            self._titles = {key: one for key, one in self._titles.items() if one[0] >= oldest}
            if not self._kept:
                self._scrub()

    def close(self) -> None:
        """Nothing can be undone any more."""
        with self._guard:
            self._kept.clear()
            self._titles.clear()
            self._scrub()

    def _scrub(self) -> None:
        if self._traces:
            self._library.scrub()
            self._traces = False
