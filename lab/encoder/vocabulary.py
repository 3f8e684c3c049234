"""Vocabulary surgery: French words become entries of their own, starting from English rows.

One French word in ten of a press text is chopped into English word pieces that mean nothing.
Each becomes one entry; its starting row is the mean of rows that mean the same: of the other
forms of its stem, of its translations (the IBM model 1 lexicon, a hand-made list, CLDR's names),
or of its English cognate. To pay for them the entries that no French or English text needs go:
[unused…] and the lone characters of other scripts.
"""

import json
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import snowballstemmer
import wordfreq
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, normalizers

from lab.encoder.contract import MAX_TOKENS
from lab.encoder.folding import ELISION, fold
from lab.encoder.names import cldr, hand_made

ADDED = 4800  # 90 MB for fp16 and int8 together leave room for about this many rows
CLEAR = 2.5  # Zipf frequency: a rarer English look-alike is chance more often than a cognate
_WORD = re.compile(r"[a-z]{3,}")
UNKNOWN = "[UNK]"  # where a translation has no letters that the tokenizer knows
_LETTERS = ("LATIN", "GREEK", "CYRILLIC")

_COGNATES = tuple(
    (re.compile(french + "$"), english)
    for french, english in (
        ("iques?", "ic"), ("iques?", "ical"), ("ites?", "ity"), ("tes?", "ty"), ("ies?", "y"),
        ("eurs?", "or"), ("eurs?", "er"), ("ismes?", "ism"), ("istes?", "ist"),
        ("oires?", "ory"), ("aires?", "ary"), ("ien(?:ne)?s?", "ian"), ("aine?s?", "an"),
        ("el(?:le)?s?", "al"), ("aux", "al"), ("euses?", "ous"), ("eux", "ous"),
        ("i(?:f|ve)s?", "ive"), ("ees?", "ed"), ("ements?", "ment"), ("iser", "ize"),
        ("ement", "ly"), ("ement", "ally"), ("ologues?", "ologist"), ("ences?", "ency"),
        ("es?", ""), ("s", ""), ("er", ""), ("er", "e"),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Surgery:
    """A vocabulary in id order, its rows (len(words), dim), and how many words each source gave."""

    words: list[str]
    rows: NDArray[np.float32]
    sources: dict[str, int]


def cldr_names() -> dict[str, str]:
    """Countries, languages and the time zones' cities whose one-word French name differs."""
    out: dict[str, str] = {}
    for name, translation in cldr():
        word, meaning = fold(name), fold(translation)
        if _WORD.fullmatch(word) and word != meaning:
            out.setdefault(word, meaning)
    return out


def useful_words() -> list[str]:
    """French words of wordfreq's list, folded, the most frequent first."""
    frequency: defaultdict[str, float] = defaultdict(float)
    for word in wordfreq.top_n_list("fr", 120_000, wordlist="best"):
        frequency[fold(word)] += wordfreq.word_frequency(word, "fr")
    words = [w for w in frequency if _WORD.fullmatch(w)]
    return sorted(words, key=lambda w: (-frequency[w], w))


def cognate(word: str, english: set[str]) -> str | None:
    """The English word that differs by a regular ending: "monarchie" -> "monarchy"."""
    for ending, replacement in _COGNATES:
        other = ending.sub(replacement, word)
        known = other in english and len(other) > 4
        if known and other != word and wordfreq.zipf_frequency(other, "en") > CLEAR:
            return other
    return None


def _kept(word: str) -> bool:
    piece = word.removeprefix("##")
    if word.startswith("[unused"):
        return False
    if len(piece) != 1 or not piece.isalpha():
        return True
    return unicodedata.name(piece, "").startswith(_LETTERS)


def operate(
    tokenizer: Tokenizer, rows: NDArray[np.float32], lexicon: Path, added: int = ADDED
) -> Surgery:
    """The new vocabulary: what is kept of the old, in order, then at most `added` words.

    `rows` is the old embedding matrix in id order. Names and hand-made entries come first,
    then by frequency whatever has a source to start from.
    """
    old = tokenizer.get_vocab()
    in_order = sorted(old, key=old.__getitem__)
    table: dict[str, list[tuple[str, float]]] = json.loads(lexicon.read_text(encoding="utf-8"))
    english = {w for w in in_order[:30522] if _WORD.fullmatch(w)}
    stem = snowballstemmer.stemmer("french").stemWord
    families: defaultdict[str, list[str]] = defaultdict(list)
    for word in in_order:
        # a French form: an entry that the warm start added, or one the lexicon translates
        if _WORD.fullmatch(word) and (word in table or old[word] >= 30522):
            families[stem(word)].append(word)

    def meaning(text: str) -> NDArray[np.float32]:
        ids = tokenizer.encode(text, add_special_tokens=False).ids or [old[UNKNOWN]]
        return np.asarray(rows[ids].mean(0), dtype=np.float32)

    def translated(word: str) -> NDArray[np.float32]:
        weights = np.array([t for _, t in table[word]], dtype=np.float32)
        means = np.stack([meaning(w) for w, _ in table[word]])
        return np.asarray(weights @ means / weights.sum(), dtype=np.float32)

    known = {**cldr_names(), **hand_made()}
    new: dict[str, NDArray[np.float32]] = {}
    sources: defaultdict[str, int] = defaultdict(int)

    def add(word: str, row: NDArray[np.float32], source: str) -> None:
        new[word] = row
        sources[source] += 1

    for word in in_order:
        if "œ" in word and fold(word) not in old:
            add(fold(word), rows[old[word]], "ligature")
    for word, translation in known.items():
        if word not in old and word not in new and _WORD.fullmatch(word):
            add(word, meaning(translation), "hand or CLDR")
    for word in useful_words():
        if len(new) >= added:
            break
        if word in old or word in new:
            continue
        relatives = families.get(stem(word))
        if relatives:
            add(word, rows[[old[w] for w in relatives]].mean(0), "stem")
        elif word in table:
            add(word, translated(word), "lexicon")
        elif other := cognate(word, english):
            add(word, rows[old[other]], "cognate")

    kept = [w for w in in_order if _kept(w)]
    matrix = np.concatenate([rows[[old[w] for w in kept]], np.stack(list(new.values()))])
    return Surgery(kept + list(new), matrix.astype(np.float32), dict(sources))


def rebuilt(tokenizer: Tokenizer, words: list[str]) -> Tokenizer:
    """The same tokenizer over `words`, reading ligatures as two letters and no elisions."""
    state = json.loads(tokenizer.to_str())
    ids = {word: i for i, word in enumerate(words)}
    state["model"]["vocab"] = ids
    for token in state["added_tokens"]:
        token["id"] = ids[token["content"]]
    for token in state["post_processor"]["special_tokens"].values():
        token["ids"] = [ids[t] for t in token["tokens"]]
    state["truncation"] = state["padding"] = None
    out = Tokenizer.from_str(json.dumps(state))
    out.enable_truncation(MAX_TOKENS)
    out.normalizer = normalizers.Sequence(
        [
            normalizers.Replace("œ", "oe"),
            normalizers.Replace("Œ", "Oe"),
            normalizers.Replace(Regex(ELISION), ""),
            out.normalizer,
        ]
    )
    return out
