"""A sentence-transformers folder with an `onnx/` model, run without torch. The one door to it.

It starts in a fraction of a second, where the libraries that made the model take ten. Serves
BERT-like encoders with mean pooling and unit rows, which is what the shipped one is; any other
model goes through `ingest.sbert`.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

import numpy as np

from ingest.encoder import Reading, Role
from ingest.errors import EncoderError
from ingest.models import ModelSource, configured, folder_digest
from ingest.types import Vectors

FILE = "onnx/model_int8.onnx"


class OnnxEncoder:
    """`source.folder` as an Encoder; safe to use from many threads."""

    def __init__(self, source: ModelSource) -> None:
        assert source.folder is not None, "an ONNX model lies in a folder"
        self.name = source.name
        self._folder = source.folder
        self._longest = configured(self._folder, "sentence_bert_config.json", "max_seq_length", 256)

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
        rows = np.zeros((len(texts), self._dimension), np.float32)
        for i, (_, states) in enumerate(self._hidden(texts)):
            rows[i] = _unit(states.mean(0))
        return rows

    def read(self, texts: Sequence[str], role: Role) -> list[Reading]:
        """As `encode`; the states are those of the last layer."""
        return [
            Reading(_unit(states.mean(0)), tuple(tokens[1:-1]), _unit(states[1:-1]))
            for tokens, states in self._hidden(texts)
        ]

    def _hidden(self, texts: Sequence[str]) -> Iterator[tuple[list[str], Vectors]]:
        """Each text's tokens and their last states, markers included.

        One text a run: int8 has one scale for all that is in a run, so in company a vector would
        depend on its neighbours. It is quicker too, there being no padding (lab/ENCODER.md).
        """
        for one in self._tokenizer.encode_batch(list(texts)):
            ids = one.ids[: self._longest]
            yield one.tokens[: len(ids)], self._run(ids)

    def _run(self, ids: list[int]) -> Vectors:
        tokens = np.array([ids], np.int64)
        feed = {
            "input_ids": tokens,
            "attention_mask": np.ones_like(tokens),
            "token_type_ids": np.zeros_like(tokens),
        }
        return np.asarray(self._session.run(None, feed)[0][0], np.float32)

    @property
    def _dimension(self) -> int:
        return int(self._session.get_outputs()[0].shape[-1])

    @functools.cached_property
    def _session(self):  # type: ignore[no-untyped-def]
        import onnxruntime  # waits here for the first text: a run without one never needs it

        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        # The graph was optimised when it was exported; doing it all again costs start-up.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
        try:
            return onnxruntime.InferenceSession(
                str(self._folder / FILE), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime's own, of many kinds
            raise EncoderError(f"cannot load {self._folder / FILE}: {error}") from error

    @functools.cached_property
    def _tokenizer(self):  # type: ignore[no-untyped-def]
        from tokenizers import Tokenizer

        try:
            tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
        except Exception as error:  # tokenizers raises bare Exception
            raise EncoderError(f"cannot load the tokenizer in {self._folder}: {error}") from error
        tokenizer.no_padding()
        tokenizer.no_truncation()  # lengths are ours to see; cutting is done above
        return tokenizer


def _unit(rows: Vectors) -> Vectors:
    """Rows, or one row, of length 1; a text without tokens has none."""
    return np.asarray(rows / np.linalg.norm(rows, axis=-1, keepdims=True), np.float32)
