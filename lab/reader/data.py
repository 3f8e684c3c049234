"""Questions to learn reading from, each with its article's excerpts and its hard wrong ones.

Never trained on: curated questions, the news dev fold, and every question on a held-out article
(`held_out`), which is what the confidence is calibrated on.
"""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from ingest.article import article as made
from ingest.types import Article, Draft, Kind, Vectors
from lab.reader.talks import spoken
from qa.excerpt import body
from qa.types import Excerpt, Sentence, Span

LONGEST = 450  # characters of an excerpt
FOLD = 10  # one article in so many is held out
# and files of questions, whole
KEPT_BACK = ("news-o-", "traps-p-", "traps-q-", "traps-r-", "plain-")
NAMED = {"traps", "entries", "short"}  # sources, as their files begin; the others are "written"
TWINNED = {"encyclopedia", "fold", "turns", *NAMED}  # where twins stand next to each other
NEAREST = 12  # wrong excerpts of other articles kept for a question


@dataclass(frozen=True, slots=True)
class Asked:
    """`right`: places (characters) of sentences that answer, best first; none: unanswerable.

    `answer`: the span to light up, in the article's text; None where it is not known.
    """

    question: str
    language: str
    article: Article
    right: tuple[int, ...]
    answer: Span | None
    source: str  # a key of `lab.reader.train.CHANCES`
    twin: str = ""  # the same question in the other language, where there is one
    negatives: tuple[Excerpt, ...] = ()  # same article, nearest first
    others: tuple[Excerpt, ...] = ()  # other articles, nearest first


def held_out(article_id: str) -> bool:
    """Never learnt from: one article in ten, and some files as a whole."""
    return article_id.startswith(KEPT_BACK) or zlib.crc32(article_id.encode()) % FOLD == 0


def load(data: Path, folder: Path) -> list[Asked]:
    """All that is not measured: the held-out fold included, told apart by `held_out`."""
    encyclopedia = articles(data / "qa" / "articles-dev.jsonl")
    news = articles(data / "qa" / "news-articles.jsonl")
    more = [*asked_of(folder / "fold", news), *asked_of(folder / "turns", news)]
    french = {row["id"]: row["q"] for row in _rows(folder / "encyclopedia" / "unanswerable.jsonl")}
    raw = _raw(data, encyclopedia, french)
    return twinned([*raw, *_news(data, news), *more, *written(folder)])


def twinned(asked: Sequence[Asked]) -> list[Asked]:
    """Each with its twin: the neighbour that asks for the same place in the other language."""
    found = list(asked)
    for at, (one, other) in enumerate(pairwise(asked)):
        same = one.article.id == other.article.id and one.right == other.right
        twins = same and one.answer == other.answer and one.language != other.language
        if twins and one.source in TWINNED and not found[at].twin:
            found[at] = replace(one, twin=other.question)
            found[at + 1] = replace(other, twin=one.question)
    return found


def articles(path: Path) -> dict[str, Article]:
    return {row["id"]: _article(row) for row in _rows(path)}


def _article(row: dict[str, Any]) -> Article:
    draft = Draft(row["id"], row["id"], row["text"], title=row["title"], language=row["language"])
    return made(draft, row["id"])


def _raw(data: Path, known: dict[str, Article], french: dict[str, str]) -> Iterator[Asked]:
    """Raw French questions, and their rewritten twins with siblings that nothing answers, which
    `french` has in French.
    """
    rewritten = set()
    for row in _rows(data / "qa" / "questions-train-en.jsonl"):
        article = known[row["article_id"]]
        span = (row["answer_start"], row["answer_start"] + len(row["answer"]))
        for language in ("en", "fr"):
            if row[language]:
                yield _answered(row[language], language, article, span, (), "encyclopedia")
        if row["fr"]:
            rewritten.add(row["of"])
        if row["no"]:
            yield Asked(row["no"], "en", article, (), None, "encyclopedia")
            yield Asked(french[row["id"]], "fr", article, (), None, "encyclopedia")
    for row in _rows(data / "qa" / "questions-dev.jsonl"):
        if row["curated"] or not row["answerable"] or row["id"] in rewritten:
            continue
        span = (row["answer_start"], row["answer_start"] + len(row["answer"]))
        article = known[row["article_id"]]
        yield _answered(row["question"], row["lang"], article, span, (), "encyclopedia")


def _news(data: Path, known: dict[str, Article]) -> Iterator[Asked]:
    for row in _rows(data / "qa" / "news-questions.jsonl"):
        article = known[row["article_id"]]
        if row["fold"] != "train":
            continue
        if not row["answerable"]:
            yield Asked(row["question"], row["lang"], article, (), None, "news")
            continue
        span = (row["answer_start"], row["answer_start"] + len(row["answer"]))
        also = [(a + b) // 2 for a, b in row["also"]]
        yield _answered(row["question"], row["lang"], article, span, also, "news")


def asked_of(folder: Path, known: dict[str, Article]) -> Iterator[Asked]:
    """More questions on news articles of the train fold: `at` is the answer's span, `also` are the
    spans of other sentences that answer. In `turns` they come as conversations.
    """
    for path in sorted(folder.glob("*.jsonl")):
        for row in _rows(path):
            article = known[row["article_id"]]
            for one in row.get("questions") or spoken(row["talks"]):
                asked, language, source = one["q"], one["lang"], folder.name
                if one["at"]:
                    also = [(a + b) // 2 for a, b in one["also"]]
                    yield _answered(asked, language, article, tuple(one["at"]), also, source)
                else:
                    yield Asked(asked, language, article, (), None, source)


def written(folder: Path) -> Iterator[Asked]:
    """`lab/data/*.jsonl`: articles as lists of sentences, questions by the sentence's number."""
    for path in sorted(folder.glob("*.jsonl")):
        kind = path.stem.partition("-")[0]
        source = kind if kind in NAMED else "written"
        for number, row in enumerate(_rows(path)):
            text, starts = "", []
            for i, sentence in enumerate(row["sentences"]):
                text += "" if not i else "\n\n" if i % 4 == 0 else " "
                starts.append(len(text))
                text += sentence
            draft = Draft(path.stem, path.stem, text, title=row["title"], language=row["language"])
            article = made(draft, f"{path.stem}-{number}")
            for one in row["questions"]:
                middle = [starts[s] + len(row["sentences"][s]) // 2 for s in one["s"]]
                if not middle:
                    yield Asked(one["q"], one["lang"], article, (), None, source)
                    continue
                first = starts[one["s"][0]] + row["sentences"][one["s"][0]].index(one["answer"])
                span = (first, first + len(one["answer"]))
                yield _answered(one["q"], one["lang"], article, span, middle[1:], source)


def _answered(
    question: str,
    language: str,
    article: Article,
    answer: Span,
    also: Sequence[int],
    source: str,
) -> Asked:
    right = (sum(answer) // 2, *also)
    return Asked(question, language, article, right, answer, source)


def runs(article: Article) -> list[list[Sentence]]:
    """Body sentences between one heading or piece of page furniture and the next."""
    found: list[list[Sentence]] = []
    for one in body(article):
        if found and _adjoining(article, found[-1][-1].block, one.block):
            found[-1].append(one)
        else:
            found.append([one])
    return found


def _adjoining(article: Article, one: int, other: int) -> bool:
    return all(block.kind is Kind.BODY for block in article.blocks[one:other])


def grid(article: Article) -> list[Excerpt]:
    """The article cut into excerpts of at most `LONGEST` characters, a long sentence alone."""
    packed: list[list[Sentence]] = []
    for run in runs(article):
        fresh = True
        for one in run:
            if fresh or one.end - packed[-1][0].start > LONGEST:
                packed.append([one])
            else:
                packed[-1].append(one)
            fresh = False
    return [Excerpt(article, tuple(group)) for group in packed]


def mined(asked: Sequence[Asked], encode: Callable[[list[str]], Vectors]) -> list[Asked]:
    """The same with their wrong excerpts, by the encoder; what has no right sentence is dropped."""
    known = {one.article.id: one.article for one in asked}
    excerpts = [one for article in known.values() for one in grid(article)]
    texts = [f"{w.article.title}\n{' '.join(w.texts)}" for w in excerpts]
    vectors = encode(texts)
    questions = encode([one.question for one in asked])
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for row, one in enumerate(excerpts):
        rows[one.article.id].append(row)
    return list(_mined(asked, excerpts, vectors, questions, rows))


def _mined(
    asked: Sequence[Asked],
    excerpts: Sequence[Excerpt],
    vectors: Vectors,
    questions: Vectors,
    rows: dict[str, list[int]],
) -> Iterator[Asked]:
    for one, vector in zip(asked, questions, strict=True):
        scores = vectors @ vector
        own = sorted(rows[one.article.id], key=lambda row: -scores[row])
        wrong = [excerpts[row] for row in own if not holds(excerpts[row], one.right)]
        if one.right and len(wrong) == len(own):
            continue  # its answer stands in a heading or a caption
        far = scores.copy()
        far[own] = -1.0
        nearest = np.argsort(-far)[:NEAREST]
        others = tuple(excerpts[int(row)] for row in nearest)
        yield replace(one, negatives=tuple(wrong), others=others)


def holds(one: Excerpt, places: Sequence[int]) -> bool:
    return any(s.start <= place < s.end for s in one.sentences for place in places)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            if line.strip():
                yield json.loads(line)
