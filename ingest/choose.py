"""The encoder that this run uses, by what was chosen and what this machine has."""

from __future__ import annotations

import os
from pathlib import Path

from ingest.encoder import Encoder
from ingest.models import chosen_model
from ingest.onnx import OnnxEncoder
from ingest.runtime import FILE
from ingest.sbert import SentenceEncoder

_GPU = Path("/dev/nvidiactl")  # there when a driver is; asking torch itself would take seconds


def chosen_encoder(setting: str | None = None) -> Encoder:
    """The model of `setting`, $SAIDSO_ENCODER or our own: by onnxruntime where it can be, by
    sentence-transformers where it must be or where a GPU makes that the quicker way.
    """
    source = chosen_model(setting)
    if source.folder:  # nothing to ask a hub; read when its library is imported
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    if source.folder and (source.folder / FILE).is_file():
        weights = any(source.folder.glob("*.safetensors"))
        if not (weights and _GPU.exists()):
            return OnnxEncoder(source)
    return SentenceEncoder(source)
