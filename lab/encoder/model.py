"""The student in torch: load a folder, tokenise, embed. What training and measuring share."""

from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

from lab.encoder.contract import MAX_TOKENS, Vectors


def load_tokenizer(folder: Path) -> Tokenizer:
    """The folder's tokenizer, without padding, cut at `MAX_TOKENS`."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    return tokenizer


def load_model(folder: Path) -> BertModel:
    """The folder's BERT in fp32, without dropout: on CPU drawing the masks costs a third."""
    config = BertConfig.from_pretrained(folder, local_files_only=True)
    config.hidden_dropout_prob = config.attention_probs_dropout_prob = 0.0
    model = BertModel.from_pretrained(
        folder, config=config, dtype=torch.float32, add_pooling_layer=False, local_files_only=True
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
    """Whether bf16 arithmetic is fast here and gradients are wanted; measures stay in fp32."""
    fast = device.type == "cuda" or torch.cpu._is_avx512_bf16_supported()
    return torch.is_grad_enabled() and bool(fast)


def embed(model: BertModel, ids: list[list[int]]) -> torch.Tensor:
    """Mean-pooled unit vectors (batch, dim), with gradients if they are on."""
    tokens, mask = (t.to(model.device) for t in pad(ids))
    with torch.autocast(model.device.type, torch.bfloat16, enabled=halved(model.device)):
        hidden = model(input_ids=tokens, attention_mask=mask).last_hidden_state.float()
    weights = mask.unsqueeze(-1).to(hidden.dtype)
    pooled = (hidden * weights).sum(1) / weights.sum(1)
    return torch.nn.functional.normalize(pooled, dim=-1)


class TorchEncoder:
    """A model and its tokenizer, encoding in batches of like lengths."""

    def __init__(self, model: BertModel, tokenizer: Tokenizer) -> None:
        self.model = model
        self.tokenizer = tokenizer

    @classmethod
    def load(cls, folder: Path) -> "TorchEncoder":
        return cls(load_model(folder), load_tokenizer(folder))

    def encode(self, texts: list[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.model.config.hidden_size), dtype=np.float32)
        ids = [e.ids for e in self.tokenizer.encode_batch(texts)]
        order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
        out = np.zeros((len(ids), self.model.config.hidden_size), dtype=np.float32)
        with torch.inference_mode():
            for at in range(0, len(order), 32):
                rows = order[at : at + 32]
                out[rows] = embed(self.model, [ids[i] for i in rows]).cpu().numpy()
        return out
