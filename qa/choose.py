"""The reader that this run uses, by what was chosen."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from ingest.errors import EncoderError
from ingest.places import MODELS
from ingest.runtime import FILE
from ingest.sbert import PairScorer
from qa.reader import OnnxReader, Read, Reader
from qa.types import Excerpt

SHIPPED = MODELS / "saidso-reader"


def chosen_reader(setting: str | None = None) -> Reader:
    """The model of `setting`, $SAIDSO_READER or our own.

    A folder with our layout of scores is run by onnxruntime; any other setting is a
    sentence-transformers CrossEncoder, a folder or a hub name.
    """
    setting = setting or os.environ.get("SAIDSO_READER") or str(SHIPPED)
    folder = Path(setting).expanduser()
    if (folder / FILE).is_file():
        return OnnxReader(folder.resolve())
    if not folder.is_dir() and setting.startswith((".", "/", "~")):
        raise EncoderError(f"no reader at {setting}; SAIDSO_READER is a folder or a hub name")
    return CrossReader(PairScorer(setting))


class CrossReader:
    """A cross-encoder in the reader's place: it scores a sentence at a time and lights nothing."""

    def __init__(self, scorer: PairScorer) -> None:
        self._scorer = scorer

    @property
    def name(self) -> str:
        return self._scorer.name

    def load(self) -> None:
        self._scorer.scores([("", "")])

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[tuple[Read, ...]]:
        pairs = [
            (question, f"{one.article.title} : {text}") for one in excerpts for text in one.texts
        ]
        scores = iter(self._scorer.scores(pairs))
        return [tuple(Read(next(scores), None) for _ in one.texts) for one in excerpts]
