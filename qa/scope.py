"""Which articles a question is about: its times and its sources, held against the library.

It only ever narrows on evidence. A time filters when it surely means publication ("articles from
March 2022", "what happened last week") and the library holds articles of that time; a time in the
event asked about ("in September 2022", "in 1914") never does, at most it prefers articles of then.
A source filters when the library holds articles of it. What would leave no article is dropped.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ingest.snapshot import Listed
from ingest.words import content_words
from qa.attribution import Attribution, alike, attributions, site
from qa.dating import Time, flat, times
from qa.types import Attributed, Dated, Effect

_REPORTED = dt.timedelta(31)  # what happened then is written about for so long

# What stands before a time and makes it the articles' own.
_PUBLISHED = re.compile(
    r"\b(?:articles?|newspapers?|papers|press|coverage|headlines|news|presse|journaux|depeches?"
    r"|actualites?|nouvelles)"
    r"(?: (?:that |which )?(?:were |was |are |have been )?(?:published|written|dated|printed)"
    r"| (?:qui (?:ont|a) ete |qui sont )?(?:publiee?s?|parue?s?|ecrite?s?|datee?s?))?"
    r"(?: (?:from|of|in|on|for|dating from|du mois|du|de|des|d'|datant de))*[ ']*$"
)
_LINK = re.compile(r"\b(?:of|from|dated|de|du|d['’])\s*$")  # what tied a time to its noun
# A question for whatever was in the news.
_NEWS = re.compile(
    r"^(?:so |and |et |alors )?(?:what(?:'s| is| was| has)? (?:the |been )?(?:latest|new|news"
    r"|in the news|happen(?:ed|ing)?|going on)|what did happen|quoi de neuf|que s'est-il passe"
    r"|qu'est-ce qui s'est passe|que se passai?t-il|qu'est-il arrive|quelles? (?:sont|etaient)"
    r" (?:les )?(?:dernieres )?(?:nouvelles|actualites)|(?:the )?news|l'actualite|les nouvelles)\b"
)


@dataclass(frozen=True, slots=True)
class Scope:
    """`allowed`: article ids, None for all. `preferred`: ids of articles that weigh more.

    `text` is the question without the words that became a filter.
    """

    text: str
    dates: tuple[Dated, ...]
    sources: tuple[Attributed, ...]
    allowed: frozenset[str] | None
    preferred: frozenset[str]


def scope(
    question: str,
    shelf: Sequence[Listed],
    today: dt.date,
    without: Collection[str],
    only: Collection[str] = (),
) -> Scope:
    """`shelf`: every article of the library. `only`: sources that were picked beside the question;
    each narrows as if the question named it, and has a chip like that.
    """
    found = [(time, meaning(question, time)) for time in times(question, today)]
    dated = [
        (Dated(f"date:{question[t.start : t.end]}", question[t.start : t.end],
               _iso(t.first), _iso(t.last), means, "none"), t)
        for t, means in found
    ]  # fmt: skip
    dated = [(one, t) for one, t in dated if one.chip not in without]
    held = sorted({one.source for one in shelf})
    named: list[tuple[Attributed, Attribution | None]] = [
        (Attributed(f"source:{a.name}", question[a.start : a.end], a.sources, "filter"), a)
        for a in attributions(question, held)
    ]
    named += [
        (Attributed(picked(one), site(one), alike(one, held), "filter"), None)
        for one in sorted(only)
    ]
    named = [(one, a) for one, a in named if one.chip not in without]

    allowed, preferred = {one.id for one in shelf}, set[str]()
    dates, sources, cut = list[Dated](), list[Attributed](), list[tuple[int, int]]()
    narrowed = False
    for source, attribution in named:
        left = allowed & {one.id for one in shelf if one.source in source.sources}
        sources.append(source if left else replace(source, effect="none"))
        if left:
            allowed, narrowed = left, True
            if attribution:
                cut.append((attribution.start, attribution.end))
    for date, time in dated:
        span = _span(time, exact=date.means == "publication" and not _recent(question, time))
        then = {one.id for one in shelf if published_within(one.published, *span)}
        effect: Effect = "none"
        if date.means == "publication":
            effect = "filter" if allowed & then else "none"
        elif then and time.precision != "year" and time.first and time.last:
            effect = "preference"
        if effect == "filter":
            allowed, narrowed = allowed & then, True
            cut.append((time.start, time.end))
        elif effect == "preference":
            preferred |= then
        dates.append(replace(date, effect=effect))
    return Scope(
        _without(question, cut),
        tuple(dates),
        tuple(sources),
        frozenset(allowed) if narrowed else None,
        frozenset(preferred),
    )


def picked(source: str) -> str:
    """The chip of a source that was picked."""
    return f"only:{source}"


def meaning(question: str, time: Time) -> Literal["publication", "content"]:
    """Publication only where the words around the time leave no doubt."""
    if _marked(question, time):
        return "publication"
    if time.precision == "year":
        return "content"
    if time.precision == "recent" and time.first is not None:
        return "publication"
    rest = question[: time.start] + question[time.end :]
    asked = _NEWS.match(flat(rest).strip())
    if asked and not _subject(flat(rest).strip()[asked.end() :]):
        return "publication"
    return "content"


def _marked(question: str, time: Time) -> bool:
    before = flat(question[: time.start]).rstrip() + " "
    return bool(_PUBLISHED.search(before))


def _recent(question: str, time: Time) -> bool:
    """Told from today, of events: what happened last week may be told this week."""
    return time.precision == "recent" and not _marked(question, time)


def published_within(published: str | None, first: dt.date | None, last: dt.date | None) -> bool:
    """A month or a year is the interval of its days: does it meet first..last?

    >>> published_within("2022-09", dt.date(2022, 9, 30), None)
    True
    """
    if published is None:
        return False
    low, high = (
        published + "-01-01"[len(published) - 4 :],
        published + "-12-31"[len(published) - 4 :],
    )
    return (first is None or high >= first.isoformat()) and (
        last is None or low <= last.isoformat()
    )


def _span(time: Time, *, exact: bool) -> tuple[dt.date | None, dt.date | None]:
    """The days on which an article may have been published to tell of that time."""
    if exact or time.last is None or time.last.year == dt.MAXYEAR:
        return time.first, time.last
    return time.first, time.last + _REPORTED


def _subject(rest: str) -> bool:
    return any(ch.isalnum() for ch in rest) and bool(set(content_words(rest)) - {"news", "world"})


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _without(question: str, cut: Sequence[tuple[int, int]]) -> str:
    """The question less those spans; the whole of it where nothing would be left to search."""
    kept, at = "", 0
    for start, end in sorted(cut):
        kept, at = kept + _LINK.sub("", question[at:start]), max(at, end)
    kept = " ".join((kept + question[at:]).split()).strip(" ,;")
    return kept if any(ch.isalnum() for ch in kept) else question
