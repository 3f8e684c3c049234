"""Training: distil the English teacher over parallel text, contrast questions with passages.

Distilling is Reimers & Gurevych 2020 (both languages of a pair move towards the teacher's vector
of the English side) with a symmetric in-batch contrast. Questions meet all the library's passages
at once: those of the batch encoded afresh, the rest from a memory of their last vectors
(cross-batch memory, Wang et al. 2020), whose nearest wrong ones are encoded afresh as well.
"""

import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch.nn import functional
from transformers import BertModel

from lab.encoder import batches
from lab.encoder.batches import Asked, Corpus
from lab.encoder.data import Pair
from lab.encoder.model import TorchEncoder, embed, halved
from lab.encoder.plan import Plan

TEMPERATURE = 0.05
HARD = 8  # nearest wrong passages encoded afresh in each batch of questions
VAGUE = 100  # a question whose passage the start ranks beyond this does not stand alone
REFRESH = 400  # steps after which the whole memory is encoded anew
ANCHOR = 1.0  # weight of the teacher's word on English questions and passages
AVERAGE = 0.995  # decay per step of the running average of the weights


@dataclass(slots=True)
class State:
    """All that a run needs to go on after `step` steps."""

    model: BertModel
    optimizer: torch.optim.AdamW
    average: dict[str, torch.Tensor]
    asked: frozenset[str]  # the questions that stand alone
    step: int = 0
    memory: torch.Tensor | None = None  # (passages, dim), unit rows; None: to be encoded


def begin(model: BertModel, tokenizer: Tokenizer, corpus: Corpus, plan: Plan) -> State:
    """Drops the questions that do not stand alone; their passages are encoded once for it."""
    encoder = TorchEncoder(model, tokenizer, half=True)
    memory = encoded(encoder, [p.text for p in corpus.passages])
    queries = encoded(encoder, [q.text for q in corpus.asked])
    clear = frozenset(
        q.text
        for q, scores in zip(corpus.asked, queries @ memory.T, strict=True)
        if int((scores > scores[list(q.rows)].max()).sum()) < VAGUE
    )
    return State(model, optimizer_for(model, plan), weights(model), clear, memory=memory)


def encoded(encoder: TorchEncoder, texts: list[str]) -> torch.Tensor:
    """Vectors as a tensor where the model is."""
    return torch.from_numpy(encoder.encode(texts)).to(encoder.model.device)


def optimizer_for(model: BertModel, plan: Plan) -> torch.optim.AdamW:
    """AdamW with a rate of its own for the word rows."""
    words = [p for name, p in model.named_parameters() if "word_embeddings" in name]
    rest = [p for name, p in model.named_parameters() if "word_embeddings" not in name]
    return torch.optim.AdamW(
        [
            {"params": rest, "lr": plan.rate, "peak": plan.rate, "weight_decay": 0.01},
            # no decay: a row that no batch shows must stay where it is
            {"params": words, "lr": plan.word_rate, "peak": plan.word_rate, "weight_decay": 0.0},
        ],
        fused=True,
    )


def weights(model: BertModel) -> dict[str, torch.Tensor]:
    """A copy of the parameters by name."""
    return {name: p.detach().clone() for name, p in model.named_parameters()}


def train(
    state: State,
    teacher: TorchEncoder,
    tokenizer: Tokenizer,
    corpus: Corpus,
    plan: Plan,
    *,
    until: int,
    report: Callable[[str], None],
    save: Callable[[State], None],
    save_every: int = 100,
) -> None:
    """Runs `plan` from `state.step` to `until`, one stage's end; `save` is called now and then."""
    stage, _ = plan.stage(state.step)
    by_passage: defaultdict[int, list[Asked]] = defaultdict(list)
    for q in corpus.asked:
        if q.text in state.asked:
            by_passage[q.rows[0]].append(q)
    losses: defaultdict[str, list[float]] = defaultdict(list)
    started = time.monotonic()
    while state.step < until:
        if state.memory is None:
            texts = [p.text for p in corpus.passages]
            state.memory = encoded(TorchEncoder(state.model, tokenizer, half=True), texts)
        for group in state.optimizer.param_groups:
            group["lr"] = group["peak"] * plan.factor(state.step)
        what = batches.kind(plan.seed, state.step, stage.questions)
        if what == "questions":
            rows, questions = batches.question_batch(
                by_passage, stage.passages, plan.seed, state.step
            )
            loss = _contrast(state.model, teacher, state.memory, tokenizer, corpus, rows, questions)
        else:
            draw = batches.short_batch if what == "short" else batches.run_batch
            pairs = draw(corpus, plan.seed, state.step)
            loss = _distil(state.model, teacher, tokenizer, pairs)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(state.model.parameters(), 1.0)
        state.optimizer.step()
        state.optimizer.zero_grad()
        _averaged(state)
        state.step += 1
        losses[what].append(float(loss.detach()))
        if state.step % 20 == 0:
            shown = {k: round(sum(v[-20:]) / len(v[-20:]), 3) for k, v in losses.items()}
            report(f"step {state.step} {time.monotonic() - started:.0f}s {shown}")
        if state.step % REFRESH == 0 or state.step == until:
            state.memory = None
        if state.step % save_every == 0 or state.step == until:
            save(state)


def _averaged(state: State) -> None:
    # a short memory at first, or the start would weigh on the mean for ever
    decay = min(AVERAGE, (1 + state.step) / (10 + state.step))
    with torch.no_grad():
        for name, p in state.model.named_parameters():
            state.average[name].lerp_(p, 1 - decay)


def _fresh(student: BertModel, tokenizer: Tokenizer, texts: list[str]) -> torch.Tensor:
    ids = [e.ids for e in tokenizer.encode_batch(texts)]
    return embed(student, ids, half=halved(student.device))


def _distil(
    student: BertModel, teacher: TorchEncoder, tokenizer: Tokenizer, pairs: list[Pair]
) -> torch.Tensor:
    english = [p.english for p in pairs]
    # cloned: vectors born in inference mode may not enter a graph
    target = encoded(teacher, english).clone()
    french = _fresh(student, tokenizer, [p.french for p in pairs])
    same = _fresh(student, tokenizer, english)
    towards = (1 - (french * target).sum(1)).mean() + (1 - (same * target).sum(1)).mean()
    scores = french @ same.T / TEMPERATURE
    diagonal = torch.arange(len(pairs), device=scores.device)
    apart = functional.cross_entropy(scores, diagonal) + functional.cross_entropy(
        scores.T, diagonal
    )
    return 2 * towards + 0.5 * apart


def _contrast(
    student: BertModel,
    teacher: TorchEncoder,
    memory: torch.Tensor,
    tokenizer: Tokenizer,
    corpus: Corpus,
    rows: list[int],
    questions: list[Asked],
) -> torch.Tensor:
    """The loss of `questions` against every passage; `memory` takes the fresh vectors in.

    English is held to the teacher meanwhile, or what it knew is paid for what is learnt.
    """
    queries = _fresh(student, tokenizer, [q.text for q in questions])
    right = torch.zeros((len(questions), len(memory)), dtype=torch.bool, device=memory.device)
    for i, q in enumerate(questions):
        right[i, list(q.rows)] = True
    with torch.no_grad():
        near = (queries @ memory.T).masked_fill(right, -1.0)
        near[:, rows] = -1.0
        fresh = rows + near.max(0).values.topk(HARD).indices.tolist()
    passages = _fresh(student, tokenizer, [corpus.passages[r].text for r in fresh])
    where = torch.tensor(fresh, device=memory.device)
    everything = memory.clone().index_copy(0, where, passages)
    memory[where] = passages.detach()
    scores = queries @ everything.T / TEMPERATURE
    best = torch.tensor([q.rows[0] for q in questions], device=memory.device)
    # the other right passages are neither wrong nor asked for
    right[torch.arange(len(questions), device=memory.device), best] = False
    apart = functional.cross_entropy(scores.masked_fill(right, -1e4), best)
    english = [(queries[i], q.text) for i, q in enumerate(questions) if q.language == "en"]
    english += [
        (passages[i], corpus.passages[r].text)
        for i, r in enumerate(fresh)
        if corpus.passages[r].language == "en"
    ]
    if not english:
        return apart
    mine = torch.stack([vector for vector, _ in english])
    target = encoded(teacher, [text for _, text in english]).clone()
    return apart + ANCHOR * (1 - (mine * target).sum(1)).mean()
