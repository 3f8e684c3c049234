"""Any sentence-transformers model: an Encoder, a cross-encoder. The one door to it.

Importing it takes ten seconds, so that happens at the first text to encode: an ingest in which
nothing changed, or a command that only lists, never pays for it.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ingest.encoder import Reading, Role
from ingest.errors import EncoderError
from ingest.models import ModelSource, folder_digest
from ingest.types import Vectors

BATCH = 32


class SentenceEncoder:
    """`source` as an Encoder; its query and passage prompts are honoured when it has any."""

    def __init__(self, source: ModelSource) -> None:
        self._source = source

    @property
    def name(self) -> str:
        return self._source.name

    @functools.cached_property
    def digest(self) -> str:
        if self._source.folder:
            return folder_digest(self._source.folder)
        revision = getattr(self._model[0].auto_model.config, "_commit_hash", None)
        return f"{self._source.name}@{revision or 'unknown'}"

    @functools.cached_property
    def max_tokens(self) -> int:
        longest = self._model.get_max_seq_length() or 512
        prompt = max((len(p) for p in self._model.prompts.values()), default=0)
        return int(longest) - 2 - prompt // 2  # two markers; a token has two letters or more

    def token_counts(self, texts: Sequence[str]) -> list[int]:
        if not texts:
            return []
        ids = self._model.tokenizer(list(texts), add_special_tokens=False, verbose=False)
        return [len(one) for one in ids["input_ids"]]

    def encode(self, texts: Sequence[str], role: Role) -> Vectors:
        encode = self._model.encode_query if role == "query" else self._model.encode_document
        if not texts:
            return np.zeros((0, self._model.get_embedding_dimension() or 0), np.float32)
        rows = encode(
            list(texts), batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False
        )
        return np.ascontiguousarray(rows, np.float32)

    def read(self, texts: Sequence[str], role: Role) -> list[Reading]:
        encode = self._model.encode_query if role == "query" else self._model.encode_document
        if not texts:
            return []
        rows = self.encode(texts, role)
        states = encode(
            list(texts), batch_size=BATCH, output_value="token_embeddings", show_progress_bar=False
        )
        split = self._model.tokenizer.convert_ids_to_tokens
        ids = self._model.tokenizer(list(texts), add_special_tokens=False, verbose=False)
        return [
            _reading(row, split(one), np.asarray(state.cpu(), np.float32))
            for row, one, state in zip(rows, ids["input_ids"], states, strict=True)
        ]

    @functools.cached_property
    def _model(self) -> Any:
        folder = self._source.folder
        return _loaded("SentenceTransformer", str(folder or self._source.name), "SAIDSO_ENCODER")


class PairScorer:
    """A cross-encoder: how well each text answers its question, as log-odds."""

    def __init__(self, setting: str) -> None:
        self.name = setting

    def scores(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """One score a pair. Raises EncoderError where the model gives more than one."""
        if not pairs:
            return []
        from torch.nn import Identity

        rows = np.asarray(
            self._model.predict(
                list(pairs), batch_size=BATCH, activation_fn=Identity(), show_progress_bar=False
            ),
            np.float32,
        ).reshape(len(pairs), -1)
        if rows.shape[1] != 1:
            raise EncoderError(f"{self.name} gives {rows.shape[1]} scores a pair; one is wanted")
        return [float(one) for one in rows[:, 0]]

    @functools.cached_property
    def _model(self) -> Any:
        return _loaded("CrossEncoder", self.name, "SAIDSO_READER")


def _loaded(kind: str, source: str, variable: str) -> Any:
    """A model of sentence-transformers' class `kind`, from a folder or a hub."""
    local = Path(source).is_dir()
    if local:
        # Read when the libraries are imported: a local model has nothing to ask a hub.
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    import sentence_transformers

    try:
        return getattr(sentence_transformers, kind)(source, local_files_only=local)
    except Exception as error:  # whatever a model folder or a hub can fail with
        raise EncoderError(
            f"cannot load {source!r} as a {kind}: {error}; {variable} is a folder or a hub name"
        ) from error


def _reading(row: Vectors, tokens: list[str], states: Vectors) -> Reading:
    """The text's own tokens are the last before the end marker: a prompt stands before them."""
    tokens = tokens[: max(0, len(states) - 2)]
    own = states[len(states) - 1 - len(tokens) : len(states) - 1]
    norms = np.maximum(np.linalg.norm(own, axis=1, keepdims=True), 1e-9)
    return Reading(row, tuple(tokens), np.asarray(own / norms, np.float32))
