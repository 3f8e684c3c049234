"""What the chat does, apart from any front end: wake up, ask, read, take in files, keep in step.

One Chat owns the vector index of its library until it is closed. Safe to use from many threads.
"""

from __future__ import annotations

import json
import sys
import threading
import traceback
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.dense import Dense
from ingest.encoder import Encoder
from ingest.errors import BusyError, SaidsoError
from ingest.library import Library
from ingest.pipeline import Progress, Tally, ingest
from ingest.places import SEEDS
from ingest.read import SUFFIXES, File, discover, expected
from ingest.stamp import checked
from ingest.types import Rejection, Report
from ingest.words import fold
from qa import html
from qa.desk import Desk
from qa.reader import Reader
from qa.types import Answer, Turn
from qa.understand import LONGEST

PATIENCE = 10.0  # seconds: an ingest from the command line gives the index back within them
_STEP = 3.0  # seconds between looks at what other processes have put into the library
_BEAT = 0.2  # seconds between two signs of progress

# Asked of the sample article, so offered only while that is there.
_SEED = "000_d74ec0c6faadc757"
_SUGGESTED = (
    ("fr", "Qui fournit des munitions à la Russie ?"),
    ("en", "Who is supplying Russia with ammunition?"),
    ("fr", "Que rapporte l'agence Tass ?"),
)


_STOPPED = SaidsoError("the chat was stopped")


@dataclass(slots=True)
class Said:
    """A question as it was asked, the chips it was asked without, and what came of it."""

    question: str
    without: frozenset[str] = frozenset()
    turn: Turn | None = None


class Conversation:
    """The turns of one visitor, in the order they were asked: as HTML, and as they go on."""

    def __init__(self) -> None:
        self.turns: list[str] = []
        self.said: list[Said] = []


class Chat:
    """Raises BusyError, naming the owner, where another process keeps the index of `folder`."""

    def __init__(self, folder: Path, encoder: Encoder, reader: Reader, *, purpose: str) -> None:
        self.library = Library(folder, create=True)
        with self.library.snapshot() as snapshot:
            checked(snapshot, encoder)
        self.encoder, self._reader = encoder, reader
        self.dense = _owned(self.library, purpose)
        self._desk = Desk(self.library, encoder, reader, self.dense)
        self._awake, self._closing = threading.Event(), threading.Event()
        self._failure: SaidsoError | None = None
        self._keeper = threading.Thread(target=self._keep, name="saidso-keeper", daemon=True)

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
        """Begin to load the models, and to keep the index in step, in the background."""
        self._keeper.start()

    def _keep(self) -> None:
        try:
            self.encoder.encode(["."], "query")
            self._reader.load()
        except SaidsoError as error:
            self._failure = error
            print(f"saidso: {error}", file=sys.stderr)  # noqa: T201 - nobody else would say it
        except Exception:  # whatever it was, no question may wait for ever
            self._failure = SaidsoError("the models cannot be loaded; the terminal says why")
            traceback.print_exc()
        self._awake.set()
        while not self._closing.wait(_STEP):
            try:
                self.dense.catch_up()
            except Exception:  # a full disk may pass; until then the library itself is searched
                traceback.print_exc()
                self._closing.wait(60)

    @property
    def awake(self) -> bool:
        return self._awake.is_set()

    def ask(
        self, question: str, before: Sequence[Turn] = (), without: Collection[str] = ()
    ) -> Answer:
        """Waits for the models where they are still being loaded."""
        self._awake.wait()
        if self._failure:
            raise self._failure
        return self._desk.ask(question, before, without=without)

    def turns(self, question: str, conversation: Conversation) -> Iterator[str]:
        """The conversation as it goes on with `question`: first waiting, then answered."""
        asked = question.strip()[:LONGEST]
        if not asked:
            yield self.page(conversation)
            return
        conversation.turns.append("")
        conversation.said.append(Said(asked))
        yield from self._answered(len(conversation.turns) - 1, conversation)

    def again(self, wanted: str, conversation: Conversation) -> Iterator[str]:
        """One turn asked again without a chip; `wanted` is JSON, {"turn": place, "chip": id}."""
        try:
            fields = json.loads(wanted)
            place, chip = int(fields["turn"]), str(fields["chip"])
            said = conversation.said[place] if place >= 0 else None
        except (ValueError, KeyError, TypeError, IndexError, RecursionError):
            said = None
        if said is None:
            yield self.page(conversation)
            return
        said.without |= {chip}
        yield from self._answered(place, conversation)

    def _answered(self, place: int, conversation: Conversation) -> Iterator[str]:
        """The conversation with its turn at `place` first pending, then answered."""
        said = conversation.said[place]
        asked = said.question
        before = [one.turn for one in conversation.said[:place] if one.turn is not None]
        conversation.turns[place] = html.pending(asked, self._status())
        yield self.page(conversation)
        try:
            answer = self.ask(asked, before, said.without)
            said.turn, made = answer.turn, html.turn(answer, place)
        except SaidsoError as error:
            made = html.failed(asked, str(error))
        except Exception:  # whatever it was, the conversation goes on, and the terminal says more
            traceback.print_exc()
            made = html.failed(asked, "Something went wrong; the terminal says what.")
        conversation.turns[place] = made
        yield self.page(conversation)

    def _status(self) -> str:
        if not self.awake:
            return "Waking up… the first question takes a few seconds."
        with self.library.snapshot() as snapshot:
            _, passages = snapshot.count()
        return f"Reading {passages:,} passages…"

    def page(self, conversation: Conversation) -> str:
        with self.library.snapshot() as snapshot:
            articles = snapshot.count()[0]
            known = articles and snapshot.article(_SEED) is not None
        return html.conversation(
            conversation.turns, html.welcome(articles, _SUGGESTED if known else ())
        )

    def read(self, fragment: str) -> str:
        """The article that a citation leads to, in the version that was quoted, as HTML."""
        place = html.target(fragment) if isinstance(fragment, str) else None
        if place is None:
            return html.lost()
        with self.library.snapshot() as snapshot:
            current = snapshot.article(place.article)
            quoted = snapshot.article(place.article, place.version) if place.version else current
        if quoted is None:
            return html.lost()
        return html.pane(quoted, place, current.digest if current else None)

    def listing(self, wanted: str = "") -> str:
        """The articles whose title, source, date or id has every word of `wanted`, as a table."""
        needles = fold(wanted).split()
        with self.library.snapshot() as snapshot:
            total, _ = snapshot.count()
            found = [
                one
                for one in snapshot.articles()
                if all(
                    needle in fold(f"{one.title} {one.source} {one.published} {one.id}")
                    for needle in needles
                )
            ]
        return html.table(found, total=total, asked=wanted)

    def take_in(self, uploads: Sequence[tuple[Path, str]]) -> Iterator[str]:
        """Ingest uploaded files, (where it lies, its name); first progress, then the report.

        The files are deleted at the end: the library has what was in them.
        """
        files = [_file(path, name) for path, name in uploads]
        total, done, tally = sum(map(expected, files)), 0, Tally()

        def tick(_: str) -> None:
            nonlocal done
            done += 1
            if self._closing.is_set():  # what is in is in; the same files go on from here
                raise _STOPPED

        def work() -> None:
            ingest(self.library, self.encoder, files, tally=tally, progress=tick, uploaded=True)
            self.dense.catch_up()

        yield html.progress(0, total)
        problem = ""
        with ThreadPoolExecutor(1, "saidso-ingest") as pool:
            future = pool.submit(work)
            while not wait([future], _BEAT).done:
                yield html.progress(done, total)
            try:
                future.result()
            except SaidsoError as error:
                problem = html.trouble(str(error))
            except Exception:
                traceback.print_exc()
                problem = html.trouble("Something went wrong; the terminal says what.")
        for path, _ in uploads:
            with suppress(OSError):
                path.unlink()
        done_with = bool(tally.changes or tally.rejected)
        yield problem + (self._report(tally.report(), uploads) if done_with or not problem else "")

    def _report(self, done: Report, uploads: Sequence[tuple[Path, str]]) -> str:
        with self.library.snapshot() as snapshot:
            shown = [*done.added, *done.changed, *done.unchanged][: 3 * html.SHOWN]
            known = {one: article for one in shown if (article := snapshot.article(one))}
        refused = tuple(_by_name(one, uploads) for one in done.rejected)
        titles = {one: article.title for one, article in known.items()}
        return html.report(replace(done, rejected=refused), titles)

    def close(self) -> None:
        """Give the index back. Questions that still wait for the encoder are told, an ingest ends
        after the article it is at.
        """
        self._closing.set()
        if not self.awake:
            self._failure = _STOPPED
            self._awake.set()
        self.dense.close()


def _owned(library: Library, purpose: str) -> Dense:
    try:
        return Dense(library, wait=0.0, must_own=True, purpose=purpose)
    except BusyError as error:
        print(f"saidso: {error}; waiting …", file=sys.stderr)  # noqa: T201 - it may take a while
    return Dense(library, wait=PATIENCE, must_own=True, purpose=purpose)


def _file(path: Path, name: str) -> File | Rejection:
    """The upload as what its owner calls it; only its own name, whatever path comes with it."""
    known_as = name.replace("\\", "/").rpartition("/")[2].strip() or path.name
    if Path(known_as).suffix.lower() not in SUFFIXES or known_as.startswith("."):
        return Rejection(known_as, f"not a kind that can be read ({', '.join(SUFFIXES)})")
    return File(path, known_as)


def _by_name(one: Rejection, uploads: Sequence[tuple[Path, str]]) -> Rejection:
    """The refusal, under the name of the file and not the place where its upload lay."""
    for path, name in uploads:
        if one.source == str(path) or one.source.startswith(f"{path}:"):
            return replace(one, source=name + one.source.removeprefix(str(path)))
    return one
