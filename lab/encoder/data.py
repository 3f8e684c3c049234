"""Reads the data folder: articles, questions with their right spans, parallel sentences.

What is measured never trains: the curated questions, the news dev fold, XQuAD, one Tatoeba pair
in `TATOEBA_FOLD`, and every question on one encyclopedia article in `ARTICLE_FOLD`.
"""

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lab.encoder.passages import Article
from lab.reader.data import written as invented

TATOEBA_FOLD = 100  # 1 % of 166 k pairs: enough for the 1,000 that are measured
ARTICLE_FOLD = 5  # a fifth of the encyclopedia stays unseen, to tell learning from recall


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the character spans of its article that answer it, best first."""

    id: str
    language: str
    text: str
    article_id: str
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """The same sentence twice."""

    english: str
    french: str


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _bucket(key: str, buckets: int) -> int:
    return zlib.crc32(key.encode()) % buckets  # hash() differs from run to run


def held_out_article(article_id: str) -> bool:
    """True for the encyclopedia articles whose questions never train."""
    return _bucket(article_id, ARTICLE_FOLD) == 0


def articles(path: Path) -> list[Article]:
    """The articles of a .jsonl file, in its order."""
    return [Article(a["id"], a["title"], a["language"], a["text"]) for a in _lines(path)]


def encyclopedia_dev(data: Path) -> list[Question]:
    """The curated, answerable questions on the encyclopedia, French and English."""
    return [
        _piaf(q)
        for q in _lines(data / "qa" / "questions-dev.jsonl")
        if q["curated"] and q["answerable"]
    ]


def news_questions(data: Path, fold: str) -> list[Question]:
    """The answerable questions of one fold ("train", "dev") of the news."""
    return [
        Question(
            q["id"],
            q["lang"],
            q["question"],
            q["article_id"],
            (tuple(q["quote"]), *(tuple(s) for s in q["also"])),
        )
        for q in _lines(data / "qa" / "news-questions.jsonl")
        if q["answerable"] and q["fold"] == fold
    ]


def encyclopedia_train(data: Path) -> tuple[list[Question], list[Pair]]:
    """Raw questions and their rewritten twins outside the held-out articles, and the twins.

    A raw question that has a rewritten twin is left out: the twin says it better.
    """
    questions: list[Question] = []
    pairs: list[Pair] = []
    rewritten: set[str] = set()
    for q in _lines(data / "qa" / "questions-train-en.jsonl"):
        rewritten.add(q["of"])
        if held_out_article(q["article_id"]):
            continue
        span = (q["answer_start"], q["answer_start"] + len(q["answer"]))
        for language in ("en", "fr"):
            if q[language]:
                key = f"{q['id']}:{language}"
                questions.append(Question(key, language, q[language], q["article_id"], (span,)))
        if q["fr"]:
            pairs.append(Pair(q["en"], q["fr"]))
    for q in _lines(data / "qa" / "questions-dev.jsonl"):
        if q["curated"] or not q["answerable"] or q["id"] in rewritten:
            continue
        if not held_out_article(q["article_id"]):
            questions.append(_piaf(q))
    return questions, pairs


def written(folder: Path) -> tuple[list[Article], list[Question]]:
    """Articles of `lab/data` and the questions on them that have an answer."""
    articles: dict[str, Article] = {}
    questions: list[Question] = []
    for number, one in enumerate(invented(folder)):
        own = one.article
        articles.setdefault(own.id, Article(own.id, own.title, own.language, own.text))
        if one.right:
            spans = tuple((place, place + 1) for place in one.right)
            key = f"{own.id}:{number}"
            questions.append(Question(key, one.language, one.question, own.id, spans))
    return list(articles.values()), questions


def _piaf(q: dict[str, Any]) -> Question:
    span = (q["answer_start"], q["answer_start"] + len(q["answer"]))
    return Question(q["id"], q["lang"], q["question"], q["article_id"], (span,))


def parallel(data: Path, name: str) -> list[Pair]:
    """The pairs of `parallel/{name}.tsv.gz`, in file order (the laws' sentences follow on)."""
    pairs = []
    with gzip.open(data / "parallel" / f"{name}.tsv.gz", "rt", encoding="utf-8") as file:
        for line in file:
            english, french = line.rstrip("\n").split("\t")[:2]
            pairs.append(Pair(english, french))
    return pairs


def tatoeba(data: Path, *, held_out: bool) -> list[Pair]:
    """Tatoeba's pairs outside (or inside) the measured fold.

    The fold is cut by the English sentence, and no French sentence of it is left in training.
    """
    everything = parallel(data, "tatoeba")
    fold = [p for p in everything if _bucket(p.english, TATOEBA_FOLD) == 0]
    if held_out:
        return fold
    french = {p.french for p in fold}
    return [
        p for p in everything if _bucket(p.english, TATOEBA_FOLD) != 0 and p.french not in french
    ]


def tatoeba_thousand(data: Path) -> list[Pair]:
    """The 1,000 pairs that are measured: no sentence twice, in an order of its own."""
    english: set[str] = set()
    french: set[str] = set()
    out: list[Pair] = []
    for pair in sorted(tatoeba(data, held_out=True), key=lambda p: _bucket(p.french, 2**32)):
        if pair.english not in english and pair.french not in french:
            out.append(pair)
        english.add(pair.english)
        french.add(pair.french)
    return out[:1000]


def xquad(data: Path, language: str) -> tuple[list[Article], list[Question]]:
    """XQuAD's paragraphs in `language` (240, each an article) and its 1,190 questions."""
    paragraphs: list[Article] = []
    questions: list[Question] = []
    file = json.loads((data / "qa" / f"xquad.{language}.json").read_text(encoding="utf-8"))
    for theme in file["data"]:
        for paragraph in theme["paragraphs"]:
            key = f"xquad-{len(paragraphs):03d}"
            paragraphs.append(Article(key, "", language, paragraph["context"]))
            for q in paragraph["qas"]:
                whole = ((0, len(paragraph["context"])),)
                questions.append(Question(q["id"], language, q["question"], key, whole))
    return paragraphs, questions
