"""How likely the articles answer the question: a logistic over what speaks for it.

Platt, "Probabilistic outputs for support vector machines", 1999. The weights are fitted by
`python -m lab.calibrate` on training questions only, and the threshold chosen there.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from qa.sentence import Scored
from qa.types import Hit


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a question found, in numbers that do not depend on the size of the library."""

    cosine: float  # of the best sentence
    matched: float  # of the question's words, by the best sentence
    weakest: float  # the same, of the word met worst
    covered: float  # the same, by whichever sentence of its article does best
    passage: float  # cosine of the best passage
    margin: float  # of the best passage over the best of another article


WEIGHTS = Evidence(5.978, -5.212, 5.292, -0.375, -1.861, 5.331)
BIAS = -2.855
THRESHOLD = 0.229  # below it the articles are said not to say


def evidence(ranked: Sequence[Scored], hits: Sequence[Hit]) -> Evidence | None:
    """None where nothing was found at all."""
    if not ranked:
        return None
    best = ranked[0]
    article = best.sentence.article.id
    own = [one for one in ranked if one.sentence.article.id == article]
    ours = max(hit.cosine for hit in hits if hit.passage.article.id == article)
    others = (hit.cosine for hit in hits if hit.passage.article.id != article)
    return Evidence(
        cosine=best.cosine,
        matched=best.matched,
        weakest=best.weakest,
        covered=max(one.weakest for one in own),
        passage=ours,
        margin=ours - max(others, default=0.0),
    )


def confidence(found: Evidence | None) -> float:
    """0..1"""
    if found is None:
        return 0.0
    terms = zip(astuple(WEIGHTS), astuple(found), strict=True)
    logit = BIAS + sum(weight * value for weight, value in terms)
    return 1 / (1 + math.exp(-logit))
