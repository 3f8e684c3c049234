"""onnxruntime and tokenizers, for every model that came with us. The one door to both.

A model starts here in a fraction of a second, where the libraries that made it take ten.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from ingest.errors import EncoderError
from ingest.types import Vectors

FILE = "onnx/model_int8.onnx"
BATCH_TOKENS = 2048  # padded tokens in one run: more falls out of a small processor's caches

Ids = Sequence[int]


class OnnxModel:
    """The `onnx/` model of a sentence-transformers folder: (ids, types) in, token states out.

    Loads at its first use; safe to use from many threads.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, texts: Sequence[tuple[Ids, Ids]]) -> Iterator[tuple[int, Vectors]]:
        """(which text, (tokens, width) of its last layer), in an order of its own."""
        longest_last = sorted(range(len(texts)), key=lambda i: len(texts[i][0]))
        while longest_last:  # texts of like length together: little padding
            fit = max(1, BATCH_TOKENS // len(texts[longest_last[-1]][0]))
            batch, longest_last = longest_last[-fit:], longest_last[:-fit]
            for i, states in zip(batch, self._run([texts[i] for i in batch]), strict=True):
                yield i, states[: len(texts[i][0])]

    def _run(self, texts: Sequence[tuple[Ids, Ids]]) -> Vectors:
        shape = len(texts), max(len(ids) for ids, _ in texts)
        tokens, mask, kinds = (np.zeros(shape, np.int64) for _ in range(3))
        for row, (ids, types) in enumerate(texts):
            tokens[row, : len(ids)] = ids
            kinds[row, : len(ids)] = types
            mask[row, : len(ids)] = 1
        feed = {"input_ids": tokens, "attention_mask": mask, "token_type_ids": kinds}
        return np.asarray(self.session.run(None, feed)[0], np.float32)

    @property
    def width(self) -> int:
        return int(self.session.get_outputs()[0].shape[-1])

    @functools.cached_property
    def session(self):  # type: ignore[no-untyped-def]
        import onnxruntime  # waits here for the first text: a run without one never needs it

        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        # The graph was optimised when it was exported; doing it all again costs start-up.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
        try:
            return onnxruntime.InferenceSession(
                str(self.folder / FILE), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime's own, of many kinds
            raise EncoderError(f"cannot load {self.folder / FILE}: {error}") from error


def tokenizer_of(folder: Path):  # type: ignore[no-untyped-def]
    """The folder's `tokenizers.Tokenizer`, which neither pads nor cuts."""
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as error:  # tokenizers raises bare Exception
        raise EncoderError(f"cannot load the tokenizer in {folder}: {error}") from error
    tokenizer.no_padding()
    tokenizer.no_truncation()  # lengths are ours to see
    return tokenizer
