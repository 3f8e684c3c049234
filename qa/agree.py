"""Do two quotes say the same, disagree, or neither? Precision before recall, above all for
"disagree": it is said only where everything but one thing is alike, and that one thing cannot be
both: another number for the same thing at the same time, another name in a place for one, a denial.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from ingest.words import flat
from qa.amounts import Amount
from qa.contraries import OPPOSITES
from qa.counts import numbers
from qa.disagreement import Differing, news, other_date, other_name, other_number, verb
from qa.moments import clash, unmatched
from qa.names import Name
from qa.overlap import each_more, left_over, less, mostly_met, of_another
from qa.said import Said, Word
from qa.unlike import reordered, unlike

_PASSIVE = re.compile(r"\b(?:by|par)\b")


class Relation(StrEnum):
    SAME = "same"
    DISAGREE = "disagree"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`differ`: what disagrees, as characters of each text; None unless they disagree."""

    relation: Relation
    differ: Differing | None = None


_NEITHER = Verdict(Relation.NEITHER)


def compare(question: str, a: Said, b: Said) -> Verdict:
    """Symmetric, but for the order of what differs."""
    if unlike(a, b):
        return _NEITHER
    over_a, over_b = left_over(a, b), left_over(b, a)
    opposite = _opposite(a, b)
    if opposite:
        over_a, over_b = less(over_a, opposite[0]), less(over_b, opposite[1])
    if not mostly_met(a, b, over_a, over_b):
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
        apart = _swapped(a, b) or _crossed(a, b) or each_more(a, b, over_a, over_b)
        return _NEITHER if apart else Verdict(Relation.SAME)
    if differences > 1 or (over_a and over_b) or of_another(a, b, opposite):
        return _NEITHER
    if timely:
        return _verdict(other_date(asked, a, b))
    if unmatched(a.moments, b.moments):
        return _NEITHER
    if counts:
        sure = not (counted.loose or counted.vague)
        return _verdict(other_number(a, b, counted.apart) if sure else None)
    if named:
        return _verdict(other_name(asked, a, b, only_a, only_b))
    if news(a, b):
        return _NEITHER
    if opposite:
        one, other = opposite
        return _verdict(((one.start, one.end), (other.start, other.end)))
    return _verdict((verb(a, b), verb(b, a)))


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
    return _verdict(((one.start, one.end), (other.start, other.end)))


def _equal(said: Said, span: tuple[int, int], there: Said) -> Amount | None:
    """The one amount `there` that is equal to the one at `span`."""
    told = [one for one in said.amounts if (one.start, one.end) == span]
    found = [one for one in there.amounts if told and one.equals(told[0])]
    return found[0] if len(found) == 1 else None


def _verdict(differ: Differing | None) -> Verdict:
    return Verdict(Relation.DISAGREE, differ) if differ else _NEITHER


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


def _crossed(a: Said, b: Said) -> bool:
    """ "Exports rose and imports fell", "imports rose and exports fell"."""
    both = any(len(_sides(a, pair)) == len(_sides(b, pair)) == 2 for pair in OPPOSITES)
    return both and (a.language != b.language or reordered(a, b))


def _only(one: Said, other: Said) -> list[Name]:
    """Names of `one` of which no word stands in `other`, in any language."""
    there = {word for name in other.names for word in name.words}
    there |= {word.plain for word in other.all_words}
    return [name for name in one.names if not name.words & there]


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
