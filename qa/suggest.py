"""The questions that an empty chat offers, kept at hand: no page waits for them.

A thread finds them (qa/trial.py) while nobody waits for an answer, and anew when the library has
changed and come to rest. Until then those are offered whose article stands as it stood.
"""

from __future__ import annotations

import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from ingest.errors import SaidsoError
from ingest.library import Library
from ingest.snapshot import Snapshot
from ingest.types import Article
from qa.phrases import WORDS
from qa.questions import Candidate, Kind
from qa.trial import MOST, answered, newest, share
from qa.types import Answer

_STEP = 1.0  # seconds between looks at the library
_REST = 4.0  # seconds that nothing may have come in before all is done again
_PATIENCE = 120.0  # seconds that an open page goes on listening for what is found
_PAUSE = 0.3

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
                self._done = self._last  # and not tried again until something has changed
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
            articles = newest(snapshot)
        anew, fresh = self._done is None, dict[str, tuple[Candidate, ...]]()
        try:
            for language in sorted(WORDS, key=lambda one: one != self._first):
                for found in answered(articles, language, self._ask, self._leisure):
                    fresh[language] = found
                    if anew:  # nothing was on offer: each as it is found
                        self._found = dict(fresh)
            self._found = fresh
        except SaidsoError:
            self._found = {}  # whoever asks is told why; it is not tried again and again
        self._done = state

    def _leisure(self) -> bool:
        """Once nobody waits for an answer; False when the chat ends."""
        while self._busy() and not self._closing.wait(_PAUSE):
            pass
        return not self._closing.is_set()


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
        if of[one.article.id] < share(articles) and (written or not said):
            kept.append(one)
            of[one.article.id] += 1
    return kept[:MOST]


def _state(snapshot: Snapshot) -> _State:
    """Another one whenever an article has come, changed or gone: its vectors get new numbers."""
    return (snapshot.ids_handed_out(), *snapshot.count())


def _stands(snapshot: Snapshot, article: Article) -> bool:
    """Is this the version that is asked now?"""
    held = snapshot.article(article.id)
    return held is not None and held.digest == article.digest
