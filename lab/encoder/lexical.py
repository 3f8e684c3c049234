"""BM25 that crosses languages by the lexicon.

A word is looked up as itself (names, dates) and, in passages of the other language, as its
translations too; the translations of one word count as one word (Pirkola 1998), so that a word
with five translations weighs no more than a word with one. `Expander.expand` is pure and is what
the program's own full-text search can use as it stands.
"""

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import snowballstemmer

from lab.encoder.contract import Scores
from lab.encoder.folding import ELISION, fold
from lab.encoder.passages import Passage

K1, B = 1.2, 0.6  # Robertson & Zaragoza 2009; passages are of like length, so a small b
LEAST = 0.12  # translations less likely than this are the aligner's noise

_ELISION = re.compile(ELISION)
_WORD = re.compile(r"[^\W_]+")
_NAMES = {"en": "english", "fr": "french"}
STOP = {
    "en": frozenset(
        """a an the of in on at to for from by with and or is are was were be been being has have
        had do does did will would can could should what which who whom whose when where why how it
        its this that these those there their they he she his her him as into about than after
        before during not no any s t many much out up over""".split()
    ),
    "fr": frozenset(
        """le la les un une des du de d l en dans sur au aux a par pour avec et ou est sont etait
        etaient ete etre ont avait avaient que qui quoi quel quelle quels quelles quand comment
        pourquoi combien il elle ils elles on se son sa ses leur leurs ce cet cette ces qu n ne pas
        y s t lequel laquelle lesquels plus apres avant""".split()
    ),
}


def words(text: str, language: str) -> list[str]:
    """Folded words without elisions and stop words, in order."""
    plain = fold(_ELISION.sub("", text))
    return [w for w in _WORD.findall(plain) if w not in STOP[language]]


class Stemmer(Protocol):
    """A Snowball stemmer."""

    def stemWord(self, word: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a question as it is sought: what it may be called in `language`, weighted."""

    word: str
    forms: tuple[tuple[str, float], ...]  # (stem, weight in 0..1), the word's own first


class Expander:
    """Words of a question -> what to seek in passages of a language."""

    def __init__(self, french_to_english: dict[str, list[tuple[str, float]]]) -> None:
        self.tables = {"en": french_to_english, "fr": inverted(french_to_english)}
        self.stems = {k: snowballstemmer.stemmer(v) for k, v in _NAMES.items()}
        # a form that the parallel text never showed is looked up by its stem
        self.families = {
            into: _families(table, self.stems["fr" if into == "en" else "en"])
            for into, table in self.tables.items()
        }

    @classmethod
    def load(cls, path: Path) -> "Expander":
        """From `lexicon.fr-en.json`."""
        return cls(json.loads(path.read_text(encoding="utf-8")))

    def expand(self, text: str, language: str, into: str, *, cross: bool = True) -> list[Term]:
        """The question's words as they are sought in passages in the language `into`."""
        stem = self.stems[into].stemWord
        out = []
        for word in dict.fromkeys(words(text, language)):
            forms = {stem(word): 1.0}
            if language != into and cross:
                for translation, weight in self._translations(word, language, into):
                    if weight >= LEAST and translation not in STOP[into]:
                        forms.setdefault(stem(translation), min(1.0, weight * 2))
            out.append(Term(word, tuple(forms.items())))
        return out

    def _translations(self, word: str, language: str, into: str) -> Sequence[tuple[str, float]]:
        exact = self.tables[into].get(word)
        if exact is not None:
            return exact
        return self.families[into].get(self.stems[language].stemWord(word), ())


def _families(
    table: dict[str, list[tuple[str, float]]], stemmer: Stemmer
) -> dict[str, list[tuple[str, float]]]:
    """stem -> the translations of the words that share it, the mean of their weights."""
    members: defaultdict[str, list[list[tuple[str, float]]]] = defaultdict(list)
    for word, translations in table.items():
        members[stemmer.stemWord(word)].append(translations)
    out = {}
    for stem, lists in members.items():
        total: defaultdict[str, float] = defaultdict(float)
        for translations in lists:
            for translation, weight in translations:
                total[translation] += weight / len(lists)
        out[stem] = sorted(total.items(), key=lambda t: (-t[1], t[0]))[:6]
    return out


def inverted(table: dict[str, list[tuple[str, float]]]) -> dict[str, list[tuple[str, float]]]:
    """English -> French by the same t(english | french): the six likeliest."""
    out: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    for french, translations in table.items():
        for english, weight in translations:
            out[english].append((french, weight))
    return {e: sorted(found, key=lambda f: (-f[1], f[0]))[:6] for e, found in out.items()}


class Bm25:
    """An index of passages, one half for each language with its own document frequencies."""

    def __init__(self, passages: Sequence[Passage], expander: Expander) -> None:
        self.expander = expander
        self.size = len(passages)
        self.halves = {
            language: _Half(
                [(i, p) for i, p in enumerate(passages) if p.language == language],
                language,
                expander,
            )
            for language in _NAMES
        }

    def scores(self, text: str, language: str, *, cross: bool = True) -> Scores:
        """(passages,) BM25 of each; 0 where no word is found."""
        out = np.zeros(self.size, dtype=np.float32)
        for into, half in self.halves.items():
            half.add(out, self.expander.expand(text, language, into, cross=cross))
        return out


class _Half:
    def __init__(
        self, passages: list[tuple[int, Passage]], language: str, expander: Expander
    ) -> None:
        stem = expander.stems[language].stemWord
        self.postings: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        self.lengths: dict[int, int] = {}
        for row, passage in passages:
            found = Counter(stem(w) for w in words(passage.text, language))
            self.lengths[row] = sum(found.values())
            for word, count in found.items():
                self.postings[word].append((row, count))
        self.mean = sum(self.lengths.values()) / max(1, len(self.lengths))

    def add(self, out: Scores, terms: Sequence[Term]) -> None:
        for term in terms:
            counts: defaultdict[int, float] = defaultdict(float)
            for form, weight in term.forms:
                for row, count in self.postings.get(form, ()):
                    counts[row] += weight * count
            if not counts:
                continue
            n = len(counts)
            rarity = math.log(1 + (len(self.lengths) - n + 0.5) / (n + 0.5))
            for row, found in counts.items():
                norm = K1 * (1 - B + B * self.lengths[row] / self.mean)
                out[row] += rarity * found * (K1 + 1) / (found + norm)
