"""When a sentence says that something was: years, months, days, weekdays, hours; pure.

Used only to keep apart what is said of different times. Turning a question into a filter by date is
another matter (qa/understand.py).
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from ingest.words import flat

_MONTHS = {
    name: number
    for names in (
        "january february march april may june july august september october november december",
        "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "janv fevr mars avr mai juin juil aout sept oct nov dec",
    )
    for number, name in enumerate(names.split(), 1)
}
_WEEKDAYS = {
    name: number
    for names in (
        "monday tuesday wednesday thursday friday saturday sunday",
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
    )
    for number, name in enumerate(names.split())
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_FULL = "|".join(
    name
    for name in _MONTHS
    if len(name) > 4 or name in ("june", "july", "juin", "mars", "mai", "may", "aout")
)
_SP = " \u00a0\u202f"
# "may" and "mars" and "sec" are words too: a month needs a number beside it, or "in", "en", "de".
_DATE = re.compile(
    rf"\b(?P<d1>\d{{1,2}})(?:er|st|nd|rd"
    rf"|th)?[{_SP}](?:of )?(?P<m1>{_MONTH})\b\.?(?:,?[{_SP}](?P<y1>[12]\d{{3}}))?\b"
    rf"|\b(?P<m2>{_MONTH})\.?[{_SP}](?P<d2>\d{{1,2}})(?:st|nd|rd"
    rf"|th)?\b(?:,?[{_SP}](?P<y2>[12]\d{{3}}))?(?![,.]?\d)"
    rf"|\b(?P<m3>{_MONTH})[{_SP}](?P<y3>[12]\d{{3}})\b"
    rf"|\b(?:in|since|until|by|last|next|early|late|mid|en|debut|fin|mi|depuis|de|d['’]ici|des"
    rf"|avant|before)[{_SP}-](?P<m4>{_FULL})\b(?![{_SP}](?:have|be|not))"
    rf"|\b(?P<y5>[12]\d{{3}})-(?P<m5>[01]\d)-(?P<d5>[0-3]\d)\b"
)
_YEAR = re.compile(
    rf"(?<![\d.,$€£-])(?<!\d[{_SP}])\b(1[0-9]\d\d|20\d\d)\b(?![.,]\d|[{_SP}]\d{{3}}|\s?[%€])"
)
_COUNTED = re.compile(
    r"\s+(?!(?:and|et|to|a|the|le|la|les|at|by|in|en|with|avec|par|ont|a|was|were|est)\b)[a-z]+"
)
_WEEKDAY = re.compile(rf"\b({'|'.join(_WEEKDAYS)})s?\b")
_HOUR = re.compile(
    r"\b(?P<h>\d{1,2})(?:[:.]\d\d)?\s?(?P<half>[ap])\.?m\b|\b(?P<f>\d{1,2})\s?(?:h"
    r"|heures)\b(?=\s?\d\d|\s?[,.]|$)"
    r"|\b(?P<noon>noon|midi)\b|\b(?P<midnight>midnight|minuit)\b"
)
# Words that mean a time counted from the day of publication, and how many days that may be off.
_RELATIVE = tuple(
    (re.compile(rf"\b(?:{said})\b"), days)
    for days, said in (
        (
            2,
            r"today|yesterday|tonight|tomorrow|this (?:morning|evening|afternoon)|hier|demain"
            r"|aujourd['’]hui|ce (?:matin|soir)|cet apres-midi",
        ),
        (
            10,
            r"(?:this|last|next) week(?:end)?|cette semaine|semaine (?:derniere|prochaine)"
            r"|ce week-end|week-end dernier",
        ),
        (45, r"(?:this|last|next) month|ce mois-ci|mois (?:dernier|prochain)"),
        (
            300,
            r"(?:this|last|next) (?:year|summer|winter|spring|autumn)|cette annee|ce printemps"
            r"|an(?:nee)? (?:dernier|prochain)e?|cet (?:ete|hiver|automne)",
        ),
    )
)
_THEN = re.compile(r"\b(?:once|formerly|used to|previously|autrefois|jadis|naguere|auparavant)\b")
_NOW = re.compile(
    r"\b(?:now|nowadays|currently|today|aujourd['’]hui|desormais|actuellement|maintenant)\b"
)


@dataclass(frozen=True, slots=True)
class Moments:
    """Every time that a text names, component by component; `spans` are where, in characters."""

    years: frozenset[int] = frozenset()
    months: frozenset[int] = frozenset()
    days: frozenset[int] = frozenset()
    weekdays: frozenset[int] = frozenset()
    hours: frozenset[int] = frozenset()
    relative: int | None = None  # days that "yesterday", "last month" may be off
    then: bool = False
    now: bool = False
    spans: tuple[tuple[int, int], ...] = field(default=())

    @property
    def dated(self) -> bool:
        return bool(self.years or self.months or self.days)


def moments(text: str) -> Moments:
    """
    >>> sorted(moments("Le tunnel ouvrira le 5 septembre 2024.").years)
    [2024]
    """
    plain = flat(text)
    years, months, days = set[int](), set[int](), set[int]()
    spans = []
    for match in _DATE.finditer(plain):
        part = {key[0]: value for key, value in match.groupdict().items() if value}
        years |= {int(part["y"])} if "y" in part else set()
        months.add(int(part["m"]) if part["m"].isdigit() else _MONTHS[part["m"]])
        days |= {int(part["d"])} if "d" in part else set()
        spans.append(match.span())
    for match in _YEAR.finditer(plain):
        inside = any(a <= match.start() < b for a, b in spans)
        counted = _COUNTED.match(plain, match.end()) and not re.search(
            r"\b(?:in|since|en|depuis)\s$", plain[: match.start()]
        )
        if not inside and not counted:
            years.add(int(match[1]))
            spans.append(match.span())
    hours = set()
    for match in _HOUR.finditer(plain):
        spans.append(match.span())
        hour = 12 if match["noon"] else 0 if match["midnight"] else int(match["h"] or match["f"])
        hours.add(hour % 12 + 12 if match["half"] == "p" else hour % 24)
    weekdays = {_WEEKDAYS[match[1]] for match in _WEEKDAY.finditer(plain)}
    spans += [match.span() for match in _WEEKDAY.finditer(plain)]
    off = [reach for pattern, reach in _RELATIVE if pattern.search(plain)]
    return Moments(
        frozenset(years), frozenset(months), frozenset(days), frozenset(weekdays),
        frozenset(hours), min(off, default=None),
        bool(_THEN.search(plain)), bool(_NOW.search(plain)), tuple(sorted(spans)),
    )  # fmt: skip


def clash(a: Moments, b: Moments, published: tuple[str | None, str | None]) -> bool:
    """Do the two speak of different times? `published` are the days of their articles."""
    pairs = ((a.years, b.years), (a.months, b.months), (a.days, b.days), (a.hours, b.hours))
    if any(one and other and not one & other for one, other in pairs):
        return True
    if (a.then and not b.then) or (b.then and not a.then):
        return True
    first, second = (_day(one) for one in published)
    if a.weekdays and b.weekdays:
        if first and second and not (a.dated or b.dated):
            if not _resolved(a.weekdays, first) & _resolved(b.weekdays, second):
                return True
        elif not a.weekdays & b.weekdays:
            return True
    if first and second:
        apart = abs((first - second).days)
        reach = [one.relative for one in (a, b) if one.relative is not None]
        if reach and apart > min(reach):
            return True
        for one, other, day in ((a, b, second), (b, a, first)):
            if one.years and not other.years and other.now and day.year not in one.years:
                return True
    return False


def unmatched(a: Moments, b: Moments) -> bool:
    """Is a year or month named by one only? Then they may speak of different times."""
    return bool(a.years) != bool(b.years) or (
        bool(a.months) != bool(b.months) and not (a.years & b.years)
    )


def _day(published: str | None) -> dt.date | None:
    return dt.date.fromisoformat(published) if published and len(published) == 10 else None


def _resolved(weekdays: frozenset[int], published: dt.date) -> set[dt.date]:
    """Each weekday as the last before the day of publication and the next after it."""
    last = {published - dt.timedelta((published.weekday() - one) % 7) for one in weekdays}
    return last | {one + dt.timedelta(7) for one in last}
