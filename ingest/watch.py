"""A folder that changes: what is new or changed in it, at once. The one door to watchfiles."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from watchfiles import Change, watch

from ingest.formats.kinds import SUFFIXES
from ingest.read import File, discover
from ingest.snapshot import Shelved

_FIRST = 500  # milliseconds without a change, after which the watch is known to be set up
_SETTLE = 400  # milliseconds in which changes gather; a program may write a file in several goes


def changes(paths: Sequence[str], stop: threading.Event | None = None) -> Iterator[list[File]]:
    """Every file there is, once the watch is set up (one may have changed just before); then those
    that came or changed, gathered; an empty list when files only went.

    Ends when `stop` is set; Ctrl-C raises KeyboardInterrupt.
    """
    roots = [Path(path).absolute() for path in paths]
    first = True
    for batch in watch(
        *roots,
        watch_filter=lambda _, path: _article(Path(path), roots),
        debounce=_SETTLE,
        step=100,
        stop_event=stop,
        raise_interrupt=True,
        yield_on_timeout=True,
        rust_timeout=_FIRST,
    ):
        if first:
            first = False
            yield [file for file in discover(paths) if isinstance(file, File)]
            continue
        if not batch:
            continue
        came = sorted({Path(path) for change, path in batch if change is not Change.deleted})
        yield [File(path, _name(path, roots)) for path in came if path.is_file()]


def gone(shelved: Sequence[Shelved], paths: Sequence[str]) -> list[str]:
    """Ids of articles whose file under one of `paths` is there no more."""
    roots = tuple(os.path.realpath(path) + os.sep for path in paths if os.path.isdir(path))
    return [
        one.id
        for one in shelved
        if one.origin.startswith(roots) and not os.path.lexists(one.origin)
    ]


def _article(path: Path, roots: Sequence[Path]) -> bool:
    hidden = any(part.startswith(".") for part in Path(_name(path, roots)).parts)
    return path in roots or (path.suffix.lower() in SUFFIXES and not hidden)


def _name(path: Path, roots: Sequence[Path]) -> str:
    """As `ingest.read.discover` would name it."""
    for root in roots:
        if path.is_relative_to(root) and path != root:
            return path.relative_to(root).as_posix()
    return path.name
