"""Which model turns text into vectors, and what tells it from any other one."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import EncoderError
from ingest.places import MODELS

SHIPPED = MODELS / "saidso-encoder"


@dataclass(frozen=True, slots=True)
class ModelSource:
    """What to load: a folder on this machine, or a model hub's name for one."""

    name: str
    folder: Path | None


def chosen_model(setting: str | None = None) -> ModelSource:
    """The model named by `setting`, else by $SAIDSO_ENCODER, else the one that came with us.

    A setting that is no folder here is a hub name: the only way a model is ever fetched.
    """
    setting = setting or os.environ.get("SAIDSO_ENCODER") or str(SHIPPED)
    folder = Path(setting).expanduser()
    if folder.is_dir():
        if not (folder / "modules.json").is_file():
            raise EncoderError(f"{setting} is not a sentence-transformers model: no modules.json")
        return ModelSource(folder.resolve().name, folder.resolve())
    if setting.startswith((".", "/", "~")):
        raise EncoderError(f"no encoder at {setting}; SAIDSO_ENCODER is a folder or a hub name")
    return ModelSource(setting, None)


def folder_digest(folder: Path) -> str:
    """sha256 over everything in a model folder that changes its vectors: weights, tokenizer,
    configuration (prompts and length are there). Where it lies does not matter.
    """
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if (
            path.suffix in {".json", ".safetensors", ".onnx", ".bin", ".txt", ".model"}
            and path.is_file()
        ):
            digest.update(path.relative_to(folder).as_posix().encode())
            with path.open("rb") as stream:
                digest.update(hashlib.file_digest(stream, "sha256").digest())
    return digest.hexdigest()


def configured(folder: Path, file: str, key: str, default: int) -> int:
    """A whole number from one of a model folder's JSON files."""
    try:
        value = json.loads((folder / file).read_text("utf-8")).get(key, default)
    except (OSError, ValueError):
        return default
    return int(value)
