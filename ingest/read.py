"""Files and folders to drafts of articles. Nothing is interpreted yet.

Whatever cannot be read becomes a Rejection that names it; the rest goes on.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ingest.draft import LARGEST
from ingest.errors import Unreadable
from ingest.formats import apart, plain
from ingest.formats.kinds import HEAD, SUFFIXES, Format, kind_of
from ingest.formats.lines import json_lines, named, rows
from ingest.types import Draft, Rejection

__all__ = ["LARGEST", "SUFFIXES", "File", "discover", "drafts", "expected"]


@dataclass(frozen=True, slots=True)
class File:
    """A file to read, under the name people know it by (relative to what they named)."""

    path: Path
    name: str
    columns: Mapping[str, str] = field(default_factory=dict)  # our field -> an export's name of it


def discover(paths: Iterable[str | os.PathLike[str]]) -> Iterator[File | Rejection]:
    """Files in the order given; a folder's in the order of their names, hidden ones and those that
    are not called like articles (SUFFIXES) left out.
    """
    for given in paths:
        path = Path(given)
        try:
            if path.is_dir():
                yield from _walk(path)
            elif not path.exists():
                yield Rejection(str(given), "no such file or folder")
            else:
                yield File(path, path.name)
        except OSError as error:  # a name too long, a folder above it that is closed to us
            yield Rejection(str(given), f"not readable: {error.strerror}")


def _walk(folder: Path) -> Iterator[File | Rejection]:
    trouble: list[OSError] = []
    been = {os.path.realpath(folder)}  # a link may lead back to where it stands
    for where, folders, names in os.walk(folder, onerror=trouble.append, followlinks=True):
        real = {n: os.path.realpath(Path(where, n)) for n in folders if not n.startswith(".")}
        folders[:] = sorted(name for name, at in real.items() if at not in been)
        been.update(real.values())
        for name in sorted(names):
            path = Path(where, name)
            if not name.startswith(".") and path.suffix.lower() in SUFFIXES:
                yield File(path, path.relative_to(folder).as_posix())
        while trouble:
            error = trouble.pop()
            yield Rejection(str(error.filename), f"folder not readable: {error.strerror}")
    for error in trouble:
        yield Rejection(str(error.filename), f"folder not readable: {error.strerror}")


def expected(file: File | Rejection) -> int:
    """How many articles to expect, for a bar of progress: a count of lines for a .jsonl."""
    if isinstance(file, Rejection) or file.path.suffix.lower() != ".jsonl":
        return 1
    try:
        if not file.path.is_file():
            return 1
        count, last = 0, b"\n"
        with file.path.open("rb") as stream:
            while block := stream.read(1 << 20):
                count += block.count(b"\n")
                last = block[-1:]
        return count + (last != b"\n") or 1  # the last line may lack its end
    except OSError:
        return 1


def drafts(file: File, *, origin: str | None = None) -> Iterator[Draft | Rejection]:
    """The articles in one file. `origin` stands in for the file's real path (an upload)."""
    origin = origin or os.path.realpath(file.path)
    try:
        _check_regular(file.path)
        f"{file.name}{origin}".encode()
        yield from _read(file, origin)
    except Unreadable as refusal:
        yield Rejection(str(file.path), str(refusal))
    except UnicodeEncodeError:
        yield Rejection(str(file.path), "its name is not UTF-8: rename it")
    except OSError as error:
        yield Rejection(str(file.path), f"not readable: {error.strerror or error}")


def _check_regular(path: Path) -> None:
    """Raises Unreadable for what is no file: a pipe or a device would be read for ever."""
    if path.is_file():
        return
    if path.exists():
        raise Unreadable("not a regular file")
    raise Unreadable("a link that leads nowhere" if path.is_symlink() else "vanished")


def _read(file: File, origin: str) -> Iterator[Draft | Rejection]:
    with file.path.open("rb") as stream:
        size = os.fstat(stream.fileno()).st_size
        kind = kind_of(stream.read(HEAD), file.name)
        stream.seek(0)
        if kind in (Format.LINES, Format.TABLE):
            reader = json_lines if kind is Format.LINES else rows
            seen: dict[str, int] = {}
            for number, found in reader(stream, file.columns, origin=origin, name=file.name):
                one = found if isinstance(found, Unreadable) else _told_apart(found, number, seen)
                yield (
                    one if isinstance(one, Draft) else Rejection(f"{file.path}:{number}", str(one))
                )
            return
        most = LARGEST if kind is Format.TEXT else apart.LARGEST
        if size > most:
            raise Unreadable(f"{size:,} bytes; an article may have {most:,}: split it")
        data = stream.read(most + 1)
    if kind is Format.TEXT:
        yield plain.draft(data, origin=origin, name=file.name)
    else:
        yield from apart.drafts(kind, data, origin=origin, name=file.name)


def _told_apart(draft: Draft, number: int, seen: dict[str, int]) -> Draft | Unreadable:
    """`draft` with an id that no line before has."""
    known = named(draft)
    assert known.id is not None
    if (first := seen.setdefault(known.id, number)) == number:
        return known
    same = f"id {known.id!r}" if draft.id else "the same article, without an id,"
    return Unreadable(f"{same} was already on line {first}")
