"""`python -m lab.lexicon --data DIR`: the lexicon that carries a question's words across languages.

From the dictionary that was written for it (`lab/dictionary.py`), and for words that it lacks the
IBM model 1 table of the data folder, a hand-made word list, CLDR's names and a hand-made list of
exonyms, in this order of trust where they disagree on a single word; names made by hand come first.
Writes `fr-en.tsv` and `en-fr.tsv`, sorted, the same bytes at every run: a word or a name, then
translations with their weights in hundredths, likeliest first. Needs Babel.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from ingest.places import MODELS
from ingest.words import STOP_WORDS
from lab.dictionary import EITHER, SURE, Table, entries, key, written_over
from lab.encoder.names import cldr, exonyms, hand_made

LEAST = 0.12  # translations less likely than this are the aligner's noise
MOST = 6  # translations of one word: more of them drown the right one
Aligned = dict[str, list[tuple[str, float]]]
_UNSOUGHT = frozenset({"us", "who"})  # in lower case the commonest of words


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m lab.lexicon", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of lexicon.fr-en.json")
    parser.add_argument("--out", type=Path, default=MODELS / "saidso-lexicon", metavar="DIR")
    options = parser.parse_args(arguments)
    aligned = json.loads((options.data / "lexicon.fr-en.json").read_text("utf-8"))
    options.out.mkdir(parents=True, exist_ok=True)
    for name, one in tables(aligned).items():
        text = written(one)
        (options.out / f"{name}.tsv").write_text(text, encoding="utf-8")
        print(f"{name}: {len(one)} entries, {len(text.encode()) / 1e6:.2f} MB")
    return 0


def tables(aligned: Aligned) -> dict[str, Table]:
    """Both directions, by the names of their files."""
    ours, theirs = list(entries("fr", "en")), list(entries("en", "fr"))
    there = french(aligned)
    back = inverted(there)
    written_over(there, ours, theirs, "fr", {_asked(name) for name, _ in _names()})
    written_over(back, theirs, ours, "en", {_asked(english) for _, english in _names()})
    return {"fr-en": there, "en-fr": back}


def french(aligned: Aligned) -> Table:
    """French to English. `aligned`: folded words, with t(english | french)."""
    table: Table = {}
    for word, translations in aligned.items():
        kept = {t: p for t, p in translations if p >= LEAST and t not in STOP_WORDS and len(t) > 1}
        if kept and word not in STOP_WORDS and not word[0].isdigit():
            table[word] = kept
    for word, english in hand_made().items():
        meanings = [one for one in english.split() if one not in STOP_WORDS]
        weight = SURE if len(meanings) == 1 else EITHER
        table.setdefault(word, dict.fromkeys(meanings, weight))
    for name, english in cldr():
        if "(" not in name + english and key(name) != key(english):
            table.setdefault(key(name), {key(english): SURE})
    for name, english in exonyms():
        sought = key(english)
        if sought not in _UNSOUGHT and sought != key(name):
            known = table.setdefault(_asked(name), {})
            known[sought] = max(SURE, known.get(sought, 0.0))
    return {word: found for word, found in table.items() if found}


def inverted(table: Table) -> Table:
    """English to French by the same t(english | french)."""
    out: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for word, translations in table.items():
        for english, weight in translations.items():
            out[english][word] = weight
    for name, english in exonyms():
        if _asked(english) != key(english):  # read in capitals only
            out[_asked(english)][key(name)] = SURE
    return dict(out)


def written(table: Table) -> str:
    lines = []
    for word in sorted(table):
        best = sorted(table[word].items(), key=lambda t: (-t[1], t[0]))[:MOST]
        lines.append("\t".join([word, *(f"{t} {100 * w:.0f}" for t, w in best)]) + "\n")
    return "".join(lines)


def _names() -> Iterator[tuple[str, str]]:
    """(French, English)"""
    yield from exonyms()
    yield from cldr()


def _asked(name: str) -> str:
    """The same, but in capitals where nothing else tells "UN" from "un"."""
    plain = key(name)
    return name if name.isupper() and plain in STOP_WORDS else plain


if __name__ == "__main__":
    sys.exit(main())
