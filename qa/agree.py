"""Do two quotes say the same, disagree, or neither? Precision before recall, above all for
"disagree": it is said only where everything but one thing is alike, and that one thing cannot be
both: another number for the same thing at the same time, another name in a place for one, a denial.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from ingest.words import flat
from qa.amounts import Amount
from qa.moments import clash, unmatched
from qa.names import Name, names
from qa.said import OPPOSITES, Said, Word

_ALIKE = 0.45  # cosine of two words' states from which they may mean the same
_SURE = 0.6  # the same, for the noun that a number counts
_COVERED = 0.75  # share of the words of the shorter that the other has as well
_SHARED = 0.3  # the same, of the longer
_NEWS = 62  # days between two articles after which another number is news, not a disagreement

_ASKS_WHEN = re.compile(
    r"\b(?:when|what year|which year|what date|quand|quelle annee|quelle date)\b"
)
_ASKS_WHERE = re.compile(r"\b(?:where|ou|which (?:city|town)|quelle ville|dans quel\w*)\b")
# What only one can be, or only one can have done, or be done by.
_FOR_EVER = (
    r"wrote|written|born|founded|founder|built|made in|signed|killed by|killed in|murdered|caused"
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
_SEVERAL = re.compile(
    r"\b(?:which countries|quels|quelles|among|parmi|notamment|including|other)\b"
)
_HELPER = re.compile(
    r"\b((?:has|have|had|did|does|do|is|are|was|were|will|would|can|could|a|ont|est|sont|va"
    r"|vont)\s*)$"
)
_ONE_MORE = re.compile(r"(?:\s+\w+)?")
_PART = re.compile(r"^\s*(?:of (?:the|its|their|them|these|those)|des |d['’]entre|parmi|among)")
_TO = re.compile(r"\b(?:to|at|a)\W{0,2}$")
_BY = re.compile(r"\b(?:by|of|de)\W{0,2}$")
_PASSIVE = re.compile(r"\b(?:by|par)\b")
_MORE = re.compile(
    r"^\W*(?:\w+ )?(?:de plus|more|additional|extra|supplementaires?|de moins|fewer)\b"
)


class Relation(StrEnum):
    SAME = "same"
    DISAGREE = "disagree"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`differ`: what disagrees, as characters of each text; None unless they disagree."""

    relation: Relation
    differ: tuple[tuple[int, int], tuple[int, int]] | None = None


_NEITHER = Verdict(Relation.NEITHER)


def compare(question: str, a: Said, b: Said) -> Verdict:
    """Symmetric, but for the order of what differs."""
    over_a, over_b = _left_over(a, b), _left_over(b, a)
    opposite = _opposite(over_a, over_b)
    if opposite:
        over_a = [one for one in over_a if one is not opposite[0]]
        over_b = [one for one in over_b if one is not opposite[1]]
    if not _alike(a, b, over_a, over_b):
        return _NEITHER
    if a.hedged != b.hedged or a.conditional != b.conditional:
        return _NEITHER  # what may be, or would be if, is another fact than what is
    asked = flat(question)
    only_a, only_b = _only(a, b), _only(b, a)
    numbers = _numbers(a, b)
    denied = (a.denied is None) != (b.denied is None)
    timely = clash(a.moments, b.moments, (a.published, b.published))
    named = bool(only_a and only_b)
    counts = numbers.apart or numbers.loose or numbers.vague
    differences = named + bool(counts) + denied + bool(opposite) + timely
    if not differences:
        return Verdict(Relation.NEITHER if _swapped(a, b) else Relation.SAME)
    if differences > 1:
        return _NEITHER
    if over_a and over_b:
        return _NEITHER
    if timely:
        return _other_date(asked, a, b)
    if unmatched(a.moments, b.moments):
        return _NEITHER
    if counts:
        return _NEITHER if numbers.loose or numbers.vague else _other_number(a, b, numbers.apart)
    if named:
        return _other_name(asked, a, b, only_a, only_b)
    if _news(a, b):
        return _NEITHER
    if opposite:
        return _disagree((opposite[0].start, opposite[0].end), (opposite[1].start, opposite[1].end))
    return _disagree(_verb(a, b), _verb(b, a))


def _disagree(one: tuple[int, int], other: tuple[int, int]) -> Verdict:
    return Verdict(Relation.DISAGREE, (one, other))


def _left_over(one: Said, other: Said) -> list[Word]:
    """The words of `one` that nothing in `other` is like."""
    if not other.all_words:
        return list(one.words)
    stems = {word.stem for word in other.all_words} if one.language == other.language else set()
    states = np.array([word.state for word in other.all_words])
    return [
        word
        for word in one.words
        if word.stem not in stems and float((states @ word.state).max()) < _ALIKE
    ]


def _alike(a: Said, b: Said, over_a: list[Word], over_b: list[Word]) -> bool:
    """Nearly all words of the one are met in the other, and a fair part the other way."""
    if not a.words or not b.words:
        return False
    covered = sorted((1 - len(over_a) / len(a.words), 1 - len(over_b) / len(b.words)))
    return covered[1] >= _COVERED and covered[0] >= _SHARED


def _opposite(over_a: list[Word], over_b: list[Word]) -> tuple[Word, Word] | None:
    for pair in OPPOSITES:
        for yes, no in (pair, pair[::-1]):
            one = next((word for word in over_a if word.plain in yes), None)
            other = next((word for word in over_b if word.plain in no), None)
            if one and other:
                return one, other
    return None


def _only(one: Said, other: Said) -> list[Name]:
    """Names of `one` of which no word stands in `other`, in any language."""
    there = {word for name in other.names for word in name.words}
    there |= {word.plain for word in other.all_words}
    return [name for name in one.names if not name.words & there]


@dataclass(frozen=True, slots=True)
class _Numbers:
    """The amounts of two texts that are not the same: pairs that cannot both be true; whether some
    can, without saying the same ("at least 12", "15"); whether some cannot be compared.
    """

    apart: tuple[tuple[Amount, Amount], ...]
    vague: bool
    loose: bool


def _numbers(a: Said, b: Said) -> _Numbers:
    left_a = [one for one in a.amounts if not any(one.equals(other) for other in b.amounts)]
    left_b = [one for one in b.amounts if not any(one.equals(other) for other in a.amounts)]
    pairs = [(x, y) for x in left_a for y in left_b if _comparable(a, x, b, y)]
    apart = tuple((x, y) for x, y in pairs if not x.meets(y))
    return _Numbers(apart, len(apart) < len(pairs), bool(left_a and left_b and not pairs))


def _other_number(a: Said, b: Said, apart: tuple[tuple[Amount, Amount], ...]) -> Verdict:
    one, other = apart[0]
    if len(apart) > 1 or (_news(a, b) and one.unit not in _LENGTHS):
        return _NEITHER
    return _disagree((one.start, one.end), (other.start, other.end))


def _comparable(a: Said, x: Amount, b: Said, y: Amount) -> bool:
    if (x.unit, x.per) != (y.unit, y.per):
        return False
    after, behind = a.plain[x.end :], b.plain[y.end :]
    if bool(_PART.match(after)) != bool(_PART.match(behind)):
        return False
    if bool(_MORE.match(after)) != bool(_MORE.match(behind)):
        return False
    before, front = a.plain[: x.start], b.plain[: y.start]
    if (_TO.search(before) and _BY.search(front)) or (_BY.search(before) and _TO.search(front)):
        return False
    if x.unit:
        return True
    one, other = _counted(a, x), _counted(b, y)
    if one is None or other is None:
        return one is other
    return one.stem == other.stem or _near(one, other) >= _SURE


def _counted(one: Said, amount: Amount) -> Word | None:
    """The noun that a number counts: the next word that carries meaning."""
    return next((word for word in one.words if word.start >= amount.end), None)


def _verb(one: Said, other: Said) -> tuple[int, int]:
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
        best = max(one.words, key=lambda word: (word.stem == about.stem, _near(word, about)))
        start, end = best.start, best.end
    helper = _HELPER.search(one.plain[:start])
    return (helper.start(1) if helper else start), end


def _near(one: Word, other: Word) -> float:
    return float(one.state @ other.state)


def _other_date(asked: str, a: Said, b: Said) -> Verdict:
    """Another date for one event: only where the date is what was asked for."""
    one, other = a.moments, b.moments
    if not _ASKS_WHEN.search(asked) or not (one.dated and other.dated) or one.hours or other.hours:
        return _NEITHER
    return _disagree(_dates(a), _dates(b))


def _dates(one: Said) -> tuple[int, int]:
    return next(
        ((s, e) for s, e in one.moments.spans if any(ch.isdigit() for ch in one.plain[s:e])),
        one.moments.spans[0],
    )


def _other_name(asked: str, a: Said, b: Said, only_a: list[Name], only_b: list[Name]) -> Verdict:
    """Another name in a place that only one can have."""
    if len(only_a) != 1 or len(only_b) != 1 or _SEVERAL.search(asked):
        return _NEITHER
    one, other = only_a[0], only_b[0]
    in_question = {word for name in names(asked.title()) for word in name.words}
    in_question |= set(re.findall(r"\w+", asked))
    if (one.words | other.words) & in_question:
        return _NEITHER
    single = all(_ONE_ONLY.search(said.plain) for said in (a, b))
    if not (single or _ASKS_WHERE.search(asked)):
        return _NEITHER
    if _news(a, b) and not all(_LASTING.search(said.plain) for said in (a, b)):
        return _NEITHER
    return _disagree((one.start, one.end), (other.start, other.end))


def _swapped(a: Said, b: Said) -> bool:
    """Two names in the opposite order, both active or both passive: who did it to whom differs."""
    order = [[name.key for name in said.names] for said in (a, b)]
    shared = [name for name in dict.fromkeys(order[0]) if name in order[1]]
    passive = [bool(_PASSIVE.search(said.plain)) for said in (a, b)]
    there = [order[1].index(name) for name in shared]
    return len(there) > 1 and there == sorted(there, reverse=True) and passive[0] == passive[1]


def _news(a: Said, b: Said) -> bool:
    """Is one of them so much newer that the world may have changed?"""
    if not (a.published and b.published):
        return False
    days = [dt.date.fromisoformat((one + "-01-01")[:10]) for one in (a.published, b.published)]
    return abs((days[0] - days[1]).days) > _NEWS
