"""How likely the first quote answers the question: a logistic over what speaks for it.

Platt, "Probabilistic outputs for support vector machines", 1999. The weights are fitted by
`python -m lab.calibrate` on questions that no model was trained on and none is measured with, and
the threshold chosen there.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass

import numpy as np

from ingest.words import STOP_WORDS, fold, stem, words
from qa.dating import times
from qa.quote import quotes
from qa.sentence import Scored
from qa.types import Quote, Sentence, Understood


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a question found, in numbers that do not depend on the size of the library."""

    first: float  # log-odds that a sentence of the first quote answers, against none
    crossing: float  # 1 where question and best article differ in language
    met: float  # 1 where the best sentence holds every word that carries the question's subject


_ASKED_FOR = frozenset("combien many much long".split())  # and so not said again

# "Articles from January" ask for no fact.
_WHATEVER = frozenset("article articles news press presse actualite actualites nouvelles".split())

WEIGHTS = Evidence(0.659, 0.456, 1.087)
BIAS = -0.365
FOLLOWING = -0.54  # for a question read with the one before it: what that says is found as well
THRESHOLD = 0.59  # below it the articles are said not to say; why there: lab/README.md


def evidence(ranked: Sequence[Scored], understood: Understood) -> Evidence | None:
    """None where nothing was found at all, or nothing asked: a time alone has no answer."""
    if not ranked or not _subject(understood.searched):
        return None
    (first,) = quotes(ranked, most=1)
    quoted = [one.read.score for one in ranked if _in(first, one.sentence)]
    return Evidence(
        first=float(np.logaddexp.reduce(quoted)),
        crossing=float(ranked[0].sentence.article.language != understood.language),
        met=float(_met(ranked[0].sentence, understood)),
    )


def _in(quote: Quote, sentence: Sentence) -> bool:
    return quote.article.id == sentence.article.id and quote.start <= sentence.start < quote.end


def _subject(asked: str) -> set[str]:
    """The words that say what is asked about, folded."""
    text = asked
    for time in reversed(times(asked, dt.date.today())):
        text = f"{text[: time.start]} {text[time.end :]}"
    return {fold(word) for word in words(text)} - STOP_WORDS - _WHATEVER


def _met(sentence: Sentence, understood: Understood) -> bool:
    """Only within one language: a translation is never sure to be the word that was meant."""
    language = understood.language
    asked = {stem(word, language) for word in understood.words if fold(word) not in _ASKED_FOR}
    said = {stem(word, language) for word in words(sentence.text)}
    return sentence.article.language == language and len(asked) > 1 and asked <= said


def confidence(found: Evidence | None, *, following: bool = False) -> float:
    """0..1; `following`: what was read is a follow-up, with the question that it leans on."""
    if found is None:
        return 0.0
    terms = zip(astuple(WEIGHTS), astuple(found), strict=True)
    logit = BIAS + FOLLOWING * following + sum(weight * value for weight, value in terms)
    return 1 / (1 + math.exp(-logit))
