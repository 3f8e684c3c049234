"""The values that flow through an answer. A quote is a place in an article version, never words."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.types import Article, Passage

_SHOWN = 3  # of what a word was sought as


@dataclass(frozen=True, slots=True)
class Widened:
    """A word or name of the question, and what else it was sought as, likeliest first."""

    word: str
    also: tuple[str, ...]

    def __str__(self) -> str:
        """Short enough to be shown for each word of a question."""
        return f"{self.word} → {', '.join(self.also[:_SHOWN])}"


@dataclass(frozen=True, slots=True)
class Understood:
    """What a question was taken to mean; all that narrowed or widened the search stands here."""

    language: str
    words: tuple[str, ...]
    widened: tuple[Widened, ...] = ()  # for articles in the other language


@dataclass(frozen=True, slots=True)
class Hit:
    """A retrieved passage. Ranks count from 1; None where that search did not find it."""

    passage: Passage
    score: float  # cosine plus a share of bm25: only its order means anything
    cosine: float
    dense_rank: int | None
    lexical_rank: int | None


@dataclass(frozen=True, slots=True)
class Quote:
    """Whole sentences of one article version: `text` is always `article.text[start:end]`.

    `highlight` is the answer's span inside the text of record (not inside the quote), if known.
    `score` orders quotes of one answer; 0..1.
    """

    article: Article
    start: int
    end: int
    highlight: tuple[int, int] | None
    score: float

    @property
    def text(self) -> str:
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the articles say. `nearest` is filled only when they do not: shown, never as an answer.

    `confidence` 0..1 estimates how likely the first quote answers the question.
    """

    question: str
    language: str
    answered: bool
    confidence: float
    quotes: tuple[Quote, ...]
    nearest: tuple[Quote, ...]
    understood: Understood
    seconds: float
