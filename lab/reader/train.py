"""The loop: alignment first, then questions; every draw depends on (seed, step) only."""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from transformers import BertForTokenClassification

from lab.encoder.data import Pair
from lab.reader.data import Asked
from lab.reader.model import dropping, freeze, loss
from lab.reader.quick import packed
from lab.reader.samples import NARROW, Sample, Width, alignment_sample, question_samples
from qa.layout import Layout

BATCH = 9  # questions of one step
ALIGNMENT_BATCH = 32
WARM_UP = 40
AVERAGE = 0.99  # decay per step of the running average of the weights, which is what is shipped
# of a question to be drawn
CHANCES = {
    "news": 2.0,
    "fold": 4.0,
    "written": 0.8,
    "traps": 2.0,
    "encyclopedia": 2.0,
    "entries": 4.0,
    "short": 2.0,
    "turns": 3.0,
}
SOURCES = {"laws": 0.4, "news": 0.35, "tatoeba": 0.25}  # of the alignment's pairs
SAVED_EVERY = 50
KEPT_UP = 12  # one step in so many aligns still
FROZEN = 2  # lowest layers, once the questions begin


@dataclass(frozen=True, slots=True)
class Plan:
    """`alignment` steps of `steps`; the rate falls linearly to nothing at the end of them all."""

    alignment: int
    steps: int
    rate: float = 2e-4
    dropout: float = 0.0  # of what each layer adds, while training
    head: float = 10.0  # times the rate, for the scores on top, which start from nothing
    hold: float = 1.0  # of twins to one another, beside being right
    pick: float = 0.0  # of the right sentence among the sentences alone, beside being right
    widths: tuple[Width, ...] = NARROW  # of the windows that the questions are read in
    seed: int = 1

    def kind(self, step: int) -> str:
        """What `step` trains: "alignment" at first and now and then, that it stays, "questions"."""
        first = step < self.alignment
        return "alignment" if first or step % KEPT_UP == 0 else "questions"

    def factor(self, step: int) -> float:
        return min(1.0, (step + 1) / WARM_UP, 1.02 - step / self.steps)


@dataclass(slots=True)
class State:
    """All that a run needs to go on after `step` steps."""

    model: BertForTokenClassification
    optimizer: torch.optim.AdamW
    average: dict[str, torch.Tensor]
    step: int = 0


def begin(model: BertForTokenClassification, plan: Plan) -> State:
    learning = {k: p for k, p in model.named_parameters() if p.requires_grad}
    trunk = [p for k, p in learning.items() if not k.startswith("classifier")]
    scores = [p for k, p in learning.items() if k.startswith("classifier")]
    optimizer = torch.optim.AdamW(
        [{"params": trunk, "peak": plan.rate}, {"params": scores, "peak": plan.head * plan.rate}],
        lr=plan.rate,
        weight_decay=0.01,
        fused=True,
    )
    return State(model, optimizer, {k: p.detach().clone() for k, p in learning.items()})


def train(
    state: State,
    plan: Plan,
    layout: Layout,
    asked: Sequence[Asked],
    pairs: dict[str, list[Pair]],
    *,
    until: int,
    checkpoint: Path,
) -> None:
    """From `state.step` to `until`, saying how it goes."""
    started, shown = time.monotonic(), defaultdict(list)
    dropping(state.model, plan.dropout)
    with packed(state.model):
        while state.step < until:
            for group in state.optimizer.param_groups:
                group["lr"] = group["peak"] * plan.factor(state.step)
            kind = plan.kind(state.step)
            if state.step >= plan.alignment:
                freeze(state.model, FROZEN)
            rng = random.Random(f"{plan.seed}:{state.step}:{kind}")
            batch: Sequence[Sequence[Sample]]
            if kind == "alignment":
                batch = alignment_batch(pairs, layout, rng)
            else:
                batch = question_batch(asked, layout, rng, plan.widths)
            value, right = loss(state.model, batch, plan.hold, plan.pick)
            value.backward()
            torch.nn.utils.clip_grad_norm_(state.model.parameters(), 1.0)
            state.optimizer.step()
            state.optimizer.zero_grad()
            state.step += 1
            _averaged(state)
            shown[kind].append((float(value.detach()), right))
            if state.step % 10 == 0:
                last = shown[kind][-50:]
                print(
                    f"{state.step} {kind} {time.monotonic() - started:.0f}s"
                    f" loss {sum(v for v, _ in last) / len(last):.3f}"
                    f" right {sum(r for _, r in last) / len(last):.3f}",
                    flush=True,
                )
            if state.step % SAVED_EVERY == 0 or state.step == until:
                saved(state, checkpoint)
    state.model.eval()


def _averaged(state: State) -> None:
    # a short memory at first, or the start would weigh on the mean for ever
    decay = min(AVERAGE, (1 + state.step) / (10 + state.step))
    with torch.no_grad():
        for name, p in state.model.named_parameters():
            if p.requires_grad:
                state.average[name].lerp_(p, 1 - decay)


def question_batch(
    asked: Sequence[Asked], layout: Layout, rng: random.Random, widths: Sequence[Width]
) -> list[tuple[Sample, ...]]:
    # a question with a twin comes along with it as well: each is met as often as another
    chances = [CHANCES[one.source] * (1 if one.twin else 2) for one in asked]
    batch: list[tuple[Sample, ...]] = []
    while sum(map(len, batch)) < BATCH:
        (one,) = rng.choices(asked, chances)
        batch.append(question_samples(one, layout, rng, widths))
    return batch


def alignment_batch(
    pairs: dict[str, list[Pair]], layout: Layout, rng: random.Random
) -> list[tuple[Sample]]:
    names = rng.choices(list(SOURCES), list(SOURCES.values()), k=ALIGNMENT_BATCH)
    return [(alignment_sample(pairs[name], layout, rng),) for name in names]


def saved(state: State, checkpoint: Path) -> None:
    """Replaced in one move: a kill leaves the last one whole."""
    parts = {
        "model": state.model.state_dict(),
        "optimizer": state.optimizer.state_dict(),
        "average": state.average,
        "step": state.step,
    }
    torch.save(parts, checkpoint.with_suffix(".tmp"))
    checkpoint.with_suffix(".tmp").replace(checkpoint)


def resumed(state: State, checkpoint: Path) -> None:
    stored = torch.load(checkpoint, map_location=state.model.device, weights_only=True)
    state.model.load_state_dict(stored["model"])
    state.optimizer.load_state_dict(stored["optimizer"])
    state.average, state.step = stored["average"], stored["step"]


def settled(state: State) -> BertForTokenClassification:
    """The model with the running average for weights: what is shipped."""
    with torch.no_grad():
        for name, p in state.model.named_parameters():
            if name in state.average:
                p.copy_(state.average[name])
    return state.model
