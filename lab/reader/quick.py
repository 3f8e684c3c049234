"""What makes a step of training cheaper where there is no GPU."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor
from transformers import BertForTokenClassification
from transformers.modeling_utils import ALL_ATTENTION_FUNCTIONS

from lab.encoder.model import halved

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


class _Attention(torch.autograd.Function):
    """Of inputs that stand one after another in a row, each to itself: (tokens, heads, width).

    Without padding, and with one's own products backwards: half of what a batch of unlike inputs
    costs otherwise, where these are as long as an article.
    """

    @staticmethod
    def forward(
        ctx: Any, query: Tensor, key: Tensor, value: Tensor, lengths: Sequence[int]
    ) -> Tensor:
        found, chances = torch.empty_like(query), []
        for part in _parts(lengths):
            asked, seen, said = (x[part].transpose(0, 1).contiguous() for x in (query, key, value))
            chance = torch.softmax(torch.bmm(asked, seen.transpose(1, 2)), -1)
            found[part] = torch.bmm(chance, said).transpose(0, 1)
            chances.append(chance)
        ctx.save_for_backward(query, key, value, *chances)
        ctx.lengths = tuple(lengths)
        return found

    @staticmethod
    def backward(ctx: Any, *grad: Tensor) -> tuple[Tensor, Tensor, Tensor, None]:
        query, key, value, *chances = ctx.saved_tensors
        to_query, to_key, to_value = (torch.empty_like(x) for x in (query, key, value))
        for part, chance in zip(_parts(ctx.lengths), chances, strict=True):
            asked, seen, said, wanted = (
                x[part].transpose(0, 1).contiguous() for x in (query, key, value, grad[0])
            )
            to_value[part] = torch.bmm(chance.transpose(1, 2), wanted).transpose(0, 1)
            to_chance = torch.bmm(wanted, said.transpose(1, 2))
            to_score = torch.ops.aten._softmax_backward_data(to_chance, chance, -1, chance.dtype)
            to_query[part] = torch.bmm(to_score, seen).transpose(0, 1)
            to_key[part] = torch.bmm(to_score.transpose(1, 2), asked).transpose(0, 1)
        return to_query, to_key, to_value, None


def _parts(lengths: Sequence[int]) -> Iterator[slice]:
    return itertools.starmap(slice, itertools.pairwise(itertools.accumulate(lengths, initial=0)))


def packed_attention(
    module: torch.nn.Module,
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attention_mask: Tensor | None,
    *,
    lengths: Sequence[int],
    **_: Any,
) -> tuple[Tensor, None]:
    """(1, heads, tokens, width) each: inputs of these `lengths` in one row, in bf16 where that is
    quick. The library's own goes through fp32 for the softmax, which is as long on the way as in
    the sums.
    """
    device = query.device
    with torch.autocast(device.type, enabled=False):
        dtype = torch.bfloat16 if halved(device) else torch.float32
        row = (
            x[0].transpose(0, 1).to(dtype) for x in (query * query.shape[-1] ** -0.5, key, value)
        )
        found: Tensor = _Attention.apply(*row, tuple(lengths))
    return found[None].to(query.dtype), None


@contextmanager
def packed(model: BertForTokenClassification) -> Iterator[None]:
    """Within it `model` reads rows of inputs (`lab.reader.model.scores`); after it as before, so
    that it can be exported.
    """
    ALL_ATTENTION_FUNCTIONS["packed"] = packed_attention
    layers: Any = model.bert.encoder.layer
    own = [model.config, *(one.attention.self.config for one in layers)]
    before = [config._attn_implementation for config in own]
    try:
        for config in own:
            config._attn_implementation = "packed"
        yield
    finally:
        for config, was in zip(own, before, strict=True):
            config._attn_implementation = was
