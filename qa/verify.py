"""Are the quotes of an old answer still the articles' words? Checked against the library."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from ingest.errors import SaidsoError
from ingest.snapshot import Snapshot


class Standing(StrEnum):
    INTACT = "intact"
    CHANGED = "article changed since"
    GONE = "gone"
    ALTERED = "altered"  # the words given are not the words at that place of that version


@dataclass(frozen=True, slots=True)
class Verdict:
    question: str
    article: str
    start: int
    end: int
    standing: Standing


def verdicts(snapshot: Snapshot, answers: Path) -> Iterator[Verdict]:
    """One verdict a quote, in order, and one for each other place that says the same.

    Raises SaidsoError for a file that holds no answers.
    """
    for number, answer in enumerate(_answers(answers), 1):
        try:
            shown = [*answer["quotes"], *answer.get("nearest", [])]
            for quote in (place for one in shown for place in [one, *one.get("also", [])]):
                article, version = str(quote["article"]["id"]), str(quote["article"]["version"])
                start, end = int(quote["start"]), int(quote["end"])
                standing = _standing(snapshot, article, version, start, end, quote["text"])
                yield Verdict(str(answer["question"]), article, start, end, standing)
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
            raise SaidsoError(
                f"{answers}: answer {number} is not one that `python -m qa --json` printed"
                f" ({type(error).__name__}: {error})"
            ) from None


def _standing(
    snapshot: Snapshot, article: str, version: str, start: int, end: int, text: str
) -> Standing:
    quoted, current = snapshot.article(article, version), snapshot.article(article)
    if quoted is None:
        return Standing.CHANGED if current else Standing.GONE
    if not 0 <= start < end or quoted.text[start:end] != text:
        return Standing.ALTERED
    return Standing.INTACT if current and current.digest == version else Standing.CHANGED


def _answers(path: Path) -> list[Any]:
    """The answers in a file: one object, a list of them, or one a line."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SaidsoError(f"cannot read {path}: {error}") from None
    try:
        whole = json.loads(text)
        return whole if isinstance(whole, list) else [whole]
    except (ValueError, RecursionError):
        pass
    answers = []
    for number, line in enumerate(text.split("\n"), 1):  # a quote may hold U+2028, which is a line
        if line.strip():
            try:
                answers.append(json.loads(line))
            except (ValueError, RecursionError) as error:
                raise SaidsoError(f"{path}:{number} is not JSON: {error}") from None
    return answers
