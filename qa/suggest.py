"""The questions that an empty chat offers: made of the library's newest articles, and answered.

Each was put to the chat itself first: it is offered only if the answer is sure, and quotes the
sentence that the question was made of. No page waits for that. A thread works them out while
nobody asks, and again when the library has changed and come to rest.
"""

from __future__ import annotations

import threading
import time
import traceback
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence

from ingest.errors import SaidsoError
from ingest.library import Library
from ingest.snapshot import Snapshot
from ingest.types import Article
from qa.phrases import WORDS, level
from qa.questions import Candidate, Kind, questions
from qa.types import Answer, Quote

MOST = 4  # questions on offer
NEWEST = 40  # articles looked at
TRIES = 16  # questions put to the chat for each language; one takes a second or two
_PER_ARTICLE = 2  # of them
_LARGEST = 100_000  # characters; what is longer is no article
_STEP = 1.0  # seconds between looks at the library
_REST = 4.0  # seconds that nothing may have come in before all is done again
_PATIENCE = 120.0  # seconds that an open page goes on listening for what is found
_PAUSE = 0.3

# Of the sample article, by hand: nothing in it can be turned around but a question that it asks
# itself, and its quotes answer these. They are tried like all others, but may be less sure.
_SAMPLE = "000_d74ec0c6faadc757"
_WRITTEN = {
    "fr": ("Qui fournit des munitions à la Russie ?", "Que rapporte l'agence Tass ?"),
    "en": ("Who is supplying Russia with ammunition?",),
}

_State = tuple[int, int, int]


class Suggestions:
    """`ask`: the chat's own way to an answer. `busy`: somebody waits for one, so this can wait."""

    def __init__(
        self, library: Library, ask: Callable[[str], Answer], busy: Callable[[], bool]
    ) -> None:
        self._library, self._ask, self._busy = library, ask, busy
        self._found: dict[str, tuple[Candidate, ...]] = {}
        self._done: _State | None = None  # what they were found in
        self._last, self._since = (-1, -1, -1), 0.0  # as the library was seen last, and since when
        self._first = "en"  # the language of who looked last is served first
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="saidso-suggestions", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        self._closing.set()

    def offered(self, snapshot: Snapshot, language: str) -> list[tuple[str, str]]:
        """(language, question), those in `language` first. It takes no time: nothing is asked."""
        self._first, found = language, self._found
        every = sorted(
            (one for own in found.values() for one in own), key=lambda one: one.language != language
        )
        there = [one for one in every if _stands(snapshot, one.article)]
        return [(one.language, one.question) for one in spread(there, snapshot.count()[0])]

    def news(self, wanted: Callable[[], bool]) -> Iterator[None]:
        """Once for each change of what is on offer, until all is found or it is not `wanted`."""
        seen, end = self._found, time.monotonic() + _PATIENCE
        while self._thread.is_alive() and wanted() and time.monotonic() < end:
            settled = self._settled()
            if self._found is not seen:
                seen = self._found
                yield
            if settled or self._closing.wait(_PAUSE):
                return

    def _settled(self) -> bool:
        with self._library.snapshot() as snapshot:
            return self._done == _state(snapshot)

    def _keep(self) -> None:
        while not self._closing.is_set():
            try:
                self._renew()
            except Exception:  # a stopping chat takes its index away; any other is worth a line
                if not self._closing.is_set():
                    traceback.print_exc()
            self._closing.wait(_STEP)

    def _renew(self) -> None:
        with self._library.snapshot() as snapshot:
            state = _state(snapshot)
            if state != self._last:
                self._last, self._since = state, time.monotonic()
            resting = time.monotonic() - self._since >= _REST
            if state == self._done or not (resting or self._done is None):
                return
            articles = _newest(snapshot)
        anew, fresh = self._done is None, dict[str, tuple[Candidate, ...]]()
        try:
            for language in sorted(WORDS, key=lambda one: one != self._first):
                for found in self._answered(articles, language):
                    fresh[language] = found
                    if anew:  # nothing was on offer: each as it is found
                        self._found = dict(fresh)
            self._found = fresh
        except SaidsoError:
            self._found = {}  # whoever asks is told why; it is not tried again and again
        self._done = state

    def _answered(
        self, articles: Sequence[Article], language: str
    ) -> Iterator[tuple[Candidate, ...]]:
        """What was found in `language` so far, each time it is one more.

        The last place is for an article in another language, where there is one: that it can be
        asked all the same is worth showing.
        """
        found, used, tries = list[Candidate](), Counter[Kind](), 0
        own = deque(one for one in articles if one.language == language)
        others = deque(one for one in articles if one.language != language)
        while len(found) < MOST and (own or others):
            from_own = own and (len(found) < MOST - 1 or not others)
            article = (own if from_own else others).popleft()
            made = sorted(_made(article, language), key=lambda one: (used[one.kind], one.kind))
            left = _share(len(articles))
            for one in made[: max(_PER_ARTICLE, left)]:
                if tries == TRIES or not left or not self._leisure():
                    break
                tries += 1
                if answers(self._ask(one.question), one):
                    found.append(one)
                    used[one.kind] += 1
                    left -= 1
                    yield tuple(found)

    def _leisure(self) -> bool:
        """Once nobody waits for an answer; False when the chat ends."""
        while self._busy() and not self._closing.wait(_PAUSE):
            pass
        return not self._closing.is_set()


def answers(answer: Answer, asked: Candidate) -> bool:
    """Is it a sure answer, to the question as it was meant, by the sentence that was turned?"""
    read = answer.understood
    if not answer.answered or answer.language != asked.language:
        return False
    if read.dates or read.sources or read.spellings or read.carried:
        return False
    if level(answer.confidence) == "modest" and asked.kind is not Kind.WRITTEN:
        return False
    return any(_from(one, asked) for one in (answer.quotes[0], *answer.quotes[0].also))


def _from(quote: Quote, asked: Candidate) -> bool:
    if quote.article.id != asked.article.id:
        return False
    holds = quote.start < asked.end and asked.start < quote.end
    if asked.kind is Kind.ASKED:  # a question is no answer to itself
        return quote.end > asked.end if holds else True
    return holds


def spread(found: Sequence[Candidate], articles: int) -> list[Candidate]:
    """The first MOST of them from different articles, of a library of so many; none of them twice
    in two languages.
    """
    kept, of = list[Candidate](), Counter[str]()
    for one in found:
        written = one.kind is Kind.WRITTEN
        said = any(
            (one.kind, one.start) == (other.kind, other.start)
            for other in kept
            if other.article.id == one.article.id
        )
        if of[one.article.id] < _share(articles) and (written or not said):
            kept.append(one)
            of[one.article.id] += 1
    return kept[:MOST]


def _share(articles: int) -> int:
    """Of one article, so that few articles can fill the places as well."""
    return -(-MOST // max(1, articles))


def _made(article: Article, language: str) -> tuple[Candidate, ...]:
    if article.id != _SAMPLE:
        return questions(article, language)
    return tuple(
        Candidate(question, language, Kind.WRITTEN, article, 0, len(article.text))
        for question in _WRITTEN[language]
    )


def _newest(snapshot: Snapshot) -> list[Article]:
    """Those taken in last; of one day, those published last. No reprints, nothing endless."""
    listed = sorted(
        snapshot.listed(),
        key=lambda one: (one.ingested[:10], one.published or "", one.id),
        reverse=True,
    )
    some = [one.id for one in listed[: 2 * NEWEST]]
    reprints, sizes = snapshot.originals(some), snapshot.sizes(some)
    kept = [one for one in some if one not in reprints and sizes[one] <= _LARGEST][:NEWEST]
    return [article for one in kept if (article := snapshot.article(one))]


def _state(snapshot: Snapshot) -> _State:
    """Another one whenever an article has come, changed or gone: its vectors get new numbers."""
    return (snapshot.ids_handed_out(), *snapshot.count())


def _stands(snapshot: Snapshot, article: Article) -> bool:
    """Is this the version that is asked now?"""
    held = snapshot.article(article.id)
    return held is not None and held.digest == article.digest
