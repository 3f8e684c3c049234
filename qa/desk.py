"""Where questions are asked: a library, its encoder and its vector search, and the way through."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.choose import chosen_encoder
from ingest.dense import Dense
from ingest.encoder import Encoder
from ingest.library import Library
from ingest.stamp import checked
from qa import gloss, lexicon
from qa.choose import chosen_reader
from qa.confidence import THRESHOLD, confidence, evidence
from qa.group import grouped
from qa.reader import Reader
from qa.reprints import with_reprints
from qa.retrieve import DEPTH, fuse
from qa.sentence import Scored, scored, windows
from qa.settings import SHIPPED, Settings
from qa.types import Answer, Hit, Turn, Understood
from qa.understand import understand

RETRIEVED = 10  # fused passages


@dataclass(frozen=True, slots=True)
class Considered:
    """A question with all that was weighed for it: passages, and their sentences, best first."""

    understood: Understood
    hits: tuple[Hit, ...]
    ranked: tuple[Scored, ...]


class Desk:
    """Answers questions from one library. Safe to use from many threads."""

    def __init__(self, library: Library, encoder: Encoder, reader: Reader, dense: Dense) -> None:
        self.library, self.encoder, self.reader, self.dense = library, encoder, reader, dense

    def ask(
        self,
        question: str,
        conversation: Sequence[Turn] = (),
        *,
        without: Collection[str] = (),
        only: Collection[str] = (),
    ) -> Answer:
        """The articles' answer to `question`, or that they have none.

        `conversation`: the turns before it, oldest first, for a question that leans on them.
        `without`: chips of an earlier answer (`Understood`) that are not to count.
        `only`: sources that alone are asked, as the library spells them.
        Raises EncoderError when the library has meanwhile been made with another encoder.
        """
        started = time.perf_counter()
        _, found = self.judge(question, conversation, without=without, only=only)
        return replace(found, seconds=round(time.perf_counter() - started, 4))

    def judge(
        self,
        question: str,
        conversation: Sequence[Turn] = (),
        *,
        without: Collection[str] = (),
        only: Collection[str] = (),
    ) -> tuple[Considered, Answer]:
        """What `ask` says, and what it was weighed from. A question that may lean on the one before
        is asked so first, and alone where the articles do not say that.
        """
        considered = self.consider(question, conversation, without=without, only=only)
        found = answer(question, considered, self.encoder)
        carried = considered.understood.carried
        if carried and not carried.sure and not found.answered:
            alone = self.judge(question, without=without, only=only)
            return max((considered, found), alone, key=lambda judged: judged[1].confidence)
        return considered, found

    def consider(
        self,
        question: str,
        conversation: Sequence[Turn] = (),
        *,
        without: Collection[str] = (),
        only: Collection[str] = (),
        settings: Settings = SHIPPED,
    ) -> Considered:
        """What the library holds near to `question`, weighed but not judged."""
        understood, hits = self.near(
            question, conversation, without=without, only=only, settings=settings
        )
        ranked = scored(
            understood.searched,
            windows(hits, settings.read),
            self.reader,
            near=settings.near,
        )
        return Considered(understood, hits, ranked)

    def near(
        self,
        question: str,
        conversation: Sequence[Turn] = (),
        *,
        without: Collection[str] = (),
        only: Collection[str] = (),
        settings: Settings = SHIPPED,
    ) -> tuple[Understood, tuple[Hit, ...]]:
        """What is understood, and the passages that are nearest to it, not yet read."""
        with self.library.snapshot() as snapshot:
            narrowed = understand(
                question,
                snapshot,
                self.encoder,
                conversation=conversation,
                without=without,
                only=only,
            )
        understood, allowed = narrowed.understood, narrowed.allowed
        if not understood.words:
            return understood, ()
        vector = gloss.vector(
            self.encoder, understood.searched, understood.words, understood.language
        )
        with self.dense.nearest(vector, DEPTH, allowed) as (snapshot, dense):
            checked(snapshot, self.encoder)
            sought = lexicon.sought(
                understood.searched, understood.words, understood.language, snapshot.languages()
            )
            hits = fuse(
                snapshot,
                vector,
                dense,
                snapshot.lexical(sought, DEPTH, allowed),
                keep=RETRIEVED,
                preferred=narrowed.preferred,
                weight=settings.lexical,
                share=settings.article,
            )
            hits = with_reprints(hits, snapshot, allowed)
            widened = lexicon.widened(sought, lambda said, into: snapshot.has_word(said, (into,)))
        return replace(understood, widened=widened), hits


def answer(
    question: str, considered: Considered, encoder: Encoder, *, threshold: float = THRESHOLD
) -> Answer:
    """The judgement over what was weighed; it takes no time worth telling."""
    understood = considered.understood
    weighed = evidence(considered.ranked, understood)
    sure = confidence(weighed, following=understood.carried is not None)
    reprints = {hit.passage.article.id: hit.reprints for hit in considered.hits}
    found, apart = grouped(question, considered.ranked, encoder, reprints=reprints)
    answered = sure >= threshold
    return Answer(
        question=question,
        language=understood.language,
        answered=answered,
        confidence=round(sure, 4),
        quotes=found if answered else (),
        nearest=() if answered else found,
        understood=understood,
        seconds=0.0,
        disagreements=apart if answered else (),
    )


@contextmanager
def desk(folder: Path, *, wait: float | None = 0.0) -> Iterator[Desk]:
    """A desk for a command: with the Chroma index where it is free, without where a chat has it.

    `wait=None` leaves the index to others: for what stays open while nobody asks.
    """
    library = Library(folder)
    encoder = chosen_encoder()
    with library.snapshot() as snapshot:
        checked(snapshot, encoder)
    with Dense(library, wait=wait, purpose="a question from the command line") as dense:
        yield Desk(library, encoder, chosen_reader(), dense)
