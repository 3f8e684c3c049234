"""Plain text and Markdown: the text of record is the file itself. The one door to PyYAML."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from typing import Any

import yaml

from ingest.clean import front_matter, opening_date
from ingest.decode import check_text, decoded
from ingest.draft import FIELDS, LARGEST, made
from ingest.errors import Unreadable
from ingest.formats.dated import atop
from ingest.language import detect
from ingest.types import Draft

_FIELD = re.compile(r"^([\w-]+)[ \t]*:[ \t]+(\S(?:.*\S)?)[ \t\r]*$", re.MULTILINE)
_CLOSES = {"[": "]", "{": "}", '"': '"', "'": "'"}


def draft(data: bytes, *, origin: str, name: str) -> Draft:
    if len(data) > LARGEST:
        raise Unreadable(f"{len(data):,} bytes; an article may have {LARGEST:,}: split it")
    text = check_text(decoded(data))
    fields: dict[str, Any] = {}
    said = text
    if matter := front_matter(text):
        fields = _fields(text[matter.start : matter.end].strip())
        said = text[matter.end :]
    elif dated := opening_date(text):
        fields = {"published": dated[1]}
    if not fields.get("published") and atop(said, day_first=True):  # else no language is needed yet
        language = str(fields.get("language") or detect(said))
        fields["published"] = atop(said, day_first=language[:2].lower() != "en")
    return made(fields, text=text, origin=origin, name=name)


def _fields(matter: str) -> dict[str, Any]:
    fields = _toml(matter.strip("+")) if matter.startswith("+") else _yaml(matter.strip("-"))
    if not isinstance(fields, dict):
        raise Unreadable("front matter is not a list of `field: value` lines")
    if fields.get("published") in (None, "", True, False):  # to some it says whether, not when
        fields["published"] = fields.get("date")
    return {key: _written(fields[key]) for key in FIELDS if key in fields}


def _toml(matter: str) -> Any:
    try:
        return tomllib.loads(matter.replace("\r\n", "\n"))
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"front matter is not TOML: {error}") from None


def _yaml(matter: str) -> Any:
    try:
        try:
            return yaml.safe_load(matter)
        except (yaml.scanner.ScannerError, yaml.parser.ParserError) as error:
            quoted = _FIELD.sub(_quoted, matter)
            if quoted == matter:
                raise
            try:
                return yaml.safe_load(quoted)
            except yaml.YAMLError:
                raise error from None
    except (yaml.YAMLError, ValueError, LookupError, AttributeError, RecursionError) as error:
        problem = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise Unreadable(f"front matter is not YAML: {problem}") from None


def _quoted(line: re.Match[str]) -> str:
    """A line whose words YAML takes for signs ("title: Ukraine : the war"), in quotation marks."""
    field, value = line.groups()
    try:
        yaml.safe_load(line[0])
    except (yaml.scanner.ScannerError, yaml.parser.ParserError):
        if _CLOSES.get(value[0], "") in value[1:]:  # else it goes on in the next line
            return f"{field}: '{value.replace(chr(39), chr(39) * 2)}'"
    except (yaml.YAMLError, ValueError, LookupError, AttributeError, RecursionError):
        pass
    return line[0]


def _written(value: Any) -> Any:
    """A number, a date, a list of words or a person from YAML as the text that was meant; else as
    it is.
    """
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        names = [_named(one) for one in value]
        return ", ".join(names) if all(isinstance(one, str) for one in names) else value
    return str(value) if isinstance(value, int | float) else _named(value)


def _named(value: Any) -> Any:
    """`{name: …}` as that name."""
    return value.get("name", value) if isinstance(value, dict) else value
