"""Whole sentences as spans over an unchanging text: what a quote is made of.

A regex of our own, because the quotes are what Saidso exists for: on 3,100 hand-marked sentences
of French and English news it finds both ends of each, where the best library tried finds 98.6 %
(it keeps a quotation of five sentences in one piece). `python -m lab.sentences` measures it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ingest.cut import cut, trimmed

LONGEST = 1200  # characters; only lists, tables and text without full stops get there

_SPACE = " \u00a0\u202f"  # French sets a (no-break) space before » ? ! and after «
_END = re.compile(rf"(?<![.!?…])[.!?…]++(?:[{_SPACE}]?[»”\"')\]]|’(?!\w))*(?:\[\d+\])*(?=\s|$)")
_BEGIN = re.compile(rf"\s+[«“\"'‘(\[—–-]*[{_SPACE}]*(\w)")
_NOTHING_YET = re.compile(r"(?:^\s*|\n\s*)$")  # between the end of a sentence and its next word
_LAST_WORD = re.compile(r"[\w.]+$")
_ABBREVIATIONS = frozenset(
    "mm mme mmes mlle dr pr st ste mgr cf env vs mr mrs ms prof gen gén col lt sgt capt gov sen rep"
    " inc ltd corp av bd hab approx dept univ éd".split()
)
# Only so written: "six ft. Then he fell" ends a sentence.
_TITLES = frozenset("Maj Brig Adm Cmdr Cpl Rev Hon Insp Supt Messrs Mt Ft Co Bros Ph".split())
_HOUR = re.compile(rf"(?:(?<![\w.])[ap]\.m|\d[{_SPACE}]?(?:[ap]\.m|[AP]\.M))$")
# "the 2 a.m. Mass", "a 5 p.m. Facebook post"
_HOUR_OF_WHAT = re.compile(
    rf"\b(?:an?|the|his|her|its|their)[{_SPACE}\n]\d[\d:.]*[{_SPACE}]?[ap]\.m$", re.IGNORECASE
)
_HOUR_GOES_ON = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\b"
    r"|(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\."
    r"|(?:[ECMP][SD]?T|A[EK]?[SD]T|NZ[SD]T|[BIJK]ST|HKT|GMT|UTC|MSK|(?:C|E|EE|W)ES?T)\b"
    r"|(?:Eastern|Central|Mountain|Pacific|Atlantic|Greenwich)\b"
    r"|(?:[A-Z][\w.]*\s){1,3}[Tt]ime\b"
)
_BEFORE_A_NUMBER = frozenset(
    "janv févr fevr avr juil sept oct nov déc dec jan feb mar apr jun jul aug sep no n art fig vol"
    " p pp ch chap".split()
)


def sentences(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Spans of the sentences of `text[start:end]` (one paragraph), in order, trimmed, disjoint.

    Every character of the paragraph that is not white space is in exactly one of them.

    >>> [t[a:b] for t in ["Il part. « Non. » M. Roy reste."] for a, b in sentences(t, 0, len(t))]
    ['Il part.', '« Non. »', 'M. Roy reste.']
    """
    ends = list(_ends(text, start, end))
    spans = [trimmed(text, a, b) for a, b in pairwise([start, *ends, end])]
    return tuple(
        piece
        for a, b in spans
        if a < b
        for piece in ([(a, b)] if b - a <= LONGEST else cut(text, a, b, limit=LONGEST))
    )


def _ends(text: str, start: int, end: int) -> Iterator[int]:
    said = seen = start
    quotation_marks = 0  # straight ones, which do not say whether they open or close
    for stop in _END.finditer(text, start, end):
        after = stop.end()
        if (spaced := stop[0].find(' "')) >= 0:
            place = stop.start() + spaced
            quotation_marks += text.count('"', seen, place)
            seen = place
            if quotation_marks % 2 == 0:
                after = place
        if _ends_here(text, said, stop, after, end):
            said = after
            yield after


def _ends_here(text: str, start: int, stop: re.Match[str], after: int, end: int) -> bool:
    begins = _BEGIN.match(text, after, end)
    if not begins or begins[1].islower():
        return False
    if text[stop.start() : after] != ".":
        return True
    word = _LAST_WORD.search(text[max(start, stop.start() - 20) : stop.start()])
    if not word:
        return True
    letters = word[0]
    said = text[max(start, stop.start() - len(letters) - 4) : stop.start() - len(letters)]
    if _HOUR.search(text, max(start, stop.start() - 20), stop.start()):
        by_itself = not _HOUR_OF_WHAT.search(text, max(start, stop.start() - 20), stop.start())
        return begins[1].isupper() and by_itself and not _HOUR_GOES_ON.match(text, begins.start(1))
    initial = letters == "Me" or (len(letters) == 1 and letters.isupper() and said[-1:] != "°")
    dotted = re.fullmatch(r"(?:\w\.)+\w", letters) is not None
    numbers_a_point = letters.isdigit() and len(letters) < 3 and _NOTHING_YET.search(said)
    number_follows = begins[1].isdigit()
    return not (
        initial
        or dotted
        or numbers_a_point
        or letters in _TITLES
        or letters.lower() in _ABBREVIATIONS
        or (number_follows and letters.lower() in _BEFORE_A_NUMBER)
    )
