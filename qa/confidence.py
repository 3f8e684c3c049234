"""How likely the first quote answers the question: a logistic over what speaks for it.

Platt, "Probabilistic outputs for support vector machines", 1999. The weights are fitted by
`python -m lab.calibrate` on questions that no model was trained on and none is measured with, and
the threshold chosen there.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from qa.sentence import Scored


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a question found, in numbers that do not depend on the size of the library."""

    sentence: float  # log-odds of the best sentence, against none
    any: float  # the same of all sentences together
    ahead: float  # of the best sentence over the next best that is not its neighbour
    span: float  # log-odds of its answer's ends
    near: float  # retrieval's score of its excerpt
    crossing: float  # 1 where question and article differ in language


WEIGHTS = Evidence(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
BIAS = 0.0
THRESHOLD = 0.5  # below it the articles are said not to say


def evidence(ranked: Sequence[Scored], language: str) -> Evidence | None:
    """`language` is the question's; None where nothing was found at all."""
    if not ranked:
        return None
    best = ranked[0]
    scores = [one.read.score for one in ranked]
    return Evidence(
        sentence=best.read.score,
        any=math.log(sum(map(math.exp, scores))),
        ahead=best.score - (ranked[1].score if len(ranked) > 1 else best.score - 10.0),
        span=best.read.span,
        near=best.near.score,
        crossing=float(best.sentence.article.language != language),
    )


def confidence(found: Evidence | None) -> float:
    """0..1"""
    if found is None:
        return 0.0
    terms = zip(astuple(WEIGHTS), astuple(found), strict=True)
    logit = BIAS + sum(weight * value for weight, value in terms)
    return 1 / (1 + math.exp(-logit))
