"""Files and folders to drafts of articles: .txt, .md, .jsonl. Nothing is interpreted yet.

Whatever cannot be read becomes a Rejection that names it; the rest goes on.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from ingest.clean import front_matter, opening_date
from ingest.dates import publication_date
from ingest.decode import check_text, decoded
from ingest.errors import Unreadable
from ingest.types import Draft, Rejection

LARGEST = 8_000_000  # bytes of one article, about four long novels; beyond it is some other thing
SUFFIXES = (".txt", ".md", ".markdown", ".jsonl")
_TEXT_FIELDS = ("title", "author", "published", "source", "url", "language")


@dataclass(frozen=True, slots=True)
class File:
    """A file to read, under the name people know it by (relative to what they named)."""

    path: Path
    name: str


def discover(paths: Iterable[str | os.PathLike[str]]) -> Iterator[File | Rejection]:
    """Files in the order given; a folder's in the order of their names, hidden ones left out."""
    for given in paths:
        path = Path(given)
        try:
            if path.is_dir():
                yield from _walk(path)
            elif not path.exists():
                yield Rejection(str(given), "no such file or folder")
            elif path.suffix.lower() not in SUFFIXES:
                yield Rejection(str(given), f"not a kind that can be read ({', '.join(SUFFIXES)})")
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
        if file.path.suffix.lower() == ".jsonl":
            yield from _jsonl(file, origin)
        else:
            yield _plain(file, origin)
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


def _plain(file: File, origin: str) -> Draft:
    if (size := file.path.stat().st_size) > LARGEST:
        raise Unreadable(f"{size:,} bytes; an article may have {LARGEST:,}: split it")
    text = check_text(decoded(file.path.read_bytes()))
    fields: dict[str, Any] = {}
    if matter := front_matter(text):
        fields = _yaml(text[matter.start : matter.end])
    elif dated := opening_date(text):
        fields = {"published": dated[1]}
    return _draft(fields, text=text, origin=origin, name=file.name)


def _yaml(matter: str) -> dict[str, Any]:
    try:
        fields = yaml.safe_load(matter.strip().strip("-"))
    except (yaml.YAMLError, ValueError, LookupError, AttributeError, RecursionError) as error:
        problem = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise Unreadable(f"front matter is not YAML: {problem}") from None
    if not isinstance(fields, dict):
        raise Unreadable("front matter is not a list of `field: value` lines")
    fields.setdefault("published", fields.get("date"))
    return {key: _written(fields[key]) for key in ("id", *_TEXT_FIELDS) if key in fields}


def _written(value: Any) -> Any:
    """A number, a date or a list of words from YAML as the text that was meant; else as it is."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    return str(value) if isinstance(value, int | float) else value


def _jsonl(file: File, origin: str) -> Iterator[Draft | Rejection]:
    seen: dict[str, int] = {}
    with file.path.open("rb") as stream:
        number = 0
        while line := stream.readline(LARGEST + 1):
            number += 1
            where = f"{file.path}:{number}"
            if len(line) > LARGEST:
                while line and not line.endswith(b"\n"):
                    line = stream.readline(LARGEST)
                yield Rejection(where, f"the line is longer than {LARGEST:,} bytes: split it")
            elif line.strip():
                try:
                    draft = _line(line, file, origin)
                    named = draft.id or _name_for(draft)
                    if (first := seen.setdefault(named, number)) != number:
                        same = f"id {named!r}" if draft.id else "the same article, without an id,"
                        raise Unreadable(f"{same} was already on line {first}")
                    yield replace(draft, id=named)
                except Unreadable as refusal:
                    yield Rejection(where, str(refusal))
    if number == 0:
        raise Unreadable("there is no text in it")


def _name_for(draft: Draft) -> str:
    """An id for a line that has none: its address, else what it says, wherever it stands."""
    if draft.source and "://" in draft.source:
        return draft.source
    stem = PurePosixPath(draft.name).stem
    return f"{stem}-{hashlib.sha256(draft.text.encode()).hexdigest()[:12]}"


def _line(line: bytes, file: File, origin: str) -> Draft:
    try:
        fields = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Unreadable(f"byte {error.start} of the line is not UTF-8") from None
    except json.JSONDecodeError as error:
        raise Unreadable(f"not JSON: {error.msg} at column {error.colno}") from None
    except RecursionError:
        raise Unreadable("not JSON that can be read: nested too deeply") from None
    except ValueError as error:  # a number of thousands of digits
        raise Unreadable(f"not JSON that can be read: {error}") from None
    if not isinstance(fields, dict) or not isinstance(fields.get("text"), str):
        raise Unreadable('not an object with a "text"')
    text = check_text(fields.pop("text"))
    if isinstance(fields.get("id"), int) and not isinstance(fields["id"], bool):
        fields["id"] = str(fields["id"])
    return _draft(fields, text=text, origin=origin, name=file.name)


def _draft(fields: dict[str, Any], *, text: str, origin: str, name: str) -> Draft:
    given: dict[str, str] = {}
    for key in ("id", *_TEXT_FIELDS):
        value = fields.get(key)
        if value is not None and not isinstance(value, str):
            raise Unreadable(f'"{key}" must be text, not {type(value).__name__}')
        if value and value.strip():
            given[key] = " ".join(check_text(value).split())
    if "published" in given:
        try:
            given["published"] = publication_date(given["published"])
        except ValueError as error:
            raise Unreadable(f'"published": {error}') from None
    url = given.pop("url", None)
    given.setdefault("source", url or name)
    return Draft(origin=origin, name=name, text=text, **given)
