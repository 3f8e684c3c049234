"""Measures an encoder folder on its own: translations, XQuAD, int8 against fp32, speed.

    python -m lab.evaluate_encoder --data ../shared/data --model models/saidso-encoder
    python -m lab.evaluate_encoder ... --speed        # against the stock model, one run

How well it retrieves passages: `SAIDSO_ENCODER=FOLDER python -m lab.evaluate --retrieval`, which
goes through the library.
"""

import argparse
import json
from pathlib import Path

import numpy as np

from ingest.models import ModelSource
from ingest.onnx import OnnxEncoder
from lab.encoder import data as reading
from lab.encoder import measure, speed
from lab.encoder.contract import Encoder, Vectors
from lab.encoder.model import TorchEncoder

COMPARED = 300  # news windows on which int8 is held against fp32


class Shipped:
    """A folder as the program runs it: int8, onnxruntime."""

    def __init__(self, folder: Path) -> None:
        self._encoder = OnnxEncoder(ModelSource(folder.name, folder))

    def encode(self, texts: list[str]) -> Vectors:
        return self._encoder.encode(texts, "passage")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="the data folder")
    parser.add_argument("--model", type=Path, required=True, help="an encoder's folder")
    parser.add_argument("--backend", choices=("int8", "torch", "both"), default="both")
    parser.add_argument("--json", type=Path, help="write every figure there")
    parser.add_argument("--speed", action="store_true", help="only the speed table")
    args = parser.parse_args()
    if args.speed:
        print(speed.table(args.model, args.data))
        return

    encoders: dict[str, Encoder] = {}
    if args.backend in ("int8", "both"):
        encoders["int8"] = Shipped(args.model)
    if args.backend in ("torch", "both"):
        encoders["fp16 weights, torch fp32"] = TorchEncoder.load(args.model)
    figures = {name: measured(encoder, args.data) for name, encoder in encoders.items()}
    if len(encoders) == 2:
        texts = speed.windows(args.data, COMPARED)
        one, two = (encoder.encode(texts) for encoder in encoders.values())
        cosines = (one * two).sum(1)
        worst, mean = float(cosines.min()), float(cosines.mean())
        print(f"int8 against fp32 over {len(texts)} windows: worst {worst:.4f}, mean {mean:.4f}")
        alone = np.concatenate([encoders["int8"].encode([text]) for text in texts[::10]])
        apart = float((alone * one[::10]).sum(1).min())
        print(f"int8 in company against alone: worst {apart:.6f}")
        figures["int8 against fp32"] = {"worst": worst, "mean": mean, "in company": apart}
    if args.json:
        args.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


def measured(encoder: Encoder, data: Path) -> dict[str, float]:
    """Shares 0..1 found first; printed as they come."""
    pairs = reading.tatoeba_thousand(data)
    found = measure.pairs_found(
        encoder.encode([p.english for p in pairs]), encoder.encode([p.french for p in pairs])
    )
    figures = {"Tatoeba fr->en": found[0], "Tatoeba en->fr": found[1]}
    recalls = measure.xquad(encoder, data, ("en", "de", "es"))
    figures |= {f"XQuAD en->{language}": recall for language, recall in recalls.items()}
    print({name: round(value, 3) for name, value in figures.items()}, flush=True)
    return figures


if __name__ == "__main__":
    main()
