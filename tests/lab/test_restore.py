"""The shipped int8 reader made floats again: a training goes on from what it knows."""

import numpy as np
import pytest
import torch

from ingest.places import MODELS
from ingest.runtime import OnnxModel, tokenizer_of
from lab.reader.model import from_reader
from qa.layout import Layout

pytest.importorskip("onnx", reason="onnx is not installed: pip install --group lab")

READER = MODELS / "saidso-reader"


def test_what_int8_made_of_a_reader_scores_as_it_does() -> None:
    laid = Layout(tokenizer_of(READER)).lay(
        "Who built the bridge of Kervigo?",
        "Kervigo",
        ["Le pont de Kervigo a été bâti en 1911 par Soizic Le Bihan.", "It was repaired twice."],
    )
    model = from_reader(READER)
    with torch.no_grad():
        floats = model(
            input_ids=torch.tensor([laid.ids]), token_type_ids=torch.tensor([laid.types])
        ).logits[0]
    shipped = OnnxModel(READER, cores=1).run(laid.ids, laid.types)
    for label in range(3):
        assert np.corrcoef(floats[:, label], shipped[:, label])[0, 1] > 0.98
    assert np.abs(floats.numpy() - shipped).mean() < 0.5
