"""Are the quotes of an old answer still the articles' words? Checked against the library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from ingest.errors import SaidsoError
from ingest.snapshot import Snapshot
from qa.kept import kept


class Standing(StrEnum):
    INTACT = "intact"
    CHANGED = "article changed since"
    GONE = "gone"
    ALTERED = "altered"  # the words, the source or the date are not those of that version


@dataclass(frozen=True, slots=True)
class Verdict:
    question: str
    article: str
    start: int
    end: int
    standing: Standing


def verdicts(snapshot: Snapshot, answers: Path) -> Iterator[Verdict]:
    """Those of `judged` on the answers in a file.

    Raises SaidsoError for a file that holds no answers.
    """
    return judged(snapshot, kept(answers), called=str(answers))


def judged(snapshot: Snapshot, answers: Iterable[Any], *, called: str) -> Iterator[Verdict]:
    """One verdict a quote, in order, each followed by one for each other place that says the same.

    `answers` are in the shape that the README documents, or should be: raises SaidsoError, with
    what they are `called`, for one that is not.
    """
    for number, answer in enumerate(answers, 1):
        try:
            shown = [*answer["quotes"], *answer.get("nearest", [])]
            for quote in (place for one in shown for place in [one, *one.get("also", [])]):
                article, version = str(quote["article"]["id"]), str(quote["article"]["version"])
                start, end = int(quote["start"]), int(quote["end"])
                standing = _standing(snapshot, article, version, start, end, quote["text"])
                if standing is Standing.INTACT:
                    standing = _labelled(snapshot, quote["article"], article, version)
                yield Verdict(str(answer["question"]), article, start, end, standing)
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
            raise SaidsoError(
                f"{called}: answer {number} is not one that `python -m qa --json` printed or the"
                f" chat saved ({type(error).__name__}: {error})"
            ) from None


def _standing(
    snapshot: Snapshot, article: str, version: str, start: int, end: int, text: str
) -> Standing:
    quoted, current = snapshot.article(article, version), snapshot.article(article)
    if quoted is None:
        return Standing.CHANGED if current else Standing.GONE
    if not 0 <= start < end <= len(quoted.text) or quoted.text[start:end] != text:
        return Standing.ALTERED
    return Standing.INTACT if current and current.digest == version else Standing.CHANGED


def _labelled(snapshot: Snapshot, given: Mapping[str, Any], article: str, version: str) -> Standing:
    """Are the source, the date and the title that a quote comes with, if any, the version's?

    Another title may be one that the article was once shown under here, of which nothing is kept.
    """
    own, shown = snapshot.article(article, version, own_title=True), snapshot.article(article)
    assert own and shown
    if any(
        given.get(key, own_one) != own_one
        for key, own_one in (("source", own.source), ("published", own.published))
    ):
        return Standing.ALTERED
    if given.get("title", own.title) not in (own.title, shown.title):
        return Standing.CHANGED
    return Standing.INTACT
