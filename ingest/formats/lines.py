"""One article a line (.jsonl) or a row (.csv, .tsv), read as a stream: an export may be large.

A bad line is refused by its number and the others go on.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from ingest.decode import decoded
from ingest.draft import FIELDS, LARGEST, made
from ingest.errors import Unreadable
from ingest.types import Draft

Columns = Mapping[str, str]  # our field -> what the export calls it
Numbered = tuple[int, Draft | Unreadable]  # a line's number (1 is the first) and what it is

# What exports call these, where no map says so; the first that is there counts.
_ALIASES: dict[str, tuple[str, ...]] = {
    "id": ("id", "guid", "article_id"),
    "title": ("title", "headline", "titre", "post_title", "name"),
    "text": (
        "text", "body", "content", "article", "fulltext", "full_text", "texte", "contenu", "corps",
        "post_content",
    ),
    "published": ("published", "date", "published_at", "pubdate", "publication_date", "post_date"),
    "author": ("author", "authors", "byline", "auteur", "creator"),
    "source": ("source", "publisher", "site", "journal"),
    "url": ("url", "link", "permalink", "lien", "canonical_url"),
    "language": ("language", "lang", "langue"),
}  # fmt: skip
_SEPARATORS = ",;\t|"


def json_lines(stream: BinaryIO, columns: Columns, *, origin: str, name: str) -> Iterator[Numbered]:
    """The articles of a .jsonl. Without a column map its fields have our names."""
    number = 0
    while line := stream.readline(LARGEST + 1):
        number += 1
        if len(line) > LARGEST:
            while line and not line.endswith(b"\n"):
                line = stream.readline(LARGEST)
            yield number, Unreadable(f"the line is longer than {LARGEST:,} bytes: split it")
        elif line.strip():
            try:
                yield number, _of_line(line, columns, origin, name)
            except Unreadable as refusal:
                yield number, refusal
    if number == 0:
        raise Unreadable("there is no text in it")


def rows(stream: BinaryIO, columns: Columns, *, origin: str, name: str) -> Iterator[Numbered]:
    """The articles of a table with a first row of column names; the separator is found out."""
    csv.field_size_limit(min(LARGEST, sys.maxsize))
    text = _as_text(stream)
    header = text.readline(LARGEST)
    if not header.strip():
        raise Unreadable("there is no text in it")
    separator = max(_SEPARATORS, key=lambda mark: (header.count(mark), -_SEPARATORS.index(mark)))
    try:
        titles = [one.strip() for one in next(csv.reader([header], delimiter=separator))]
    except (csv.Error, StopIteration) as error:
        raise Unreadable(f"its first row names no columns: {error}") from None
    where = _placed(titles, columns)
    reader = csv.reader(text, delimiter=separator)
    while True:
        number = reader.line_num + 2
        try:
            cells = next(reader, None)
            if cells is None:
                return
            if any(cell.strip() for cell in cells):
                yield number, _of_row(cells, where, origin, name)
        except Unreadable as refusal:
            yield number, refusal
        except csv.Error as error:
            yield number, Unreadable(f"not a row of a table: {error}")
        except UnicodeDecodeError:
            raise Unreadable("not UTF-8 all through; save it as UTF-8") from None


def named(draft: Draft) -> Draft:
    """`draft` with an id where it has none: its address, else what it says, wherever it stands."""
    if draft.id:
        return draft
    if draft.source and "://" in draft.source:
        return replace(draft, id=draft.source)
    stem = PurePosixPath(draft.name).stem
    return replace(draft, id=f"{stem}-{hashlib.sha256(draft.text.encode()).hexdigest()[:12]}")


def _of_line(line: bytes, columns: Columns, origin: str, name: str) -> Draft:
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
    if isinstance(fields, dict):
        fields |= {ours: fields.pop(theirs) for ours, theirs in columns.items() if theirs in fields}
    if not isinstance(fields, dict) or not isinstance(fields.get("text"), str):
        theirs = columns.get("text", "text")
        raise Unreadable(f'not an object with a "{theirs}"{"" if columns else _hint(fields)}')
    if isinstance(fields.get("id"), int) and not isinstance(fields["id"], bool):
        fields["id"] = str(fields["id"])
    return made(fields, text=fields.pop("text"), origin=origin, name=name)


def _hint(fields: Any) -> str:
    likely = [key for key in _ALIASES["text"] if isinstance(fields, dict) and key in fields]
    return f"; if its {likely[0]!r} is that: --columns text={likely[0]}" if likely else ""


def _as_text(stream: BinaryIO) -> io.TextIOBase:
    """Any encoding for a table of one article's size; a larger one must be Unicode."""
    head = stream.read(LARGEST + 1)
    if len(head) <= LARGEST:
        return io.StringIO(decoded(head), newline="")
    stream.seek(0)
    mark = head[:2] in (b"\xff\xfe", b"\xfe\xff")
    return io.TextIOWrapper(stream, "utf-16" if mark else "utf-8-sig", newline="")


def _placed(titles: list[str], columns: Columns) -> dict[str, int]:
    """Where each of our fields stands. Raises Unreadable when no column is the text."""
    lower = [title.lower() for title in titles]
    where = {
        ours: lower.index(theirs)
        for ours, aliases in _ALIASES.items()
        if (theirs := next((one for one in aliases if one in lower), None))
    }
    for ours, theirs in columns.items():
        if theirs not in titles:
            raise Unreadable(f"it has no column {theirs!r}, only {', '.join(titles[:20])}")
        where[ours] = titles.index(theirs)
    if "text" not in where:
        listed = ", ".join(titles[:20])
        raise Unreadable(f"say which column is the text: --columns text=NAME, one of: {listed}")
    return where


def _of_row(cells: list[str], where: Mapping[str, int], origin: str, name: str) -> Draft:
    fields = {ours: cells[at] for ours, at in where.items() if at < len(cells) and cells[at]}
    text = fields.pop("text", "")
    assert set(fields) <= set(FIELDS)
    return made(fields, text=text, origin=origin, name=name)
