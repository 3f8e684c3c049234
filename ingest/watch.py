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
    that came or changed, gathered; an empty list when files only went. Every file there is again
    when a whole folder came or went, or when one of `paths` was replaced or is there at last.

    Ends when `stop` is set; Ctrl-C raises KeyboardInterrupt.
    """
    stop = stop or threading.Event()
    while not stop.is_set():
        if any(map(os.path.exists, paths)):
            yield from _changes(paths, stop)
        else:
            stop.wait(_FIRST / 1000)


def _changes(paths: Sequence[str], stop: threading.Event) -> Iterator[list[File]]:
    """Until what is watched is no more what `paths` are: an editor saves by putting another file in
    the place of the one it read.
    """
    roots = [Path(path).absolute() for path in paths]
    there = [root for root in roots if root.exists()]
    first = True
    for batch in watch(
        *there,
        watch_filter=lambda _, path: _wanted(Path(path), roots),
        debounce=_SETTLE,
        step=100,
        stop_event=stop,
        raise_interrupt=True,
        yield_on_timeout=True,
        rust_timeout=_FIRST,
    ):
        went = {Path(path) for change, path in batch if change is Change.deleted}
        came = sorted({Path(path) for change, path in batch if change is not Change.deleted})
        lasting = {path for path in came if path.exists()} | (went - set(came))
        if first or not all(map(_article, lasting)):
            first = False
            yield [file for file in discover(paths) if isinstance(file, File)]
        elif batch:
            yield [File(path, _name(path, roots)) for path in came if path.is_file()]
        if went & set(roots) or there != [root for root in roots if root.exists()]:
            return


def gone(shelved: Sequence[Shelved], paths: Sequence[str]) -> list[str]:
    """Ids of articles whose file under one of `paths` is there no more."""
    roots = tuple(os.path.realpath(path) + os.sep for path in paths if os.path.isdir(path))
    return [
        one.id
        for one in shelved
        if one.origin.startswith(roots) and not os.path.lexists(one.origin)
    ]


def _wanted(path: Path, roots: Sequence[Path]) -> bool:
    hidden = any(part.startswith(".") for part in Path(_name(path, roots)).parts)
    return path in roots or (not hidden and (_article(path) or _folder(path)))


def _article(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES


def _folder(path: Path) -> bool:
    """Of what is gone nobody can say any more: what has no suffix may have been one."""
    return path.is_dir() or (not path.suffix and not path.exists())


def _name(path: Path, roots: Sequence[Path]) -> str:
    """As `ingest.read.discover` would name it."""
    for root in roots:
        if path.is_relative_to(root) and path != root:
            return path.relative_to(root).as_posix()
    return path.name
