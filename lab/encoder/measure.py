"""Retrieval measures: where the first right passage stands among all of a library's."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lab.encoder import data as reading
from lab.encoder.contract import Encoder, Scores, Vectors
from lab.encoder.data import Question
from lab.encoder.passages import Article, Passage, pack

CUTS = (1, 4, 10)


@dataclass(frozen=True, slots=True)
class Library:
    """One measuring set: its passages, its questions, and which passages are right."""

    name: str
    passages: list[Passage]
    questions: list[Question]
    articles: dict[str, Article]  # by id

    def pair(self, question: Question) -> str:
        """ "en->fr": the question's language, the article's."""
        return f"{question.language}->{self.articles[question.article_id].language}"


def library(name: str, articles: list[Article], questions: list[Question]) -> Library:
    """All articles packed into passages."""
    return Library(name, pack(articles), questions, {a.id: a for a in articles})


def encyclopedia(data: Path) -> Library:
    """Curated questions over the 274 French articles."""
    return library(
        "encyclopedia",
        reading.articles(data / "qa" / "articles-dev.jsonl"),
        reading.encyclopedia_dev(data),
    )


def news(data: Path) -> Library:
    """Dev questions over all 444 news articles, both languages together."""
    return library(
        "news",
        reading.articles(data / "qa" / "news-articles.jsonl"),
        reading.news_questions(data, "dev"),
    )


def right_passages(lib: Library) -> list[set[int]]:
    """For each question, the rows of the passages that hold the middle of a right span."""
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for row, passage in enumerate(lib.passages):
        rows[passage.article_id].append(row)
    return [
        {
            row
            for row in rows[q.article_id]
            for start, end in q.spans
            if lib.passages[row].start <= (start + end) // 2 < lib.passages[row].end
        }
        for q in lib.questions
    ]


def ranks(scores: Scores, right: list[set[int]]) -> NDArray[np.int64]:
    """1-based rank of the best right passage of each question; ties count against it."""
    out = np.zeros(len(right), dtype=np.int64)
    for i, rows in enumerate(right):
        best = max(scores[i, row] for row in rows)
        wrong = np.ones(scores.shape[1], dtype=bool)
        wrong[list(rows)] = False
        out[i] = 1 + int((scores[i, wrong] >= best).sum())
    return out


def dense(encoder: Encoder, lib: Library) -> Scores:
    """Cosines of every question with every passage."""
    passages = encoder.encode([p.text for p in lib.passages])
    return encoder.encode([q.text for q in lib.questions]) @ passages.T


def by_windows(encoder: Encoder, lib: Library, questions: Vectors, max_chars: int) -> Scores:
    """A passage's score is that of its best window of at most `max_chars`, the title on each."""
    texts: list[str] = []
    owners: list[int] = []
    for row, passage in enumerate(lib.passages):
        article = lib.articles[passage.article_id]
        part = replace(article, text=article.text[passage.start : passage.end])
        for window in pack([part], max_chars):
            texts.append(window.text)
            owners.append(row)
    scores = questions @ encoder.encode(texts).T
    out = np.full((len(questions), len(lib.passages)), -1.0, dtype=np.float32)
    for column, row in enumerate(owners):
        np.maximum(out[:, row], scores[:, column], out=out[:, row])
    return out


def table(
    lib: Library, scores: Scores, keep: Callable[[Question], bool] = lambda q: True
) -> dict[str, tuple[float, ...]]:
    """hit@1, @4, @10 for each language pair."""
    place = ranks(scores, right_passages(lib))
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for question, rank in zip(lib.questions, place, strict=True):
        if keep(question):
            groups[lib.pair(question)].append(int(rank))
    return {
        pair: tuple(sum(r <= cut for r in found) / len(found) for cut in CUTS)
        for pair, found in sorted(groups.items())
    }


def pairs_found(english: Vectors, french: Vectors) -> tuple[float, float]:
    """How often a sentence's nearest is its translation: (fr->en, en->fr)."""
    scores = french @ english.T
    diagonal = np.arange(len(scores))
    return (
        float((scores.argmax(1) == diagonal).mean()),
        float((scores.argmax(0) == diagonal).mean()),
    )


def xquad(encoder: Encoder, data: Path, languages: tuple[str, ...]) -> dict[str, float]:
    """recall@1 of English questions among the 240 paragraphs in each of `languages`."""
    _, questions = reading.xquad(data, "en")
    asked = encoder.encode([q.text for q in questions])
    out = {}
    for language in languages:
        paragraphs, _ = reading.xquad(data, language)
        where = {a.id: i for i, a in enumerate(paragraphs)}
        scores = asked @ encoder.encode([a.text for a in paragraphs]).T
        right = np.array([where[q.article_id] for q in questions])
        out[language] = float((scores.argmax(1) == right).mean())
    return out
