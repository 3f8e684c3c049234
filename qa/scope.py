"""Which articles a question is about: its times and its sources, held against the library.

It only ever narrows on evidence. A time filters when it surely means publication ("articles from
March 2022", "what happened last week") and the library holds articles of that time; a time in the
event asked about ("in September 2022", "in 1914") never does, at most it prefers articles of then.
A source filters when the library holds articles of it. What would leave no article is dropped.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ingest.snapshot import Listed
from ingest.words import content_words
from qa.attribution import Attribution, alike, attributions, site
from qa.dating import OR, Time, flat, times
from qa.types import Attributed, Dated, Effect

Meaning = Literal["publication", "content"]

_REPORTED = dt.timedelta(31)  # what happened then is written about for so long

# What makes a time, from its "|" on, the articles' own. "The press in 2024" alone does not, nor
# "jobs at newspapers since 2020" or "coverage of September 11": those are events.
_TOLD = (
    r"articles?|newspapers?|press|headlines|news|presse|journaux|depeches?|actualites?|nouvelles"
)
_PUBLISHED = re.compile(
    rf"\b(?:{_TOLD}|papers|coverage)"
    r"(?: (?:that |which )?(?:were |was |are |have been )?(?:published|written|dated|printed)"
    r"| (?:qui (?:ont|a) ete |qui sont )?(?:publiee?s?|parue?s?|ecrite?s?|datee?s?))"
    r"(?: (?:from|of|in|on|for|du mois|du|de|des|d'))*[ ']*\|"
    rf"|\b(?:{_TOLD})(?: (?:from|of|dating from|du mois|du|de|des|d'|datant de))+[ ']*\|"
    rf"|\b(?:{_TOLD}|papers|coverage) \|(?:from|du|de|des)\b"
    r"|\b(?:which|what|show me|list|do the|quels|que disent les) articles \|"
    r"|\b(?:articles?|depeches?) \|(?!(?:in|on|during|en|dans|pendant)\b)"
    rf"|^(?:the |les )?(?:{_TOLD}|papers|coverage) \|(?!on\b)"
)
_LINK = re.compile(r"\b(?:of|from|dated|de|du|d['’])\s*$")  # what tied a time to its noun
_OWNED = re.compile(r"^['’]s\b")  # "last week's vote"
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
    they narrow as if the question named them, and each has a chip like that.
    """
    dated = [
        (Dated(f"date:{question[t.start : t.end]}", question[t.start : t.end],
               _iso(t.first), _iso(t.last), means, "none"), t)
        for t, means in _meant(question, times(question, today))
    ]  # fmt: skip
    dated = [(one, t) for one, t in dated if one.chip not in without]
    held = sorted({one.source for one in shelf})
    named: list[tuple[Attributed, Attribution | None]] = [
        (Attributed(f"source:{a.name}", question[a.start : a.end], a.sources, "filter"), a)
        for a in attributions(question, held)
    ]
    chosen: list[tuple[Attributed, Attribution | None]] = [
        (Attributed(picked(one), site(one), alike(one, held), "filter"), None)
        for one in sorted(only)
    ]

    allowed, preferred = {one.id for one in shelf}, set[str]()
    dates, sources, cut = list[Dated](), list[Attributed](), list[tuple[int, int]]()
    narrowed = False
    for together in (named, chosen):  # of several sources, or times, any will do
        together = [(one, a) for one, a in together if one.chip not in without]
        wanted = {source for one, _ in together for source in one.sources}
        left = allowed & {one.id for one in shelf if one.source in wanted}
        sources += [one if left else replace(one, effect="none") for one, _ in together]
        if left:
            allowed, narrowed = left, True
            cut += [(a.start, a.end) for _, a in together if a]
    then = [_published_then(question, shelf, one.means, time) for one, time in dated]
    told = [
        (time, ids)
        for (one, time), ids in zip(dated, then, strict=True)
        if one.means == "publication"
    ]
    if left := allowed & _of_any(told):
        allowed, narrowed = left, True
    for (date, time), ids in zip(dated, then, strict=True):
        effect: Effect = "none"
        if date.means == "publication":
            effect = "filter" if left else "none"
        elif ids and time.precision in ("day", "month") and time.first and time.last:
            effect = "preference"
        if effect == "filter":
            cut.append((time.start, time.end))
        elif effect == "preference":
            preferred |= ids
        dates.append(replace(date, effect=effect))
    return Scope(
        _without(question, cut),
        tuple(dates),
        tuple(sources),
        frozenset(allowed) if narrowed else None,
        frozenset(preferred),
    )


def _meant(question: str, said: Sequence[Time]) -> Iterator[tuple[Time, Meaning]]:
    """Beside any other time, "the last week" is one of the story: "in the last week in May 2024".
    "Articles from May or from June": the second means what the first does.
    """
    end = 0
    means: Meaning = "content"
    for number, time in enumerate(said):
        joined = means == "publication" and OR.fullmatch(flat(question[end : time.start]))
        if not joined:
            beside = any(not question[time.end : one.start].strip() for one in said[number + 1 :])
            of_story = beside and _recent(question, time)
            means = "content" if of_story else meaning(question, time)
        end = time.end
        yield time, means


def _published_then(question: str, shelf: Sequence[Listed], means: Meaning, time: Time) -> set[str]:
    """The articles that may tell of a time, or that are of it."""
    day = time.precision in ("day", "recent")
    exact = means == "publication" and (_marked(question, time) or not day)
    span = _span(time, exact=exact)
    return {one.id for one in shelf if published_within(one.published, *span)}


def _of_any(told: Sequence[tuple[Time, set[str]]]) -> set[str]:
    """Of several times any will do; "since 2020 and before 2022" are the two ends of one."""
    ids = [ids for _, ids in told]
    ends = bool(told) and not any(time.first and time.last for time, _ in told)
    return set.intersection(*ids) if ends else set[str]().union(*ids)


def picked(source: str) -> str:
    """The chip of a source that was picked."""
    return f"only:{source}"


def meaning(question: str, time: Time) -> Meaning:
    """Publication only where the words around the time leave no doubt."""
    if _marked(question, time):
        return "publication"
    if time.precision == "year" or time.guessed:
        return "content"
    if time.precision == "recent" and time.first is not None:
        return "publication"
    rest = question[: time.start] + question[time.end :]
    asked = _NEWS.match(flat(rest).strip())
    if asked and not _subject(flat(rest).strip()[asked.end() :]):
        return "publication"
    return "content"


def _marked(question: str, time: Time) -> bool:
    before = flat(question[: time.start]).strip()
    return bool(_PUBLISHED.search(f"{before} |{flat(question[time.start : time.end])}"))


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
        between = _LINK.sub("", _OWNED.sub("", question[at:start]) if at else question[:start])
        kept, at = kept + ("" if at and OR.fullmatch(flat(between)) else between), max(at, end)
    rest = _OWNED.sub("", question[at:]) if at else question
    kept = " ".join((kept + rest).split()).strip(" ,;")
    return kept if any(ch.isalnum() for ch in kept) else question
