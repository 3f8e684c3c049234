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
_BATCH_TOKENS = 2048  # padded tokens in one run: more falls out of a small processor's caches


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
        for i, _, states in self._hidden(texts):
            rows[i] = _unit(states.mean(0))
        return rows

    def read(self, texts: Sequence[str], role: Role) -> list[Reading]:
        """As `encode`; the states are those of the last layer."""
        found = {
            i: Reading(_unit(states.mean(0)), tuple(tokens[1:-1]), _unit(states[1:-1]))
            for i, tokens, states in self._hidden(texts)
        }
        return [found[i] for i in range(len(texts))]

    def _hidden(self, texts: Sequence[str]) -> Iterator[tuple[int, list[str], Vectors]]:
        """(which text, its tokens, their last states), markers included, in an order of its own."""
        read = self._tokenizer.encode_batch(list(texts))
        ids = [one.ids[: self._longest] for one in read]
        longest_last = sorted(range(len(ids)), key=lambda i: len(ids[i]))
        while longest_last:  # texts of like length together: little padding
            fit = max(1, _BATCH_TOKENS // len(ids[longest_last[-1]]))
            batch, longest_last = longest_last[-fit:], longest_last[:-fit]
            for i, states in zip(batch, self._run([ids[i] for i in batch]), strict=True):
                yield i, read[i].tokens[: len(ids[i])], states[: len(ids[i])]

    def _run(self, ids: list[list[int]]) -> Vectors:
        tokens = np.zeros((len(ids), max(map(len, ids))), np.int64)
        mask = np.zeros_like(tokens)
        for row, one in enumerate(ids):
            tokens[row, : len(one)] = one
            mask[row, : len(one)] = 1
        feed = {"input_ids": tokens, "attention_mask": mask, "token_type_ids": np.zeros_like(mask)}
        return np.asarray(self._session.run(None, feed)[0], np.float32)

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
