"""A reader's weights as floats again, from its int8 file: what a training goes on from where no
checkpoint is left. What int8 rounded stays rounded.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from ingest.types import Vectors

_QUANTISED, _SCALE, _ZERO = "_quantized", "_scale", "_zero_point"
_PRODUCT = re.compile(r"/model/([\w./]+)/MatMul(?:_quant)?")
_ATTENTION = re.compile(r"Attention_(\d+)_qkv_(weight|bias)")


def from_int8(path: Path) -> dict[str, torch.Tensor]:
    """The state of the BertForTokenClassification that `lab.reader.export` wrote to `path`."""
    graph = onnx.load(path).graph
    floats = _floats({one.name: numpy_helper.to_array(one) for one in graph.initializer})
    state: dict[str, Vectors] = {}
    for name, array in floats.items():
        if name.startswith("model."):
            state[name.removeprefix("model.")] = array
        elif match := _ATTENTION.fullmatch(name):
            layer, kind = match.groups()
            for part, third in zip(("query", "key", "value"), np.split(array, 3, -1), strict=True):
                state[f"bert.encoder.layer.{layer}.attention.self.{part}.{kind}"] = third.T
    for node in graph.node:
        if match := _PRODUCT.fullmatch(node.name):
            weight = node.input[1].removesuffix(_QUANTISED).removesuffix("_fp32")
            state[f"{match[1].replace('/', '.')}.weight"] = floats[weight].T
    return {name: torch.tensor(array, dtype=torch.float32) for name, array in state.items()}


def _floats(stored: dict[str, Vectors]) -> dict[str, Vectors]:
    """What is stored in floats as it is, and in int8 by its scales."""
    found = {}
    for name, array in stored.items():
        if name.endswith(_QUANTISED):
            stem = name.removesuffix(_QUANTISED)
            steps = array.astype(np.float32) - stored[stem + _ZERO]
            found[stem] = steps * stored[stem + _SCALE]
        elif not name.endswith((_SCALE, _ZERO)):
            found[name] = array
    return found
