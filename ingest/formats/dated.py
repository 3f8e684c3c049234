"""A page's date, no more precise than the page gave it."""

from __future__ import annotations

import re

_MONTHS = "jan fév|feb mar avr|apr mai|may juin|jun juil|jul ao[uû]|aug sep oct nov d[ée]c".split()


def as_written(found: str | None, page: str) -> str | None:
    """`found` (YYYY-MM-DD, by an extractor that fills up what is missing with ones), cut back to
    the month or the year when the first of it stands nowhere in `page`.

    >>> as_written("2022-09-01", '<meta property="article:published_time" content="2022-09">')
    '2022-09'
    """
    if not found or not (parts := re.fullmatch(r"(\d{4})-(\d\d)-01", found)):
        return found
    year, month = parts.groups()
    name = rf"(?:{_MONTHS[int(month) - 1]})[\w.]{{0,8}}"
    short = rf"0?{int(month)}"
    day = (
        rf"{year}[-/.]?{month}[-/.]?01(?!\d)|{year}[-/.]{short}[-/.]1(?!\d)"
        rf"|(?<!\d)0?1[-/.]{short}[-/.]{year}|(?<!\d){short}[-/.]0?1[-/.]{year}"
        rf"|(?<!\d)0?1(?:er|st|\.)?\s{{1,3}}(?:of\s)?{name},?\s{{1,3}}{year}"
        rf"|{name}\s{{1,3}}0?1(?:st)?,?\s{{1,3}}{year}"
    )
    if re.search(day, page, re.IGNORECASE):
        return found
    if month != "01" or re.search(rf"{year}-01\b|{name}\s{{1,3}}{year}", page, re.IGNORECASE):
        return f"{year}-{month}"
    return year
