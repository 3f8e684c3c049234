"""Words as they are indexed and sought."""

from __future__ import annotations

import unicodedata

from ingest.words import words


def test_accents_and_hints_are_no_ends_of_words() -> None:
    text = "Le président réélu à Genève"
    assert words(unicodedata.normalize("NFD", text)) == text.split()
    assert words("Les muni\u00adtions du pré\u00adsi\u200bdent") == [
        "Les",
        "munitions",
        "du",
        "président",
    ]
