"""What the chat does, apart from any front end: wake up, ask, read, take in files, keep in step.

One Chat owns the vector index of its library until it is closed. Safe to use from many threads.
"""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.dense import Dense
from ingest.encoder import Encoder
from ingest.errors import BusyError, SaidsoError
from ingest.library import Library
from ingest.pipeline import Progress, Tally, ingest
from ingest.places import SEEDS
from ingest.read import discover
from ingest.stamp import checked
from ingest.types import Report
from qa.desk import Considered, Desk
from qa.glass import look
from qa.intake import Upload, take_in, taken_in, to_the_end
from qa.page.glass import failed, glass
from qa.page.links import target
from qa.page.pane import lost, pane
from qa.reader import Reader
from qa.settings import tried
from qa.shelves import Shelves
from qa.suggest import Suggestions
from qa.takeout import Takeout
from qa.talk import Talk
from qa.told import complain, told
from qa.types import Answer, Turn
from qa.understand import LONGEST
from qa.visits import Visits

if TYPE_CHECKING:
    from qa.addresses import Addresses

PATIENCE = 10.0  # seconds: an ingest from the command line gives the index back within them
_LOOKERS = 2  # into the glass at the same time: the questions of the chat come first
_STEP = 3.0  # seconds between looks at what other processes have put into the library

_STOPPED = SaidsoError("the chat was stopped")


class Chat:
    """Raises BusyError, naming the owner, where another process keeps the index of `folder`.

    `net`: web addresses are taken in; `allow_private`: those of this machine's own network too.
    """

    def __init__(
        self,
        folder: Path,
        encoder: Encoder,
        reader: Reader,
        *,
        purpose: str,
        net: bool = False,
        allow_private: bool = False,
    ) -> None:
        self.library = Library(folder, create=True)
        with self.library.snapshot() as snapshot:
            checked(snapshot, encoder)
        self.encoder, self._reader = encoder, reader
        self.dense = _owned(self.library, purpose)
        self._talk = Talk(self._told_of_trouble)
        self.takeout = Takeout(self._talk, self.library)
        self._desk = Desk(self.library, encoder, reader, self.dense)
        self.shelves = Shelves(self.library, encoder, tick=self._tick, after=self.dense.catch_up)
        self.addresses = self._addresses(allow_private=allow_private) if net else None
        self.suggestions = Suggestions(self.library, self.ask, lambda: self._talk.busy)
        self.visits = Visits(
            self._talk,
            self.library,
            self.suggestions,
            awake=lambda: self.awake,
            behind=lambda: bool(self.dense.trouble),
        )
        self._awake, self._closing = threading.Event(), threading.Event()
        self._lookers = threading.BoundedSemaphore(_LOOKERS)
        self._failure: SaidsoError | None = None
        self._keeper = threading.Thread(target=self._keep, name="saidso-keeper", daemon=True)

    def _addresses(self, *, allow_private: bool) -> Addresses:
        from qa.addresses import Addresses  # what reaches the net waits until it is asked for

        return Addresses(
            self.library,
            self.encoder,
            tick=self._tick,
            after=self.dense.catch_up,
            allow_private=allow_private,
        )

    @property
    def fresh(self) -> bool:
        """Nothing was ever put into this library: it is for the sample articles."""
        with self.library.snapshot() as snapshot:
            return not snapshot.count()[0] and snapshot.noted("seeded") is None

    def seed(self, progress: Progress) -> Report:
        """Take in the sample articles, once in the life of a library."""
        tally = Tally()
        ingest(self.library, self.encoder, discover([SEEDS]), tally=tally, progress=progress)
        self.library.note("seeded", "1")
        self.dense.catch_up()
        return tally.report()

    def wake(self) -> None:
        """Begin to load the models, to keep the index in step and to find what to suggest, in the
        background.
        """
        self._keeper.start()
        self.suggestions.start()

    def _keep(self) -> None:
        try:
            self.encoder.encode(["."], "query")
            self._reader.load()
        except SaidsoError as error:
            self._failure = error
            complain(error)
        except Exception:  # whatever it was, no question may wait for ever
            self._failure = SaidsoError("the models cannot be loaded; the terminal says why")
            traceback.print_exc()
        self._awake.set()
        while not self._closing.wait(_STEP):
            try:
                self.dense.catch_up()
                self.shelves.undo.lapse()
            except Exception:  # a full disk may pass; until then the library itself is searched
                traceback.print_exc()
                self._closing.wait(60)

    @property
    def awake(self) -> bool:
        return self._awake.is_set()

    def ask(
        self,
        question: str,
        before: Sequence[Turn] = (),
        without: Collection[str] = (),
        only: Collection[str] = (),
    ) -> Answer:
        """Waits for the models where they are still being loaded."""
        self._woken()
        return self._desk.ask(question, before, without=without, only=only)

    def consider(self, question: str) -> Considered:
        """What `ask` weighs before it judges; waits for the models as well."""
        self._woken()
        return self._desk.consider(question)

    def _woken(self) -> None:
        self._awake.wait()
        if self._failure:
            raise self._failure

    def weighed(self, wanted: Mapping[str, Any], language: str) -> str:
        """All that was weighed for a question, as HTML; nothing of the conversations is touched.

        `wanted`: `{"question", "settings": {name: number}, "without": [chips]}`.
        """
        question = str(wanted.get("question") or "").strip()[:LONGEST]
        without = wanted.get("without")
        chips = {str(one) for one in without} if isinstance(without, list) else set()
        if not question:
            return ""
        try:
            self._woken()
            with self._lookers:
                seen = look(self._desk, question, tried(wanted.get("settings")), without=chips)
        except SaidsoError as error:
            return failed(told(error, language))
        return glass(seen, language)

    def _told_of_trouble(
        self,
        question: str,
        before: Sequence[Turn],
        without: Collection[str],
        only: Collection[str],
    ) -> Answer:
        """`ask`, and the terminal says what the page does not."""
        try:
            return self.ask(question, before, without, only)
        except SaidsoError as error:
            complain(error)
            raise
        except Exception:
            traceback.print_exc()
            raise

    @property
    def ready(self) -> bool:
        """The models are loaded, and nothing keeps questions from being answered."""
        return self.awake and self._failure is None

    def read(self, fragment: object, language: str) -> str:
        """The article that a citation leads to, in the version that was quoted, as HTML."""
        place = target(fragment) if isinstance(fragment, str) else None
        if place is None:
            return lost(language)
        try:
            with self.library.snapshot() as snapshot:
                current = snapshot.article(place.article)
                version = place.version
                quoted = snapshot.article(place.article, version) if version else current
                versions = snapshot.versions(place.article)
        except SaidsoError as error:
            return failed(told(error, language))
        if quoted is None:
            return lost(language)
        return pane(quoted, place, current, language, versions=versions)

    def take_in(self, uploads: Sequence[Upload], language: str) -> Iterator[str]:
        """Ingest uploaded files; first progress, then the report."""
        reports = take_in(
            self.library,
            self.encoder,
            uploads,
            language,
            tick=self._tick,
            after=self.dense.catch_up,
        )
        return to_the_end(reports, language)

    def ingest(self, name: str, text: str) -> Report:
        """Ingest one text as if a file of that name had been dropped."""
        report = taken_in(self.library, self.encoder, name, text, tick=self._tick)
        self.dense.catch_up()
        return report

    def _tick(self, _: str) -> None:
        if self._closing.is_set():  # what is in is in; the same files go on from here
            raise _STOPPED

    def close(self) -> None:
        """Give the index back. Questions that still wait for the encoder are told, an ingest ends
        after the article it is at.
        """
        self._closing.set()
        self.suggestions.close()
        self._talk.close()
        if not self.awake:
            self._failure = _STOPPED
            self._awake.set()
        try:
            self.shelves.undo.close()
        except SaidsoError as error:  # a full disk: the next scrub does it
            complain(error)
        self.dense.close()


def _owned(library: Library, purpose: str) -> Dense:
    try:
        return Dense(library, wait=0.0, must_own=True, purpose=purpose)
    except BusyError as error:
        print(f"saidso: {error}; waiting …", file=sys.stderr)  # noqa: T201 - it may take a while
    return Dense(library, wait=PATIENCE, must_own=True, purpose=purpose)
