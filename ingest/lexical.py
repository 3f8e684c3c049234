"""Passages by the words they share with a question: BM25 in which one word may have several forms.

Each language is searched by itself, in its own column, for the question's words as they are said
in it. The forms of one word (translations) count as one word, or a word with five translations
would weigh five times (Pirkola, "The effects of query structure", SIGIR 1998); FTS5's own bm25
counts each form, so it only finds the candidates, and they are weighed here.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.database import Connection
from ingest.words import fold, stem, words

AMONG = "article IN (SELECT value FROM json_each(?))"  # a JSON list of article ids
COLUMNS = ("en", "fr")  # languages with a column of their own; all others share `other`
FOLDED = "other"  # which is indexed as it is written, folded: so is the column `folded`
_CANDIDATES = 300  # passages of one language that are weighed
_AS_WRITTEN = 0.5  # of a word's weight, added where it is met as it is written
_K1, _B = 1.2, 0.6  # Robertson and Zaragoza, 2009; passages are of like length, so a small b


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a question, and the forms it is sought in, each with its weight 0..1.

    A form of several words is sought as they stand together.
    """

    word: str
    forms: tuple[tuple[str, float], ...]


Ranked = list[tuple[int, float]]  # (passage id, BM25, higher is better), best first; ties by id


def column(language: str) -> str:
    return language if language in COLUMNS else "other"


def indexed(text: str, language: str) -> str:
    """The words of `text` as they are indexed and sought, in order, with a space between."""
    return " ".join(stem(one, column(language)) for one in words(text))


def holds(db: Connection, word: str, languages: Sequence[str]) -> bool:
    """Does any passage hold it, as it stands or in another form of one of `languages`?

    A stem that is the word itself says nothing: "countri" stands there for "country".
    """
    forms = {f'folded : "{fold(word)}"'}
    for language in languages:
        if (stemmed := stem(word, language)) != fold(word):
            forms.add(f'{column(language)} : "{stemmed}"')
    query = "SELECT 1 FROM lexical WHERE lexical MATCH ? LIMIT 1"
    return db.execute(query, [" OR ".join(sorted(forms))]).fetchone() is not None


def vocabulary(db: Connection, opening: str) -> dict[str, int]:
    """The words, folded, that begin with `opening`; and how many passages hold each."""
    db.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary"
        " USING fts5vocab('main', 'lexical', 'col')"
    )
    rows = db.execute(
        "SELECT term, doc FROM temp.vocabulary WHERE term >= ? AND term < ? AND col = 'folded'",
        [opening, opening + "\U0010ffff"],
    )
    return {row[0]: row[1] for row in rows}


def search(
    db: Connection,
    sought: Mapping[str, Sequence[Term]],
    k: int,
    articles: Collection[str] | None = None,
) -> Ranked:
    """The `k` best passages; `sought` says what is sought in the passages of each language.

    Only passages of `articles` (ids), where given.
    """
    columns = {column(language): terms for language, terms in sought.items()}
    scores = {
        one: score
        for name, terms in sorted(columns.items())
        for one, score in _scores(db, name, terms, articles).items()
    }
    return sorted(scores.items(), key=lambda hit: (-hit[1], hit[0]))[:k]


def _scores(
    db: Connection, language: str, terms: Sequence[Term], articles: Collection[str] | None
) -> dict[int, float]:
    """BM25 of the likeliest passages in one language."""
    held = _held(db, language)
    sought = [
        (forms, indexed(term.forms[0][0], FOLDED))
        for term in terms
        if (forms := _forms(term, language))
    ]
    if not held or not sought:
        return {}
    anything = _matching(language, [form for forms, _ in sought for form in forms])
    among, names = "", list[str]()
    if articles is not None:
        among = f" AND rowid IN (SELECT id FROM passage WHERE {AMONG})"
        names = [json.dumps(sorted(articles))]
    passages = _Passages(
        db.execute(
            f"SELECT rowid, {language}, folded FROM lexical WHERE rowid IN (SELECT rowid"
            f" FROM lexical WHERE lexical MATCH ?{among} ORDER BY rank LIMIT ?)",
            [anything, *names, _CANDIDATES],
        ).fetchall(),
        {form for forms, _ in sought for form in forms},
        {written for _, written in sought},
    )
    scores = np.zeros(len(passages.ids))
    for forms, written in sought:
        query = _matching(language, list(forms))
        scores += _rarity(db, query, held) * passages.saturated(forms)
        query += f" AND {_matching('folded', [written])}"
        scores += _AS_WRITTEN * _rarity(db, query, held) * passages.as_written(written)
    return {
        one: score for one, score in zip(passages.ids, scores.tolist(), strict=True) if score > 0
    }


class _Passages:
    """Candidates, (passage id, its stems, its words as written), and how often each one has what is
    sought of either.
    """

    def __init__(
        self, rows: Sequence[Sequence[Any]], stems: Collection[str], words: Collection[str]
    ) -> None:
        self.ids = [int(row[0]) for row in rows]
        self._stems = _counted([row[1] for row in rows], stems)
        self._words = _counted([row[2] for row in rows], words)
        lengths = np.array([row[1].count(" ") + bool(row[1]) for row in rows], np.float64)
        self._norms = _K1 * (1 - _B + _B * lengths / max(1.0, float(lengths.mean() if rows else 1)))

    def saturated(self, forms: Mapping[str, float]) -> NDArray[np.float64]:
        """(candidates,) how much of BM25's weight of a word each one gets, 0 .. k1 + 1."""
        found = sum(
            (weight * self._stems[form] for form, weight in forms.items()), np.zeros(len(self.ids))
        )
        return self._saturating(found)

    def as_written(self, words: str) -> NDArray[np.float64]:
        """The same of one form, unstemmed."""
        return self._saturating(self._words[words])

    def _saturating(self, found: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(found * (_K1 + 1) / (found + self._norms))


def _counted(texts: Sequence[str], sought: Collection[str]) -> dict[str, NDArray[np.float64]]:
    """(texts,) how often each one has a word, or words as they stand together, for all `sought`."""
    found = {form: np.zeros(len(texts)) for form in sought}
    for number, text in enumerate(texts):
        for word in filter(found.__contains__, text.split()):
            found[word][number] += 1
    for form in sought:
        if " " in form:
            found[form][:] = [_apart(text).count(_apart(form)) for text in texts]
    return found


def _apart(text: str) -> str:
    """Words each with spaces of its own, so that one string holds another word by word."""
    return f" {text.replace(' ', '  ')} "


def _rarity(db: Connection, query: str, held: int) -> float:
    """Robertson and Sparck Jones's weight of what `query` finds among `held` passages."""
    counting = "SELECT count(*) FROM lexical WHERE lexical MATCH ?"
    having = int(db.execute(counting, [query]).fetchone()[0])
    return math.log(1 + max(0, held - having + 0.5) / (having + 0.5))


def _held(db: Connection, language: str) -> int:
    """Passages in that column."""
    if language == "other":
        marks = ",".join("?" * len(COLUMNS))
        query = f"SELECT count(*) FROM passage WHERE language NOT IN ({marks})"
        return int(db.execute(query, COLUMNS).fetchone()[0])
    query = "SELECT count(*) FROM passage WHERE language = ?"
    return int(db.execute(query, [language]).fetchone()[0])


def _forms(term: Term, language: str) -> dict[str, float]:
    """Each form as it is indexed, with its greatest weight."""
    out: dict[str, float] = {}
    for form, weight in term.forms:
        if key := indexed(form, language):
            out[key] = max(weight, out.get(key, 0.0))
    return out


def _matching(language: str, forms: Sequence[str]) -> str:
    """FTS5's query for any of the forms; quoted, because what users type may be its syntax."""
    return f"{{{language}}} : (" + " OR ".join(f'"{form}"' for form in forms) + ")"
