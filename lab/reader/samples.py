"""What one step of training sees; every draw depends on (seed, step) only, so that a run resumes.

A sample is a question with a few excerpts, and which of their sentences answer it. Two kinds:
*questions* with the excerpt that answers and hard wrong ones, or only wrong ones; and *alignment*,
a mangled sentence to be found again, in the other language, among its neighbours.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from lab.encoder.data import Pair
from lab.reader.data import LONGEST, Asked, runs
from qa.excerpt import widened
from qa.layout import Laid, Layout
from qa.types import Excerpt, Span

EXCERPTS = 3  # of one question
LEFT_OUT = 0.10  # of the answerable questions lose their right excerpt: none of these
OWN = 0.7  # of the wrong excerpts are of the article itself
SIDES = (0.15, 0.7, 0.15)  # how often 0, 1, 2 sentences on each side are read with an excerpt
TYPED = 0.2  # of the questions as people type: lower case, no question mark
GONE = 0.15  # of the mangled sentences are not among the neighbours


@dataclass(frozen=True, slots=True)
class Sample:
    """`right[i][s]`: does sentence s of input i answer; `spans`: (input, first, last token), one
    for each input that holds the answer whose place is known.
    """

    inputs: tuple[Laid, ...]
    right: tuple[tuple[bool, ...], ...]
    spans: tuple[tuple[int, int, int], ...]


def question_samples(one: Asked, layout: Layout, rng: random.Random) -> tuple[Sample, ...]:
    """The question over a few excerpts, and its twin over the same."""
    chosen = _excerpts(one, rng)
    wordings = (one.question, one.twin) if one.twin else (one.question,)
    return tuple(
        laid(_typed(asked, rng), chosen, one.right, one.answer, one.article.id, layout)
        for asked in wordings
    )


def _typed(asked: str, rng: random.Random) -> str:
    return asked.lower().rstrip(" ?") if rng.random() < TYPED else asked


def _excerpts(one: Asked, rng: random.Random) -> list[Excerpt]:
    (sides,) = rng.choices(range(len(SIDES)), SIDES)
    chosen: list[Excerpt] = []
    if one.right and rng.random() >= LEFT_OUT:
        chosen.append(_around(one, rng))
    own = list(one.negatives)
    # the nearest of its own article mostly, for a question without an answer above all
    while len(chosen) < EXCERPTS:
        pool: Sequence[Excerpt] = own if own and rng.random() < OWN else one.others
        if not pool:
            pool = own
        if not pool:
            break
        pick = pool[min(int(rng.expovariate(0.4)), len(pool) - 1)]
        if pick in chosen:
            pick = rng.choice(pool)
        if pick not in chosen and not (chosen and _overlap(pick, chosen[0])):
            chosen.append(pick)
        elif rng.random() < 0.3:
            break
    rng.shuffle(chosen)
    return [widened(excerpt, sides=sides) for excerpt in chosen]


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
                own and any(s.start <= place < s.end for place in right) for s in excerpt.sentences
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


def _around(one: Asked, rng: random.Random) -> Excerpt:
    """A excerpt that holds the best right sentence, with as much before it as chance wills."""
    for run in runs(one.article):
        for at, sentence in enumerate(run):
            if sentence.start <= one.right[0] < sentence.end:
                first = last = at
                while True:
                    back = first > 0 and run[last].end - run[first - 1].start <= LONGEST
                    on = last + 1 < len(run) and run[last + 1].end - run[first].start <= LONGEST
                    if not back and not on:
                        return Excerpt(one.article, tuple(run[first : last + 1]))
                    if back and (not on or rng.random() < 0.5):
                        first -= 1
                    else:
                        last += 1
    raise ValueError(f"no sentence holds the answer of {one.question!r}")


def _overlap(one: Excerpt, other: Excerpt) -> bool:
    return one.article.id == other.article.id and (
        one.sentences[0].start < other.sentences[-1].end
        and other.sentences[0].start < one.sentences[-1].end
    )


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
