"""What a question is about, without a model: its language, and the words that carry it."""

from __future__ import annotations

from ingest.language import detect
from ingest.words import content_words
from qa.types import Understood

SPOKEN = ("en", "fr")  # languages that questions are asked in
LONGEST = 2000  # characters; what follows is not a question any more


def understand(question: str) -> Understood:
    asked = question.strip()[:LONGEST]
    return Understood(detect(asked, SPOKEN), tuple(content_words(asked)))
