"""Articles that the library knows to be nearly the same: asked once, named each.

Nearly is not quite: a reprint may have another number in the one sentence that is asked for. So a
link alone never speaks for a sentence; its words do.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from ingest.snapshot import Snapshot
from ingest.types import Article, Passage
from qa.excerpt import body
from qa.said import Said, said
from qa.types import Excerpt, Hit, Quote
from qa.verbatim import plain, same_facts, verbatim

Reprints = Mapping[str, Sequence[Article]]  # of an article, by its id: those nearly the same


class Told:
    """What has been brought forward so far, so that a reprint does not bring it again.

    `like` names the articles that are nearly the same as one.
    """

    def __init__(self, like: Callable[[str], Collection[str]]) -> None:
        self._like = like
        self._sentences: dict[str, set[str]] = {}

    def has(self, excerpt: Excerpt) -> bool:
        """Did reprints of its article bring every sentence of it, word for word?"""
        others = self._like(excerpt.article.id)
        told = set[str]().union(*(self._sentences.get(one, ()) for one in others))
        return bool(told) and {plain(one) for one in excerpt.texts} <= told

    def add(self, excerpt: Excerpt) -> None:
        if self._like(excerpt.article.id):
            own = self._sentences.setdefault(excerpt.article.id, set())
            own.update(map(plain, excerpt.texts))


def distinct(
    passages: Sequence[Passage], like: Callable[[str], Collection[str]]
) -> Iterator[Passage]:
    """The passages, best first, less those that an article nearly the same has as well.

    Of each story the article whose passage came first speaks; another one is heard only where it
    says what is in no passage of those before it.
    """
    own = {
        passage.id: {plain(one.text) for one in body(passage.article, (passage.start, passage.end))}
        for passage in passages
        if like(passage.article.id)
    }
    offered: dict[str, set[str]] = {}
    for passage in passages:
        offered.setdefault(passage.article.id, set()).update(own.get(passage.id, ()))
    heard: list[str] = []
    for passage in passages:
        article = passage.article.id
        if passage.id in own:
            others = set(like(article))
            before = heard[: heard.index(article)] if article in heard else heard
            told = set[str]().union(*(offered[one] for one in before if one in others))
            if own[passage.id] and own[passage.id] <= told:
                continue
            if article not in heard:
                heard.append(article)
        yield passage


def with_reprints(
    hits: Sequence[Hit], snapshot: Snapshot, allowed: Collection[str] | None
) -> tuple[Hit, ...]:
    """The hits, each with the reprints of its article, those of `allowed` articles where given."""
    found: dict[str, tuple[Article, ...]] = {}
    for hit in hits:
        own = hit.passage.article.id
        if own not in found:
            ids = [one for one in snapshot.reprints(own) if allowed is None or one in allowed]
            found[own] = tuple(one for name in ids if (one := snapshot.article(name)))
    return tuple(replace(hit, reprints=found[hit.passage.article.id]) for hit in hits)


def named(quote: Quote, reprints: Reprints) -> Quote:
    """The quote with the places in all reprints where the same stands, the first published first.

    Reprints of the articles that it already names count as well.
    """
    places = {one.article.id: one for one in (quote, *quote.also)}
    found = []
    for one in (quote, *quote.also):
        for article in reprints.get(one.article.id, ()):
            if article.id not in places and (place := _place(one, article)):
                places[article.id] = place
                found.append(place)
    found.sort(key=lambda one: (one.article.published or "9999", one.article.id))
    return replace(quote, also=(*quote.also, *found)) if found else quote


def _place(quote: Quote, article: Article) -> Quote | None:
    """Where `article` says what `quote` says, in its words but for small edits."""
    sought = [plain(one.text) for one in body(quote.article, (quote.start, quote.end))]
    every = list(body(article))
    runs = [every[i : i + len(sought)] for i in range(len(every) - len(sought) + 1)]
    runs = [run for run in runs if run[0].block == run[-1].block]
    exact = (run for run in runs if [plain(one.text) for one in run] == sought)
    found = next(exact, None)
    if found is None:
        mine = _facts(quote.text, quote.article)
        for run in runs:
            text = article.text[run[0].start : run[-1].end]
            if verbatim(quote.text, text) and same_facts(mine, _facts(text, article)):
                found = run
                break
    if not found:
        return None
    return Quote(article, found[0].start, found[-1].end, None, quote.score)


def _facts(text: str, article: Article) -> Said:
    return said(text, article.language, article.published, ())
