"""The encoder's last step: directions evened out, and nothing else."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ingest.errors import EncoderError
from ingest.models import SHIPPED, chosen_model
from ingest.onnx import LINEAR, OnnxEncoder
from lab.encoder.whiten import whitening, write


@pytest.fixture
def crowded() -> np.ndarray:
    """Unit vectors that mostly differ in the first of their eight directions."""
    draws = np.random.default_rng(1).normal(size=(4000, 8)) * [4, 1, 1, 1, 1, 1, 1, 1]
    rows: np.ndarray = (draws / np.linalg.norm(draws, axis=1, keepdims=True)).astype(np.float32)
    return rows


def spread(rows: np.ndarray) -> float:
    """The variance of the widest direction, in those of the narrowest."""
    variances = np.linalg.eigvalsh(np.cov(rows.T))
    return float(variances[-1] / variances[0])


@pytest.mark.parametrize(("undone", "left"), [(0.0, 1.0), (0.5, 0.5), (1.0, 0.0)])
def test_so_much_of_the_shape_is_undone(crowded: np.ndarray, undone: float, left: float) -> None:
    evened = crowded @ whitening(crowded, undone=undone, floor=0.0)
    assert np.log(spread(evened)) == pytest.approx(left * np.log(spread(crowded)), abs=1e-3)


def test_a_direction_without_variance_is_not_blown_up(crowded: np.ndarray) -> None:
    flat = np.hstack([crowded, np.zeros((len(crowded), 1), np.float32)])
    stretch = np.linalg.eigvalsh(whitening(flat, undone=1.0, floor=0.01))
    assert np.isfinite(stretch).all()
    assert stretch.max() < 10 * stretch.min()


def test_what_is_written_is_what_the_encoder_applies(tmp_path: Path) -> None:
    """The shipped network with another map behind it."""
    for part in SHIPPED.iterdir():
        if part.name != "2_Dense":
            (tmp_path / part.name).symlink_to(part)
    bare = OnnxEncoder(chosen_model(str(tmp_path))).encode(["The cat sleeps."], "query")
    matrix = np.diag(np.linspace(1, 2, 384)).astype(np.float32)
    write(matrix, tmp_path)
    mapped = OnnxEncoder(chosen_model(str(tmp_path))).encode(["The cat sleeps."], "query")
    wanted = bare @ matrix.T
    assert mapped == pytest.approx(wanted / np.linalg.norm(wanted), abs=1e-5)
    (tmp_path / LINEAR).write_bytes(b"not safetensors")
    with pytest.raises(EncoderError, match="2_Dense"):
        OnnxEncoder(chosen_model(str(tmp_path))).encode(["The cat sleeps."], "query")
