"""onnxruntime and tokenizers, for every model that came with us. The one door to both.

A model starts here in a fraction of a second, where the libraries that made it take ten.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ingest.errors import EncoderError
from ingest.types import Vectors

FILE = "onnx/model_int8.onnx"


class OnnxModel:
    """The `onnx/` model of a folder: token ids and types in, one row of its output a token out.

    One text a run: int8 has one scale for all that is in a run, so in company what a text gives
    would depend on its neighbours. It is quicker too, there being no padding (lab/ENCODER.md).
    Loads at its first use; safe to use from many threads. `cores` to a run; None: all there are.
    """

    def __init__(self, folder: Path, cores: int | None = None) -> None:
        self.folder = folder
        self._cores = cores

    def run(self, ids: Sequence[int], types: Sequence[int] | None = None) -> Vectors:
        """(tokens, width)"""
        tokens = np.array([ids], np.int64)
        feed = {
            "input_ids": tokens,
            "attention_mask": np.ones_like(tokens),
            "token_type_ids": np.zeros_like(tokens) if types is None else np.array([types]),
        }
        return np.asarray(self.session.run(None, feed)[0][0], np.float32)

    @property
    def width(self) -> int:
        return int(self.session.get_outputs()[0].shape[-1])

    @functools.cached_property
    def session(self):  # type: ignore[no-untyped-def]
        import onnxruntime  # waits here for the first text: a run without one never needs it

        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.intra_op_num_threads = self._cores or 0
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
