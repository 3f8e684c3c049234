"""Where things lie on this machine: the library folder, the seeds, the shipped models."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_data_path

from ingest.errors import SaidsoError

PROJECT = Path(__file__).resolve().parent.parent
SEEDS = PROJECT / "seeds"
MODELS = PROJECT / "models"


def library_folder(given: str | os.PathLike[str] | None = None) -> Path:
    """`given`, else $SAIDSO_LIBRARY, else the platform's user data folder; always a real path.

    A real path, because Chroma takes two spellings of one folder for two stores. Raises SaidsoError
    for the home of a user who is none.
    """
    chosen = (
        given or os.environ.get("SAIDSO_LIBRARY") or user_data_path("saidso", False) / "library"
    )
    try:
        return Path(os.path.realpath(Path(chosen).expanduser()))
    except RuntimeError:
        raise SaidsoError(
            f"no such library folder as {chosen}: ~ stands for the home of a user, and that one"
            " has none; name the folder in full with --library"
        ) from None
