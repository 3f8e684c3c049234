"""What two quotes disagree on that are alike but for one thing, if they do; pure."""

from __future__ import annotations

import datetime as dt
import re

from qa.amounts import Amount
from qa.names import Name, names
from qa.said import Said, near

Differing = tuple[tuple[int, int], tuple[int, int]]  # characters of each text

_NEWS = 62  # days between two articles after which another number is news, not a disagreement

_ASKS_WHEN = re.compile(
    r"\b(?:when|what year|which year|what date|quand|quelle annee|quelle date)\b"
)
# What only one can be, or only one can have done, or be done by.
_FOR_EVER = (
    r"(?:be|is|was) held|(?:take|took) place|se tiendra|s['’]est tenue?|(?:aura|a eu|avait eu) lieu"
    r"|wrote|written|born|founded|founder|built|made in|signed|killed by|killed in|murdered|caused"
    r"|discovered|directed|designed|invented|located|capital|ecrite?s?|nee?|fonde\w*|construite?s?"
    r"|fabrique\w*|signee?|tuee? par|assassine\w*|situee?|capitale|cause\w*|decouvert\w*|realisee?"
    r"|concu\w*|invente\w*"
)
_FOR_A_TIME = (
    r"appointed|named|elected|won|win|wins|winner|hosts?|hosting|head of|president of|leader"
    r"|biggest"
    r"|largest|main|bought|sold|nommee?s?|elue?|remporte\w*|gagne\w*|vainqueur|accueill\w*"
    r"|a la tete"
    r"|plus grand\w*|principale?|premiere?|achete\w*|vendue?"
)
_ONE_ONLY = re.compile(rf"\b(?:{_FOR_EVER}|{_FOR_A_TIME})\b")
_LASTING = re.compile(rf"\b(?:{_FOR_EVER})\b")
_LENGTHS = frozenset("km m mm mile km2 mile2 ha acre".split())  # of what does not change
_EXTENT = re.compile(
    r"\b(?:long|length|wide|width|high|height|tall|deep|depth|across|area|size|measures?|spans?"
    r"|stretches|longueur|large|largeur|haut|hauteur|profond\w*|superficie|altitude|mesure\w*"
    r"|s['’]eten\w+)\b"
)
_SEVERAL = re.compile(
    r"\b(?:which countries|quels|quelles|among|parmi|notamment|including|other)\b"
)
_HELPER = re.compile(
    r"\b((?:has|have|had|did|does|do|is|are|was|were|will|would|can|could|a|ont|est|sont|va"
    r"|vont)\s*)$"
)
_ONE_MORE = re.compile(r"(?:\s+\w+)?")


def other_number(a: Said, b: Said, apart: tuple[tuple[Amount, Amount], ...]) -> Differing | None:
    one, other = apart[0]
    lasting = one.unit in _LENGTHS and (_EXTENT.search(a.plain) or _EXTENT.search(b.plain))
    if len(apart) > 1 or (news(a, b) and not lasting):
        return None
    return (one.start, one.end), (other.start, other.end)


def other_date(asked: str, a: Said, b: Said) -> Differing | None:
    """Another date for one event: only where the date is what was asked for."""
    one, other = a.moments, b.moments
    if not _ASKS_WHEN.search(asked) or not (one.dated and other.dated) or one.hours or other.hours:
        return None
    if max(len(one.years), len(other.years)) > 1:
        return None  # from one year to another
    return _dates(a), _dates(b)


def _dates(one: Said) -> tuple[int, int]:
    return next(
        ((s, e) for s, e in one.moments.spans if any(ch.isdigit() for ch in one.plain[s:e])),
        one.moments.spans[0],
    )


def other_name(
    asked: str, a: Said, b: Said, only_a: list[Name], only_b: list[Name]
) -> Differing | None:
    """Another name in a place that only one can have."""
    if len(only_a) != 1 or len(only_b) != 1 or _SEVERAL.search(asked):
        return None
    one, other = only_a[0], only_b[0]
    in_question = {word for name in names(asked.title()) for word in name.words}
    in_question |= set(re.findall(r"\w+", asked))
    if (one.words | other.words) & in_question:
        return None
    single = all(_ONE_ONLY.search(said.plain) for said in (a, b))
    if not single:
        return None
    if news(a, b) and not all(_LASTING.search(said.plain) for said in (a, b)):
        return None
    return (one.start, one.end), (other.start, other.end)


def verb(one: Said, other: Said) -> tuple[int, int]:
    """What to name where one denies: the denial, or in the other the word that it is about."""
    if one.denied:
        start, end = one.denied
        if one.plain[start:end] in ("not", "never", "n't", "n’t"):
            end = _ONE_MORE.match(one.plain, end).end()  # type: ignore[union-attr]
    else:
        after = other.denied[0] if other.denied else 0
        about = next((word for word in other.words if word.end > after), None)
        if about is None or not one.words:
            return 0, len(one.text)
        best = max(one.words, key=lambda word: (word.stem == about.stem, near(word, about)))
        start, end = best.start, best.end
    helper = _HELPER.search(one.plain[:start])
    return (helper.start(1) if helper else start), end


def news(a: Said, b: Said) -> bool:
    """Is one of them so much newer that the world may have changed?"""
    if not (a.published and b.published):
        return False
    days = [dt.date.fromisoformat((one + "-01-01")[:10]) for one in (a.published, b.published)]
    return abs((days[0] - days[1]).days) > _NEWS
