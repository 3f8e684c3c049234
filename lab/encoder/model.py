"""The student in torch: load a folder, tokenise, embed. What training and measuring share."""

from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import load_file
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

from ingest.onnx import LINEAR
from lab.encoder.contract import MAX_TOKENS, Vectors


def load_tokenizer(folder: Path) -> Tokenizer:
    """The folder's tokenizer, without padding, cut at `MAX_TOKENS`."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    return tokenizer


def load_model(folder: Path) -> BertModel:
    """The folder's BERT in fp32, without dropout: on CPU drawing the masks costs a third.

    Attention is spelt out: torch's fused one goes back without bf16 on CPU, for half of a step.
    """
    config = BertConfig.from_pretrained(folder, local_files_only=True)
    config.hidden_dropout_prob = config.attention_probs_dropout_prob = 0.0
    model = BertModel.from_pretrained(
        folder,
        config=config,
        dtype=torch.float32,
        add_pooling_layer=False,
        local_files_only=True,
        attn_implementation="eager",
    )
    model.eval()
    return model


def pad(ids: list[list[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """Token ids and their mask as (batch, longest) tensors."""
    longest = max(len(row) for row in ids)
    tokens = torch.zeros((len(ids), longest), dtype=torch.long)
    mask = torch.zeros((len(ids), longest), dtype=torch.long)
    for i, row in enumerate(ids):
        tokens[i, : len(row)] = torch.tensor(row)
        mask[i, : len(row)] = 1
    return tokens, mask


def halved(device: torch.device) -> bool:
    """Whether bf16 arithmetic is fast here. It is for training; what is measured stays in fp32."""
    return device.type == "cuda" or bool(torch.cpu._is_avx512_bf16_supported())


def embed(model: BertModel, ids: list[list[int]], *, half: bool) -> torch.Tensor:
    """Mean-pooled unit vectors (batch, dim), with gradients if they are on; bf16 if `half`."""
    tokens, mask = (t.to(model.device) for t in pad(ids))
    with torch.autocast(model.device.type, torch.bfloat16, enabled=half):
        hidden = model(input_ids=tokens, attention_mask=mask).last_hidden_state.float()
    weights = mask.unsqueeze(-1).to(hidden.dtype)
    pooled = (hidden * weights).sum(1) / weights.sum(1)
    return torch.nn.functional.normalize(pooled, dim=-1)


class TorchEncoder:
    """A model and its tokenizer, encoding in batches of like lengths; in bf16 if `half`.

    `linear`: (dim, dim), the map behind the pooling, if there is one.
    """

    def __init__(
        self,
        model: BertModel,
        tokenizer: Tokenizer,
        *,
        half: bool = False,
        linear: Vectors | None = None,
    ) -> None:
        self.model = model
        self.tokenizer = tokenizer
        self.half = half and halved(model.device)
        self.linear = linear

    @classmethod
    def load(cls, folder: Path) -> "TorchEncoder":
        """All of the folder; for its weights alone, `load_model`."""
        path = folder / LINEAR
        linear = load_file(path)["linear.weight"] if path.is_file() else None
        return cls(load_model(folder), load_tokenizer(folder), linear=linear)

    def encode(self, texts: list[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.model.config.hidden_size), dtype=np.float32)
        ids = [e.ids for e in self.tokenizer.encode_batch(texts)]
        order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
        out = np.zeros((len(ids), self.model.config.hidden_size), dtype=np.float32)
        with torch.inference_mode():
            for at in range(0, len(order), 32):
                rows = order[at : at + 32]
                out[rows] = embed(self.model, [ids[i] for i in rows], half=self.half).cpu().numpy()
        if self.linear is None:
            return out
        out = out @ self.linear.T
        return np.asarray(out / np.linalg.norm(out, axis=1, keepdims=True), np.float32)
