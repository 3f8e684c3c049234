"""A French question leans on its English gloss; an English one is read as it stands."""

from __future__ import annotations

import numpy as np
import pytest

from ingest.choose import chosen_encoder
from ingest.words import content_words
from qa.gloss import gloss, vector
from tests.fakes import WordEncoder

ENGLISH = "Who is supplying Russia with ammunition?"


def test_word_by_word() -> None:
    assert gloss(["abattoir", "munitions", "Kherson"], "fr") == "slaughterhouse ammunition Kherson"


@pytest.mark.parametrize(("content", "language"), [(["ammunition"], "en"), (["Kherson"], "fr")])
def test_none_where_none_is_due_or_known(content: list[str], language: str) -> None:
    assert gloss(content, language) == ""


def test_an_english_question_is_read_as_it_stands() -> None:
    encoder = WordEncoder()
    found = vector(encoder, ENGLISH, content_words(ENGLISH), "en")
    assert np.allclose(found, encoder.encode([ENGLISH], "query")[0], atol=1e-6)


def test_a_french_question_comes_nearer_to_what_answers_it_in_english() -> None:
    encoder = chosen_encoder()
    asked = "Quel abattoir a fermé ?"
    (plain,) = encoder.encode([asked], "query")
    (passage,) = encoder.encode(["The slaughterhouse in Lorvik has closed."], "passage")
    glossed = vector(encoder, asked, content_words(asked), "fr")
    assert np.isclose(np.linalg.norm(glossed), 1.0, atol=1e-5)
    assert float(glossed @ passage) > float(plain @ passage) + 0.05
