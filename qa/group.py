"""Quotes as an answer shows them: the same fact once with all its places, the others apart, and
those that disagree named, the newer first.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ingest.encoder import Encoder, Reading
from ingest.types import Article
from ingest.words import fold, words
from qa.agree import Relation, Verdict, compare
from qa.excerpt import body
from qa.moments import clash
from qa.names import names
from qa.quote import MOST, quotes
from qa.said import Said, said
from qa.sentence import Scored
from qa.types import Disagreement, Quote

POOL = 8  # quotes looked at for the few that are shown
_TOPIC = 0.4  # cosine of two sentences below which it is not worth comparing them
_SHINGLE = 3  # words
_VERBATIM = 0.7  # of the shingles of the shorter quote, shared: the same words but for small edits
_STORY = 3000  # characters of an article in which its names are looked for
_SHARED_NAMES = 2  # that two articles on one story have in common


def grouped(
    question: str, ranked: Sequence[Scored], encoder: Encoder, *, most: int = MOST
) -> tuple[tuple[Quote, ...], tuple[Disagreement, ...]]:
    """What to show of the scored sentences, best first, and which of that disagree."""
    table = _Table(question, encoder)
    shown: list[Quote] = []
    for quote in quotes(ranked, most=POOL):
        place = next((i for i, one in enumerate(shown) if table.repeats(one, quote)), None)
        if place is not None:
            one = shown[place]
            shown[place] = replace(one, also=(*one.also, quote))
        elif len(shown) < most:
            shown.append(quote)
    shown.sort(key=lambda quote: -quote.score)
    return _newer_first(shown, list(table.disagreements(shown)))


class _Table:
    """The comparisons of one answer, each made once and only where something may come of it."""

    def __init__(self, question: str, encoder: Encoder) -> None:
        self._question, self._encoder = question, encoder
        self._read: dict[tuple[str, int], list[tuple[int, Reading]]] = {}
        self._said: dict[tuple[str, int], Said] = {}

    def repeats(self, one: Quote, other: Quote) -> bool:
        """Does `other` say what `one` says, and nothing that `one` does not?"""
        if one.article.id == other.article.id or not _one_story(one, other):
            return False
        a, b = self._taken_apart(one), self._taken_apart(other)
        if _verbatim(one.text, other.text):
            return _same_facts(a, b)
        return self._verdict(one, other).relation is Relation.SAME and len(b.amounts) <= len(
            a.amounts
        )

    def disagreements(self, shown: Sequence[Quote]) -> Iterable[tuple[int, int, Verdict]]:
        for i, one in enumerate(shown):
            for j in range(i + 1, len(shown)):
                other = shown[j]
                if one.article.id != other.article.id and _one_story(one, other):
                    verdict = self._verdict(one, other)
                    if verdict.differ:
                        yield i, j, verdict

    def _verdict(self, one: Quote, other: Quote) -> Verdict:
        first, second = (self._readings(quote) for quote in (one, other))
        nearest = max((float(x.vector @ y.vector) for _, x in first for _, y in second), default=0)
        if nearest < _TOPIC:
            return Verdict(Relation.NEITHER)
        return compare(self._question, self._taken_apart(one), self._taken_apart(other))

    def _readings(self, quote: Quote) -> list[tuple[int, Reading]]:
        """What the encoder makes of the quote's sentences, in order; read when first needed."""
        key = quote.article.id, quote.start
        if key not in self._read:
            within = list(body(quote.article, (quote.start, quote.end)))
            read = self._encoder.read([one.text for one in within], "passage")
            starts = [one.start - quote.start for one in within]
            self._read[key] = list(zip(starts, read, strict=True))
        return self._read[key]

    def _taken_apart(self, quote: Quote) -> Said:
        key = quote.article.id, quote.start
        if key not in self._said:
            article = quote.article
            made = said(quote.text, article.language, article.published, self._readings(quote))
            self._said[key] = made
        return self._said[key]


def _newer_first(
    shown: list[Quote], found: list[tuple[int, int, Verdict]]
) -> tuple[tuple[Quote, ...], tuple[Disagreement, ...]]:
    """The quotes that disagree change places so that the newer of them comes first."""
    places = sorted({place for i, j, _ in found for place in (i, j)})
    order = list(range(len(shown)))
    newest = sorted(places, key=lambda i: shown[i].article.published or "", reverse=True)
    for place, old in zip(places, newest, strict=True):
        order[place] = old
    quotes = tuple(shown[old] for old in order)
    made = []
    for i, j, verdict in found:
        assert verdict.differ
        ends = [
            (order.index(old), (shown[old].start + a, shown[old].start + b))
            for old, (a, b) in zip((i, j), verdict.differ, strict=True)
        ]
        (one, span), (other, second) = sorted(ends)
        made.append(Disagreement((one + 1, other + 1), (span, second)))
    return quotes, tuple(sorted(made, key=lambda one: one.quotes))


def _same_facts(a: Said, b: Said) -> bool:
    """The same numbers one for one, times that fit, no other name: the edits changed nothing."""
    if len(a.amounts) != len(b.amounts) or (a.denied is None) != (b.denied is None):
        return False
    other_names = {one.key for one in a.names} ^ {one.key for one in b.names}
    both_sides = other_names - {one.key for one in a.names} and (
        other_names - {one.key for one in b.names}
    )
    return (
        all(x.equals(y) for x, y in zip(a.amounts, b.amounts, strict=True))
        and not clash(a.moments, b.moments, (a.published, b.published))
        and not both_sides
    )


def _verbatim(one: str, other: str) -> bool:
    """Shared shingles (Broder, "On the resemblance and containment of documents", 1997)."""
    first, second = _shingles(one), _shingles(other)
    fewer = min(len(first), len(second))
    return fewer > 0 and len(first & second) >= _VERBATIM * fewer


@functools.lru_cache(maxsize=64)
def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    said = [fold(word) for word in words(text)]
    return frozenset(tuple(said[i : i + _SHINGLE]) for i in range(len(said) - _SHINGLE + 1))


def _one_story(one: Quote, other: Quote) -> bool:
    """May both articles be about the same events? "It cut 400 jobs" alone does not tell."""
    return len(_cast(one.article) & _cast(other.article)) >= _SHARED_NAMES


@functools.lru_cache(maxsize=256)
def _cast(article: Article) -> frozenset[str]:
    found = names(f"{article.title}. {article.text[:_STORY]}")
    return frozenset(word for name in found for word in name.words)
