"""Plain text and Markdown: the text of record is the file itself. The one door to PyYAML."""

from __future__ import annotations

from datetime import date
from typing import Any

import yaml

from ingest.clean import front_matter, opening_date
from ingest.decode import check_text, decoded
from ingest.draft import FIELDS, LARGEST, made
from ingest.errors import Unreadable
from ingest.types import Draft


def draft(data: bytes, *, origin: str, name: str) -> Draft:
    if len(data) > LARGEST:
        raise Unreadable(f"{len(data):,} bytes; an article may have {LARGEST:,}: split it")
    text = check_text(decoded(data))
    fields: dict[str, Any] = {}
    if matter := front_matter(text):
        fields = _yaml(text[matter.start : matter.end])
    elif dated := opening_date(text):
        fields = {"published": dated[1]}
    return made(fields, text=text, origin=origin, name=name)


def _yaml(matter: str) -> dict[str, Any]:
    try:
        fields = yaml.safe_load(matter.strip().strip("-"))
    except (yaml.YAMLError, ValueError, LookupError, AttributeError, RecursionError) as error:
        problem = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise Unreadable(f"front matter is not YAML: {problem}") from None
    if not isinstance(fields, dict):
        raise Unreadable("front matter is not a list of `field: value` lines")
    fields.setdefault("published", fields.get("date"))
    return {key: _written(fields[key]) for key in FIELDS if key in fields}


def _written(value: Any) -> Any:
    """A number, a date or a list of words from YAML as the text that was meant; else as it is."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    return str(value) if isinstance(value, int | float) else value
