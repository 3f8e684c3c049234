"""The shipped encoder, and any sentence-transformers model in its place (a tiny one, made here)."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from ingest.choose import chosen_encoder
from ingest.errors import EncoderError
from ingest.models import SHIPPED, chosen_model, folder_digest
from ingest.onnx import OnnxEncoder
from ingest.places import SEEDS
from ingest.sbert import SentenceEncoder

WORST_COSINE = 0.99  # of int8 and fp16, stated in the model's README
TEXTS = ["Le ministre part.", "The minister leaves, at last, for good.", "x"]


@pytest.fixture(scope="module")
def shipped() -> OnnxEncoder:
    return OnnxEncoder(chosen_model(str(SHIPPED)))


def test_unit_rows_the_same_whatever_else_is_in_the_batch(shipped: OnnxEncoder) -> None:
    rows = shipped.encode(TEXTS, "passage")
    assert rows.shape == (3, 384)
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1, 1], abs=1e-5)
    alone = np.vstack([shipped.encode([one], "passage") for one in TEXTS])
    assert rows == pytest.approx(alone, abs=1e-6)
    assert shipped.encode([], "query").shape == (0, 384)


def test_a_reading_is_the_same_vector_and_a_state_for_each_token(shipped: OnnxEncoder) -> None:
    for text, row, read in zip(
        TEXTS, shipped.encode(TEXTS, "query"), shipped.read(TEXTS, "query"), strict=True
    ):
        assert read.vector @ row > 0.999
        assert len(read.tokens) == len(read.states) == shipped.token_counts([text])[0]
    assert shipped.read(["Le ministre part."], "query")[0].tokens[:2] == ("le", "ministre")


def test_two_languages_one_meaning(shipped: OnnxEncoder) -> None:
    french, english, other = shipped.encode(
        ["Le chat dort sur le lit.", "The cat sleeps on the bed.", "Taxes went up in May."],
        "passage",
    )
    assert french @ english > 0.6 > french @ other


def test_longer_than_it_reads_is_cut_not_refused(shipped: OnnxEncoder) -> None:
    assert shipped.encode(["mot " * 2000], "passage").shape == (1, 384)


@pytest.mark.slow
def test_the_same_vectors_by_onnxruntime_and_by_sentence_transformers(
    shipped: OnnxEncoder,
) -> None:
    """int8 against the fp16 weights beside it, on every paragraph of the sample article."""
    text = next(SEEDS.glob("*.txt")).read_text("utf-8")
    texts = [*TEXTS, *(one for one in text.splitlines() if one.strip())]
    full = SentenceEncoder(chosen_model(str(SHIPPED)))
    cosines = (shipped.encode(texts, "passage") * full.encode(texts, "passage")).sum(axis=1)
    assert cosines.min() > WORST_COSINE
    assert full.token_counts(texts) == shipped.token_counts(texts)
    assert full.max_tokens == shipped.max_tokens


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sentence-transformers model of one thin layer, with prompts, untrained."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import (  # type: ignore[import-not-found]
        Pooling,
        Transformer,
    )
    from transformers import BertConfig, BertModel, BertTokenizerFast  # type: ignore[attr-defined]

    folder = tmp_path_factory.mktemp("models")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "query", "passage", ":", "le", "the"]
    (folder / "vocab.txt").write_text("\n".join([*words, "storm", "minister", "ministre"]))
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=13, hidden_size=16, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=16, max_position_embeddings=64,
    )  # fmt: skip
    BertModel(config).save_pretrained(folder / "bert")
    BertTokenizerFast(vocab=str(folder / "vocab.txt")).save_pretrained(folder / "bert")
    body = Transformer(str(folder / "bert"), max_seq_length=32)
    model = SentenceTransformer(
        modules=[body, Pooling(16, "mean")],
        prompts={"query": "query: ", "document": "passage: "},
        device="cpu",
    )
    model.save(str(folder / "tiny"))
    return folder / "tiny"


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # of the libraries that make the model, not of ours
def test_any_sentence_transformers_model(tiny: Path) -> None:
    encoder = chosen_encoder(str(tiny))
    assert isinstance(encoder, SentenceEncoder)
    assert encoder.name == "tiny"
    texts = ["the storm", "le ministre"]
    queries, passages = encoder.encode(texts, "query"), encoder.encode(texts, "passage")
    assert queries.shape == (2, 16)
    assert np.abs(queries - passages).max() > 0.01, "the prompts make a difference"
    assert encoder.max_tokens < 32
    assert encoder.token_counts(texts) == [2, 2]
    for row, read in zip(queries, encoder.read(texts, "query"), strict=True):
        assert read.vector == pytest.approx(row, abs=1e-6)
        assert len(read.states) == 2
    assert encoder.read(texts, "query")[1].tokens == ("le", "ministre")


def test_identity_is_the_content_not_the_place(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "modules.json").write_text("[]")
    assert folder_digest(tmp_path / "a") == folder_digest(tmp_path / "b")
    (tmp_path / "b" / "config.json").write_text(json.dumps({"prompts": {"query": "?"}}))
    assert folder_digest(tmp_path / "a") != folder_digest(tmp_path / "b")


@pytest.mark.parametrize("setting", ["./nowhere", "~/nowhere-at-all"])
def test_a_setting_that_leads_nowhere(setting: str) -> None:
    with pytest.raises(EncoderError, match="no encoder at"):
        chosen_model(setting)


def test_a_folder_that_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"modules\.json"):
        chosen_model(str(tmp_path))
