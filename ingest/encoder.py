"""The seam between Saidso and whatever turns text into vectors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from ingest.types import Vectors

Role = Literal["query", "passage"]


@dataclass(frozen=True, slots=True)
class Reading:
    """One text as the encoder reads it: as a whole, and token by token."""

    vector: Vectors  # (dim,), unit: what `encode` gives
    tokens: tuple[str, ...]  # markers left out
    states: Vectors  # (len(tokens), dim), unit rows: each token in its context


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

    def read(self, texts: Sequence[str], role: Role) -> list[Reading]:
        """The same, with what became of each token: for few and short texts."""
