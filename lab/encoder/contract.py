"""What every encoder of the lab agrees on. Imports nothing heavy."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]  # (n, dim), unit rows

MAX_TOKENS = 256


class Encoder(Protocol):
    """Anything that turns texts into unit vectors."""

    def encode(self, texts: list[str]) -> Vectors:
        """Row i is the vector of text i."""
        ...
