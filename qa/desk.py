"""Where questions are asked: a library, its encoder and its vector search, and the way through."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.dense import Dense
from ingest.encoder import Encoder, chosen_model
from ingest.library import Library
from ingest.sbert import SentenceEncoder
from ingest.stamp import checked
from qa.confidence import THRESHOLD, confidence, evidence
from qa.quote import quotes, scored
from qa.retrieve import DEPTH, fuse
from qa.types import Answer, Understood
from qa.understand import LONGEST, understand

PASSAGES = 8  # fused passages whose sentences are read


class Desk:
    """Answers questions from one library. Safe to use from many threads."""

    def __init__(self, library: Library, encoder: Encoder, dense: Dense) -> None:
        self.library, self.encoder, self.dense = library, encoder, dense

    def ask(self, question: str) -> Answer:
        """The articles' answer to `question`, or that they have none.

        Raises EncoderError when the library has meanwhile been made with another encoder.
        """
        started = time.perf_counter()
        understood = understand(question)
        asked = question.strip()[:LONGEST]
        if not understood.words:
            return _silence(question, understood, started)
        vector = self.encoder.encode([asked], "query")
        with self.dense.nearest(vector, DEPTH) as (snapshot, dense):
            checked(snapshot, self.encoder)
            lexical = snapshot.lexical(asked, ("en", "fr"), DEPTH)
            hits = fuse(snapshot, dense, lexical, keep=PASSAGES)
        ranked = scored(asked, understood, hits, self.encoder)
        if not ranked:
            return _silence(question, understood, started)
        sure = confidence(evidence(ranked, hits))
        found, answered = quotes(ranked), sure >= THRESHOLD
        return Answer(
            question=question,
            language=understood.language,
            answered=answered,
            confidence=round(sure, 4),
            quotes=found if answered else (),
            nearest=() if answered else found,
            understood=understood,
            seconds=round(time.perf_counter() - started, 4),
        )


def _silence(question: str, understood: Understood, started: float) -> Answer:
    seconds = round(time.perf_counter() - started, 4)
    return Answer(question, understood.language, False, 0.0, (), (), understood, seconds)


@contextmanager
def desk(folder: Path) -> Iterator[Desk]:
    """A desk for a command: with the Chroma index where it is free, without where a chat has it."""
    library = Library(folder)
    encoder = SentenceEncoder(chosen_model())
    with library.snapshot() as snapshot:
        checked(snapshot, encoder)
    with Dense(library, purpose="a question from the command line") as dense:
        yield Desk(library, encoder, dense)
