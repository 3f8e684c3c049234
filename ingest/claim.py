"""Who owns the vector index: one process at a time, known by name. The one door to filelock.

The operating system releases the lock when its holder ends, however it ends.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from ingest.errors import BusyError

_LOCK, _OWNER = "index.lock", "index.owner"


@contextmanager
def claimed(folder: Path, *, purpose: str, wait: float) -> Iterator[None]:
    """Own the index of the library in `folder` for the length of the `with`.

    Raises BusyError, naming the owner, when another process still has it after `wait` seconds.
    """
    lock = FileLock(folder / _LOCK, timeout=wait)
    try:
        lock.acquire()
    except Timeout:
        raise BusyError(f"the library at {folder} is in use by {owner(folder)}") from None
    except OSError as error:
        raise BusyError(f"cannot lock the library at {folder}: {error.strerror}") from None
    try:
        name_owner(folder, purpose)
        yield
    finally:
        with suppress(OSError):
            (folder / _OWNER).unlink()
        lock.release()


def name_owner(folder: Path, purpose: str) -> None:
    """Say what the index is held for, in words that another process can show its user."""
    with suppress(OSError):  # a full disk: the lock holds all the same
        (folder / _OWNER).write_text(json.dumps({"pid": os.getpid(), "purpose": purpose}))


def owner(folder: Path) -> str:
    try:
        known = json.loads((folder / _OWNER).read_text())
        return f"{known['purpose']} (process {known['pid']})"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"
