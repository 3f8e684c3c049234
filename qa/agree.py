"""Do two quotes say the same, disagree, or neither? Precision before recall, above all for
"disagree": it is said only where everything but one thing is alike, and that one thing cannot be
both: another number for the same thing at the same time, another name in a place for one, a denial.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np

from ingest.words import flat
from qa.amounts import Amount
from qa.contraries import OPPOSITES, alike
from qa.counts import numbers
from qa.moments import clash, unmatched
from qa.names import Name, names
from qa.said import Said, Word, near
from qa.unlike import only_in, reordered, unlike

_ALIKE = 0.45  # cosine of two words' states from which they may mean the same
_ONE_THING = 0.75  # and from which they do
_COVERED = 0.75  # share of the words of the shorter that the other has as well
_SHARED = 0.3  # the same, of the longer
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
# Verbs that two languages choose for one thing are often far apart: "accueilli", "taken in".
_PERFECT = (
    re.compile(r"\b(?:has|have|had) \w+$"),
    re.compile(  # with its accents: "à" is no verb
        r"\b(?:(?:a|ont|avait|avaient) \w+|(?:est|sont|était|étaient)"
        r" (?:parti|venu|revenu|devenu|arrivé|entré|rentré|sorti|monté|descendu|tombé|passé|né"
        r"|mort|resté|allé)e?s?)$"
    ),
)  # in English, in French
_PASSIVE = re.compile(r"\b(?:by|par)\b")
_ANOTHER = re.compile(
    r"new|nouve\w+|other|autres?|revised|revisee?s?|deputy|vice|adjoint\w*|former|ex|ancien\w*"
    r"|acting|interim|assistant|junior|honorary"
)
_REACHED = frozenset("reached reaches reach totals totalled atteint atteignait".split())
_ARTICLE = re.compile(r"(?:\b(?:the|its|le|la|une?|du|au|son|sa) |\bl['’])$")


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
    if unlike(a, b):
        return _NEITHER
    over_a, over_b = _left_over(a, b), _left_over(b, a)
    opposite = _opposite(a, b)
    if opposite:
        over_a, over_b = _less(over_a, opposite[0]), _less(over_b, opposite[1])
    if not _alike(a, b, over_a, over_b):
        return _NEITHER
    asked = flat(question)
    only_a, only_b = _only(a, b), _only(b, a)
    counted = numbers(a, b)
    denied = (a.denied is None) != (b.denied is None)
    timely = clash(a.moments, b.moments, (a.published, b.published))
    named = bool(only_a and only_b)
    counts = counted.apart or counted.loose or counted.vague
    differences = named + bool(counts) + denied + bool(opposite) + timely
    if not differences:
        apart = _swapped(a, b) or _crossed(a, b) or _each_more(a, b, over_a, over_b)
        return _NEITHER if apart else Verdict(Relation.SAME)
    if differences > 1 or (over_a and over_b) or _of_another(a, b, opposite):
        return _NEITHER
    if timely:
        return _other_date(asked, a, b)
    if unmatched(a.moments, b.moments):
        return _NEITHER
    if counts:
        return _NEITHER if counted.loose or counted.vague else _other_number(a, b, counted.apart)
    if named:
        return _other_name(asked, a, b, only_a, only_b)
    if _news(a, b):
        return _NEITHER
    if opposite:
        return _disagree((opposite[0].start, opposite[0].end), (opposite[1].start, opposite[1].end))
    return _disagree(_verb(a, b), _verb(b, a))


def carried(verdict: Verdict, a: Said, b: Said, like_a: Said, like_b: Said) -> Verdict:
    """The verdict on a number of `a` and of `b`, as one on `like_a`, which says what `a` says, and
    on `like_b`, so far as nothing else keeps those two apart.
    """
    apart = unlike(like_a, like_b) or (_only(like_a, like_b) and _only(like_b, like_a))
    times = like_a.moments, like_b.moments
    if not verdict.differ or apart or (like_a.denied is None) != (like_b.denied is None):
        return _NEITHER
    if clash(*times, (like_a.published, like_b.published)) or unmatched(*times):
        return _NEITHER
    one = _equal(a, verdict.differ[0], like_a)
    other = _equal(b, verdict.differ[1], like_b)
    if not one or not other or one.meets(other):
        return _NEITHER
    return _disagree((one.start, one.end), (other.start, other.end))


def _equal(said: Said, span: tuple[int, int], there: Said) -> Amount | None:
    """The one amount `there` that is equal to the one at `span`."""
    told = [one for one in said.amounts if (one.start, one.end) == span]
    found = [one for one in there.amounts if told and one.equals(told[0])]
    return found[0] if len(found) == 1 else None


def _disagree(one: tuple[int, int], other: tuple[int, int]) -> Verdict:
    return Verdict(Relation.DISAGREE, (one, other))


def _left_over(one: Said, other: Said) -> list[Word]:
    """The words of `one` that nothing in `other` is like."""
    if not other.all_words:
        return list(one.words)
    unmet = only_in(one, other) if one.language == other.language else one.words
    states = np.array([word.state for word in other.all_words])
    return [word for word in unmet if float((states @ word.state).max()) < _ALIKE]


def _alike(a: Said, b: Said, over_a: list[Word], over_b: list[Word]) -> bool:
    """Nearly all words of the one are met in the other, and a fair part the other way."""
    if not a.words or not b.words:
        return False
    covered = sorted((1 - len(over_a) / len(a.words), 1 - len(over_b) / len(b.words)))
    return covered[1] >= _COVERED and covered[0] >= _SHARED


def _opposite(a: Said, b: Said) -> tuple[Word, Word] | None:
    """Two words of which each says the reverse of the other, and neither text has both."""
    for pair in OPPOSITES:
        mine, theirs = _sides(a, pair), _sides(b, pair)
        if mine and theirs and len(mine) == len(theirs) == 1 and mine.keys() != theirs.keys():
            return next(iter(mine.values())), next(iter(theirs.values()))
    return None


def _sides(said: Said, pair: tuple[frozenset[str], frozenset[str]]) -> dict[int, Word]:
    """The first word of each side of a pair of opposites, by the side's number."""
    found: dict[int, Word] = {}
    for word in said.words:
        for side in (0, 1):
            if word.plain in pair[side]:
                found.setdefault(side, word)
    return found


def _less(words: list[Word], out: Word) -> list[Word]:
    return [one for one in words if one.start != out.start]


def _of_another(a: Said, b: Said, opposite: tuple[Word, Word] | None) -> bool:
    """May they be about two things after all, for a word that each has and the other has not, or
    for one like "new"? To the encoder's states "exports" and "imports" are alike.
    """
    other = [any(_ANOTHER.fullmatch(word.plain) for word in said.words) for said in (a, b)]
    if other[0] != other[1]:
        return True
    if opposite and any(
        _ARTICLE.search(said.plain[: word.start])
        for said, word in zip((a, b), opposite, strict=True)
    ):
        return True  # "the rise slowed" is no fall
    if a.language != b.language:
        return False
    over_a, over_b = only_in(a, b), only_in(b, a)
    if opposite:
        over_a, over_b = _less(over_a, opposite[0]), _less(over_b, opposite[1])
    return _more(over_a, over_b) and _more(over_b, over_a)


def _more(over: Sequence[Word], others: Sequence[Word]) -> bool:
    """Is something left over that is not one thing with any of the others?"""
    return any(
        one.plain not in _REACHED and not any(_one_thing(one, other) for other in others)
        for one in over
    )


def _each_more(a: Said, b: Said, over_a: list[Word], over_b: list[Word]) -> bool:
    """Does each say what the other does not? "From the kitchen", "from the boiler room"."""
    if a.language == b.language:
        return _more(only_in(a, b), b.all_words) and _more(only_in(b, a), a.all_words)
    return all(
        any(not _perfect(said, word) for word in over) for said, over in ((a, over_a), (b, over_b))
    )


def _perfect(said: Said, word: Word) -> bool:
    return bool(_PERFECT[said.language == "fr"].search(said.text[: word.end].lower()))


def _one_thing(one: Word, other: Word) -> bool:
    """ "Killed" and "died", "ship" and "vessel"."""
    return alike(one.plain, other.plain) or near(one, other) >= _ONE_THING


def _crossed(a: Said, b: Said) -> bool:
    """ "Exports rose and imports fell", "imports rose and exports fell"."""
    both = any(len(_sides(a, pair)) == len(_sides(b, pair)) == 2 for pair in OPPOSITES)
    return both and (a.language != b.language or reordered(a, b))


def _only(one: Said, other: Said) -> list[Name]:
    """Names of `one` of which no word stands in `other`, in any language."""
    there = {word for name in other.names for word in name.words}
    there |= {word.plain for word in other.all_words}
    return [name for name in one.names if not name.words & there]


def _other_number(a: Said, b: Said, apart: tuple[tuple[Amount, Amount], ...]) -> Verdict:
    one, other = apart[0]
    lasting = one.unit in _LENGTHS and (_EXTENT.search(a.plain) or _EXTENT.search(b.plain))
    if len(apart) > 1 or (_news(a, b) and not lasting):
        return _NEITHER
    return _disagree((one.start, one.end), (other.start, other.end))


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
        best = max(one.words, key=lambda word: (word.stem == about.stem, near(word, about)))
        start, end = best.start, best.end
    helper = _HELPER.search(one.plain[:start])
    return (helper.start(1) if helper else start), end


def _other_date(asked: str, a: Said, b: Said) -> Verdict:
    """Another date for one event: only where the date is what was asked for."""
    one, other = a.moments, b.moments
    if not _ASKS_WHEN.search(asked) or not (one.dated and other.dated) or one.hours or other.hours:
        return _NEITHER
    if max(len(one.years), len(other.years)) > 1:
        return _NEITHER  # from one year to another
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
    if not single:
        return _NEITHER
    if _news(a, b) and not all(_LASTING.search(said.plain) for said in (a, b)):
        return _NEITHER
    return _disagree((one.start, one.end), (other.start, other.end))


def _swapped(a: Said, b: Said) -> bool:
    """Two names side by side in the opposite order, both active or both passive: who did it to whom
    differs.
    """
    order = [[name.key for name in said.names] for said in (a, b)]
    mine, theirs = (list(dict.fromkeys(one)) for one in order)
    mine = [name for name in mine if name in theirs]
    theirs = [name for name in theirs if name in mine]
    passive = [bool(_PASSIVE.search(said.plain)) for said in (a, b)]
    turned = set(pairwise(mine)) & {(one, other) for other, one in pairwise(theirs)}
    return bool(turned) and passive[0] == passive[1]


def _news(a: Said, b: Said) -> bool:
    """Is one of them so much newer that the world may have changed?"""
    if not (a.published and b.published):
        return False
    days = [dt.date.fromisoformat((one + "-01-01")[:10]) for one in (a.published, b.published)]
    return abs((days[0] - days[1]).days) > _NEWS
