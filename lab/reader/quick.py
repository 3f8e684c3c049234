"""What makes a step of training cheaper where there is no GPU: a third less time on two cores."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from transformers import BertForTokenClassification
from transformers.modeling_utils import ALL_ATTENTION_FUNCTIONS

_POOL = 1 << 26  # draws, of which each mask is a piece


class PooledDropout(torch.nn.Module):
    """Drops values while training, by a random piece of one long row of draws (see `pool`).

    Drawing a mask for each layer of each step runs on one core and takes as long as the layer.
    """

    def __init__(self, draws: torch.Tensor) -> None:
        super().__init__()
        self._draws = draws

    def forward(self, values: torch.Tensor) -> torch.Tensor:
        if not self.training:
            return values
        spare = self._draws.numel() - values.numel()
        at = int(torch.randint(spare + 1, ()))
        mask = self._draws[at : at + values.numel()].view_as(values)
        return values * mask.to(values.dtype)


def pool(share: float, size: int = _POOL) -> torch.Tensor:
    """(size,): 0 for the `share` that is dropped, what keeps the mean for the rest."""
    return (torch.rand(size) >= share).to(torch.bfloat16) / (1 - share)


def half_attention(
    module: torch.nn.Module,
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    attention_mask: torch.Tensor | None,
    **_: Any,
) -> tuple[torch.Tensor, torch.Tensor]:
    """Attention in bf16 throughout, (batch, heads, tokens, width) each. The library's own goes
    through fp32 for the softmax, which is as long on the way as in the sums; its fused one is
    quicker forward and slower back.
    """
    with torch.autocast(query.device.type, enabled=False):
        asked, seen, said = (one.to(torch.bfloat16) for one in (query, key, value))
        scores = torch.matmul(asked * query.shape[-1] ** -0.5, seen.transpose(2, 3))
        if attention_mask is not None:
            scores = scores + attention_mask.to(torch.bfloat16)
        chances = torch.softmax(scores, -1)
        found = torch.matmul(chances, said).transpose(1, 2).contiguous()
    return found.to(query.dtype), chances


@contextmanager
def hastened(model: BertForTokenClassification) -> Iterator[None]:
    """Within it `model` attends in bf16; after it as before, so that it can be exported."""
    ALL_ATTENTION_FUNCTIONS["half"] = half_attention
    layers: Any = model.bert.encoder.layer
    own = [model.config, *(one.attention.self.config for one in layers)]
    before = [config._attn_implementation for config in own]
    try:
        for config in own:
            config._attn_implementation = "half"
        yield
    finally:
        for config, was in zip(own, before, strict=True):
            config._attn_implementation = was
