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

    any: float  # log-odds that some sentence answers, against none
    span: float  # the same of the likeliest answer's two ends, wherever it stands
    crossing: float  # 1 where question and best article differ in language


WEIGHTS = Evidence(0.039, 0.139, 0.550)
BIAS = -0.743
THRESHOLD = 0.45  # below it the articles are said not to say; lab/README.md says why there


def evidence(ranked: Sequence[Scored], language: str) -> Evidence | None:
    """`language` is the question's; None where nothing was found at all."""
    if not ranked:
        return None
    return Evidence(
        any=math.log(sum(math.exp(one.read.score) for one in ranked)),
        span=max(one.read.span for one in ranked),
        crossing=float(ranked[0].sentence.article.language != language),
    )


def confidence(found: Evidence | None) -> float:
    """0..1"""
    if found is None:
        return 0.0
    terms = zip(astuple(WEIGHTS), astuple(found), strict=True)
    logit = BIAS + sum(weight * value for weight, value in terms)
    return 1 / (1 + math.exp(-logit))
