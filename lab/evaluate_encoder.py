"""Measures an encoder folder on the dev data: dense, lexical, hybrid, int8 against fp32.

    python -m lab.evaluate_encoder --data ../shared/data --model models/saidso-encoder
    python -m lab.evaluate_encoder ... --speed        # against the stock model, one run

Prints one line a figure group and, with --json FILE, writes them all.
"""

import argparse
import json
from pathlib import Path

import numpy as np

from lab.encoder import data as reading
from lab.encoder import fusion, lexical, measure, speed
from lab.encoder.contract import Encoder, Scores, Vectors
from lab.encoder.light import OnnxEncoder
from lab.encoder.measure import Library
from lab.encoder.model import TorchEncoder

Figures = dict[str, dict[str, tuple[float, ...]]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="the data folder")
    parser.add_argument("--model", type=Path, required=True, help="an encoder's folder")
    parser.add_argument("--backend", choices=("int8", "torch", "both"), default="both")
    parser.add_argument("--lexicon", type=Path, help="default: the data folder's")
    parser.add_argument("--windows", type=int, help="also score passages by windows, characters")
    parser.add_argument("--json", type=Path, help="write every figure there")
    parser.add_argument("--speed", action="store_true", help="only the speed table")
    args = parser.parse_args()
    if args.speed:
        print(speed.table(args.model, args.data))
        return

    lexicon = args.lexicon or args.data / "lexicon.fr-en.json"
    encoders: dict[str, Encoder] = {}
    if args.backend in ("int8", "both"):
        encoders["int8"] = OnnxEncoder(args.model)
    if args.backend in ("torch", "both"):
        encoders["fp16 weights, torch fp32"] = TorchEncoder.load(args.model)
    figures: dict[str, Figures] = {}
    vectors: dict[str, list[Vectors]] = {}
    for name, encoder in encoders.items():
        figures[name], vectors[name] = measured(encoder, args.data, lexicon, args.windows)
    if len(vectors) == 2:
        one, two = (np.concatenate(v) for v in vectors.values())
        cosines = (one * two).sum(1)
        print(f"int8 against fp32 over {len(one)} texts: worst {cosines.min():.4f}, "
              f"mean {cosines.mean():.4f}")  # fmt: skip
    if args.json:
        args.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


def measured(
    encoder: Encoder, data: Path, lexicon: Path, windows: int | None
) -> tuple[Figures, list[Vectors]]:
    """Every figure of one encoder, printed as it comes, and the vectors of the libraries."""
    figures: Figures = {}
    kept: list[Vectors] = []

    def note(name: str, values: dict[str, tuple[float, ...]]) -> None:
        figures[name] = values
        shown = {k: " / ".join(f"{x:.3f}" for x in v) for k, v in values.items()}
        print(f"{name:34}", shown, flush=True)

    expander = lexical.Expander.load(lexicon)
    for lib in (measure.encyclopedia(data), measure.news(data)):
        passages = encoder.encode([p.text for p in lib.passages])
        questions = encoder.encode([q.text for q in lib.questions])
        kept += [passages, questions]
        dense = np.asarray(questions @ passages.T, dtype=np.float32)
        note(f"{lib.name}, dense", measure.table(lib, dense))
        if lib.name == "encyclopedia":
            note(
                "encyclopedia, articles unseen in training",
                measure.table(lib, dense, lambda q: reading.held_out_article(q.article_id)),
            )
        sides = {"dense": dense}
        if windows:
            sides["windows"] = measure.by_windows(encoder, lib, questions, windows)
            note(f"{lib.name}, best of {windows}", measure.table(lib, sides["windows"]))
        for tag, cross in (("BM25", False), ("BM25 + lexicon", True)):
            words = bm25(lib, expander, cross=cross)
            note(f"{lib.name}, {tag}", measure.table(lib, words))
            for side, scores in sides.items():
                both = fusion.reciprocal_ranks(scores) + fusion.reciprocal_ranks(words)
                note(f"  {lib.name}, {tag} and {side}, RRF", measure.table(lib, both))
                for weight in (0.2, 0.3):
                    both = fusion.fused(scores, words, weight)
                    note(
                        f"  {lib.name}, {tag} and {side}, cos + {weight}", measure.table(lib, both)
                    )
    pairs = reading.tatoeba_thousand(data)
    found = measure.pairs_found(
        encoder.encode([p.english for p in pairs]), encoder.encode([p.french for p in pairs])
    )
    note("Tatoeba, 1,000 pairs", {"fr->en": (found[0],), "en->fr": (found[1],)})
    note(
        "XQuAD, recall@1 of 240",
        {
            f"en->{language}": (recall,)
            for language, recall in measure.xquad(encoder, data, ("en", "de", "es")).items()
        },
    )
    return figures, kept


def bm25(lib: Library, expander: lexical.Expander, *, cross: bool) -> Scores:
    """(questions, passages) of BM25."""
    index = lexical.Bm25(lib.passages, expander)
    return np.stack([index.scores(q.text, q.language, cross=cross) for q in lib.questions])


if __name__ == "__main__":
    main()
