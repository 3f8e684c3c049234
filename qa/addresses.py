"""Web addresses that come through the page into a library: progress while they do, a stop, then the
report. The one door of `qa` to the net, and imported only where the chat was started with --net.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Generator
from dataclasses import dataclass, field

from ingest.encoder import Encoder
from ingest.errors import SaidsoError
from ingest.library import Library
from ingest.net.named import Manners, pages
from ingest.pipeline import Progress, Tally, ingest
from qa.intake import reported, worked
from qa.page.networds import NET
from qa.page.report import progress, remark, trouble

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


class _Stopped(SaidsoError):
    """Somebody wants no more of it."""


@dataclass(slots=True)
class _Run:
    """One address that is being fetched; `expected` counts what it listed so far."""

    visitor: str
    stop: threading.Event = field(default_factory=threading.Event)
    expected: int = 1
    at: str = ""
    halted: bool = False  # by `stop`, with something left out

    def expect(self, more: int) -> None:
        self.expected += more - 1  # in place of the feed, which is no article


class Addresses:
    """One address at a time, and each knows what those before it were told, so that no host is
    asked more often than one run would.

    `tick` and `after` as in `qa.intake.take_in`.
    """

    def __init__(
        self,
        library: Library,
        encoder: Encoder,
        *,
        tick: Progress,
        after: Callable[[], None],
        allow_private: bool,
    ) -> None:
        self._library, self._encoder = library, encoder
        self._tick, self._after, self._allow_private = tick, after, allow_private
        self._manners = Manners()
        self._guard = threading.Lock()
        self._run: _Run | None = None

    def take_in(self, given: str, visitor: str, language: str) -> Generator[str, None, None]:
        """Fetch what is at an address, and all that it lists if it is a feed or a sitemap.

        HTML: progress, then the report. It ends early where the visitor stops it or leaves the
        page; what was fetched by then is in the library.
        """
        address, words, run = completed(given), NET[language], _Run(visitor)
        if not address:
            return
        with self._guard:
            engaged = self._run is not None
            self._run = self._run or run
        if engaged:
            yield trouble(words["engaged"])
            return
        tally = Tally()

        def shown() -> str:
            at = words["stopping"] if run.stop.is_set() else run.at
            done = len(tally.changes) + len(tally.rejected)
            return progress(done, run.expected, language, at=at)

        try:
            said = yield from worked(lambda: self._work(address, run, tally), shown, language)
            if run.halted:
                said += remark(words["halted"])
            if tally.changes or tally.rejected or not said:
                said += reported(self._library, tally.report(), language)
            yield said
        finally:
            run.stop.set()

    def _work(self, address: str, run: _Run, tally: Tally) -> None:
        def going() -> None:
            self._tick(address)
            if run.stop.is_set():
                raise _Stopped

        def reached(at: str) -> None:
            going()
            run.at = at

        try:
            found = pages(
                self._library,
                either=[address],
                allow_private=self._allow_private,
                at=reached,
                expect=run.expect,
                going=going,
                manners=self._manners,
            )
            ingest(
                self._library,
                self._encoder,
                found,
                tally=tally,
                progress=_unheard,
                at_once=True,
                going=going,
            )
        except _Stopped:
            run.halted = True  # which is no trouble; what is in is told of
        finally:
            with self._guard:
                self._run = None
        self._after()

    def stop(self, visitor: str) -> None:
        """End what this visitor had fetched, within seconds."""
        with self._guard:
            if self._run is not None and self._run.visitor == visitor:
                self._run.stop.set()


def _unheard(_: str) -> None:
    """The tally says how far it is, refusals included. Nor is a run ended here: the article that
    is in is yet to be noted.
    """


def completed(given: str) -> str:
    """An address as browsers take it: without a scheme it is https.

    >>> completed(" example.org/share?of=http://a.example ")
    'https://example.org/share?of=http://a.example'
    """
    address = given.strip()
    return address if not address or _SCHEME.match(address) else f"https://{address}"
