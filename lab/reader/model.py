"""The reader in torch: BERT with three scores a token, and the loss over a question's excerpts.

A sentence's score is the mean of its tokens' "sentence" scores; the sentences of all excerpts
compete in one softmax with a fixed zero, which stands for "none of these". The answer's first and
last token compete likewise among all tokens of sentences (Devlin et al. 2019, with its null).
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import torch
from transformers import BertConfig, BertForTokenClassification, BertModel

from lab.encoder.model import halved
from lab.reader.quick import PooledDropout, pool
from lab.reader.samples import Sample
from qa.layout import LABELS, Laid

SPAN_WEIGHT = 0.25  # of each end of the span, beside the sentence


def from_encoder(folder: Path) -> BertForTokenClassification:
    """A reader that knows what the encoder in `folder` knows, its scores at zero."""
    config = BertConfig.from_pretrained(folder, local_files_only=True)
    config.hidden_dropout_prob = config.attention_probs_dropout_prob = 0.0
    config.num_labels = len(LABELS)
    config._attn_implementation = "eager"  # see lab.encoder.model
    model = BertForTokenClassification(config)
    trunk = BertModel.from_pretrained(
        folder, config=config, dtype=torch.float32, add_pooling_layer=False, local_files_only=True
    )
    model.bert.load_state_dict(trunk.state_dict())
    with torch.no_grad():  # an encoder saw one text at a time: the second kind starts as the first
        types = model.bert.embeddings.token_type_embeddings.weight
        types[1] = types[0]
        model.classifier.weight.mul_(0.1)
        model.classifier.bias.zero_()
    return _ready(model)


def from_reader(folder: Path) -> BertForTokenClassification:
    """A reader to go on from, as `export` wrote it; where its fp16 file is not there, by int8's."""
    model: BertForTokenClassification
    if (folder / "model.safetensors").is_file():
        model = BertForTokenClassification.from_pretrained(
            folder, dtype=torch.float32, local_files_only=True, attn_implementation="eager"
        )
    else:
        from lab.reader.restore import from_int8  # needs onnx, which nothing else here does

        config = BertConfig.from_pretrained(folder, local_files_only=True)
        config._attn_implementation = "eager"
        model = BertForTokenClassification(config)
        model.load_state_dict(from_int8(folder / "onnx" / "model_int8.onnx"))
    return _ready(model)


def _ready(model: BertForTokenClassification) -> BertForTokenClassification:
    """To be trained, but for its words: a fit between two languages."""
    model.bert.embeddings.word_embeddings.requires_grad_(False)
    model.bert.embeddings.position_embeddings.requires_grad_(False)
    model.eval()
    return model


def deepen(model: BertForTokenClassification, after: Sequence[int]) -> None:
    """Put a new layer behind each of the layers `after`, in place.

    It is a copy whose two branches are at zero, so that at first it passes on what it gets, but
    for what two normalizations do to it (growth that keeps the function: Chen et al. 2016,
    Net2Net). Given the copied layer's own weights these would scale each direction a second and a
    third time; see `_passing`.
    """
    layers: list[torch.nn.Module] = []
    layer: Any
    for number, layer in enumerate(model.bert.encoder.layer):
        layers.append(layer)
        if number in after:
            new: Any = copy.deepcopy(layer)
            with torch.no_grad():
                for branch in (new.attention.output.dense, new.output.dense):
                    branch.weight.zero_()
                    branch.bias.zero_()
                for norm in (new.attention.output.LayerNorm, new.output.LayerNorm):
                    _passing(norm, layer.output.LayerNorm)
            layers.append(new)
    model.bert.encoder.layer = torch.nn.ModuleList(layers)
    model.config.num_hidden_layers = len(layers)


def _passing(norm: torch.nn.LayerNorm, before: torch.nn.LayerNorm) -> None:
    """Have `norm` give back, nearly, what `before` gives.

    A token's states leave `before` as w z + b with z of mean 0 and variance 1 in each direction,
    so their own mean is about that of b and their variance about mean(w^2 + b^2) - mean(b)^2: one
    number each, and all directions alike.
    """
    mean = before.bias.mean()
    norm.bias.fill_(float(mean))
    norm.weight.fill_(float(((before.weight**2 + before.bias**2).mean() - mean**2).sqrt()))


def dropping(model: BertForTokenClassification, share: float) -> None:
    """Drop `share` of what each layer adds and of what the scores see, until `eval`."""
    draws = pool(share).to(model.device) if share else None
    for name, module in list(model.named_modules()):
        dropped = isinstance(module, torch.nn.Dropout | PooledDropout)
        if draws is not None and dropped and "embeddings" not in name and "self" not in name:
            model.set_submodule(name, PooledDropout(draws))
    model.train(share > 0)


def freeze(model: BertForTokenClassification, layers: int) -> None:
    """Keep the embeddings and the lowest `layers` as they are: a step costs a fifth less."""
    lowest = ("bert.embeddings.", *(f"bert.encoder.layer.{i}." for i in range(layers)))
    for name, weights in model.named_parameters():
        if name.startswith(lowest):
            weights.requires_grad_(False)


def scores(model: BertForTokenClassification, inputs: Sequence[Laid]) -> list[torch.Tensor]:
    """(tokens, 3) each, in order: the inputs stand in one row (`lab.reader.quick.packed`)."""
    lengths, device = [len(one.ids) for one in inputs], model.device

    def row(values: Iterable[Sequence[int]]) -> torch.Tensor:
        return torch.tensor([number for one in values for number in one], device=device)[None]

    with torch.autocast(device.type, torch.bfloat16, enabled=halved(device)):
        logits = model(
            input_ids=row(one.ids for one in inputs),
            token_type_ids=row(one.types for one in inputs),
            position_ids=row(map(range, lengths)),
            lengths=lengths,
        ).logits.float()[0]
    return list(logits.split(lengths))


def sentence_scores(token_scores: torch.Tensor, one: Laid) -> torch.Tensor:
    """(sentences,); a sentence that was left out scores far below any other."""
    return torch.stack(
        [
            token_scores[a:b, 0].mean() if b > a else token_scores.new_tensor(-1e4)
            for a, b in one.sentences
        ]
    )


def loss(
    model: BertForTokenClassification,
    groups: Sequence[Sequence[Sample]],
    hold: float = 0.0,
    pick: float = 0.0,
) -> tuple[torch.Tensor, float]:
    """The mean over the samples, and the share whose best option is right.

    A group is one sample, or twins: one question in two languages over the same excerpts. In its
    article's language a question may be answered by the words they share, in the other it cannot;
    so the two are held to one answer by `hold` times the symmetric divergence of their options
    (Liang et al. 2021, R-Drop, between wordings). `pick` weighs, beside all this, which sentence it
    is where one answers: whether any does is left aside there.
    """
    read = iter(scores(model, [one for group in groups for s in group for one in s.inputs]))
    losses, hits = [], 0
    for group in groups:
        chances = []
        for sample in group:
            tokens = [next(read) for _ in sample.inputs]
            chance, right = _options(sample, tokens)
            chances.append(chance)
            losses.append(-torch.logsumexp(chance[right], 0) + _span_loss(sample, tokens))
            if pick and not right[-1]:
                losses[-1] = losses[-1] + pick * among_sentences(chance, right)
            hits += bool(right[chance.argmax()])
        if len(group) > 1 and hold:
            # once for each of the two
            losses[-1] = losses[-1] + 2 * hold * divergence(*chances)
    return torch.stack(losses).mean(), hits / len(losses)


def _options(sample: Sample, tokens: Sequence[torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
    """Log-chances of every sentence and of none, and which of them are right."""
    each = [sentence_scores(t, one) for t, one in zip(tokens, sample.inputs, strict=True)]
    options = torch.cat([*each, each[0].new_zeros(1)])
    right = torch.tensor([mark for row in sample.right for mark in row])
    right = torch.cat([right, ~right.any(0, keepdim=True)])
    return torch.log_softmax(options, 0), right.to(options.device)


def among_sentences(chance: torch.Tensor, right: torch.Tensor) -> torch.Tensor:
    """What it costs to choose among the sentences alone, of all options' log-chances; none of them
    is the last.
    """
    return torch.logsumexp(chance[:-1], 0) - torch.logsumexp(chance[:-1][right[:-1]], 0)


def divergence(one: torch.Tensor, other: torch.Tensor) -> torch.Tensor:
    """Half of KL(one || other) + KL(other || one), of log-chances; 0 where they are the same."""
    return 0.5 * ((one.exp() - other.exp()) * (one - other)).sum()


def _span_loss(sample: Sample, tokens: list[torch.Tensor]) -> torch.Tensor:
    """Of both ends; nothing where an answer stands in the sentences and its place is not known."""
    if any(any(row) for row in sample.right) != bool(sample.spans):
        return tokens[0].new_zeros(())
    total = tokens[0].new_zeros(())
    for label in (1, 2):
        rows, targets, at = [], [], 1  # 0: the null
        for number, (scored, one) in enumerate(zip(tokens, sample.inputs, strict=True)):
            first, end = one.sentences[0][0], max(b for _, b in one.sentences)
            targets += [at + span[label] - first for span in sample.spans if span[0] == number]
            rows.append(scored[first:end, label])
            at += end - first
        chance = torch.log_softmax(torch.cat([tokens[0].new_zeros(1), *rows]), 0)
        total = total - SPAN_WEIGHT * torch.logsumexp(chance[targets or [0]], 0)
    return total
