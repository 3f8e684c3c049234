"""How likely the first quote answers the question: a logistic over what speaks for it.

Platt, "Probabilistic outputs for support vector machines", 1999. The weights are fitted by
`python -m lab.calibrate` on training questions only, and the threshold chosen there.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from qa.quote import Scored
from qa.types import Hit


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a question found, in numbers that do not depend on the size of the library."""

    sentence_cosine: float
    sentence_shared: float
    passage_cosine: float
    margin: float  # of the best sentence over the best of another article
    agreement: float  # 1 where dense and lexical search put the same passage first


WEIGHTS = Evidence(4.0, 1.5, 3.0, 1.0, 0.5)
BIAS = -4.5
THRESHOLD = 0.5  # below it the articles are said not to say


def evidence(ranked: Sequence[Scored], hits: Sequence[Hit]) -> Evidence | None:
    """None where nothing was found at all."""
    if not ranked:
        return None
    best = ranked[0]
    article = best.sentence.article.id
    others = (one.score for one in ranked if one.sentence.article.id != article)
    hit = hits[best.sentence.hit]
    return Evidence(
        best.cosine,
        best.shared,
        hit.cosine or 0.0,
        best.score - max(others, default=0.0),
        float(hits[0].dense_rank == hits[0].lexical_rank == 1),
    )


def confidence(found: Evidence | None) -> float:
    """0..1"""
    if found is None:
        return 0.0
    terms = zip(astuple(WEIGHTS), astuple(found), strict=True)
    logit = BIAS + sum(weight * value for weight, value in terms)
    return 1 / (1 + math.exp(-logit))
