"""How a question and an excerpt become tokens: `[CLS] question [SEP] title [SEP] sentences [SEP]`.

Training and reading share it, so that what was learnt is what is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from qa.types import Span

LONGEST_QUESTION = 96  # tokens; a follow-up has up to three questions in it
LONGEST_TITLE = 32
LONGEST_INPUT = 512
LABELS = ("sentence", "start", "end")  # what each token is scored for


@dataclass(frozen=True, slots=True)
class Laid:
    """One input. `sentences` are token places; `offsets` (start, end) of each token in its
    sentence's text, (0, 0) outside of sentences. What is beyond `LONGEST_INPUT` is left out:
    a sentence that lies wholly beyond it has an empty span. `whole`: so many sentences, the first
    ones, are in it to their ends.
    """

    ids: list[int]
    types: list[int]
    sentences: tuple[Span, ...]
    offsets: list[Span]
    whole: int


class Layout:
    """Lays inputs out with one `tokenizers.Tokenizer`, which neither pads nor cuts."""

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        self._cls, self._sep = (tokenizer.token_to_id(mark) for mark in ("[CLS]", "[SEP]"))

    def tokens(self, text: str) -> tuple[list[int], list[Span]]:
        """Ids and offsets of `text`, without markers."""
        read = self._tokenizer.encode(text, add_special_tokens=False)
        return read.ids, read.offsets

    def lay(self, question: str, title: str, sentences: Sequence[str]) -> Laid:
        head = [self._cls, *self.tokens(question)[0][:LONGEST_QUESTION], self._sep]
        ids = [*head, *self.tokens(title)[0][:LONGEST_TITLE], self._sep]
        offsets, spans, whole = [(0, 0)] * len(ids), [], 0
        for sentence in sentences:
            room = max(0, LONGEST_INPUT - 1 - len(ids))
            more, where = self.tokens(sentence)
            spans.append((len(ids), len(ids) + min(room, len(more))))
            whole += len(more) <= room and whole == len(spans) - 1
            ids += more[:room]
            offsets += where[:room]
        ids.append(self._sep)
        offsets.append((0, 0))
        types = [0] * len(head) + [1] * (len(ids) - len(head))
        return Laid(ids, types, tuple(spans), offsets, whole)
