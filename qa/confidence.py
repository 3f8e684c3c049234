"""How likely the first quote answers the question: a logistic over what speaks for it.

Platt, "Probabilistic outputs for support vector machines", 1999. The weights are fitted by
`python -m lab.calibrate` on questions that no model was trained on and none is measured with, and
the threshold chosen there.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass

import numpy as np

from ingest.words import stem, words
from qa.sentence import Scored
from qa.types import Sentence, Understood


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a question found, in numbers that do not depend on the size of the library."""

    any: float  # log-odds that some sentence answers, against none
    crossing: float  # 1 where question and best article differ in language
    met: float  # 1 where the best sentence holds every word that carries the question's subject


_COUNTING = frozenset("combien many much long".split())  # asked for, and so not said again

WEIGHTS = Evidence(0.476, 0.300, 1.672)
BIAS = -0.809
THRESHOLD = 0.57  # below it the articles are said not to say; why there: lab/README.md


def evidence(ranked: Sequence[Scored], understood: Understood) -> Evidence | None:
    """None where nothing was found at all."""
    if not ranked:
        return None
    return Evidence(
        any=float(np.logaddexp.reduce([one.read.score for one in ranked])),
        crossing=float(ranked[0].sentence.article.language != understood.language),
        met=float(_met(ranked[0].sentence, understood)),
    )


def _met(sentence: Sentence, understood: Understood) -> bool:
    """Only within one language: a translation is never sure to be the word that was meant."""
    language = understood.language
    asked = {stem(word, language) for word in understood.words} - _COUNTING
    said = {stem(word, language) for word in words(sentence.text)}
    return sentence.article.language == language and len(asked) > 1 and asked <= said


def confidence(found: Evidence | None) -> float:
    """0..1"""
    if found is None:
        return 0.0
    terms = zip(astuple(WEIGHTS), astuple(found), strict=True)
    logit = BIAS + sum(weight * value for weight, value in terms)
    return 1 / (1 + math.exp(-logit))
