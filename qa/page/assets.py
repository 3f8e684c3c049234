"""Files of the page as they are: styles, scripts, fragments."""

from __future__ import annotations

from pathlib import Path

STATIC = Path(__file__).resolve().parent.parent / "static"


def read(*names: str) -> str:
    """One after the other."""
    return "\n".join((STATIC / name).read_text("utf-8") for name in names)
