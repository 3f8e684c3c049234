"""Uploaded files, and how many still wait for each: those of the same bytes and name lie in one
place, and who has had theirs read first must not take it from the others.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

_waiting = Counter[Path]()
_seen: dict[Path, object] = {}  # what lay there when the last of them began to wait
_guard = threading.Lock()


def wait_for(paths: Collection[Path]) -> None:
    """They stay until `done_with` them."""
    with _guard:
        _waiting.update(paths)
        _seen.update({path: _lying(path) for path in paths})


def done_with(paths: Collection[Path]) -> None:
    """Delete those that nobody else waits for. One that was uploaded anew meanwhile stays as well:
    who did that is yet to ask for it.
    """
    with _guard:
        _waiting.subtract(paths)
        for path in paths:
            if _waiting[path] <= 0:
                del _waiting[path]
                if _seen.pop(path) == _lying(path):
                    with suppress(OSError):
                        path.unlink()


def _lying(path: Path) -> object:
    """What differs when a file was put in the place of another."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns
