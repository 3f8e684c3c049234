"""The shipped encoder as the program runs it: int8 ONNX, onnxruntime and tokenizers, no torch.

`OnnxEncoder` starts in a fraction of a second. Leaves out the making of the file: see export.
"""

from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from lab.encoder.contract import MAX_TOKENS, Vectors

BATCH_TOKENS = 2048  # padded tokens in one run: larger ones fall out of a small CPU's caches


class OnnxEncoder:
    """A folder's `onnx/` model with mean pooling and unit rows."""

    def __init__(self, folder: Path, file: str = "model_int8.onnx", threads: int = 0) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        # the graph was optimised when it was exported: doing it again costs start-up
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
        self.session = onnxruntime.InferenceSession(
            str(folder / "onnx" / file), options, providers=["CPUExecutionProvider"]
        )
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(MAX_TOKENS)
        self.inputs = {i.name for i in self.session.get_inputs()}
        self.dimension = int(self.session.get_outputs()[0].shape[-1])

    def encode(self, texts: list[str]) -> Vectors:
        """Row i is the unit vector of text i, whatever else is in the batch."""
        out = np.zeros((len(texts), self.dimension), dtype=np.float32)
        ids = [e.ids for e in self.tokenizer.encode_batch(texts)]
        order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
        while order:
            longest = len(ids[order[-1]])
            size = max(1, BATCH_TOKENS // longest)
            rows, order = order[-size:], order[:-size]
            out[rows] = self._vectors([ids[i] for i in rows], longest)
        return out

    def _vectors(self, ids: list[list[int]], longest: int) -> Vectors:
        tokens = np.zeros((len(ids), longest), dtype=np.int64)
        mask = np.zeros_like(tokens)
        for i, row in enumerate(ids):
            tokens[i, : len(row)] = row
            mask[i, : len(row)] = 1
        feed = {"input_ids": tokens, "attention_mask": mask, "token_type_ids": np.zeros_like(mask)}
        hidden = self.session.run(None, {k: v for k, v in feed.items() if k in self.inputs})[0]
        weights = mask[:, :, None].astype(np.float32)
        pooled = (hidden * weights).sum(1) / weights.sum(1)
        unit = pooled / np.linalg.norm(pooled, axis=1, keepdims=True)
        return np.asarray(unit, dtype=np.float32)
