"""Conversations: what was asked in each, and what came of it. No front end, no words of its own.

They are kept here and not in the page, so that one survives a reload, and a question goes on being
answered while nobody looks. They are kept in memory only, and no more of them than MOST.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from itertools import count
from typing import TypeVar

from qa.types import Answer, Turn

AT_ONCE = 8  # questions worked on side by side; the others wait their turn
MOST = 200  # conversations; the one that was left alone for longest goes first
LONGEST = 40  # turns of a conversation; the oldest goes first
_BEAT = 0.2  # seconds between two looks at what is being worked on
_VISITOR = re.compile(r"[0-9a-f]{32}")  # 128 random bits: nobody guesses another's

# question, turns before, chips that do not count, sources that alone are asked
Ask = Callable[[str, Sequence[Turn], Collection[str], Collection[str]], Answer]
Page = TypeVar("Page")


@dataclass(slots=True, eq=False)
class Said:
    """A question as it was asked, the chips it was asked without, the sources it was asked of
    alone, and what came of it.

    While it is worked on there is a `job`. Without one, without an answer and without trouble, it
    was stopped.
    """

    place: int
    question: str
    without: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()
    answer: Answer | None = None
    trouble: BaseException | None = None
    job: Future[Answer] | None = None


class Conversation:
    """The turns of one visitor, in the order they were asked."""

    def __init__(self) -> None:
        self.said: list[Said] = []
        self.changes = 0
        self.guard = threading.RLock()
        self._places = count()

    def add(self, question: str) -> Said:
        with self.guard:
            said = Said(next(self._places), question)
            self.said.append(said)
            del self.said[:-LONGEST]
            self.changes += 1
        return said

    def at(self, place: int) -> Said | None:
        return next((one for one in self.said if one.place == place), None)

    def before(self, said: Said) -> list[Turn]:
        earlier = [one for one in self.said if one.place < said.place]
        return [one.answer.turn for one in earlier if one.answer is not None]

    def settle(self, said: Said, job: Future[Answer]) -> None:
        """What came of `job`, unless it was stopped meanwhile, or the question asked again."""
        with self.guard:
            if said.job is not job:
                return
            said.job, said.trouble = None, job.exception()
            said.answer = None if said.trouble else job.result()
            self.changes += 1

    def stop(self, said: Said) -> None:
        with self.guard:
            if said.job is not None:
                said.job.cancel()  # one that has begun goes on, and nobody hears of it
                said.job = None
                self.changes += 1

    def clear(self) -> None:
        """Forget all of it; places go on counting, so that no late command means a new turn."""
        with self.guard:
            for said in self.said:
                self.stop(said)
            self.said.clear()
            self.changes += 1


def known_as(visitor: object, name: str) -> object:
    """What the visitor is to the server where people log in: whoever does so next on the same
    browser, which keeps its random name, is somebody else. What is no visitor stays none.
    """
    if not isinstance(visitor, str) or not _VISITOR.fullmatch(visitor):
        return None
    return hashlib.sha256(f"{visitor} {name}".encode()).hexdigest()[:32]


class Talk:
    """All conversations. Safe to use from many threads."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._pool = ThreadPoolExecutor(AT_ONCE, "saidso-question")
        self._kept: OrderedDict[str, Conversation] = OrderedDict()
        self._guard = threading.Lock()

    def of(self, visitor: object) -> Conversation:
        """The visitor's own; one that is kept nowhere for what is no visitor."""
        if not isinstance(visitor, str) or not _VISITOR.fullmatch(visitor):
            return Conversation()
        with self._guard:
            found = self._kept.setdefault(visitor, Conversation())
            self._kept.move_to_end(visitor)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return found

    @property
    def busy(self) -> bool:
        """Somebody waits for an answer."""
        with self._guard:
            kept = list(self._kept.values())
        return any(said.job is not None for one in kept for said in list(one.said))

    def ask(
        self,
        conversation: Conversation,
        said: Said,
        without: frozenset[str] = frozenset(),
        only: frozenset[str] = frozenset(),
    ) -> None:
        """Begin to answer it, anew if it was answered."""
        with conversation.guard:
            conversation.stop(said)
            said.answer, said.trouble, said.without, said.only = None, None, without, only
            before = conversation.before(said)
            job = said.job = self._pool.submit(self._ask, said.question, before, without, only)
            conversation.changes += 1
        job.add_done_callback(lambda done: _settled(conversation, said, done))

    def watch(self, conversation: Conversation, look: Callable[[], Page]) -> Iterator[Page]:
        """What `look` sees: now, and whenever that has changed, until all is answered."""
        seen: Page | None = None
        while True:
            with conversation.guard:
                jobs = [one.job for one in conversation.said if one.job is not None]
                known = conversation.changes
            page = look()
            if page != seen:
                yield page
                seen = page
            if not jobs and conversation.changes == known:
                return
            wait(jobs, _BEAT, FIRST_COMPLETED)

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)


def _settled(conversation: Conversation, said: Said, job: Future[Answer]) -> None:
    if not job.cancelled():
        conversation.settle(said, job)
