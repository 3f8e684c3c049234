"""Doubles that mean something, and makers of the values that tests are about."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ingest.article import article
from ingest.encoder import Reading, Role
from ingest.lexical import Term
from ingest.library import Library
from ingest.pipeline import Tally, ingest
from ingest.split import in_context, passages, windows
from ingest.types import Article, Draft, Embedded, Vectors
from ingest.words import content_words, fold, words
from qa.reader import Read
from qa.sentence import Scored
from qa.types import Excerpt, Near, Sentence

_TOKEN = re.compile(r"\w{1,4}|[^\w\s]")  # a word of 9 letters is 3 tokens, as in a real vocabulary


class WordEncoder:
    """A hashed bag of folded words: texts are as near as the words they share.

    It counts tokens as a real tokenizer does, more of them than words, and refuses what a real
    encoder would cut silently.
    """

    def __init__(self, *, name: str = "words", dimension: int = 256, max_tokens: int = 200) -> None:
        self.name, self.max_tokens = name, max_tokens
        self.digest = f"{name}-{dimension}"
        self.encoded: list[str] = []  # every text it was ever asked to encode
        self._dimension = dimension

    def token_counts(self, texts: Sequence[str]) -> list[int]:
        return [len(_TOKEN.findall(text)) for text in texts]

    def encode(self, texts: Sequence[str], role: Role) -> Vectors:
        self.encoded.extend(texts)
        rows = np.zeros((len(texts), self._dimension), np.float32)
        for row, text, tokens in zip(rows, texts, self.token_counts(texts), strict=True):
            assert role == "query" or tokens <= self.max_tokens, f"would be cut: {text[:80]!r}"
            row[0] = 0.01  # a text without words has a direction as well
            for word in content_words(text):
                row[zlib.crc32(fold(word).encode()) % self._dimension] += 1
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)

    def read(self, texts: Sequence[str], role: Role) -> list[Reading]:
        """A word's state is the word's own direction: it matches the same word and no other."""
        rows = self.encode(texts, role)
        said = [words(text) for text in texts]
        return [
            Reading(row, tuple(own), np.vstack([self.encode([one], "query") for one in own]))
            if own
            else Reading(row, (), np.zeros((0, self._dimension), np.float32))
            for row, own in zip(rows, said, strict=True)
        ]


class WordReader:
    """A sentence answers by the share of the question's words that it holds: -3..3."""

    name = "words"

    def load(self) -> None:
        pass

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[tuple[Read, ...]]:
        return [tuple(self._read(question, one) for one in each.sentences) for each in excerpts]

    def _read(self, question: str, sentence: Sentence) -> Read:
        asked = {fold(word) for word in content_words(question)}
        said = {fold(word) for word in content_words(sentence.text)}
        met = len(asked & said) / max(1, len(asked))
        return Read(6 * met - 3, None)


def scored_as(sentence: Sentence, score: float) -> Scored:
    """A sentence that the reader alone scored so, and would light all of."""
    lit = sentence.start, sentence.end
    near = Near(Excerpt(sentence.article, (sentence,)), 0.0, 0.0)
    return Scored(sentence, score, Read(score, lit), near, 0.0)


def make_draft(text: str = "Storm hits Lyon.", *, name: str = "storm.txt", **given: str) -> Draft:
    return Draft(origin=given.pop("origin", f"/articles/{name}"), name=name, text=text, **given)


def make_article(text: str = "Storm hits Lyon.", *, id: str = "storm", **given: str) -> Article:
    return article(make_draft(text, **given), id)


def embedded(text: str, *, id: str = "storm", encoder: WordEncoder | None = None) -> Embedded:
    encoder = encoder or WordEncoder()
    made = make_article(text, id=id)
    parts = passages(made, encoder)
    seen = windows(parts)
    vectors = encoder.encode([in_context(one) for one in seen], "passage")
    return Embedded(made, parts, seen, vectors)


def sought(question: str, *languages: str) -> dict[str, tuple[Term, ...]]:
    """The words of `question`, as they are, in passages of these languages."""
    terms = tuple(Term(word, ((word, 1.0),)) for word in content_words(question))
    return dict.fromkeys(languages or ("en", "fr"), terms)


def put(library: Library, text: str, *, id: str = "storm") -> None:
    """One article into `library`, by the shortest way."""
    library.put(embedded(text, id=id), origin=f"/articles/{id}.txt")


def take_in(library: Library, *paths: Path, encoder: WordEncoder | None = None) -> Tally:
    """An ingest of `paths`, as the command line does it."""
    from ingest.read import discover

    tally = Tally()
    ingest(
        library,
        encoder or WordEncoder(),
        discover(paths),
        tally=tally,
        progress=lambda _: None,
    )
    return tally


def contents(library: Library) -> dict[str, str]:
    """The text of record of every article, by id; every other table must agree with it."""
    with library.snapshot() as snapshot:
        articles = {one.id: one for one in snapshot.articles()}
        rows = snapshot.vectors()
        ids = [row[0] for row in snapshot._db.execute("SELECT id FROM passage ORDER BY id")]
        stored = snapshot.passages(ids)
        encoder = WordEncoder()
        for name, made in articles.items():
            own = [one for one in ids if stored[one].article.id == name]
            parts = tuple(stored[one] for one in own)
            assert parts == passages(made, encoder), f"{name}: passages of another version"
            seen = windows(parts)
            held = [i for i, one in enumerate(rows.passages.tolist()) if one in own]
            assert [own[one.passage] for one in seen] == rows.passages[held].tolist()
            expected = encoder.encode([in_context(one) for one in seen], "passage")
            near = (expected * rows.vectors[held]).sum(axis=1) if held else np.ones(1)
            assert float(near.min()) > 0.999, "a vector of another text"
        assert {one.article.id for one in stored.values()} <= articles.keys()
        assert set(rows.passages.tolist()) == set(ids), "vectors of passages that are not there"
        spoken = snapshot._db.execute("SELECT rowid FROM lexical ORDER BY rowid").fetchall()
        assert [row[0] for row in spoken] == ids, "words of passages that are not there"
        compared = snapshot._db.execute(
            "SELECT article, id FROM sketch ORDER BY article"
        ).fetchall()
        assert [row[0] for row in compared] == list(articles), "an article that was not compared"
        sketches = {row[0] for row in snapshot._db.execute("SELECT DISTINCT sketch FROM band")}
        assert sketches <= {row[1] for row in compared}, "buckets of an article that is not there"
        links = {tuple(row) for row in snapshot._db.execute("SELECT article, other FROM reprint")}
        assert links == {(b, a) for a, b in links}, "a link in one direction"
        assert {a for a, _ in links} <= articles.keys(), "a reprint that is not there"
    return {name: made.text for name, made in articles.items()}
