"""The times that a question names, in English and French: a small grammar, relative to `today`.

What is not surely a time is left alone: "since the
invasion", "may Iran", a number without a word that makes it a year.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import Literal

from ingest import words
from qa.datewords import COUNT, LEADING, LED, MONTH, SEASON, SPAN, STANDING, UNIT, WEEKDAY

Day = dt.date
Precision = Literal["day", "month", "year", "recent"]  # recent: told from today
_RECENT = dt.timedelta(92)  # what lies further back is a date like others
_QUOTED = re.compile(r'"[^"]*"|“[^”]*”|«[^»]*»')
_YEAR = re.compile(r"\b\d{4}\b")
OR = re.compile(r",? ?(?:or|and|et|ou|,) ?")  # between two times of which either will do
_LISTED = re.compile(rf"(?:[ ,]|\b(?:or|and|et|ou|{'|'.join(MONTH)})\b)+")


@dataclass(frozen=True, slots=True)
class Time:
    """`question[start:end]` names the days first..last, both included; None where it is open.

    `guessed`: the year was not said; it is that of the last such day or month.
    """

    start: int
    end: int
    first: Day | None
    last: Day | None
    precision: Precision
    guessed: bool = False


def flat(text: str) -> str:
    """`ingest.words.flat`, with plain apostrophes and spaces."""
    return words.flat(text.replace("’", "'").replace("\u00a0", " "))


def times(question: str, today: Day) -> tuple[Time, ...]:
    """The times in `question`, in order; none overlap.

    >>> [(one.first.isoformat(), one.last.isoformat()) for one in
    ...  times("Que se passait-il en septembre 2022 ?", dt.date(2026, 1, 1))]
    [('2022-09-01', '2022-09-30')]
    """
    text, found = flat(question), list[Time]()
    made: Time | None
    for match in SPAN.finditer(text):
        if made := _between(match, today):
            found.append(made)
    for pattern in (LEADING, STANDING):
        for match in pattern.finditer(text):
            if any(one.start < match.end() and match.start() < one.end for one in found):
                continue
            if made := _one(match, today):
                found.append(made)
    found = [one for one in found if not _titled(question, one)]
    found.sort(key=lambda one: one.start)
    following = zip(found, [*found, None][1:], strict=True)
    return tuple(_with_year(text, one, after, today) for one, after in following)


def _titled(question: str, one: Time) -> bool:
    """ "Who wrote “Yesterday”?", "who sang Yesterday?": the name of a work, and no day."""
    if any(
        match.start() < one.start < match.end() and match[0] != question.strip()
        for match in _QUOTED.finditer(question)
    ):
        return True
    said, before = question[one.start : one.end], question[: one.start].rstrip()
    amid = bool(before) and before[-1] not in ".?!:…"
    named = said[0].isupper() and not any(char.isdigit() for char in said)
    shouted = question.isupper() or all(not word[0].islower() for word in question.split())
    return amid and named and not shouted


def _with_year(text: str, one: Time, after: Time | None, today: Day) -> Time:
    """ "In May or June 2024": the year of the second is the first's. Of a list, all in between."""
    if after is None or not one.guessed or after.guessed:
        return one
    between, year = text[one.end : after.start], _YEAR.search(text[after.start : after.end])
    if not year or not _LISTED.fullmatch(between):
        return one
    said = times(f"{text[one.start : one.end]} {year[0]}", today)
    if len(said) != 1 or said[0].guessed:
        return one
    last = said[0].last if OR.fullmatch(between) else after.last
    return replace(one, first=said[0].first, last=last, guessed=False)


def _one(match: re.Match[str], today: Day) -> Time | None:
    point = _point(match.groupdict(), today)
    if point is None:
        return None
    (first, last), precision = point
    told = {
        name: bool(match.groupdict().get(name)) for name in ("since", "after", "before", "until")
    }
    start: Day | None = first
    end: Day | None = last
    if told["since"]:
        end = None
    elif told["after"]:
        start, end = last + dt.timedelta(1), None
    elif told["before"]:
        start, end = None, first - dt.timedelta(1)
    elif told["until"]:
        start = None
    return Time(match.start(), match.end(), start, end, precision, _guessed(match.groupdict()))


def _between(match: re.Match[str], today: Day) -> Time | None:
    """Both ends must be times; the year of the second counts for a first that has none."""
    two = re.match(LED, match["two"])
    if two is None or (last := _point(two.groupdict(), today)) is None:
        return None
    one_text = match["one"]
    if not re.search(r"\d{4}", one_text) and (year := re.search(r"\d{4}", two[0])):
        one_text += f" {year[0]}"
        if re.fullmatch(r"\d{1,2} \d{4}", one_text):  # "between 3 and 5 March 2022"
            one_text = f"{match['one']} {two[0].split(' ', 1)[1]}"
    one = re.fullmatch(LED, one_text)
    if one is None or (first := _point(one.groupdict(), today)) is None:
        return None
    if first[0][0] > last[0][1]:
        return None
    end = match.start("two") + two.end()
    guessed = _guessed(two.groupdict())
    return Time(match.start(), end, first[0][0], last[0][1], last[1], guessed)


def _guessed(found: dict[str, str | None]) -> bool:
    """Does a month or a day stand without its year?"""
    day = (found.get("d") and not found.get("dy")) or (found.get("md") and not found.get("my"))
    return bool(found.get("b") or day)


def _point(found: dict[str, str | None], today: Day) -> tuple[tuple[Day, Day], Precision] | None:
    """The days that one atom of the grammar names; None where the calendar has no such day."""
    try:
        return _calendar(found, today) or _recent(found, today)
    except ValueError:
        return None


def _calendar(found: dict[str, str | None], today: Day) -> tuple[tuple[Day, Day], Precision] | None:
    def got(*names: str) -> str:
        return next((value for name in names if (value := found.get(name))), "")

    if iso := got("iso"):
        parts = [int(part) for part in iso.split("-")]
        return (_day(*parts), "day") if len(parts) == 3 else (_month(*parts), "month")
    if got("sd"):  # day first, as everywhere but in the United States; else it is not understood
        return _day(int(got("sy")), int(got("sm")), int(got("sd"))), "day"
    if day := got("d", "md"):
        month = MONTH[got("dm", "mm")]
        number = 1 if day == "premier" else int(day)
        year = got("dy", "my")
        return _day(int(year) if year else _latest(month, number, today), month, number), "day"
    if name := got("m"):
        return _month(int(got("y")), MONTH[name]), "month"
    if name := got("b"):
        month = MONTH[name]
        return _month(_latest(month, 1, today), month), "month"
    if name := got("s"):
        year_of, month = int(got("ys")), SEASON[name]
        last = _month(year_of + (month == 12), (month + 1) % 12 + 1)[1]
        return (dt.date(year_of, month, 1), last), "month"
    if year := got("by"):
        return (dt.date(int(year), 1, 1), dt.date(int(year), 12, 31)), "year"
    return None


def _recent(found: dict[str, str | None], today: Day) -> tuple[tuple[Day, Day], Precision] | None:
    def got(*names: str) -> str:
        return next((value for name in names if (value := found.get(name))), "")

    monday = today - dt.timedelta(today.weekday())
    if got("today"):
        return (today, today), "day"  # often no more than "nowadays"
    if got("yesterday"):
        return (today - dt.timedelta(1), today - dt.timedelta(1)), "recent"
    if said := got("last", "this"):
        back = bool(got("last"))
        if "week" in said or "semaine" in said:
            first = monday - dt.timedelta(7 * back)
            return (first, first + dt.timedelta(6)), "recent"
        if "month" in said or "mois" in said:
            some = today.replace(day=1) - dt.timedelta(int(back))
            return _month(some.year, some.month), "recent"
        year = today.year - back
        return (dt.date(year, 1, 1), dt.date(year, 12, 31)), "year"
    if count := got("n", "n2"):
        days = _counted(count) * UNIT[got("u", "u2")]
        return (today - dt.timedelta(days), today), "recent" if dt.timedelta(
            days
        ) <= _RECENT else "month"
    if count := got("n3", "n4"):
        unit = UNIT[got("u3", "u4")]
        middle = today - dt.timedelta(_counted(count) * unit)
        around = dt.timedelta(unit // 2)
        recent = today - middle <= _RECENT
        return (middle - around, middle + around), "recent" if recent else "month"
    if name := got("w", "w2"):
        day = today - dt.timedelta((today.weekday() - WEEKDAY[name] - 1) % 7 + 1)
        return (day, day), "recent"
    return None


def _counted(count: str) -> int:
    return COUNT.get(count) or int(count)


def _day(year: int, month: int, day: int) -> tuple[Day, Day]:
    made = dt.date(year, month, day)
    return made, made


def _month(year: int, month: int) -> tuple[Day, Day]:
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def _latest(month: int, day: int, today: Day) -> int:
    """The year of the last such day that has come."""
    return today.year if (month, day) <= (today.month, today.day) else today.year - 1
