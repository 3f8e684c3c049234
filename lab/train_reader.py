"""From the data files to the reader's folder, in one command.

    python -m lab.train_reader --data ../shared/data --out models/saidso-reader

Two stages: *alignment* teaches to compare a question with sentences across languages, *questions*
teaches to answer. A second round goes on from what the first one wrote, with three layers more:

    python -m lab.train_reader --data ../shared/data --deepen FIRST --alignment 0 --steps 4400

A third goes on from the second's as it is, with dropout, a fourth from the third's, on windows of
up to an article's length, and a fifth from that, where which sentence answers weighs beside whether
any does:

    python -m lab.train_reader --data ../shared/data --onward SECOND --alignment 0 --steps 3950
    python -m lab.train_reader --data ../shared/data --widen THIRD --alignment 0 --steps 3300
    python -m lab.train_reader --data ../shared/data --choose FOURTH --alignment 0 --steps 1200

Deterministic given its seed, the device and the number of threads; a run that
was stopped goes on from its last checkpoint with --resume.
"""

from __future__ import annotations

import argparse
import pickle
from functools import partial
from pathlib import Path

import torch

from ingest.models import SHIPPED
from ingest.places import MODELS
from ingest.runtime import tokenizer_of
from lab.encoder import data as parallel
from lab.encoder.model import TorchEncoder, load_model, load_tokenizer
from lab.reader import data
from lab.reader.data import Asked, held_out
from lab.reader.export import export
from lab.reader.model import deepen, from_encoder, from_reader
from lab.reader.samples import WIDE
from lab.reader.train import Plan, begin, resumed, settled, train
from qa.layout import Layout

DOUBLED = (2, 3, 4)  # layers, from 0, that get another one behind them
LATER = partial(Plan, head=2.0)  # what it knows is to stay
# Rounds that go on from a reader: how, and the share of it in what is written; the rest is the
# start (Wortsman et al. 2022).
ROUNDS = {
    "deepen": (partial(LATER, rate=7e-5), 0.82),
    "onward": (partial(LATER, rate=9e-5, dropout=0.1), 0.55),
    "widen": (partial(LATER, rate=5e-5, hold=0.5, widths=WIDE), 1.0),
    "choose": (partial(LATER, rate=5e-5, hold=0.5, pick=0.5, widths=WIDE), 1.0),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="the data folder")
    parser.add_argument("--written", type=Path, default=Path("lab/data"), help="more questions")
    parser.add_argument("--start", type=Path, default=SHIPPED, help="the encoder it starts from")
    onwards = parser.add_mutually_exclusive_group()
    onwards.add_argument("--deepen", type=Path, help="a reader to go on from, with more layers")
    onwards.add_argument("--onward", type=Path, help="a reader to go on from, with dropout")
    onwards.add_argument("--widen", type=Path, help="a reader to go on from, on wide windows")
    onwards.add_argument("--choose", type=Path, help="the same, and on which sentence it is")
    parser.add_argument("--out", type=Path, default=MODELS / "saidso-reader")
    parser.add_argument("--work", type=Path, default=Path("work-reader"), help="checkpoints")
    parser.add_argument("--alignment", type=int, default=300, help="steps of the first stage")
    parser.add_argument("--steps", type=int, default=3600, help="steps in all")
    parser.add_argument("--until", type=int, help="stop there, to go on later")
    parser.add_argument("--seed", type=int, default=1, help="of every draw")
    parser.add_argument("--resume", action="store_true", help="go on from the last checkpoint")
    args = parser.parse_args()

    torch.manual_seed(args.seed)
    args.work.mkdir(parents=True, exist_ok=True)
    later = next((name for name in ROUNDS if vars(args)[name]), None)
    start = vars(args)[later] if later else args.start
    model = from_reader(start) if later else from_encoder(start)
    if later == "deepen":
        deepen(model, DOUBLED)
    planned, share = ROUNDS[later] if later else (Plan, 1.0)
    plan = planned(args.alignment, args.steps, seed=args.seed)
    layout = Layout(tokenizer_of(start))
    started_from = {name: weights.clone() for name, weights in model.state_dict().items()}
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model.to(device)  # type: ignore[arg-type]  # the decorator hides the signature
    state, checkpoint = begin(model, plan), args.work / "checkpoint.pt"
    if args.resume:
        resumed(state, checkpoint)
    pairs = {name: parallel.parallel(args.data, name) for name in ("laws", "news")}
    pairs["tatoeba"] = parallel.tatoeba(args.data, held_out=False)
    asked = mined(args.data, args.written, args.work, args.start)
    learnt = [one for one in asked if not held_out(one.article.id)]
    print(f"{len(learnt)} questions to learn, {len(asked) - len(learnt)} held out", flush=True)
    until = args.until or plan.steps
    train(state, plan, layout, learnt, pairs, until=until, checkpoint=checkpoint)
    if state.step == plan.steps:
        settled(state).to("cpu")  # type: ignore[arg-type]
        for name, weights in model.state_dict().items():
            weights.lerp_(started_from[name], 1 - share)
        export(model, start, args.out)


def mined(folder: Path, written: Path, work: Path, start: Path) -> list[Asked]:
    """The questions with their wrong excerpts; kept in the work folder for another run."""
    encoder = TorchEncoder(load_model(start), load_tokenizer(start), half=True)
    kept = work / f"mined-{len(list(written.rglob('*.jsonl')))}.pickle"
    if not kept.exists():
        kept.write_bytes(pickle.dumps(data.mined(data.load(folder, written), encoder.encode)))
    found = pickle.loads(kept.read_bytes())  # noqa: S301  # our own file
    assert isinstance(found, list)
    return found


if __name__ == "__main__":
    main()
