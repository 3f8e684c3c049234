"""What makes a quote trusted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qa.confidence import THRESHOLD, confidence, evidence
from qa.excerpt import body
from qa.types import Sentence, Understood
from tests.fakes import make_article, scored_as

ARTICLE = make_article("Neuf loutres vivent au moulin. Le moulin est à vendre.", language="fr")
FIRST, SECOND = body(ARTICLE)


def body_of(text: str) -> Sentence:
    return next(body(make_article(text, id="english", language="en")))


def _found(*words: str, language: str = "fr"):  # type: ignore[no-untyped-def]
    elsewhere = body_of("Nine otters live at the mill.")
    ranked = [scored_as(one, -1.0) for one in (FIRST, SECOND, elsewhere)]
    return evidence(ranked, Understood(language, words, searched=" ".join(words)))


def test_every_word_of_the_question_met_in_one_sentence() -> None:
    assert _found("Combien", "loutres", "vivent", "moulin").met == 1
    assert _found("loutre", "moulins").met == 1, "in another form"
    assert _found("loutres", "vente").met == 0
    assert _found("moulin").met == 0, "one word says nothing"
    assert _found("loutres", "moulin", language="en").met == 0
    english = [scored_as(body_of("Nine otters live at the mill."), -1.0)]
    asked = Understood("en", ("many", "otters", "live", "mill"), searched="How many otters live?")
    found = evidence(english, asked)
    assert found and found.met == 1, "how many is asked for, and not said again"


def test_the_sentences_of_the_first_quote_count_together_and_no_others() -> None:
    found = _found("loutres", "vente")
    assert found.first == pytest.approx(-1 + 0.6931, abs=1e-3)
    assert found.crossing == 0
    assert _found("otters", language="en").crossing == 1


def test_more_evidence_more_confidence() -> None:
    found = _found("loutres", "vente")
    assert 0 < confidence(found) < THRESHOLD
    for more in (replace(found, first=9.0), replace(found, met=1.0)):
        assert confidence(found) < confidence(more) <= 1
    even = replace(found, first=0.0)
    assert confidence(even) < THRESHOLD < confidence(replace(even, met=1.0))
    assert confidence(found, following=True) < confidence(found)


def test_nothing_found_nothing_answered() -> None:
    assert evidence([], Understood("fr", ("loutres",), searched="loutres")) is None
    assert confidence(None) == 0


@pytest.mark.parametrize("asked", ["hier", "en janvier", "articles de mars 2025", "news", "? !"])
def test_a_time_alone_asks_nothing(asked: str) -> None:
    assert _found(asked) is None
