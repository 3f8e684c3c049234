"""A sentence-transformers folder with an `onnx/` model as an encoder, without torch.

Serves BERT-like encoders with mean pooling, a linear map behind it if there is one, and unit rows,
which is what the shipped one is; any other model goes through `ingest.sbert`.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

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
        self._model = OnnxModel(self._folder)

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
        for i, (_, states) in enumerate(self._hidden(texts)):
            rows[i] = self._vector(states)
        return rows

    def read(self, texts: Sequence[str], role: Role) -> list[Reading]:
        """As `encode`; the states are those of the last layer."""
        return [
            Reading(self._vector(states), tuple(tokens[1:-1]), _unit(states[1:-1]))
            for tokens, states in self._hidden(texts)
        ]

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

    def _hidden(self, texts: Sequence[str]) -> Iterator[tuple[list[str], Vectors]]:
        """Each text's tokens and their last states, markers included."""
        for one in self._tokenizer.encode_batch(list(texts)):
            ids = one.ids[: self._longest]
            yield one.tokens[: len(ids)], self._model.run(ids)

    @functools.cached_property
    def _tokenizer(self):  # type: ignore[no-untyped-def]
        return tokenizer_of(self._folder)


def _unit(rows: Vectors) -> Vectors:
    """Rows, or one row, of length 1; a text without tokens has none."""
    return np.asarray(rows / np.linalg.norm(rows, axis=-1, keepdims=True), np.float32)
