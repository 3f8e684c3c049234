"""Which articles a table shows, and in which order: 20,000 take a tenth of a second."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ingest.snapshot import Listed
from ingest.words import fold

_DATE = re.compile(r"\d{4}(?:-\d\d){0,2}")
_MANY = 100  # choices of a filter; who looks for another source types its name

_KEYS: Mapping[str, tuple[Callable[[Listed], Any], bool]] = {  # what is compared, is it reversed
    "added": (lambda one: one.ingested, True),
    "newest": (lambda one: one.published or "", True),
    "oldest": (lambda one: one.published or "9999", False),  # without a date: last
    "by title": (lambda one: fold(one.title), False),
    "by source": (lambda one: fold(one.source), False),
    "by language": (lambda one: one.language, False),
}
SORTS = tuple(_KEYS)


@dataclass(frozen=True, slots=True)
class Sieve:
    """What is asked of the table. Empty strings ask nothing; `first` and `last` are dates, each
    as precise as it was given; `page` counts from 0.
    """

    words: str = ""
    tongue: str = ""
    source: str = ""
    first: str = ""
    last: str = ""
    sort: str = SORTS[0]
    page: int = 0


def asked(wanted: Mapping[str, Any]) -> Sieve:
    """A sieve of what a page sends, whatever it sends."""
    given = {key: str(wanted.get(key) or "")[:500] for key in ("words", "tongue", "source")}
    sort = str(wanted.get("sort"))
    try:
        page = min(10**6, max(0, int(wanted.get("page") or 0)))
    except (TypeError, ValueError, OverflowError):
        page = 0
    return Sieve(
        **given,
        first=_date(wanted.get("first")),
        last=_date(wanted.get("last")),
        sort=sort if sort in _KEYS else SORTS[0],
        page=page,
    )


def _date(given: object) -> str:
    """The whole parts of a date that may still be being typed; "" where it is none."""
    match = _DATE.match(str(given or ""))
    return match[0] if match else ""


def sifted(every: Sequence[Listed], sieve: Sieve) -> list[Listed]:
    """Those that fit, in the order that was asked for; ties stay in the order of `every`."""
    needles = fold(sieve.words).split()
    key, reverse = _KEYS[sieve.sort]
    return sorted((one for one in every if _fits(one, sieve, needles)), key=key, reverse=reverse)


def _fits(one: Listed, sieve: Sieve, needles: Sequence[str]) -> bool:
    if (sieve.tongue and one.language != sieve.tongue) or (
        sieve.source and one.source != sieve.source
    ):
        return False
    if sieve.first or sieve.last:
        # "2022-09" is in a range when a part of that month is.
        date = one.published
        if not date or date < sieve.first[: len(date)]:
            return False
        if sieve.last and date[: len(sieve.last)] > sieve.last[: len(date)]:
            return False
    return matches(one, needles)


def matches(one: Listed, needles: Sequence[str]) -> bool:
    """Do its title, source, date and id have every one of these folded words?"""
    if not needles:
        return True  # the text of 20,000 takes longer to fold than to list
    text = fold(f"{one.title} {one.source} {one.published} {one.id}")
    return all(needle in text for needle in needles)


def choices(every: Sequence[Listed]) -> tuple[list[str], list[str]]:
    """Languages and sources that it is worth choosing by, each in order."""
    sources = Counter(one.source for one in every)
    several = [source for source, count in sources.most_common(_MANY) if count > 1]
    worth = several if len(sources) > _MANY else list(sources)
    return sorted({one.language for one in every}), sorted(worth, key=fold)
