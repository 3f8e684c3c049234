"""The reader's folder: a token-classification model as transformers loads it, with int8 ONNX."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from safetensors.torch import save_file
from transformers import BertForTokenClassification

from lab.encoder.export import quantised
from qa.layout import LABELS, LONGEST_INPUT


def export(model: BertForTokenClassification, start: Path, out: Path) -> None:
    """The whole folder but its README, with the tokenizer of the encoder in `start`."""
    (out / "onnx").mkdir(parents=True, exist_ok=True)
    config = model.config.to_dict()
    config.update(
        architectures=["BertForTokenClassification"],
        dtype="float32",  # of the arithmetic: fp16 is only how the file is stored
        id2label={str(i): label for i, label in enumerate(LABELS)},
        label2id={label: i for i, label in enumerate(LABELS)},
        _name_or_path=out.name,
    )
    (out / "config.json").write_text(json.dumps(config, indent=2, sort_keys=True) + "\n")
    settings = json.loads((start / "tokenizer_config.json").read_text())
    settings["model_max_length"] = LONGEST_INPUT
    (out / "tokenizer_config.json").write_text(json.dumps(settings, indent=2) + "\n")
    shutil.copyfile(start / "tokenizer.json", out / "tokenizer.json")
    half = {k: v.detach().half().contiguous() for k, v in model.state_dict().items()}
    save_file(half, out / "model.safetensors", metadata={"format": "pt"})
    (out / "model.safetensors").chmod(0o644)  # safetensors writes 0600
    # what is quantised is what the fp16 file holds, so that the two stay close
    model.load_state_dict({k: v.float() for k, v in half.items()})
    quantised(model, out / "onnx" / "model_int8.onnx", output="logits")
