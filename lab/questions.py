"""Questions with known answers, and the articles they are asked of."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ingest.types import Article


@dataclass(frozen=True, slots=True)
class Question:
    """`places`: characters of the article's text of which a right quote holds at least one: the
    middle of the gold answer span, and of each other sentence that is known to answer as well.
    None at all: the articles do not answer it.
    """

    id: str
    text: str
    pair: str  # "en->fr": asked in English, answered by a French article
    article: str
    places: tuple[int, ...]

    @property
    def answerable(self) -> bool:
        return bool(self.places)

    def held_by(self, article: Article, start: int, end: int) -> bool:
        """Does `article.text[start:end]` hold an answer?"""
        return article.id == self.article and any(start <= place < end for place in self.places)


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """A library's worth of articles, and the questions that are measured over it."""

    name: str
    articles: Path
    questions: tuple[Question, ...]


def thinned(questions: QuestionSet, every: int) -> QuestionSet:
    """The questions of every `every`-th article that is asked about; the articles all stay."""
    taken = set(sorted({one.article for one in questions.questions})[::every])
    kept = tuple(one for one in questions.questions if one.article in taken)
    return replace(questions, questions=kept)


def encyclopedia(data: Path, *, curated: bool = True) -> QuestionSet:
    """French encyclopedia articles; `curated` questions are the measure, the others raw."""
    questions = [
        _question(row, "fr")
        for row in _rows(data / "questions-dev.jsonl")
        if bool(row["curated"]) == curated
    ]
    return QuestionSet("encyclopedia", data / "articles-dev.jsonl", tuple(questions))


def encyclopedia_twins(data: Path) -> QuestionSet:
    """Rewritten training questions on the encyclopedia, with siblings that nothing answers."""
    questions: list[Question] = []
    for row in _rows(data / "questions-train-en.jsonl"):
        place = (row["answer_start"] + len(row["answer"]) // 2,)
        for language in ("en", "fr"):
            if row[language]:
                key, pair = f"{row['id']}:{language}", f"{language}->fr"
                questions.append(Question(key, row[language], pair, row["article_id"], place))
        if row["no"]:
            questions.append(
                Question(f"{row['id']}:no", row["no"], "en->fr", row["article_id"], ())
            )
    return QuestionSet("encyclopedia", data / "articles-dev.jsonl", tuple(questions))


def news(data: Path, *, fold: str = "dev") -> QuestionSet:
    """French and English news; fold "dev" is the measure, "train" is for fitting."""
    questions = [
        _question(row, row["doc"])
        for row in _rows(data / "news-questions.jsonl")
        if row["fold"] == fold
    ]
    return QuestionSet("news", data / "news-articles.jsonl", tuple(questions))


def _question(row: dict[str, Any], article_language: str) -> Question:
    places: list[int] = []
    if row["answerable"]:
        places.append(row["answer_start"] + len(row["answer"]) // 2)
        places += [(start + end) // 2 for start, end in row.get("also", [])]
    return Question(
        id=row["id"],
        text=row["question"],
        pair=f"{row['lang']}->{article_language}",
        article=row["article_id"],
        places=tuple(places),
    )


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            yield json.loads(line)
