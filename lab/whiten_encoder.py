"""Fits the encoder's last step, a linear map, on the articles written for training.

    python -m lab.whiten_encoder --model models/saidso-encoder

The weights before it stay as they are, and nothing that is measured is read. Three minutes on two
cores.
"""

import argparse
from pathlib import Path

from ingest.split import WINDOW
from lab.encoder import data as reading
from lab.encoder import whiten
from lab.encoder.model import TorchEncoder, load_model, load_tokenizer
from lab.encoder.passages import pack


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", type=Path, required=True, help="an encoder's folder")
    parser.add_argument("--written", type=Path, default=Path("lab/data"), help="articles to fit on")
    args = parser.parse_args()
    texts = written_windows(args.written)
    encoder = TorchEncoder(load_model(args.model), load_tokenizer(args.model))
    fit(encoder, texts, args.model)
    print(f"{args.model}: fitted on {len(texts)} windows")


def written_windows(written: Path) -> list[str]:
    """What the encoder reads of those articles."""
    articles, _ = reading.written(written)
    return [one.text for one in pack(articles, WINDOW)]


def fit(encoder: TorchEncoder, texts: list[str], folder: Path) -> None:
    """`encoder`: without any such map."""
    whiten.write(whiten.whitening(encoder.encode(texts)), folder)


if __name__ == "__main__":
    main()
