"""A linear map behind the pooling that evens out the directions of the vectors.

Sentence encoders crowd their vectors into a few directions, and a cosine hears little else; the
covariance's own shape, partly undone, lets the others speak (Su et al. 2021, "Whitening Sentence
Representations"; the floor under the small directions is that of Soft-ZCA, Diera et al. 2024).
The mean is not subtracted: that costs what German and Spanish share with the two languages.
"""

from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

from ingest.onnx import LINEAR
from lab.encoder.contract import Vectors

UNDONE = 0.5  # of the covariance's shape, 0..1
FLOOR = 3e-4  # of the variance in one direction; the largest is .04


def whitening(vectors: Vectors, *, undone: float = UNDONE, floor: float = FLOOR) -> Vectors:
    """(dim, dim) symmetric, for vectors like these, (n, dim) and unit; of mean eigenvalue 1."""
    apart = (vectors - vectors.mean(0)).astype(np.float64)
    variances, directions = np.linalg.eigh(apart.T @ apart / len(apart))
    stretch = (variances.clip(0) + floor) ** (-undone / 2)
    return np.asarray((directions * (stretch / stretch.mean())) @ directions.T, np.float32)


def write(matrix: Vectors, folder: Path) -> None:
    """The weights of a model folder's `2_Dense`."""
    path = folder / LINEAR
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file({"linear.weight": np.ascontiguousarray(matrix)}, path)
    path.chmod(0o644)  # safetensors writes 0600
