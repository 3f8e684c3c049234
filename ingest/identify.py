"""Which article of the library a draft is, so that the same one comes again as itself.

A line of a .jsonl says so (its id). A file is known by where it lies; a file that was dropped into
the chat, or moved, by its name, and its folder's where that came with it. Two files of one name in
two places stay two articles.
"""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from collections.abc import Iterable
from pathlib import PurePath, PurePosixPath

from ingest.snapshot import Shelved
from ingest.types import Draft

UPLOAD = "upload:"  # how the origin of a dropped file begins; it has no place on this machine


class Shelf:
    """What is known of every article while an ingest runs, kept up as it goes."""

    def __init__(self, shelved: Iterable[Shelved]) -> None:
        self.by_id: dict[str, Shelved] = {}
        self._by_origin: dict[str, str] = {}
        self._by_name: defaultdict[str, set[str]] = defaultdict(set)
        self._all_from: defaultdict[str, set[str]] = defaultdict(set)
        for one in shelved:
            self.put(one)

    def put(self, one: Shelved) -> None:
        if before := self.by_id.get(one.id):
            self._all_from[before.origin].discard(one.id)
            self._by_name[_name(before.origin)].discard(one.id)
            if self._by_origin.get(before.origin) == one.id:
                del self._by_origin[before.origin]  # what comes from there next is another
        self.by_id[one.id] = one
        self._by_origin[one.origin] = one.id
        self._by_name[_name(one.origin)].add(one.id)
        self._all_from[one.origin].add(one.id)

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
        if taken and draft.origin.startswith(UPLOAD) and _lies(taken.origin, draft.name):
            return wanted, taken.origin
        if taken is None or (_left(taken.origin) and _same_file(taken.origin, draft.origin)):
            return wanted, draft.origin
        return f"{wanted}-{hashlib.sha256(draft.origin.encode()).hexdigest()[:6]}", draft.origin


def _name(origin: str) -> str:
    """What a dropped file is known by: the name of a file; of one dropped with its folder, all."""
    if origin.startswith(UPLOAD):
        return origin.removeprefix(UPLOAD)
    return os.path.basename(origin)


def _lies(origin: str, name: str) -> bool:
    """Is it the file of that name, folders included, in some folder of this machine?"""
    return os.path.isabs(origin) and PurePath(origin).as_posix().endswith(f"/{name}")


def _same_file(one: str, other: str) -> bool:
    """report.txt and report.md are two, wherever they come from."""
    return os.path.basename(_name(one)) == os.path.basename(_name(other))


def _left(origin: str) -> bool:
    """Nothing lies there any more: who comes with the same name is taken for the same."""
    return origin.startswith(UPLOAD) or not os.path.exists(origin)
