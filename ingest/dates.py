"""Dates as precise as they were given: 2022-09 stays a month, it never becomes a first of one."""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate_to_datetime

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ].*)?", re.DOTALL)


def publication_date(given: str) -> str:
    """`YYYY`, `YYYY-MM` or `YYYY-MM-DD` from an ISO date (a time of day is dropped) or an
    e-mail date. Raises ValueError, with the remedy, for anything else.

    >>> publication_date("2022-9"), publication_date("2022-09-05T08:30:00Z")
    ('2022-09', '2022-09-05')
    """
    text = given.strip()
    if match := _ISO.fullmatch(text):
        year, month, day = match.groups()
        try:
            dt.date(int(year), int(month or 1), int(day or 1))
        except ValueError:
            raise ValueError(f"{given!r} is not a day of the calendar") from None
        return "-".join([year, *(part.zfill(2) for part in (month, day) if part)])
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except (TypeError, ValueError, IndexError, OverflowError):
        raise ValueError(f"{given!r} is not a date; write YYYY, YYYY-MM or YYYY-MM-DD") from None
