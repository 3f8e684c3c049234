"""Which words of two texts the other has, and whether what is left over makes them tell of two
things; pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from qa.contraries import alike
from qa.said import Said, Word, near
from qa.unlike import only_in

_ALIKE = 0.45  # cosine of two words' states from which they may mean the same
_ONE_THING = 0.75  # and from which they do
_COVERED = 0.75  # share of the words of the shorter that the other has as well
_SHARED = 0.3  # the same, of the longer
# Verbs that two languages choose for one thing are often far apart: "accueilli", "taken in".
_PERFECT = (
    re.compile(r"\b(?:has|have|had) \w+$"),
    re.compile(  # with its accents: "à" is no verb
        r"\b(?:(?:a|ont|avait|avaient) \w+|(?:est|sont|était|étaient)"
        r" (?:parti|venu|revenu|devenu|arrivé|entré|rentré|sorti|monté|descendu|tombé|passé|né"
        r"|mort|resté|allé)e?s?)$"
    ),
)  # in English, in French
_ANOTHER = re.compile(
    r"new|nouve\w+|other|autres?|revised|revisee?s?|deputy|vice|adjoint\w*|former|ex|ancien\w*"
    r"|acting|interim|assistant|junior|honorary"
)
_REACHED = frozenset("reached reaches reach totals totalled atteint atteignait".split())
_ARTICLE = re.compile(r"(?:\b(?:the|its|le|la|une?|du|au|son|sa) |\bl['’])$")


def left_over(one: Said, other: Said) -> list[Word]:
    """The words of `one` that nothing in `other` is like."""
    if not other.all_words:
        return list(one.words)
    unmet = only_in(one, other) if one.language == other.language else one.words
    states = np.array([word.state for word in other.all_words])
    return [word for word in unmet if float((states @ word.state).max()) < _ALIKE]


def mostly_met(a: Said, b: Said, over_a: list[Word], over_b: list[Word]) -> bool:
    """Nearly all words of the one are met in the other, and a fair part the other way."""
    if not a.words or not b.words:
        return False
    covered = sorted((1 - len(over_a) / len(a.words), 1 - len(over_b) / len(b.words)))
    return covered[1] >= _COVERED and covered[0] >= _SHARED


def less(words: list[Word], out: Word) -> list[Word]:
    return [one for one in words if one.start != out.start]


def of_another(a: Said, b: Said, opposite: tuple[Word, Word] | None) -> bool:
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
        over_a, over_b = less(over_a, opposite[0]), less(over_b, opposite[1])
    return _more(over_a, over_b) and _more(over_b, over_a)


def each_more(a: Said, b: Said, over_a: list[Word], over_b: list[Word]) -> bool:
    """Does each say what the other does not? "From the kitchen", "from the boiler room"."""
    if a.language == b.language:
        return _more(only_in(a, b), b.all_words) and _more(only_in(b, a), a.all_words)
    return all(
        any(not _perfect(said, word) for word in over) for said, over in ((a, over_a), (b, over_b))
    )


def _more(over: Sequence[Word], others: Sequence[Word]) -> bool:
    """Is something left over that is not one thing with any of the others?"""
    return any(
        one.plain not in _REACHED and not any(_one_thing(one, other) for other in others)
        for one in over
    )


def _perfect(said: Said, word: Word) -> bool:
    return bool(_PERFECT[said.language == "fr"].search(said.text[: word.end].lower()))


def _one_thing(one: Word, other: Word) -> bool:
    """ "Killed" and "died", "ship" and "vessel"."""
    return alike(one.plain, other.plain) or near(one, other) >= _ONE_THING
