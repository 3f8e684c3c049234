"""A sentence-transformers folder with an `onnx/` model as an encoder, without torch.

Serves BERT-like encoders with mean pooling, a linear map behind it if there is one, and unit rows,
which is what the shipped one is; any other model goes through `ingest.sbert`.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from safetensors.numpy import load_file

from ingest.encoder import Reading, Role
from ingest.errors import EncoderError
from ingest.models import ModelSource, configured, folder_digest
from ingest.runtime import OnnxModel, tokenizer_of
from ingest.types import Vectors

LINEAR = "2_Dense/model.safetensors"


class OnnxEncoder:
    """`source.folder` as an Encoder; safe to use from many threads."""

    def __init__(self, source: ModelSource) -> None:
        assert source.folder is not None, "an ONNX model lies in a folder"
        self.name = source.name
        self._folder = source.folder
        self._longest = configured(self._folder, "sentence_bert_config.json", "max_seq_length", 256)
        # A text to a core, side by side: half as quick again as each in turn on all of them.
        self._model = OnnxModel(self._folder, cores=1)
        self._side_by_side = ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="encoder")

    @functools.cached_property
    def digest(self) -> str:
        return folder_digest(self._folder)

    @property
    def max_tokens(self) -> int:
        return self._longest - 2  # [CLS] and [SEP]

    def token_counts(self, texts: Sequence[str]) -> list[int]:
        counted = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [len(one.ids) for one in counted]

    def encode(self, texts: Sequence[str], role: Role) -> Vectors:
        """The model reads questions and passages alike, so `role` makes no difference."""
        rows = np.zeros((len(texts), self._model.width), np.float32)
        for i, row in enumerate(self._side_by_side.map(self._row, self._tokenized(texts))):
            rows[i] = row
        return rows

    def read(self, texts: Sequence[str], role: Role) -> list[Reading]:
        """As `encode`; the states are those of the last layer."""
        return list(self._side_by_side.map(self._reading, self._tokenized(texts)))

    def _tokenized(self, texts: Sequence[str]) -> list[tuple[list[str], list[int]]]:
        """The tokens of each text and their ids, markers included."""
        read = self._tokenizer.encode_batch(list(texts))
        return [(one.tokens[: self._longest], one.ids[: self._longest]) for one in read]

    def _row(self, text: tuple[list[str], list[int]]) -> Vectors:
        return self._vector(self._model.run(text[1]))

    def _reading(self, text: tuple[list[str], list[int]]) -> Reading:
        tokens, ids = text
        states = self._model.run(ids)
        return Reading(self._vector(states), tuple(tokens[1:-1]), _unit(states[1:-1]))

    def _vector(self, states: Vectors) -> Vectors:
        pooled = states.mean(0)
        return _unit(pooled if self._linear is None else self._linear @ pooled)

    @functools.cached_property
    def _linear(self) -> Vectors | None:
        """(width, width)"""
        path = self._folder / LINEAR
        if not path.is_file():
            return None
        try:
            return np.asarray(load_file(path)["linear.weight"], np.float32)
        except Exception as error:  # safetensors raises its own, and KeyError
            raise EncoderError(f"cannot load {path}: {error}") from error

    @functools.cached_property
    def _tokenizer(self):  # type: ignore[no-untyped-def]
        return tokenizer_of(self._folder)


def _unit(rows: Vectors) -> Vectors:
    """Rows, or one row, of length 1; a text without tokens has none."""
    return np.asarray(rows / np.linalg.norm(rows, axis=-1, keepdims=True), np.float32)
