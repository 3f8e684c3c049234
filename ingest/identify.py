"""Which article of the library a draft is, so that the same one comes again as itself.

A line of a .jsonl says so (its id). A file is known by where it lies; a file that was dropped into
the chat, or moved, by its name. Two files of one name in two places stay two articles.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import PurePosixPath

from ingest.snapshot import Shelved
from ingest.types import Draft

UPLOAD = "upload:"  # how the origin of a dropped file begins; it has no place on this machine


class Shelf:
    """What is known of every article while an ingest runs, kept up as it goes."""

    def __init__(self, shelved: Iterable[Shelved]) -> None:
        self.by_id = {one.id: one for one in shelved}
        self._by_origin = {one.origin: one.id for one in self.by_id.values()}
        self._by_name: dict[str, set[str]] = {}
        self._all_from: dict[str, set[str]] = {}
        for one in self.by_id.values():
            self._all_from.setdefault(one.origin, set()).add(one.id)
            self._by_name.setdefault(_file_name(one.origin), set()).add(one.id)

    def put(self, one: Shelved) -> None:
        if before := self.by_id.get(one.id):
            self._all_from[before.origin].discard(one.id)
        self._all_from.setdefault(one.origin, set()).add(one.id)
        self.by_id[one.id] = one
        self._by_origin[one.origin] = one.id
        self._by_name.setdefault(_file_name(one.origin), set()).add(one.id)

    def from_origin(self, origin: str) -> list[Shelved]:
        """All articles that came from there, by id."""
        return [self.by_id[one] for one in sorted(self._all_from.get(origin, ()))]

    def identify(self, draft: Draft) -> tuple[str, str]:
        """(article id, origin to remember) for `draft`."""
        if draft.id:
            return draft.id, draft.origin
        if draft.origin in self._by_origin:
            return self._by_origin[draft.origin], draft.origin
        wanted = str(PurePosixPath(draft.name).with_suffix(""))
        if draft.origin.startswith(UPLOAD):
            same_name = self._by_name.get(draft.name, set())
            if len(same_name) == 1:
                (known,) = same_name
                return known, self.by_id[known].origin
        taken = self.by_id.get(wanted)
        if taken is None or _left(taken.origin):
            return wanted, draft.origin
        return f"{wanted}-{hashlib.sha256(draft.origin.encode()).hexdigest()[:6]}", draft.origin


def _file_name(origin: str) -> str:
    return os.path.basename(origin.removeprefix(UPLOAD))


def _left(origin: str) -> bool:
    """Nothing lies there any more: who comes with the same name is taken for the same."""
    return origin.startswith(UPLOAD) or not os.path.exists(origin)
