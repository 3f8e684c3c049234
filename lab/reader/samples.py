"""What one step of training sees; every draw depends on (seed, step) only, so that a run resumes.

A sample is a question with a few windows, and which of their sentences answer it. Two kinds:
*questions* with the window that answers and hard wrong ones, or only wrong ones; and *alignment*,
a mangled sentence to be found again, in the other language, among its neighbours.
"""

from __future__ import annotations

import functools
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.types import Article
from lab.encoder.data import Pair
from lab.reader.data import LONGEST, Asked
from qa.excerpt import body
from qa.layout import Laid, Layout
from qa.types import Excerpt, Sentence, Span

LEFT_OUT = 0.10  # of the answerable questions lose their right window: none of these
OWN = 0.7  # of the wrong windows are of the article itself
TYPED = 0.2  # of the questions as people type: lower case, no question mark
UNTITLED = 0.06  # of the questions are read without the articles' titles
LONE = 0.25  # of those on notes, each with one sentence of it alone, as a note of one is read
LEAST = 250  # characters: what stands free beside other windows and is shorter is no window
GONE = 0.15  # of the mangled sentences are not among the neighbours


@dataclass(frozen=True, slots=True)
class Width:
    """How wide windows may be, how many a question is read with, and how often it is so."""

    characters: int
    windows: int
    chance: float = 1.0


NARROW = (Width(600, 3),)
WIDE = (Width(600, 4, 0.15), Width(900, 3, 0.25), Width(1300, 2, 0.4), Width(1900, 2, 0.2))


@dataclass(frozen=True, slots=True)
class Sample:
    """`right[i][s]`: does sentence s of input i answer; `spans`: (input, first, last token), one
    for each input that holds the answer whose place is known.
    """

    inputs: tuple[Laid, ...]
    right: tuple[tuple[bool, ...], ...]
    spans: tuple[tuple[int, int, int], ...]


def question_samples(
    one: Asked, layout: Layout, rng: random.Random, widths: Sequence[Width] = NARROW
) -> tuple[Sample, ...]:
    """The question over a few windows, and its twin over the same."""
    (width,) = rng.choices(widths, [width.chance for width in widths])
    lone = one.source == "short" and rng.random() < LONE
    chosen = _windows(one, Width(1, width.windows) if lone else width, rng)
    if lone or rng.random() < UNTITLED:
        chosen = [_untitled(excerpt) for excerpt in chosen]
    wordings = (one.question, one.twin) if one.twin else (one.question,)
    return tuple(
        laid(_typed(asked, rng), chosen, one.right, one.answer, one.article.id, layout)
        for asked in wordings
    )


def _untitled(excerpt: Excerpt) -> Excerpt:
    return replace(excerpt, article=replace(excerpt.article, title=""))


def _typed(asked: str, rng: random.Random) -> str:
    return asked.lower().rstrip(" ?") if rng.random() < TYPED else asked


def _windows(one: Asked, width: Width, rng: random.Random) -> list[Excerpt]:
    """One with the answer, mostly; the others around the nearest wrong excerpts, mostly of the
    article itself. None overlap; where the answer is left out, none of them has it.
    """
    chosen: list[Excerpt] = []
    unseen: Sequence[int] = ()
    if one.right and rng.random() < LEFT_OUT:
        unseen = one.right
    elif one.right:
        chosen.append(_around(one.article, one.right[0], width.characters, rng))
    for left in reversed(range(4 * width.windows)):
        pool = one.negatives if one.negatives and rng.random() < OWN else one.others
        if not left and not chosen:
            pool = one.others  # each of the article's own had the answer
        if not pool or len(chosen) == width.windows:
            break
        near = pool[min(int(rng.expovariate(0.4)), len(pool) - 1)]
        middle = near.sentences[len(near.sentences) // 2]
        seen = _around(near.article, middle.start, width.characters, rng)
        if free := _free(seen, chosen, unseen if seen.article.id == one.article.id else ()):
            chosen.append(free)
    rng.shuffle(chosen)
    return chosen


def _free(seen: Excerpt, chosen: Sequence[Excerpt], unseen: Sequence[int]) -> Excerpt | None:
    """The longest run of its sentences that is in none of the chosen and at none of the places
    `unseen`, where it is worth reading.
    """
    taken = {(one.article.id, s.start) for one in chosen for s in one.sentences}
    runs: list[list[Sentence]] = [[]]
    for said in seen.sentences:
        barred = any(said.start <= place < said.end for place in unseen)
        if barred or (seen.article.id, said.start) in taken:
            runs.append([])
        else:
            runs[-1].append(said)
    longest = max(runs, key=_length)
    whole = len(longest) == len(seen.sentences)
    return Excerpt(seen.article, tuple(longest)) if whole or _length(longest) >= LEAST else None


def _length(run: Sequence[Sentence]) -> int:
    return run[-1].end - run[0].start if run else 0


def laid(
    asked: str,
    chosen: Sequence[Excerpt],
    right: Sequence[int],
    answer: Span | None,
    article: str,
    layout: Layout,
) -> Sample:
    inputs, marks, spans = [], [], []
    for number, excerpt in enumerate(chosen):
        one = layout.lay(asked, excerpt.article.title, excerpt.texts)
        own = excerpt.article.id == article
        inputs.append(one)
        marks.append(
            tuple(
                own and end > first and any(said.start <= place < said.end for place in right)
                for said, (first, end) in zip(excerpt.sentences, one.sentences, strict=True)
            )
        )
        if own and answer and (span := _tokens_of(one, excerpt, answer, number)):
            spans.append(span)
    return Sample(tuple(inputs), tuple(marks), tuple(spans))


def _tokens_of(
    one: Laid, excerpt: Excerpt, answer: Span, number: int
) -> tuple[int, int, int] | None:
    """The tokens of `answer`, where it lies in one sentence of the excerpt."""
    for sentence, (first, end) in zip(excerpt.sentences, one.sentences, strict=True):
        a = sentence.start
        if not a <= answer[0] < sentence.end:
            continue
        inside = [
            token
            for token in range(first, end)
            if one.offsets[token][1] > answer[0] - a and one.offsets[token][0] < answer[1] - a
        ]
        return (number, inside[0], inside[-1]) if inside else None
    return None


def _around(article: Article, place: int, characters: int, rng: random.Random) -> Excerpt:
    """The sentence at `place` with as much on either side as fits, and where to begin by chance."""
    said = _body(article)
    first = last = next(n for n, s in enumerate(said) if s.start <= place < s.end)
    while True:
        back = first > 0 and said[last].end - said[first - 1].start <= characters
        on = last + 1 < len(said) and said[last + 1].end - said[first].start <= characters
        if not back and not on:
            return Excerpt(article, said[first : last + 1])
        if back and (not on or rng.random() < 0.5):
            first -= 1
        else:
            last += 1


@functools.cache
def _body(article: Article) -> tuple[Sentence, ...]:
    return tuple(body(article))


def alignment_sample(pairs: Sequence[Pair], layout: Layout, rng: random.Random) -> Sample:
    """`pairs`: one source in its order. Neighbours up to a excerpt's size, in one language."""
    at = rng.randrange(len(pairs))
    group: list[Pair] = []
    size = 0
    for pair in pairs[at : at + 8]:
        size += max(len(pair.french), len(pair.english))
        if group and size > LONGEST:
            break
        group.append(pair)
    target = rng.randrange(len(group))
    french = rng.random() < 0.5
    crossing = rng.random() < 0.85
    asked = group[target].english if french == crossing else group[target].french
    seen = [pair.french if french else pair.english for pair in group]
    if len(group) > 1 and rng.random() < GONE:
        del seen[target]
        target = -1
    one = layout.lay(mangled(asked, rng), "", seen)
    return Sample((one,), (tuple(i == target for i in range(len(seen))),), ())


def mangled(sentence: str, rng: random.Random) -> str:
    """A piece of the sentence, some words dropped, sometimes in lower case."""
    words = sentence.split()
    length = max(3, int(len(words) * rng.uniform(0.35, 1.0)))
    start = rng.randrange(max(1, len(words) - length + 1))
    kept = [w for w in words[start : start + length] if rng.random() > 0.25] or words[:3]
    text = " ".join(kept[:40]).rstrip(".,;:")
    return text.lower() if rng.random() < 0.4 else text


def answered_here(sample: Sample) -> bool:
    return any(any(row) for row in sample.right)
